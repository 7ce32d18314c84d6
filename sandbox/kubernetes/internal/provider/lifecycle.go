package provider

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"aws-platform/sandbox/kubernetes/internal/cluster"
	"aws-platform/sandbox/kubernetes/internal/release"
)

// errNoCluster is for what must not happen without a kubeconfig.
var errNoCluster = status.Error(codes.FailedPrecondition, "the cluster is not known: kubeconfig has no value")

// Create makes an object, or in a preview asks whether it could be made.
func (s *Server) Create(ctx context.Context, request *pulumirpc.CreateRequest) (*pulumirpc.CreateResponse, error) {
	inputs, err := read(request.GetProperties())
	if err != nil {
		return nil, err
	}
	state, id, err := s.apply(ctx, resource.URN(request.GetUrn()), inputs, nil, request.GetPreview())
	if err != nil {
		return nil, err
	}
	properties, err := write(state)
	return &pulumirpc.CreateResponse{Id: id, Properties: properties}, err
}

// Update changes an object, or in a preview asks whether it could be changed.
func (s *Server) Update(ctx context.Context, request *pulumirpc.UpdateRequest) (*pulumirpc.UpdateResponse, error) {
	inputs, err := read(request.GetNews())
	if err != nil {
		return nil, err
	}
	state, _, err := s.apply(ctx, resource.URN(request.GetUrn()), inputs, request.GetIgnoreChanges(), request.GetPreview())
	if err != nil {
		return nil, err
	}
	properties, err := write(state)
	return &pulumirpc.UpdateResponse{Properties: properties}, err
}

// apply applies the object of a resource's inputs, but for the ignored paths, and returns
// its state and ID.
func (s *Server) apply(ctx context.Context, urn resource.URN, inputs resource.PropertyMap, ignored []string, preview bool) (resource.PropertyMap, string, error) {
	if string(urn.Type()) == releaseType {
		return s.install(ctx, inputs, preview)
	}
	switch {
	case preview && (s.cluster == nil || inputs.ContainsUnknowns()):
		return inputs, "", nil
	case s.cluster == nil:
		return nil, "", errNoCluster
	case inputs.ContainsUnknowns():
		return nil, "", status.Errorf(codes.InvalidArgument, "%s: an input has no value yet", urn)
	}
	object := objectOf(inputs)
	live, err := s.cluster.Apply(ctx, object, ignored, preview)
	// What the same deployment makes, or replaces under the same name, is not there yet.
	if preview && err != nil && (cluster.NotYet(err) || cluster.FieldIsImmutable(err)) {
		return inputs, "", nil
	}
	if err != nil {
		return nil, "", fmt.Errorf("%s %s: %w", object.GetKind(), idOf(object), err)
	}
	return stateOf(live, inputs), idOf(object), nil
}

// install records a release and applies the definitions that its chart brings.
func (s *Server) install(ctx context.Context, inputs resource.PropertyMap, preview bool) (resource.PropertyMap, string, error) {
	if preview {
		return inputs, "", nil
	}
	if s.cluster == nil {
		return nil, "", errNoCluster
	}
	object := objectOf(inputs)
	field := func(name string) string { text, _, _ := unstructured.NestedString(object.Object, name); return text }
	if err := release.Install(ctx, s.cluster, field("chart")); err != nil {
		return nil, "", err
	}
	state := inputs.Copy()
	state["status"] = resource.NewPropertyValue(map[string]any{
		"name": field("name"), "namespace": field("namespace"), "chart": field("chart"), "version": field("version"), "status": "simulated",
	})
	return state, field("namespace") + "/" + field("name"), nil
}

// Read returns an object as it is; no ID when it is gone.
func (s *Server) Read(ctx context.Context, request *pulumirpc.ReadRequest) (*pulumirpc.ReadResponse, error) {
	urn := resource.URN(request.GetUrn())
	if string(urn.Type()) == releaseType {
		return &pulumirpc.ReadResponse{Id: request.GetId(), Properties: request.GetProperties(), Inputs: request.GetInputs()}, nil
	}
	if s.cluster == nil {
		return nil, errNoCluster
	}
	inputs, err := read(request.GetInputs())
	if err != nil {
		return nil, err
	}
	if len(inputs) == 0 {
		return nil, status.Errorf(codes.Unimplemented, "%s %s: the sandbox's kubernetes provider imports nothing", urn.Type(), request.GetId())
	}
	live, err := s.cluster.Read(ctx, objectOf(inputs))
	if err != nil || live == nil {
		return &pulumirpc.ReadResponse{}, err
	}
	state := stateOf(live, inputs)
	now := seen(resource.NewObjectProperty(inputs), resource.NewObjectProperty(state)).ObjectValue()
	properties, err := write(state)
	if err != nil {
		return nil, err
	}
	current, err := write(now)
	return &pulumirpc.ReadResponse{Id: request.GetId(), Properties: properties, Inputs: current}, err
}

// Delete removes an object and returns once it is gone. Of a release nothing goes: Helm
// leaves definitions of custom resources too.
func (s *Server) Delete(ctx context.Context, request *pulumirpc.DeleteRequest) (*emptypb.Empty, error) {
	if string(resource.URN(request.GetUrn()).Type()) == releaseType {
		return &emptypb.Empty{}, nil
	}
	if s.cluster == nil {
		return nil, errNoCluster
	}
	object, err := s.deleted(request.GetOldInputs(), request.GetProperties())
	if err != nil {
		return nil, err
	}
	if err := s.cluster.Delete(ctx, object); err != nil {
		return nil, fmt.Errorf("delete %s %s: %w", object.GetKind(), idOf(object), err)
	}
	return &emptypb.Empty{}, nil
}

// deleted is the object to delete: of its inputs, or of its state where the engine
// sends no inputs.
func (*Server) deleted(inputs, state *structpb.Struct) (*unstructured.Unstructured, error) {
	fields := inputs
	if len(fields.GetFields()) == 0 {
		fields = state
	}
	properties, err := read(fields)
	if err != nil {
		return nil, err
	}
	return objectOf(properties), nil
}
