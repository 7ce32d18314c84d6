package echo_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"aws-platform/sandbox/aws/internal/echo"
	"aws-platform/sandbox/aws/internal/faketf"
	"aws-platform/sandbox/aws/internal/invent"
)

const thing = "aws_thing"

var (
	stringMap = tftypes.Map{ElementType: tftypes.String}
	vpc       = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"vpc_id": tftypes.String, "vpc_region": tftypes.String}}
	vpcs      = tftypes.Set{ElementType: vpc}
	schema    = faketf.Schema(
		faketf.Computed("id", tftypes.String), faketf.Attribute("description", tftypes.String),
		faketf.Attribute("tags", stringMap), faketf.Computed("tags_all", stringMap),
		faketf.Computed("status", tftypes.String), faketf.Attribute("vpc", vpcs))
	table = []echo.Property{
		{Terraform: thing, Attributes: []string{"description", "tags_all"}, Loss: echo.Forgotten, Reason: "test"},
		{Terraform: thing, Attributes: []string{"tags"}, Loss: echo.Shared, Reason: "test"},
	}
)

func wrapped(t *testing.T, below faketf.Provider) *echo.Server {
	t.Helper()
	below.Resources = map[string]*tfprotov6.Schema{thing: schema}
	server, err := echo.Wrap(t.Context(), below, table, func() invent.Place { return invent.Place{Region: "us-east-1"} })
	if err != nil {
		t.Fatal(err)
	}
	return server
}

func tags(value string) tftypes.Value {
	return tftypes.NewValue(stringMap, map[string]tftypes.Value{"k": faketf.Text(value)})
}

// apply applies a change that the provider answers with actual.
func apply(t *testing.T, prior, config, planned, actual map[string]tftypes.Value) map[string]tftypes.Value {
	t.Helper()
	server := wrapped(t, faketf.Provider{
		Apply: func(*tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
			return &tfprotov6.ApplyResourceChangeResponse{NewState: faketf.Value(schema, actual)}, nil
		},
	})
	before := faketf.Null(schema)
	if prior != nil {
		before = faketf.Value(schema, prior)
	}
	response, err := server.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: thing, PriorState: before, Config: faketf.Value(schema, config), PlannedState: faketf.Value(schema, planned),
	})
	if err != nil {
		t.Fatal(err)
	}
	return faketf.Attributes(schema, response.NewState)
}

type values = map[string]tftypes.Value

func expect(t *testing.T, got, want values) {
	t.Helper()
	for name, value := range want {
		if !got[name].Equal(value) {
			t.Errorf("%s = %s, want %s", name, got[name], value)
		}
	}
}

func TestCreationKeepsWhatThePlanKnew(t *testing.T) {
	t.Parallel()
	got := apply(t, nil,
		values{"description": faketf.Text("mine"), "tags": tags("a")},
		values{
			"id": faketf.Unknown(tftypes.String), "status": faketf.Unknown(tftypes.String),
			"description": faketf.Text("mine"), "tags": tags("a"), "tags_all": tags("a"),
		},
		values{"id": faketf.Text("id-1"), "status": faketf.Text("active"), "tags": tags("other")})
	expect(t, got, values{
		"id": faketf.Text("id-1"), "status": faketf.Text("active"),
		"description": faketf.Text("mine"), "tags": tags("a"), "tags_all": tags("a"),
	})
}

func TestWhatDidNotComeBackAndWasNotKnownIsInvented(t *testing.T) {
	t.Parallel()
	element := func(region tftypes.Value) tftypes.Value {
		return tftypes.NewValue(vpcs, []tftypes.Value{
			tftypes.NewValue(vpc, values{"vpc_id": faketf.Text("vpc-1"), "vpc_region": region}),
		})
	}
	planned := element(faketf.Unknown(tftypes.String))
	got := apply(t, nil, values{"vpc": element(tftypes.NewValue(tftypes.String, nil))},
		values{"vpc": planned}, values{"vpc": tftypes.NewValue(vpcs, []tftypes.Value{})})
	expect(t, got, values{"vpc": element(faketf.Text("us-east-1"))})
}

