// Package release stands in for Helm. Nothing runs in the sandbox's clusters, so a
// release is recorded and not installed; but the definitions of custom resources that
// its chart brings are applied, from the Go modules of the charts' projects, so that
// custom resources are validated as they would be.
package release

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"

	"aws-platform/sandbox/kubernetes/internal/cluster"
)

// FolderVariable names the folder with the definitions of each chart, <chart>.yaml.
const FolderVariable = "SANDBOX_KUBERNETES_CRDS"

// Reason says why releases are simulated.
const Reason = "nothing runs in the sandbox's clusters; the chart's custom resource definitions are applied, from its project's Go module"

// defining are the charts that bring definitions, of those that the program installs.
var defining = []string{"base", "argo-rollouts", "aws-load-balancer-controller"}

// Definitions are the custom resource definitions of a chart; none for most.
func Definitions(chart string) ([]*unstructured.Unstructured, error) {
	folder := os.Getenv(FolderVariable)
	if folder == "" {
		return nil, fmt.Errorf("%s is not set: start the cloud with `make up`, then run `eval \"$(make -s env)\"`", FolderVariable)
	}
	if !slices.Contains(defining, filepath.Base(chart)) {
		return nil, nil
	}
	raw, err := os.ReadFile(filepath.Join(folder, filepath.Base(chart)+".yaml")) //nolint:gosec // one of defining, in the sandbox's own folder
	if err != nil {
		return nil, fmt.Errorf("definitions of chart %s: %w: fetch them with `make up`", chart, err)
	}
	return parse(raw)
}

// parse reads the documents of a YAML file that are custom resource definitions.
func parse(raw []byte) ([]*unstructured.Unstructured, error) {
	var list []*unstructured.Unstructured
	documents := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(raw), 4096)
	for {
		object := &unstructured.Unstructured{}
		err := documents.Decode(object)
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		if object.GetKind() == "CustomResourceDefinition" {
			unstructured.RemoveNestedField(object.Object, "status")
			unstructured.RemoveNestedField(object.Object, "metadata", "creationTimestamp")
			list = append(list, object)
		}
	}
}

// Install applies the definitions of a chart and waits until they are served.
func Install(ctx context.Context, to *cluster.Cluster, chart string) error {
	definitions, err := Definitions(chart)
	if err != nil {
		return err
	}
	for _, definition := range definitions {
		if _, err := to.Apply(ctx, definition, nil, false); err != nil {
			return fmt.Errorf("definition %s of chart %s: %w", definition.GetName(), chart, err)
		}
	}
	for _, definition := range definitions {
		if err := established(ctx, to, definition); err != nil {
			return fmt.Errorf("definition %s of chart %s: %w", definition.GetName(), chart, err)
		}
	}
	return nil
}

// established waits until the API server serves what a definition defines.
func established(ctx context.Context, to *cluster.Cluster, definition *unstructured.Unstructured) error {
	for range 150 {
		live, err := to.Read(ctx, definition)
		if err != nil {
			return err
		}
		if live != nil && condition(live, "Established") {
			return nil
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(200 * time.Millisecond):
		}
	}
	return errors.New("is not served after 30 s")
}

func condition(object *unstructured.Unstructured, kind string) bool {
	list, _, _ := unstructured.NestedSlice(object.Object, "status", "conditions")
	for _, one := range list {
		if fields, ok := one.(map[string]any); ok && fields["type"] == kind {
			return fields["status"] == "True"
		}
	}
	return false
}
