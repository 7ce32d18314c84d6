// Package bridge serves a Terraform provider to Pulumi's engine: it puts the layers
// of the sandbox around the provider and hands the result to Pulumi's Terraform bridge.
//
// From the inside: the provider's process (tfprotocol), the emulator's settings
// (settings), what need not be
// waited for (waits), what the emulator forgets (echo), what it lacks (simulated).
package bridge

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/proto"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge/info"

	"aws-platform/sandbox/aws/internal/echo"
	"aws-platform/sandbox/aws/internal/settings"
	"aws-platform/sandbox/aws/internal/simulated"
	"aws-platform/sandbox/aws/internal/tfprotocol"
	"aws-platform/sandbox/aws/internal/tokens"
	"aws-platform/sandbox/aws/internal/waits"
)

const (
	// Name is the package that the plugin serves.
	Name = "aws"
	// Version is the release of pulumi-aws that the plugin stands for.
	Version = "6.83.2"
)

// Layers puts the sandbox's layers around the provider that start starts.
func Layers(ctx context.Context, start func() (*tfprotocol.Process, error)) (tfprotov6.ProviderServer, error) {
	schema, err := tokens.Schema()
	if err != nil {
		return nil, err
	}
	provider, err := settings.Wrap(ctx, tfprotocol.NewClient(start, schema))
	if err != nil {
		return nil, err
	}
	echoing, err := echo.Wrap(ctx, waits.Wrap(provider, waits.Table()), echo.Table(), provider.Place)
	if err != nil {
		return nil, err
	}
	server, err := simulated.Wrap(ctx, echoing, simulated.Table(), provider.Place)
	if err != nil {
		return nil, err
	}
	return server.Keep(simulated.Kept()).Freeze(simulated.Frozen()), nil
}

// Info describes the bridged provider.
func Info(ctx context.Context, server tfprotov6.ProviderServer) info.Provider {
	provider := info.Provider{
		P:                             proto.New(ctx, server),
		Name:                          Name,
		Version:                       Version,
		Resources:                     tokens.Resources(),
		DataSources:                   tokens.Functions(),
		Config:                        tokens.Config(),
		MetadataInfo:                  &info.Metadata{Data: tfbridge.ProviderMetadata(nil)},
		EnableAccuratePFBridgePreview: true,
	}
	for name, one := range provider.Resources {
		readBack(one, provider.P.ResourcesMap().Get(name).Schema())
	}
	for name, limit := range shortNames {
		generate(provider.Resources[name], "name", limit)
	}
	generate(provider.Resources["aws_cloudwatch_metric_alarm"], "alarm_name", longestName) // called name in the SDK
	provider.SetAutonaming(longestName, "-")
	return provider
}

// longestName bounds generated names, shortNames those of types that AWS allows fewer
// characters, all as in pulumi-aws.
const longestName = 255

var shortNames = map[string]int{"aws_lb": 32, "aws_lb_target_group": 32}

// generate lets Pulumi make up a name that a program leaves out.
func generate(one *info.Resource, attribute string, limit int) {
	if one.Fields == nil {
		one.Fields = map[string]*info.Schema{}
	}
	field := one.Fields[attribute]
	if field == nil {
		field = &info.Schema{}
		one.Fields[attribute] = field
	}
	field.Default = tfbridge.AutoName("name", limit, "-").Default
}