func TestUpdateLetsUndecidedComputedValuesMove(t *testing.T) {
	t.Parallel()
	prior := values{"id": faketf.Text("id-1"), "status": faketf.Text("old"), "description": faketf.Text("old"), "tags_all": tags("old")}
	planned := values{"id": faketf.Text("id-1"), "status": faketf.Text("old"), "description": faketf.Text("new"), "tags_all": tags("new")}
	got := apply(t, prior, values{"description": faketf.Text("new")}, planned,
		values{"id": faketf.Text("id-1"), "status": faketf.Text("new"), "description": faketf.Text("old")})
	expect(t, got, values{
		"status":      faketf.Text("new"), // the plan only carried it along
		"description": faketf.Text("new"), // the plan decided it
		"tags_all":    tags("new"),        // computed, but the plan changed it
	})
}

func TestFailureAndDeletionPassThrough(t *testing.T) {
	t.Parallel()
	failed := &tfprotov6.ApplyResourceChangeResponse{
		NewState:    faketf.Null(schema),
		Diagnostics: []*tfprotov6.Diagnostic{{Severity: tfprotov6.DiagnosticSeverityError, Summary: "no"}},
	}
	for name, answer := range map[string]*tfprotov6.ApplyResourceChangeResponse{
		"failure": failed, "deletion": {NewState: faketf.Null(schema)},
	} {
		server := wrapped(t, faketf.Provider{
			Apply: func(*tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
				return answer, nil
			},
		})
		got, err := server.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
			TypeName: thing, PriorState: faketf.Value(schema, values{"description": faketf.Text("x")}),
			Config: faketf.Null(schema), PlannedState: faketf.Null(schema),
		})
		if err != nil || got != answer {
			t.Errorf("%s: answer = %+v, %v; want the provider's own", name, got, err)
		}
	}
}

func TestReadKeepsOnlyWhatIsListed(t *testing.T) {
	t.Parallel()
	state := values{
		"id": faketf.Text("id-1"), "status": faketf.Text("old"),
		"description": faketf.Text("mine"), "tags": tags("mine"), "tags_all": tags("mine"),
	}
	for name, c := range map[string]struct{ read, want values }{
		"forgotten comes back empty": {
			values{"id": faketf.Text("id-1"), "description": faketf.Text("")},
			values{"description": faketf.Text("mine"), "tags_all": tags("mine"), "tags": tags("mine")},
		},
		"drift of a forgotten property is seen": {
			values{"id": faketf.Text("id-1"), "description": faketf.Text("theirs"), "tags_all": tags("theirs")},
			values{"description": faketf.Text("theirs"), "tags_all": tags("theirs")},
		},
		"shared is never believed":      {values{"tags": tags("theirs")}, values{"tags": tags("mine")}},
		"other properties are as read":  {values{"status": faketf.Text("new")}, values{"status": faketf.Text("new")}},
		"an unlisted loss is seen, too": {values{}, values{"status": tftypes.NewValue(tftypes.String, nil)}},
		"a deleted resource stays so":   {nil, nil},
	} {
		answer := faketf.Null(schema)
		if c.read != nil {
			answer = faketf.Value(schema, c.read)
		}
		server := wrapped(t, faketf.Provider{
			Read: func(*tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
				return &tfprotov6.ReadResourceResponse{NewState: answer}, nil
			},
		})
		response, err := server.ReadResource(t.Context(),
			&tfprotov6.ReadResourceRequest{TypeName: thing, CurrentState: faketf.Value(schema, state)})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := faketf.Attributes(schema, response.NewState)
		if (got == nil) != (c.want == nil) {
			t.Errorf("%s: state = %v, want %v", name, got, c.want)
		}
		t.Run(name, func(t *testing.T) { expect(t, got, c.want) })
	}
}
