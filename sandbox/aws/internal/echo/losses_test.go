package echo_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"aws-platform/sandbox/aws/internal/echo"
	"aws-platform/sandbox/aws/internal/faketf"
	"aws-platform/sandbox/aws/internal/invent"
)

const group = "aws_group"

var (
	texts       = tftypes.List{ElementType: tftypes.String}
	groupSchema = faketf.Schema(
		faketf.Attribute("name", tftypes.String), faketf.Attribute("specs", texts), faketf.Attribute("policy", texts))
	groupTable = []echo.Property{
		{Terraform: group, Attributes: []string{"specs"}, Loss: echo.Added, Reason: "test"},
		{Terraform: group, Attributes: []string{"policy"}, Loss: echo.Dropped, Reason: "test"},
	}
)

func list(all ...string) tftypes.Value {
	elements := []tftypes.Value{}
	for _, one := range all {
		elements = append(elements, faketf.Text(one))
	}
	return tftypes.NewValue(texts, elements)
}

func groups(t *testing.T, below faketf.Provider) *echo.Server {
	t.Helper()
	below.Resources = map[string]*tfprotov6.Schema{group: groupSchema}
	server, err := echo.Wrap(t.Context(), below, groupTable, func() invent.Place { return invent.Place{} })
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// readGroup refreshes a group that is in the state as known.
func readGroup(t *testing.T, known, read values) values {
	t.Helper()
	server := groups(t, faketf.Provider{
		Read: func(*tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
			return &tfprotov6.ReadResourceResponse{NewState: faketf.Value(groupSchema, read)}, nil
		},
	})
	response, err := server.ReadResource(t.Context(),
		&tfprotov6.ReadResourceRequest{TypeName: group, CurrentState: faketf.Value(groupSchema, known)})
	if err != nil {
		t.Fatal(err)
	}
	return faketf.Attributes(groupSchema, response.NewState)
}

func TestReadTakesNoAdditionsAndSeesOtherDrift(t *testing.T) {
	t.Parallel()
	null := tftypes.NewValue(texts, nil)
	for name, c := range map[string]struct{ known, read, want tftypes.Value }{
		"an addition":             {list("a", "b"), list("a", "b", "phantom"), list("a", "b")},
		"an addition in front":    {list("a"), list("phantom", "a"), list("a")},
		"an addition to nothing":  {null, list("phantom"), null},
		"a change":                {list("a", "b"), list("a", "c", "phantom"), list("a", "c", "phantom")},
		"a removal":               {list("a", "b"), list("a"), list("a")},
		"everything is removed":   {list("a"), null, null},
		"the same in other order": {list("a", "b"), list("b", "a"), list("a", "b")},
	} {
		got := readGroup(t, values{"specs": c.known}, values{"specs": c.read})
		if !got["specs"].Equal(c.want) {
			t.Errorf("%s: %s was read as %s, want %s", name, c.read, got["specs"], c.want)
		}
	}
}

func TestDroppedIsKeptWhereItComesBackEmpty(t *testing.T) {
	t.Parallel()
	expect(t, readGroup(t, values{"policy": list("a")}, values{"policy": list()}), values{"policy": list("a")})
	expect(t, readGroup(t, values{"policy": list("a")}, values{"policy": list("b")}), values{"policy": list("b")})
}

// TestWhatTheEmulatorIsAsked: it gets the dropped properties as if they were new; what is
// kept of the change is all that was planned.
func TestWhatTheEmulatorIsAsked(t *testing.T) {
	t.Parallel()
	prior := values{"name": faketf.Text("old"), "policy": list("p")}
	planned := values{"name": faketf.Text("new"), "policy": list("p")}
	var asked *tfprotov6.ApplyResourceChangeRequest
	server := groups(t, faketf.Provider{
		Apply: func(r *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
			asked = r
			return &tfprotov6.ApplyResourceChangeResponse{NewState: r.PlannedState}, nil
		},
	})
	response, err := server.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: group, PriorState: faketf.Value(groupSchema, prior),
		Config: faketf.Value(groupSchema, planned), PlannedState: faketf.Value(groupSchema, planned),
	})
	if err != nil {
		t.Fatal(err)
	}
	expect(t, faketf.Attributes(groupSchema, asked.PriorState), values{"name": faketf.Text("old"), "policy": list()})
	expect(t, faketf.Attributes(groupSchema, asked.PlannedState), values{"name": faketf.Text("new"), "policy": list("p")})
	expect(t, faketf.Attributes(groupSchema, response.NewState), planned)
}
