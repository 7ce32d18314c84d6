// Package echo makes up for an emulator that forgets.
//
// On apply, Terraform's own rule holds for every type: what the plan knew is what the
// apply returns. So a planned value wins over the emulator's answer, and only what the
// plan left open is taken from there. On read there is no plan, and a difference may be
// real drift; there the state wins only for the properties in Table.
package echo

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"aws-platform/sandbox/aws/internal/invent"
)

// Server is a provider whose answers are completed with what was asked of it.
type Server struct {
	tfprotov6.ProviderServer

	schemas map[string]*tfprotov6.Schema
	losses  map[string]map[string]Loss // type -> attribute
	place   func() invent.Place
}

// Wrap puts the rule in front of a provider.
func Wrap(
	ctx context.Context, inner tfprotov6.ProviderServer, table []Property, place func() invent.Place,
) (*Server, error) {
	schema, err := inner.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	losses := map[string]map[string]Loss{}
	for _, one := range table {
		if losses[one.Terraform] == nil {
			losses[one.Terraform] = map[string]Loss{}
		}
		for _, attribute := range one.Attributes {
			losses[one.Terraform][attribute] = one.Loss
		}
	}
	return &Server{ProviderServer: inner, schemas: schema.ResourceSchemas, losses: losses, place: place}, nil
}

// ApplyResourceChange settles the emulator's answer with the plan.
func (s *Server) ApplyResourceChange(
	ctx context.Context, request *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	sent, err := s.ask(request)
	if err != nil {
		return nil, err
	}
	response, err := s.ProviderServer.ApplyResourceChange(ctx, sent)
	if err != nil || failed(response.Diagnostics) {
		return response, err
	}
	schema, ok := s.schemas[request.TypeName]
	if !ok {
		return response, nil
	}
	values, err := unmarshal(schema.ValueType(),
		request.PriorState, request.Config, request.PlannedState, response.NewState)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", request.TypeName, err)
	}
	if values[0] == nil && values[2] == nil || values[3] == nil { // nothing was, or nothing is left
		return response, nil
	}
	change := change{prior: values[0], config: values[1], planned: values[2], actual: values[3]}
	settled, err := change.settle(schema.Block, s.losses[request.TypeName],
		invent.Resource{Type: request.TypeName, Place: s.place(), Known: values[3]})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", request.TypeName, err)
	}
	response.NewState, err = marshal(schema.ValueType(), settled)
	return response, err
}

// ReadResource keeps what the emulator is known not to give back.
func (s *Server) ReadResource(
	ctx context.Context, request *tfprotov6.ReadResourceRequest,
) (*tfprotov6.ReadResourceResponse, error) {
	response, err := s.ProviderServer.ReadResource(ctx, request)
	losses := s.losses[request.TypeName]
	schema, ok := s.schemas[request.TypeName]
	if err != nil || len(losses) == 0 || !ok || failed(response.Diagnostics) {
		return response, err
	}
	values, err := unmarshal(schema.ValueType(), request.CurrentState, response.NewState)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", request.TypeName, err)
	}
	known, read := values[0], values[1]
	if known == nil || read == nil { // not found
		return response, nil
	}
	for attribute, loss := range losses {
		if loss.applies(known[attribute], read[attribute]) {
			read[attribute] = known[attribute]
		}
	}
	response.NewState, err = marshal(schema.ValueType(), read)
	return response, err
}

// applies says whether what was read of a property is the emulator's doing, so that what
// was known stands.
func (l Loss) applies(known, read tftypes.Value) bool {
	if l == Added {
		return holds(read, known)
	}
	return !known.IsNull() && (l == Shared || empty(read))
}

// holds says whether every element of one list is in another. A missing list has none.
func holds(whole, part tftypes.Value) bool {
	var all, some []tftypes.Value
	if whole.As(&all) != nil || part.As(&some) != nil {
		return false
	}
	for _, one := range some {
		if !slices.ContainsFunc(all, one.Equal) {
			return false
		}
	}
	return true
}

func failed(all []*tfprotov6.Diagnostic) bool {
	for _, one := range all {
		if one.Severity == tfprotov6.DiagnosticSeverityError {
			return true
		}
	}
	return false
}

// unmarshal reads some values of a type; one that is null is a nil map.
func unmarshal(form tftypes.Type, all ...*tfprotov6.DynamicValue) ([]map[string]tftypes.Value, error) {
	read := make([]map[string]tftypes.Value, len(all))
	for i, one := range all {
		if one == nil {
			continue
		}
		value, err := one.Unmarshal(form)
		if err != nil {
			return nil, err
		}
		if value.IsNull() {
			continue
		}
		read[i] = map[string]tftypes.Value{}
		if err := value.As(&read[i]); err != nil {
			return nil, err
		}
	}
	return read, nil
}

func marshal(form tftypes.Type, attributes map[string]tftypes.Value) (*tfprotov6.DynamicValue, error) {
	value, err := tfprotov6.NewDynamicValue(form, tftypes.NewValue(form, attributes))
	return &value, err
}
