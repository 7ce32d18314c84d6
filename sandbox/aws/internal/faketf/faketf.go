// Package faketf is a Terraform provider for tests: its schema is given, and each call
// that a test does not expect panics.
package faketf

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Provider answers with what it is given. The calls without a field are those of the
// embedded interface, which is nil.
type Provider struct {
	tfprotov6.ProviderServer

	Resources map[string]*tfprotov6.Schema
	Functions map[string]*tfprotov6.Schema // data sources
	Config    *tfprotov6.Schema
	Apply     func(*tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error)
	Read      func(*tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error)
	Import    func(*tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error)
	Configure func(*tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error)
}

// GetProviderSchema answers with the given schemas.
func (p Provider) GetProviderSchema(
	context.Context, *tfprotov6.GetProviderSchemaRequest,
) (*tfprotov6.GetProviderSchemaResponse, error) {
	return &tfprotov6.GetProviderSchemaResponse{
		Provider: p.Config, ResourceSchemas: p.Resources, DataSourceSchemas: p.Functions,
	}, nil
}

// ApplyResourceChange calls Apply.
func (p Provider) ApplyResourceChange(
	_ context.Context, r *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return p.Apply(r)
}

// ReadResource calls Read.
func (p Provider) ReadResource(
	_ context.Context, r *tfprotov6.ReadResourceRequest,
) (*tfprotov6.ReadResourceResponse, error) {
	return p.Read(r)
}

// ImportResourceState calls Import.
func (p Provider) ImportResourceState(
	_ context.Context, r *tfprotov6.ImportResourceStateRequest,
) (*tfprotov6.ImportResourceStateResponse, error) {
	return p.Import(r)
}

// ConfigureProvider calls Configure.
func (p Provider) ConfigureProvider(
	_ context.Context, r *tfprotov6.ConfigureProviderRequest,
) (*tfprotov6.ConfigureProviderResponse, error) {
	return p.Configure(r)
}

// Attribute is an attribute that the user may set; add Computed or Required as needed.
func Attribute(name string, t tftypes.Type) *tfprotov6.SchemaAttribute {
	return &tfprotov6.SchemaAttribute{Name: name, Type: t, Optional: true}
}

// Computed is an attribute that the provider fills in, and that the user may set too.
func Computed(name string, t tftypes.Type) *tfprotov6.SchemaAttribute {
	return &tfprotov6.SchemaAttribute{Name: name, Type: t, Optional: true, Computed: true}
}

// Schema is a resource or a configuration of attributes.
func Schema(attributes ...*tfprotov6.SchemaAttribute) *tfprotov6.Schema {
	return &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{Attributes: attributes}}
}

// Value is an object of the schema; attributes that are not given are null. It panics on
// an attribute that the schema does not have.
func Value(schema *tfprotov6.Schema, attributes map[string]tftypes.Value) *tfprotov6.DynamicValue {
	form := schema.ValueType().(tftypes.Object)
	all := map[string]tftypes.Value{}
	for name, t := range form.AttributeTypes {
		all[name] = tftypes.NewValue(t, nil)
	}
	for name, value := range attributes {
		all[name] = value
	}
	return dynamic(form, tftypes.NewValue(form, all))
}

// Null is the absence of a resource.
func Null(schema *tfprotov6.Schema) *tfprotov6.DynamicValue {
	return dynamic(schema.ValueType(), tftypes.NewValue(schema.ValueType(), nil))
}

func dynamic(form tftypes.Type, value tftypes.Value) *tfprotov6.DynamicValue {
	wire, err := tfprotov6.NewDynamicValue(form, value)
	if err != nil {
		panic(err)
	}
	return &wire
}

// Attributes reads an object of the schema; nil for a null one.
func Attributes(schema *tfprotov6.Schema, wire *tfprotov6.DynamicValue) map[string]tftypes.Value {
	value, err := wire.Unmarshal(schema.ValueType())
	if err != nil {
		panic(err)
	}
	if value.IsNull() {
		return nil
	}
	all := map[string]tftypes.Value{}
	if err := value.As(&all); err != nil {
		panic(err)
	}
	return all
}

// Text is a string value.
func Text(text string) tftypes.Value { return tftypes.NewValue(tftypes.String, text) }

// Unknown is a value of a type that only the apply will tell.
func Unknown(t tftypes.Type) tftypes.Value { return tftypes.NewValue(t, tftypes.UnknownValue) }
