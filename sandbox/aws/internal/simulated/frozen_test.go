package simulated_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"aws-platform/sandbox/aws/internal/faketf"
	"aws-platform/sandbox/aws/internal/invent"
	"aws-platform/sandbox/aws/internal/simulated"
)

// Only the update of a frozen type stays away from the emulator.
func TestFrozenIsUpdatedInTheStateAlone(t *testing.T) {
	t.Parallel()
	old := map[string]tftypes.Value{"id": faketf.Text("dev"), "zone_id": faketf.Text("old")}
	updated := map[string]tftypes.Value{"id": faketf.Unknown(tftypes.String), "zone_id": faketf.Text("new")}
	tests := map[string]struct {
		typ            string
		prior, planned *tfprotov6.DynamicValue
		below          bool
	}{
		"create":          {"aws_eks_cluster", faketf.Null(schema), faketf.Value(schema, updated), true},
		"update":          {"aws_eks_cluster", faketf.Value(schema, old), faketf.Value(schema, updated), false},
		"delete":          {"aws_eks_cluster", faketf.Value(schema, old), faketf.Null(schema), true},
		"another type":    {"aws_vpc", faketf.Value(schema, old), faketf.Value(schema, updated), true},
		"an unknown type": {"aws_subnet", faketf.Value(schema, old), faketf.Value(schema, updated), true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked := false
			response, err := frozen(t, faketf.Provider{
				Apply: func(r *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
					asked = true
					return &tfprotov6.ApplyResourceChangeResponse{NewState: r.PlannedState}, nil
				},
			}).ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
				TypeName: test.typ, PriorState: test.prior, PlannedState: test.planned,
			})
			if err != nil {
				t.Fatal(err)
			}
			if asked != test.below {
				t.Errorf("the emulator was asked: %t, want %t", asked, test.below)
			}
			if got := faketf.Attributes(schema, response.NewState); !asked &&
				(!got["id"].Equal(faketf.Text("dev")) || !got["zone_id"].Equal(faketf.Text("new"))) {
				t.Errorf("state = %v, want the plan with the old id", got)
			}
		})
	}
}

func TestFrozenIsReadAsTheStateHasIt(t *testing.T) {
	t.Parallel()
	state := faketf.Value(schema, map[string]tftypes.Value{"id": faketf.Text("dev")})
	for typ, below := range map[string]bool{"aws_eks_cluster": false, "aws_vpc": true} {
		asked := false
		response, err := frozen(t, faketf.Provider{
			Read: func(r *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
				asked = true
				return &tfprotov6.ReadResourceResponse{NewState: r.CurrentState}, nil
			},
		}).ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: typ, CurrentState: state})
		if err != nil {
			t.Fatal(err)
		}
		if asked != below || response.NewState != state {
			t.Errorf("%s: the emulator was asked: %t, want %t", typ, asked, below)
		}
	}
}

// frozen freezes the types of the table above a provider.
func frozen(t *testing.T, below faketf.Provider) *simulated.Server {
	t.Helper()
	below.Resources = map[string]*tfprotov6.Schema{"aws_eks_cluster": schema, "aws_vpc": schema}
	place := func() invent.Place { return invent.Place{} }
	server, err := simulated.Wrap(t.Context(), below, nil, place)
	if err != nil {
		t.Fatal(err)
	}
	return server.Freeze(simulated.Frozen())
}
