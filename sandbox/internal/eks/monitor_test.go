package eks

import (
	"context"
	"net"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
)

const (
	stackURN       = "urn:pulumi:dev::platform::"
	parentURN      = stackURN + "platform:cluster:Cluster::dev"
	awsURN         = stackURN + "pulumi:providers:aws::aws"
	roleURN        = stackURN + roleType + "::dev-eks"
	groupURN       = stackURN + securityGroupType + "::dev-cluster"
	clusterRoleARN = "arn:aws:iam::333333333333:role/dev-eks-cluster"
	emulatedIssuer = "https://oidc.eks.us-east-1.amazonaws.com/id/ABC"
	oidcHost       = "oidc.eks.us-east-1.amazonaws.com/id/EF260E9AA3C673AF240D17A266048036"
)

// monitor plays the engine: it records what is registered and answers as the AWS plugin
// would, in a preview without what only AWS can know.
type monitor struct {
	pulumirpc.UnimplementedResourceMonitorServer
	pulumirpc.UnimplementedEngineServer
	preview bool

	mu         sync.Mutex
	registered []*pulumirpc.RegisterResourceRequest
	outputs    []*pulumirpc.RegisterResourceOutputsRequest
}

// startMonitor serves it, and returns a connection and the address.
func startMonitor(t *testing.T, m *monitor) (*grpc.ClientConn, string) {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	server := grpc.NewServer()
	pulumirpc.RegisterResourceMonitorServer(server, m)
	pulumirpc.RegisterEngineServer(server, m)
	go func() { _ = server.Serve(listener) }()
	address := listener.Addr().String()
	conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	t.Cleanup(func() {
		_ = conn.Close()
		server.Stop()
	})
	return conn, address
}

func (m *monitor) SupportsFeature(
	context.Context, *pulumirpc.SupportsFeatureRequest,
) (*pulumirpc.SupportsFeatureResponse, error) {
	return &pulumirpc.SupportsFeatureResponse{HasSupport: true}, nil
}

func (*monitor) Log(context.Context, *pulumirpc.LogRequest) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

// Invoke answers for the resources that are given as arguments.
func (m *monitor) Invoke(
	_ context.Context, request *pulumirpc.ResourceInvokeRequest,
) (*pulumirpc.ResourceInvokeResponse, error) {
	urn := request.GetArgs().GetFields()["urn"].GetStringValue()
	state := map[string]any{"arn": clusterRoleARN}
	id := "dev-eks-cluster"
	if urn == groupURN {
		state, id = map[string]any{}, "sg-1"
	}
	result, err := structpb.NewStruct(map[string]any{"urn": urn, "id": id, "state": state})
	return &pulumirpc.ResourceInvokeResponse{Return: result}, err
}

func (m *monitor) RegisterResource(
	_ context.Context, request *pulumirpc.RegisterResourceRequest,
) (*pulumirpc.RegisterResourceResponse, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.registered = append(m.registered, request)
	object := request.GetObject().AsMap()
	id := request.GetName() + "-id"
	if request.GetType() == clusterType || request.GetType() == issuerType {
		if m.preview {
			id = ""
			unknown(object, "arn", "identities", "vpcConfig")
		} else {
			made(request.GetType(), object)
		}
	}
	answer, err := structpb.NewStruct(object)
	return &pulumirpc.RegisterResourceResponse{
		Urn: stackURN + request.GetType() + "::" + request.GetName(), Id: id, Object: answer,
	}, err
}

func unknown(object map[string]any, keys ...string) {
	for _, key := range keys {
		object[key] = plugin.UnknownStringValue
	}
}

// made adds what AWS adds.
func made(typ string, object map[string]any) {
	if typ == issuerType {
		object["arn"] = "arn:aws:iam::333333333333:oidc-provider/" + oidcHost
		return
	}
	object["arn"] = "arn:aws:eks:us-east-1:333333333333:cluster/dev-eks"
	object["vpcConfig"].(map[string]any)["clusterSecurityGroupId"] = "sg-own"
	object["identities"] = []any{map[string]any{"oidcs": []any{map[string]any{"issuer": emulatedIssuer}}}}
}

func (m *monitor) RegisterResourceOutputs(
	_ context.Context, request *pulumirpc.RegisterResourceOutputsRequest,
) (*emptypb.Empty, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.outputs = append(m.outputs, request)
	return &emptypb.Empty{}, nil
}

// child returns the one registration of a type.
func (m *monitor) child(t *testing.T, typ string) *pulumirpc.RegisterResourceRequest {
	t.Helper()
	var found []*pulumirpc.RegisterResourceRequest
	for _, request := range m.registered {
		if request.GetType() == typ {
			found = append(found, request)
		}
	}
	require.Len(t, found, 1, typ)
	return found[0]
}

// arguments are what the program gives, with changes; nil takes one away.
func arguments(changes map[string]any) resource.PropertyMap {
	inputs := resource.NewPropertyMapFromMap(map[string]any{
		"name": "dev-eks", "version": "1.36", "authenticationMode": "API",
		"vpcId": "vpc-1", "privateSubnetIds": []any{"subnet-1", "subnet-2"},
		"endpointPrivateAccess": true, "endpointPublicAccess": false,
		"enabledClusterLogTypes": []any{"api", "audit"}, "encryptionConfigKeyArn": "arn:aws:kms:us-east-1:333333333333:key/1",
		"createOidcProvider": true, "skipDefaultNodeGroup": true, "skipDefaultSecurityGroups": true, "useDefaultVpcCni": true,
		"corednsAddonOptions":    map[string]any{"enabled": false, "resolveConflictsOnCreate": "OVERWRITE"},
		"kubeProxyAddonOptions":  map[string]any{"enabled": false, "resolveConflictsOnUpdate": "OVERWRITE"},
		"providerCredentialOpts": map[string]any{"roleArn": "arn:aws:iam::333333333333:role/platform-deploy"},
		"tags":                   map[string]any{"Environment": "dev"}, "clusterTags": map[string]any{"Tier": "app", "Environment": "other"},
	})
	inputs["serviceRole"] = resource.MakeCustomResourceReference(roleURN, "dev-eks-cluster", "6.83.2")
	inputs["clusterSecurityGroup"] = resource.MakeCustomResourceReference(groupURN, "sg-1", "6.83.2")
	for key, value := range changes {
		if value == nil {
			delete(inputs, resource.PropertyKey(key))
			continue
		}
		if property, ok := value.(resource.PropertyValue); ok {
			inputs[resource.PropertyKey(key)] = property
			continue
		}
		inputs[resource.PropertyKey(key)] = resource.NewPropertyValue(value)
	}
	return inputs
}

// run constructs the cluster "dev" as the engine would ask for it.
func run(t *testing.T, m *monitor, inputs resource.PropertyMap) (resource.PropertyMap, error) {
	t.Helper()
	options := plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true, KeepResources: true, KeepOutputValues: true}
	marshalled, err := plugin.MarshalProperties(inputs, options)
	require.NoError(t, err)
	conn, address := startMonitor(t, m)
	response, err := NewServer(conn).Construct(t.Context(), &pulumirpc.ConstructRequest{
		Project: "platform", Stack: "dev", Type: componentType, Name: "dev", Parent: parentURN,
		Inputs: marshalled, MonitorEndpoint: address, DryRun: m.preview, Parallel: 4,
		Providers: map[string]string{"aws": awsURN + "::aws-id"}, AcceptsOutputValues: true,
	})
	if err != nil {
		return nil, err
	}
	state, err := plugin.UnmarshalProperties(response.GetState(), options)
	require.NoError(t, err)
	return state, nil
}
