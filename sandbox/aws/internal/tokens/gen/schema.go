package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/proto"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"

	"aws-platform/sandbox/aws/internal/tfprotocol"
)

// schema is what the provider says of itself.
type schema struct {
	wire *tfprotocol.Schema
	shim shim.Provider
}

func newSchema(ctx context.Context, wire *tfprotocol.Schema) *schema {
	return &schema{wire: wire, shim: proto.New(ctx, wire.Server())}
}

// has says whether the provider has a resource type.
func (s *schema) has(terraformType string) bool {
	_, ok := s.shim.ResourcesMap().GetOk(terraformType)
	return ok
}

// hasFunction says whether the provider has a data source.
func (s *schema) hasFunction(terraformType string) bool {
	_, ok := s.shim.DataSourcesMap().GetOk(terraformType)
	return ok
}

// attributes is what the provider says of a wanted type.
func (s *schema) attributes(one wantedType) shim.SchemaMap {
	if one.function() {
		return s.shim.DataSourcesMap().Get(one.terraform).Schema()
	}
	return s.resource(one.terraform)
}

// resource is the attributes of a type that the provider has.
func (s *schema) resource(terraformType string) shim.SchemaMap {
	return s.shim.ResourcesMap().Get(terraformType).Schema()
}

// pack returns the part of the schema that the wanted types need, compressed. The
// same schema always gives the same bytes.
func (s *schema) pack(wanted []wantedType) ([]byte, error) {
	resources, functions := map[string]bool{}, map[string]bool{}
	for _, one := range wanted {
		if one.function() {
			functions[one.terraform] = true
		} else {
			resources[one.terraform] = true
		}
	}
	wire, err := s.wire.Only(
		func(name string) bool { return resources[name] },
		func(name string) bool { return functions[name] }).Marshal()
	if err != nil {
		return nil, fmt.Errorf("pack schema: %w", err)
	}
	var packed bytes.Buffer
	into, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := into.Write(wire); err != nil {
		return nil, err
	}
	if err := into.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}
