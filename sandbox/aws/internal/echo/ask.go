package echo

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ask is the request as the emulator can take it. What was asked stays in the given
// request, from which the answer is settled.
//
// Withheld properties are out of all three states, so that the provider sees neither them
// nor a change of them. Dropped ones are out of the prior state alone: to the provider they
// are new, and it sends them again.
func (s *Server) ask(request *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeRequest, error) {
	withheld, dropped := s.lost(request.TypeName, Withheld), s.lost(request.TypeName, Dropped)
	schema, ok := s.schemas[request.TypeName]
	if len(withheld)+len(dropped) == 0 || !ok {
		return request, nil
	}
	form, changed := schema.ValueType(), *request
	var problems [3]error
	changed.PriorState, problems[0] = without(request.PriorState, form, slices.Concat(withheld, dropped))
	changed.Config, problems[1] = without(request.Config, form, withheld)
	changed.PlannedState, problems[2] = without(request.PlannedState, form, withheld)
	if err := errors.Join(problems[:]...); err != nil {
		return nil, fmt.Errorf("%s: %w", request.TypeName, err)
	}
	return &changed, nil
}

// lost are the attributes of a type that are lost in one way.
func (s *Server) lost(terraformType string, how Loss) []string {
	var names []string
	for name, loss := range s.losses[terraformType] {
		if loss == how {
			names = append(names, name)
		}
	}
	return names
}

// without is a state with nothing in some of its attributes.
func without(state *tfprotov6.DynamicValue, form tftypes.Type, names []string) (*tfprotov6.DynamicValue, error) {
	values, err := unmarshal(form, state)
	if err != nil || values[0] == nil {
		return state, err
	}
	bare := maps.Clone(values[0])
	for _, name := range names {
		bare[name] = nothing(bare[name].Type())
	}
	return marshal(form, bare)
}

// nothing is how the wire has a block that is not there, or an attribute.
func nothing(form tftypes.Type) tftypes.Value {
	if form.Is(tftypes.List{}) || form.Is(tftypes.Set{}) {
		return tftypes.NewValue(form, []tftypes.Value{})
	}
	return tftypes.NewValue(form, nil)
}
