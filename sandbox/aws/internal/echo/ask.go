package echo

import (
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ask is the request as the emulator can take it: dropped properties are out of the prior
// state, so that to the provider they are new, and it sends them again. What was asked stays
// in the given request, from which the answer is settled.
func (s *Server) ask(request *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeRequest, error) {
	dropped := s.dropped(request.TypeName)
	schema, ok := s.schemas[request.TypeName]
	if len(dropped) == 0 || !ok {
		return request, nil
	}
	changed := *request
	var err error
	if changed.PriorState, err = without(request.PriorState, schema.ValueType(), dropped); err != nil {
		return nil, fmt.Errorf("%s: prior state: %w", request.TypeName, err)
	}
	return &changed, nil
}

// dropped are the attributes of a type that an update must send again.
func (s *Server) dropped(terraformType string) []string {
	var names []string
	for name, loss := range s.losses[terraformType] {
		if loss == Dropped {
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
