package tfprotocol

import (
	"context"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"google.golang.org/grpc"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/vendored/tfplugin5"
)

// Client is a tfprotov6.ProviderServer that passes each call on to a provider that
// speaks plugin protocol 5.
type Client struct {
	unsupported
	process func() (*Process, error)
	schema  *Schema
}

var _ tfprotov6.ProviderServer = (*Client)(nil)

// NewClient serves the provider that start starts, which is not called before the
// first call that needs the provider: an engine also starts plugins that it only asks
// for their version. The schema may hold only some of the provider's resource types.
func NewClient(start func() (*Process, error), schema *Schema) *Client {
	return &Client{process: sync.OnceValues(start), schema: schema}
}

// method is a call of the generated client.
type method[In, Out any] func(tfplugin5.ProviderClient, context.Context, *In, ...grpc.CallOption) (*Out, error)

// call translates the request, calls, and translates the answer.
func call[Out, WireIn, WireOut any](
	ctx context.Context, c *Client, ask method[WireIn, WireOut], request any,
) (*Out, error) {
	process, err := c.process()
	if err != nil {
		return nil, err
	}
	in, err := translate[WireIn](request)
	if err != nil {
		return nil, err
	}
	answer, err := ask(process.remote, ctx, in)
	if err != nil {
		return nil, err
	}
	return translate[Out](answer)
}

// GetMetadata lists what the provider has, without schemas.
func (c *Client) GetMetadata(
	ctx context.Context, r *tfprotov6.GetMetadataRequest,
) (*tfprotov6.GetMetadataResponse, error) {
	return call[tfprotov6.GetMetadataResponse](ctx, c, tfplugin5.ProviderClient.GetMetadata, r)
}

// ValidateProviderConfig checks the provider's configuration.
func (c *Client) ValidateProviderConfig(
	ctx context.Context, r *tfprotov6.ValidateProviderConfigRequest,
) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return call[tfprotov6.ValidateProviderConfigResponse](ctx, c, tfplugin5.ProviderClient.PrepareProviderConfig, r)
}

// ConfigureProvider hands the provider its configuration.
func (c *Client) ConfigureProvider(
	ctx context.Context, r *tfprotov6.ConfigureProviderRequest,
) (*tfprotov6.ConfigureProviderResponse, error) {
	return call[tfprotov6.ConfigureProviderResponse](ctx, c, tfplugin5.ProviderClient.Configure, r)
}

// StopProvider asks the provider to abandon what it is doing.
func (c *Client) StopProvider(
	ctx context.Context, r *tfprotov6.StopProviderRequest,
) (*tfprotov6.StopProviderResponse, error) {
	return call[tfprotov6.StopProviderResponse](ctx, c, tfplugin5.ProviderClient.Stop, r)
}

// ValidateResourceConfig checks a resource's inputs.
func (c *Client) ValidateResourceConfig(
	ctx context.Context, r *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return call[tfprotov6.ValidateResourceConfigResponse](ctx, c, tfplugin5.ProviderClient.ValidateResourceTypeConfig, r)
}

// UpgradeResourceState brings a stored state to the provider's schema version.
func (c *Client) UpgradeResourceState(
	ctx context.Context, r *tfprotov6.UpgradeResourceStateRequest,
) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return call[tfprotov6.UpgradeResourceStateResponse](ctx, c, tfplugin5.ProviderClient.UpgradeResourceState, r)
}

// ReadResource refreshes a resource.
func (c *Client) ReadResource(
	ctx context.Context, r *tfprotov6.ReadResourceRequest,
) (*tfprotov6.ReadResourceResponse, error) {
	return call[tfprotov6.ReadResourceResponse](ctx, c, tfplugin5.ProviderClient.ReadResource, r)
}

// PlanResourceChange says what a change would do.
func (c *Client) PlanResourceChange(
	ctx context.Context, r *tfprotov6.PlanResourceChangeRequest,
) (*tfprotov6.PlanResourceChangeResponse, error) {
	return call[tfprotov6.PlanResourceChangeResponse](ctx, c, tfplugin5.ProviderClient.PlanResourceChange, r)
}

// ApplyResourceChange creates, changes or deletes a resource.
func (c *Client) ApplyResourceChange(
	ctx context.Context, r *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return call[tfprotov6.ApplyResourceChangeResponse](ctx, c, tfplugin5.ProviderClient.ApplyResourceChange, r)
}

// ImportResourceState finds a resource by its id.
func (c *Client) ImportResourceState(
	ctx context.Context, r *tfprotov6.ImportResourceStateRequest,
) (*tfprotov6.ImportResourceStateResponse, error) {
	return call[tfprotov6.ImportResourceStateResponse](ctx, c, tfplugin5.ProviderClient.ImportResourceState, r)
}

// MoveResourceState turns one type's state into another's.
func (c *Client) MoveResourceState(
	ctx context.Context, r *tfprotov6.MoveResourceStateRequest,
) (*tfprotov6.MoveResourceStateResponse, error) {
	return call[tfprotov6.MoveResourceStateResponse](ctx, c, tfplugin5.ProviderClient.MoveResourceState, r)
}

// ValidateDataResourceConfig checks a data source's inputs.
func (c *Client) ValidateDataResourceConfig(
	ctx context.Context, r *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return call[tfprotov6.ValidateDataResourceConfigResponse](ctx, c, tfplugin5.ProviderClient.ValidateDataSourceConfig, r)
}

// ReadDataSource reads a data source.
func (c *Client) ReadDataSource(
	ctx context.Context, r *tfprotov6.ReadDataSourceRequest,
) (*tfprotov6.ReadDataSourceResponse, error) {
	return call[tfprotov6.ReadDataSourceResponse](ctx, c, tfplugin5.ProviderClient.ReadDataSource, r)
}

// GetFunctions lists the provider's functions.
func (c *Client) GetFunctions(
	ctx context.Context, r *tfprotov6.GetFunctionsRequest,
) (*tfprotov6.GetFunctionsResponse, error) {
	return call[tfprotov6.GetFunctionsResponse](ctx, c, tfplugin5.ProviderClient.GetFunctions, r)
}

// CallFunction calls one of the provider's functions.
func (c *Client) CallFunction(
	ctx context.Context, r *tfprotov6.CallFunctionRequest,
) (*tfprotov6.CallFunctionResponse, error) {
	return call[tfprotov6.CallFunctionResponse](ctx, c, tfplugin5.ProviderClient.CallFunction, r)
}
