// Package simulated answers for the resource types that the emulator lacks.
//
// Validation and plan are the real provider's. What would go to AWS is answered from
// the provider's own plan: planned values as they are, the ones that only AWS could
// know invented (package invent). Read, update and delete act on the state alone, so
// drift of a simulated resource cannot be seen, and it cannot be imported.
package simulated

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"aws-platform/sandbox/aws/internal/invent"
)

// Server is a provider some of whose types are simulated.
type Server struct {
	tfprotov6.ProviderServer

	schemas map[string]*tfprotov6.Schema
	types   map[string]Type
	kept    map[string]bool
	frozen  map[string]bool
	place   func() invent.Place
}

// Wrap puts the types of a table in front of a provider. Types that the provider does
// not serve are left out.
func Wrap(
	ctx context.Context, inner tfprotov6.ProviderServer, table []Type, place func() invent.Place,
) (*Server, error) {
	schema, err := inner.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	types := make(map[string]Type, len(table))
	for _, one := range table {
		types[one.Terraform] = one
	}
	return &Server{ProviderServer: inner, schemas: schema.ResourceSchemas, types: types, place: place}, nil
}

// Keep simulates the deletion of some types, and nothing else of them: the state
// forgets what stays in the emulator until it is stopped.
func (s *Server) Keep(table []Type) *Server {
	s.kept = map[string]bool{}
	for _, one := range table {
		s.kept[one.Terraform] = true
	}
	return s
}

// simulates finds a type in the table.
func (s *Server) simulates(name string) (Type, tftypes.Type, bool) {
	one, listed := s.types[name]
	schema, served := s.schemas[name]
	if !listed || !served {
		return Type{}, nil, false
	}
	return one, schema.ValueType(), true
}

// ApplyResourceChange takes the plan for the deed.
func (s *Server) ApplyResourceChange(
	ctx context.Context, request *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	one, form, ok := s.simulates(request.TypeName)
	if !ok {
		one, form, ok = s.updatesFrozen(request)
	}
	if !ok {
		return s.applyReal(ctx, request)
	}
	planned, err := request.PlannedState.Unmarshal(form)
	if err != nil {
		return nil, fmt.Errorf("%s: planned state: %w", one.Terraform, err)
	}
	if planned.IsNull() { // a deletion
		return &tfprotov6.ApplyResourceChangeResponse{NewState: request.PlannedState}, nil
	}
	prior, err := request.PriorState.Unmarshal(form)
	if err != nil {
		return nil, fmt.Errorf("%s: prior state: %w", one.Terraform, err)
	}
	done, err := s.fill(one, prior, planned)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", one.Terraform, err)
	}
	state, err := tfprotov6.NewDynamicValue(form, done)
	if err != nil {
		return nil, fmt.Errorf("%s: new state: %w", one.Terraform, err)
	}
	return &tfprotov6.ApplyResourceChangeResponse{
		NewState: &state, Private: request.PlannedPrivate, UnsafeToUseLegacyTypeSystem: true,
	}, nil
}

// applyReal leaves a type to the emulator, but for a deletion that it lacks.
func (s *Server) applyReal(
	ctx context.Context, request *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	if schema := s.schemas[request.TypeName]; s.kept[request.TypeName] && schema != nil {
		planned, err := request.PlannedState.Unmarshal(schema.ValueType())
		if err != nil {
			return nil, fmt.Errorf("%s: planned state: %w", request.TypeName, err)
		}
		if planned.IsNull() {
			return &tfprotov6.ApplyResourceChangeResponse{NewState: request.PlannedState}, nil
		}
	}
	return s.ProviderServer.ApplyResourceChange(ctx, request)
}

// fill keeps what an update leaves open as it was, and invents the rest.
func (s *Server) fill(one Type, prior, planned tftypes.Value) (tftypes.Value, error) {
	known := map[string]tftypes.Value{}
	if err := planned.As(&known); err != nil {
		return planned, err
	}
	if !prior.IsNull() {
		before := map[string]tftypes.Value{}
		if err := prior.As(&before); err != nil {
			return planned, err
		}
		for name, value := range known {
			if !value.IsKnown() && !before[name].IsNull() {
				known[name] = before[name]
			}
		}
	}
	resource := invent.Resource{Type: one.Terraform, Place: s.place(), Known: known}
	return resource.Fill(tftypes.NewValue(planned.Type(), known), one.Shapes)
}

// ReadResource finds a simulated resource as the state has it.
func (s *Server) ReadResource(
	ctx context.Context, request *tfprotov6.ReadResourceRequest,
) (*tfprotov6.ReadResourceResponse, error) {
	if _, _, ok := s.simulates(request.TypeName); !ok && !s.frozen[request.TypeName] {
		return s.ProviderServer.ReadResource(ctx, request)
	}
	return &tfprotov6.ReadResourceResponse{NewState: request.CurrentState, Private: request.Private}, nil
}

// ImportResourceState refuses simulated types: there is nothing to import from.
func (s *Server) ImportResourceState(
	ctx context.Context, request *tfprotov6.ImportResourceStateRequest,
) (*tfprotov6.ImportResourceStateResponse, error) {
	one, _, ok := s.simulates(request.TypeName)
	if !ok {
		return s.ProviderServer.ImportResourceState(ctx, request)
	}
	return &tfprotov6.ImportResourceStateResponse{Diagnostics: []*tfprotov6.Diagnostic{{
		Severity: tfprotov6.DiagnosticSeverityError,
		Summary:  fmt.Sprintf("%s %q cannot be imported: the sandbox only simulates this type", one.Terraform, request.ID),
		Detail:   one.Reason,
	}}}, nil
}
