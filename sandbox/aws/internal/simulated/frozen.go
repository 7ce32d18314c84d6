package simulated

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Frozen is every type that the emulator makes and deletes, and cannot update.
func Frozen() []Type {
	return []Type{
		{
			Terraform: "aws_eks_cluster",
			Reason:    "moto 5.2.1: UpdateClusterConfig answers without the update, which ends the provider; UpdateClusterVersion is not implemented",
		},
		{
			Terraform: "aws_eks_node_group",
			Reason:    "moto 5.2.1: gives every node group back with remote access that nobody set, and without its update configuration",
		},
	}
}

// Freeze simulates the updates of some types, and with them what is read after: creation
// and deletion are the emulator's, in between it has the resource as it was made. Drift of
// such a resource cannot be seen.
func (s *Server) Freeze(table []Type) *Server {
	s.frozen = map[string]bool{}
	for _, one := range table {
		s.frozen[one.Terraform] = true
	}
	return s
}

// updatesFrozen tells whether a request is an update of a frozen type, and of which form.
func (s *Server) updatesFrozen(request *tfprotov6.ApplyResourceChangeRequest) (Type, tftypes.Type, bool) {
	schema := s.schemas[request.TypeName]
	if schema == nil || !s.frozen[request.TypeName] {
		return Type{}, nil, false
	}
	form := schema.ValueType()
	for _, state := range []*tfprotov6.DynamicValue{request.PriorState, request.PlannedState} {
		if value, err := state.Unmarshal(form); err != nil || value.IsNull() {
			return Type{}, nil, false
		}
	}
	return Type{Terraform: request.TypeName}, form, true
}
