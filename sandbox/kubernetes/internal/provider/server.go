package provider

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"

	"aws-platform/sandbox/kubernetes/internal/cluster"
)

// Server is one instance of the provider: one cluster.
type Server struct {
	pulumirpc.UnimplementedResourceProviderServer
	// cluster is nil while its kubeconfig is unknown, in the preview of a first `up`.
	cluster *cluster.Cluster
}

// New returns a server that is not configured.
func New() *Server { return &Server{} }

// Handshake tells the engine what may be sent.
func (*Server) Handshake(context.Context, *pulumirpc.ProviderHandshakeRequest) (*pulumirpc.ProviderHandshakeResponse, error) {
	return &pulumirpc.ProviderHandshakeResponse{AcceptSecrets: true}, nil
}

// settings are the arguments of the provider that are known here.
var settings = map[resource.PropertyKey]bool{
	"kubeconfig": true, "context": true, "enableServerSideApply": true, "version": true,
	"__internal": true, "suppressDeprecationWarnings": true,
}

// CheckConfig refuses arguments that would do nothing here.
func (*Server) CheckConfig(_ context.Context, request *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	inputs, err := read(request.GetNews())
	if err != nil {
		return nil, err
	}
	var failures []*pulumirpc.CheckFailure
	for key := range inputs {
		if !settings[key] {
			failures = append(failures, &pulumirpc.CheckFailure{
				Property: string(key), Reason: "the sandbox's kubernetes provider does not know it: it takes kubeconfig, context and enableServerSideApply",
			})
		}
	}
	return &pulumirpc.CheckResponse{Inputs: request.GetNews(), Failures: failures}, nil
}

// DiffConfig changes the provider in place: another kubeconfig may lead to the same cluster.
func (*Server) DiffConfig(context.Context, *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	return &pulumirpc.DiffResponse{Changes: pulumirpc.DiffResponse_DIFF_UNKNOWN}, nil
}

// Configure opens the cluster of the kubeconfig, unless that is unknown yet.
func (s *Server) Configure(_ context.Context, request *pulumirpc.ConfigureRequest) (*pulumirpc.ConfigureResponse, error) {
	answer := &pulumirpc.ConfigureResponse{AcceptSecrets: true, SupportsPreview: true}
	inputs, err := read(request.GetArgs())
	if err != nil {
		return nil, err
	}
	kubeconfig := open(inputs["kubeconfig"])
	switch {
	case kubeconfig.IsComputed() || kubeconfig.IsOutput():
		return answer, nil
	case !kubeconfig.IsString():
		return nil, status.Error(codes.InvalidArgument, "kubeconfig: is not given: the sandbox's kubernetes provider looks for no other")
	}
	text := kubeconfig.StringValue()
	name := ""
	if given := open(inputs["context"]); given.IsString() {
		name = given.StringValue()
	}
	s.cluster, err = cluster.Open(text, name)
	return answer, err
}

// GetPluginInfo says which release is stood in for.
func (*Server) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: Version}, nil
}

// GetSchema has no schema: programs bring their SDK.
func (*Server) GetSchema(context.Context, *pulumirpc.GetSchemaRequest) (*pulumirpc.GetSchemaResponse, error) {
	schema, err := json.Marshal(map[string]string{"name": "kubernetes", "version": Version})
	return &pulumirpc.GetSchemaResponse{Schema: string(schema)}, err
}

// Invoke refuses functions.
func (*Server) Invoke(_ context.Context, request *pulumirpc.InvokeRequest) (*pulumirpc.InvokeResponse, error) {
	return nil, status.Errorf(codes.Unimplemented, "%s: the sandbox's kubernetes provider has no functions", request.GetTok())
}

// Cancel has nothing to stop: requests end with the engine's.
func (*Server) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

// read takes properties off the wire.
func read(fields *structpb.Struct) (resource.PropertyMap, error) {
	properties, err := plugin.UnmarshalProperties(fields, plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true, SkipNulls: true})
	if err != nil {
		return nil, fmt.Errorf("properties: %w", err)
	}
	return properties, nil
}

// write puts properties on the wire.
func write(properties resource.PropertyMap) (*structpb.Struct, error) {
	return plugin.MarshalProperties(properties, plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true, SkipNulls: true})
}

// open takes the lid off a secret.
func open(value resource.PropertyValue) resource.PropertyValue {
	for value.IsSecret() {
		value = value.SecretValue().Element
	}
	return value
}
