package eks

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
)

// Server answers the engine.
type Server struct {
	pulumirpc.UnimplementedResourceProviderServer
	engine *grpc.ClientConn
}

// NewServer returns a server that logs to the engine.
func NewServer(engine *grpc.ClientConn) *Server { return &Server{engine: engine} }

// Handshake tells the engine to send secrets, references and outputs as they are.
func (*Server) Handshake(
	context.Context, *pulumirpc.ProviderHandshakeRequest,
) (*pulumirpc.ProviderHandshakeResponse, error) {
	return &pulumirpc.ProviderHandshakeResponse{AcceptSecrets: true, AcceptResources: true, AcceptOutputs: true}, nil
}

// CheckConfig accepts the provider's configuration: pulumi-eks has none.
func (*Server) CheckConfig(_ context.Context, request *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	return &pulumirpc.CheckResponse{Inputs: request.GetNews()}, nil
}

// DiffConfig finds no changes.
func (*Server) DiffConfig(context.Context, *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	return &pulumirpc.DiffResponse{Changes: pulumirpc.DiffResponse_DIFF_NONE}, nil
}

// Configure says the same as Handshake, to older engines.
func (*Server) Configure(context.Context, *pulumirpc.ConfigureRequest) (*pulumirpc.ConfigureResponse, error) {
	return &pulumirpc.ConfigureResponse{
		AcceptSecrets: true, SupportsPreview: true, AcceptResources: true, AcceptOutputs: true,
	}, nil
}

// GetPluginInfo says which release is stood in for.
func (*Server) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: Version}, nil
}

// GetSchema has no schema: programs bring their SDK.
func (*Server) GetSchema(context.Context, *pulumirpc.GetSchemaRequest) (*pulumirpc.GetSchemaResponse, error) {
	return &pulumirpc.GetSchemaResponse{Schema: `{"name":"eks","version":"` + Version + `"}`}, nil
}

// Cancel has nothing to stop: a construction ends when the engine's answers end.
func (*Server) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

// Call refuses Cluster.getKubeconfig.
func (*Server) Call(_ context.Context, request *pulumirpc.CallRequest) (*pulumirpc.CallResponse, error) {
	return nil, status.Errorf(codes.Unimplemented,
		"%s: the sandbox's eks component does not serve it: use the output kubeconfigJson with providerCredentialOpts", request.GetTok())
}

// Construct makes an eks:index:Cluster.
func (s *Server) Construct(
	ctx context.Context, request *pulumirpc.ConstructRequest,
) (*pulumirpc.ConstructResponse, error) {
	if request.GetType() != componentType {
		return nil, status.Errorf(codes.Unimplemented,
			"%s: the sandbox's eks component makes only %s", request.GetType(), componentType)
	}
	inputs, err := plugin.UnmarshalProperties(request.GetInputs(), plugin.MarshalOptions{
		KeepUnknowns: true, KeepSecrets: true, KeepResources: true, KeepOutputValues: true,
	})
	if err != nil {
		return nil, fmt.Errorf("arguments of %s: %w", request.GetName(), err)
	}
	if err := validate(inputs); err != nil {
		return nil, status.Errorf(codes.InvalidArgument, "%s %s: %s", componentType, request.GetName(), err)
	}
	server, err := find(plain(inputs["name"]).StringValue())
	if err != nil {
		return nil, status.Error(codes.FailedPrecondition, err.Error())
	}
	return provider.Construct(ctx, request, s.engine, func(
		ctx *pulumi.Context, _, name string, inputs provider.ConstructInputs, options pulumi.ResourceOption,
	) (*provider.ConstructResult, error) {
		arguments, err := inputs.Map()
		if err != nil {
			return nil, err
		}
		return construct(ctx, name, arguments, server, options)
	})
}
