package tfprotocol

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"google.golang.org/protobuf/proto"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/vendored/tfplugin5"
)

// Schema is what a provider says of its configuration, its resource types and its data
// sources, in the form of the wire. Terraform's functions are not part of it: Pulumi
// programs have none.
type Schema struct {
	wire *tfplugin5.GetProviderSchema_Response
}

// Schema asks the provider for its whole schema. For hashicorp/aws that takes about
// two seconds and 100 MB of the provider's memory, which is why a plugin starts from a
// stored part of it (ParseSchema) instead.
func (p *Process) Schema(ctx context.Context) (*Schema, error) {
	wire, err := p.remote.GetSchema(ctx, &tfplugin5.GetProviderSchema_Request{})
	if err != nil {
		return nil, fmt.Errorf("schema of the terraform provider: %w", err)
	}
	wire.Functions = nil
	return &Schema{wire: wire}, nil
}

// ParseSchema reads what Marshal wrote.
func ParseSchema(data []byte) (*Schema, error) {
	wire := &tfplugin5.GetProviderSchema_Response{}
	if err := proto.Unmarshal(data, wire); err != nil {
		return nil, fmt.Errorf("stored schema of the terraform provider: %w", err)
	}
	return &Schema{wire: wire}, nil
}

// Marshal writes the schema; the same schema always gives the same bytes.
func (s *Schema) Marshal() ([]byte, error) {
	return proto.MarshalOptions{Deterministic: true}.Marshal(s.wire)
}

// Only returns the schema with just the resource types and data sources that are accepted.
func (s *Schema) Only(resource, dataSource func(terraformType string) bool) *Schema {
	some := &tfplugin5.GetProviderSchema_Response{
		Provider:           s.wire.Provider,
		ProviderMeta:       s.wire.ProviderMeta,
		ServerCapabilities: s.wire.ServerCapabilities,
		ResourceSchemas:    accepted(s.wire.ResourceSchemas, resource),
		DataSourceSchemas:  accepted(s.wire.DataSourceSchemas, dataSource),
	}
	return &Schema{wire: some}
}

func accepted(all map[string]*tfplugin5.Schema, accept func(string) bool) map[string]*tfplugin5.Schema {
	some := map[string]*tfplugin5.Schema{}
	for name, one := range all {
		if accept(name) {
			some[name] = one
		}
	}
	return some
}

// Equal says whether two schemas are the same.
func (s *Schema) Equal(other *Schema) bool { return proto.Equal(s.wire, other.wire) }

// Server is a provider that knows its schema and can do nothing else: it is what
// names are derived from where no provider runs.
func (s *Schema) Server() *Client {
	return NewClient(func() (*Process, error) { return nil, errNoProvider }, s)
}

var errNoProvider = errors.New("tfprotocol: this server only knows its schema, no provider runs")

// GetProviderSchema answers from the stored schema; the provider is not asked.
func (c *Client) GetProviderSchema(
	context.Context, *tfprotov6.GetProviderSchemaRequest,
) (*tfprotov6.GetProviderSchemaResponse, error) {
	return translate[tfprotov6.GetProviderSchemaResponse](c.schema.wire)
}
