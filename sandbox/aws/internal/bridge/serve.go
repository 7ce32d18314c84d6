package bridge

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	pftfbridge "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
	"github.com/pulumi/pulumi/pkg/v3/resource/provider"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"

	"aws-platform/sandbox/aws/internal/tfprotocol"
)

// packageSchema is all the schema that the plugin has: programs bring their typed SDK,
// and the engine asks for none to deploy them.
var packageSchema = fmt.Appendf(nil, `{"name":%q,"version":%q}`, Name, Version)

// Serve serves the engine until ctx ends.
func Serve(ctx context.Context, start func() (*tfprotocol.Process, error)) error {
	return provider.MainContext(ctx, Name, func(host *provider.HostClient) (pulumirpc.ResourceProviderServer, error) {
		return NewServer(ctx, host, start)
	})
}

// NewServer is the engine's side of the plugin. Without a host, messages are dropped.
func NewServer(
	ctx context.Context, host *provider.HostClient, start func() (*tfprotocol.Process, error),
) (pulumirpc.ResourceProviderServer, error) {
	layers, err := Layers(ctx, start)
	if err != nil {
		return nil, err
	}
	meta := pftfbridge.ProviderMetadata{PackageSchema: packageSchema}
	described := Info(ctx, layers)
	var bridged pulumirpc.ResourceProviderServer
	if host == nil {
		// A nil *HostClient in the interface would not be nil to the bridge.
		bridged, err = pftfbridge.NewProviderServer(ctx, nil, described, meta)
	} else {
		bridged, err = pftfbridge.NewProviderServer(ctx, host, described, meta)
	}
	if err != nil {
		return nil, err
	}
	served := map[string]bool{}
	for _, one := range described.Resources {
		served[string(one.Tok)] = true
	}
	for _, one := range described.DataSources {
		served[string(one.Tok)] = true
	}
	return &server{ResourceProviderServer: bridged, terraform: layers, served: served}, nil
}

// server adds to the bridge's what it lacks.
type server struct {
	pulumirpc.ResourceProviderServer

	terraform tfprotov6.ProviderServer
	served    map[string]bool // tokens of resource types and functions
}

// Check says first what to do about a type that nobody has listed yet.
func (s *server) Check(ctx context.Context, request *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	if err := s.listed(string(resource.URN(request.GetUrn()).Type())); err != nil {
		return nil, err
	}
	return s.ResourceProviderServer.Check(ctx, request)
}

// Invoke says the same of a function.
func (s *server) Invoke(ctx context.Context, request *pulumirpc.InvokeRequest) (*pulumirpc.InvokeResponse, error) {
	if err := s.listed(request.GetTok()); err != nil {
		return nil, err
	}
	return s.ResourceProviderServer.Invoke(ctx, request)
}

func (s *server) listed(token string) error {
	if s.served[token] {
		return nil
	}
	return fmt.Errorf("the sandbox's aws plugin serves %d types and functions, and %s is none of them: "+
		"add it to sandbox/aws/internal/tokens/types.txt and run `go generate ./internal/tokens` in sandbox/aws",
		len(s.served), token)
}

// Cancel abandons what is under way. The bridge does not tell Terraform's provider.
func (s *server) Cancel(ctx context.Context, request *emptypb.Empty) (*emptypb.Empty, error) {
	if _, err := s.terraform.StopProvider(ctx, &tfprotov6.StopProviderRequest{}); err != nil {
		return nil, err
	}
	return s.ResourceProviderServer.Cancel(ctx, request)
}
