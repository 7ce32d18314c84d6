// Package settings gives the Terraform provider what a local emulator needs and a
// program for real AWS does not say, so that no program and no state knows of the
// sandbox. What the program sets itself is left alone.
package settings

import (
	"context"
	"fmt"
	"os"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"aws-platform/sandbox/aws/internal/invent"
)

// endpointVariable is where the emulator answers; the provider reads it too.
const endpointVariable = "AWS_ENDPOINT_URL"

// defaults are the settings of the provider, by Terraform's names. Credentials and
// allowed accounts are checked as on AWS: the emulator answers to STS.
//
//   - skip_metadata_api_check: there is no instance to ask.
//   - s3_use_path_style: bucket.localhost does not resolve.
//   - max_retries: an operation that the emulator lacks answers with a server error,
//     which the AWS SDK would otherwise repeat for more than ten minutes. Four more
//     attempts are some ten seconds, and outlast a connection that breaks.
//   - http_proxy, https_proxy: the emulator, which serves as one. S3 Control's requests go to
//     <account>.<endpoint>, which does not resolve, and are answered there. A request to a
//     loopback address takes no proxy, and one to AWS gets no further than the emulator.
func defaults() map[string]tftypes.Value {
	values := map[string]tftypes.Value{
		"skip_metadata_api_check": tftypes.NewValue(tftypes.String, "true"),
		"s3_use_path_style":       tftypes.NewValue(tftypes.Bool, true),
		"max_retries":             tftypes.NewValue(tftypes.Number, 5),
	}
	if emulator := os.Getenv(endpointVariable); emulator != "" {
		values["http_proxy"] = tftypes.NewValue(tftypes.String, emulator)
		values["https_proxy"] = tftypes.NewValue(tftypes.String, emulator)
	}
	return values
}

// Server is a provider whose configuration is completed on the way.
type Server struct {
	tfprotov6.ProviderServer

	config tftypes.Type
	mutex  sync.Mutex
	place  invent.Place
}

// Wrap puts the settings in front of a provider.
func Wrap(ctx context.Context, inner tfprotov6.ProviderServer) (*Server, error) {
	schema, err := inner.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	return &Server{ProviderServer: inner, config: schema.Provider.ValueType()}, nil
}

// ConfigureProvider adds the settings that the configuration leaves open.
func (s *Server) ConfigureProvider(
	ctx context.Context, request *tfprotov6.ConfigureProviderRequest,
) (*tfprotov6.ConfigureProviderResponse, error) {
	settings, err := parse(s.config, request.Config)
	if err != nil {
		return nil, fmt.Errorf("provider configuration: %w", err)
	}
	s.mutex.Lock()
	s.place = placeOf(settings)
	s.mutex.Unlock()
	for name, wanted := range defaults() {
		if current, known := settings[name]; known && current.IsNull() {
			settings[name] = wanted
		}
	}
	completed, err := tfprotov6.NewDynamicValue(s.config, tftypes.NewValue(s.config, settings))
	if err != nil {
		return nil, fmt.Errorf("provider configuration: %w", err)
	}
	changed := *request
	changed.Config = &completed
	return s.ProviderServer.ConfigureProvider(ctx, &changed)
}

// Place is where the provider works, empty before it is configured.
func (s *Server) Place() invent.Place {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.place
}

func parse(config tftypes.Type, given *tfprotov6.DynamicValue) (map[string]tftypes.Value, error) {
	value, err := given.Unmarshal(config)
	if err != nil {
		return nil, err
	}
	settings := map[string]tftypes.Value{}
	return settings, value.As(&settings)
}
