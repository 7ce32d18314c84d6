package provider

import (
	"context"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"aws-platform/sandbox/kubernetes/internal/cluster"
)

// identity are the inputs without which an object is another one.
var identity = []string{"apiVersion", "kind", "metadata.name", "metadata.namespace"}

// immutable are the inputs that the API server never changes, by kind.
var immutable = map[string][]string{
	"RoleBinding": {"roleRef"}, "ClusterRoleBinding": {"roleRef"},
	"StorageClass": {"provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"},
	"Deployment":   {"spec.selector"}, "DaemonSet": {"spec.selector"}, "StatefulSet": {"spec.selector"}, "ReplicaSet": {"spec.selector"},
	"Job": {"spec.selector", "spec.template"}, "Service": {"spec.clusterIP"}, "PersistentVolumeClaim": {"spec"},
}

// Diff compares what the program wants with what it wanted, or, after a refresh, with what is there.
func (s *Server) Diff(ctx context.Context, request *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	olds, err := read(request.GetOldInputs())
	if err != nil {
		return nil, err
	}
	news, err := read(request.GetNews())
	if err != nil {
		return nil, err
	}
	for _, path := range request.GetIgnoreChanges() {
		ignore(path, olds, news)
	}
	difference := olds.Diff(news)
	if difference == nil {
		return &pulumirpc.DiffResponse{Changes: pulumirpc.DiffResponse_DIFF_NONE}, nil
	}
	answer := &pulumirpc.DiffResponse{Changes: pulumirpc.DiffResponse_DIFF_SOME, HasDetailedDiff: true, DetailedDiff: map[string]*pulumirpc.PropertyDiff{}}
	for path, change := range plugin.NewDetailedDiffFromObjectDiff(difference, true) {
		answer.DetailedDiff[path] = &pulumirpc.PropertyDiff{Kind: pulumirpc.PropertyDiff_Kind(change.Kind), InputDiff: true} //nolint:gosec // the same enumeration
	}
	for _, key := range difference.ChangedKeys() {
		answer.Diffs = append(answer.Diffs, string(key))
	}
	answer.Replaces = s.replaces(ctx, resource.URN(request.GetUrn()), olds, news, request.GetIgnoreChanges())
	// A name can be taken once.
	answer.DeleteBeforeReplace = len(answer.Replaces) > 0 && same("metadata.name", olds, news) && same("metadata.namespace", olds, news)
	for _, path := range answer.Replaces {
		answer.DetailedDiff[path] = &pulumirpc.PropertyDiff{Kind: pulumirpc.PropertyDiff_UPDATE_REPLACE, InputDiff: true}
	}
	return answer, nil
}

// replaces are the changed inputs for which the object must be made anew.
func (s *Server) replaces(ctx context.Context, urn resource.URN, olds, news resource.PropertyMap, ignored []string) []string {
	if string(urn.Type()) == releaseType {
		return changed([]string{"name", "namespace"}, olds, news)
	}
	kind := open(news["kind"])
	if !kind.IsString() {
		return nil
	}
	paths := changed(append(slices.Clone(identity), immutable[kind.StringValue()]...), olds, news)
	if len(paths) > 0 || s.cluster == nil || news.ContainsUnknowns() {
		return paths
	}
	// Whatever else the API server takes for immutable.
	if _, err := s.cluster.Apply(ctx, objectOf(news), ignored, true); err != nil && cluster.FieldIsImmutable(err) {
		for _, path := range []string{"spec", "data", "binaryData", "stringData", "type"} {
			if !same(path, olds, news) {
				return []string{path}
			}
		}
		return []string{"metadata"}
	}
	return nil
}

func changed(paths []string, olds, news resource.PropertyMap) []string {
	return slices.DeleteFunc(paths, func(path string) bool { return same(path, olds, news) })
}

func same(path string, olds, news resource.PropertyMap) bool {
	parsed, err := resource.ParsePropertyPath(path)
	if err != nil {
		return true
	}
	before, hadIt := parsed.Get(resource.NewObjectProperty(olds))
	after, hasIt := parsed.Get(resource.NewObjectProperty(news))
	return hadIt == hasIt && (!hadIt || open(before).DeepEquals(open(after)))
}

// ignore makes an input what it was.
func ignore(path string, olds, news resource.PropertyMap) {
	parsed, err := resource.ParsePropertyPath(path)
	if err != nil {
		return
	}
	if before, had := parsed.Get(resource.NewObjectProperty(olds)); had {
		parsed.Set(resource.NewObjectProperty(news), before)
	}
}
