package record

import (
	"fmt"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"aws-platform/pkg/graph"
)

// kubernetesTypes begin the types of objects in a cluster.
const kubernetesTypes = "kubernetes:"

// helmRelease is no object but what Helm installed.
const helmRelease = "kubernetes:helm.sh/v3:Release"

// isProvider tells whether a resource is a provider, which has an ID in a preview too.
func isProvider(typ string) bool { return strings.HasPrefix(typ, "pulumi:providers:") }

// remoteProvider is the AWS provider that a remote component hands to its children.
func remoteProvider(rpc *pulumirpc.RegisterResourceRequest) string {
	if !rpc.GetRemote() {
		return ""
	}
	return rpc.GetProviders()["aws"]
}

// applied returns the ID of an object, as Pulumi's provider makes it: namespace/name,
// or the name of what is in no namespace. The API server would add nothing that the
// program reads. An object without a name would get a random one, and is refused:
// people and policies name objects.
func applied(r graph.Resource) (string, map[string]any, error) {
	if r.Type == helmRelease {
		name, namespace := r.String("name"), r.String("namespace")
		if name == "" || namespace == "" {
			return "", nil, fmt.Errorf("%s: name %q, namespace %q: set both, or Pulumi chooses a name", r.URN, name, namespace)
		}
		return namespace + "/" + name, map[string]any{
			"status": map[string]any{"name": name, "namespace": namespace, "status": "deployed", "version": r.String("version")},
		}, nil
	}
	metadata, _ := r.Inputs["metadata"].(map[string]any)
	name, _ := metadata["name"].(string)
	if name == "" {
		return "", nil, fmt.Errorf("%s: metadata.name is empty: set it, or Pulumi chooses a name", r.URN)
	}
	namespace, _ := metadata["namespace"].(string)
	return strings.TrimPrefix(namespace+"/"+name, "/"), nil, nil
}
