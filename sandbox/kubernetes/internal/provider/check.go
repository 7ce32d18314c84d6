package provider

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// Check fills in what the real provider does: the name of what has none, the namespace
// "default" of what is in one.
func (s *Server) Check(_ context.Context, request *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	urn := resource.URN(request.GetUrn())
	news, err := read(request.GetNews())
	if err != nil {
		return nil, err
	}
	olds, err := read(request.GetOlds())
	if err != nil {
		return nil, err
	}
	var failures []*pulumirpc.CheckFailure
	if string(urn.Type()) == releaseType {
		failures = checkRelease(news)
	} else if failures, err = s.checkObject(urn, olds, news, request.GetRandomSeed()); err != nil {
		return nil, err
	}
	inputs, err := write(news)
	return &pulumirpc.CheckResponse{Inputs: inputs, Failures: failures}, err
}

// checkObject checks the inputs of an object and completes them.
func (s *Server) checkObject(urn resource.URN, olds, news resource.PropertyMap, seed []byte) ([]*pulumirpc.CheckFailure, error) {
	failures, err := checkKind(urn, news)
	if err != nil || len(failures) > 0 {
		return failures, err
	}
	for _, key := range []resource.PropertyKey{"apiVersion", "kind"} {
		if !open(news[key]).IsString() {
			failures = append(failures, &pulumirpc.CheckFailure{Property: string(key), Reason: "is not given"})
		}
	}
	metadata := resource.PropertyMap{}
	if given := open(news["metadata"]); given.IsObject() {
		metadata = given.ObjectValue().Copy()
	}
	if _, named := metadata["name"]; !named {
		metadata["name"] = oldName(olds, urn, seed)
	}
	if _, placed := metadata["namespace"]; !placed && len(failures) == 0 && s.cluster != nil {
		if namespaced, known := s.cluster.Namespaced(objectOf(news)); known && namespaced {
			metadata["namespace"] = resource.NewStringProperty("default")
		}
	}
	news["metadata"] = resource.NewObjectProperty(metadata)
	return failures, nil
}

// checkKind fills in the version and the kind of a type that the SDK has, and refuses others.
func checkKind(urn resource.URN, news resource.PropertyMap) ([]*pulumirpc.CheckFailure, error) {
	if isCustom(urn) {
		return nil, nil
	}
	kind, err := kindOf(string(urn.Type()))
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(kind.Kind, "Patch") {
		return []*pulumirpc.CheckFailure{{Property: "kind", Reason: string(urn.Type()) + ": the sandbox's kubernetes provider patches nothing: make the object itself"}}, nil
	}
	var failures []*pulumirpc.CheckFailure
	for key, want := range map[resource.PropertyKey]string{"apiVersion": kind.GroupVersion().String(), "kind": kind.Kind} {
		if found := open(news[key]); found.IsString() && found.StringValue() != want {
			failures = append(failures, &pulumirpc.CheckFailure{Property: string(key), Reason: fmt.Sprintf("%q: the type %s is %s", found.StringValue(), urn.Type(), want)})
		}
		news[key] = resource.NewStringProperty(want)
	}
	return failures, nil
}

// isCustom tells whether a type is of a custom resource, whose kind is among the inputs.
func isCustom(urn resource.URN) bool {
	kind, err := kindOf(string(urn.Type()))
	return err == nil && !builtIn[kind.Group]
}

// builtIn are the groups whose types the SDK has; the types of other groups are made up
// from the object's own kind.
var builtIn = map[string]bool{
	"": true, "apps": true, "batch": true, "autoscaling": true, "policy": true, "rbac.authorization.k8s.io": true,
	"networking.k8s.io": true, "storage.k8s.io": true, "scheduling.k8s.io": true, "admissionregistration.k8s.io": true,
	"apiextensions.k8s.io": true, "apiregistration.k8s.io": true, "coordination.k8s.io": true, "discovery.k8s.io": true, "node.k8s.io": true,
}

// oldName keeps the name of what has one, or makes one.
func oldName(olds resource.PropertyMap, urn resource.URN, seed []byte) resource.PropertyValue {
	if metadata := open(olds["metadata"]); metadata.IsObject() {
		if name := open(metadata.ObjectValue()["name"]); name.IsString() {
			return name
		}
	}
	const digits = 4
	return resource.NewStringProperty(urn.Name() + "-" + hex.EncodeToString(append(seed, make([]byte, digits)...)[:digits]))
}

// checkRelease wants what pins a release.
func checkRelease(news resource.PropertyMap) []*pulumirpc.CheckFailure {
	var failures []*pulumirpc.CheckFailure
	for _, key := range []resource.PropertyKey{"chart", "version", "name", "namespace"} {
		if value := open(news[key]); value.IsNull() || value.IsString() && value.StringValue() == "" {
			failures = append(failures, &pulumirpc.CheckFailure{Property: string(key), Reason: "is not given"})
		}
	}
	return failures
}
