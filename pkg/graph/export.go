package graph

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// stackType is the type of the root resource that carries a stack's outputs.
const stackType = "pulumi:pulumi:Stack"

// The engine marks a secret in a checkpoint by this key and value
// (github.com/pulumi/pulumi/sdk/v3/go/common/resource, SigKey and SecretSig).
const (
	signatureKey    = "4dabf18193072939515e22adb298388d"
	secretSignature = "1b47061264138c4ac30d75fd1eb44270"
)

// checkpoint is the part of `pulumi stack export` that a graph is made of.
type checkpoint struct {
	Deployment *struct {
		Resources []exported `json:"resources"`
	} `json:"deployment"`
}

type exported struct {
	URN            string              `json:"urn"`
	Type           string              `json:"type"`
	ID             string              `json:"id"`
	Custom         bool                `json:"custom"`
	Delete         bool                `json:"delete"`
	Parent         string              `json:"parent"`
	Provider       string              `json:"provider"`
	Protect        bool                `json:"protect"`
	RetainOnDelete bool                `json:"retainOnDelete"`
	Dependencies   []string            `json:"dependencies"`
	ByProperty     map[string][]string `json:"propertyDependencies"`
	Inputs         map[string]any      `json:"inputs"`
	Outputs        map[string]any      `json:"outputs"`
}

// FromExport reads what `pulumi stack export` prints. Resources that wait for
// their deletion are left out; secrets are replaced by Secret. It returns an
// error for text that is no export and for an export without a stack.
func FromExport(text []byte) (*Graph, error) {
	var file checkpoint
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, fmt.Errorf("stack export: %w: give the output of `pulumi stack export`", err)
	}
	if file.Deployment == nil || len(file.Deployment.Resources) == 0 {
		return nil, errors.New("stack export: no resources: run `pulumi up` first")
	}
	var project, stack string
	var outputs map[string]any
	var resources []Resource
	for _, e := range file.Deployment.Resources {
		if e.Delete {
			continue
		}
		r := e.resource()
		if r.Type == stackType {
			stack, project = splitURN(r.URN)
			outputs, r.Outputs = r.Outputs, nil
		}
		resources = append(resources, r)
	}
	if stack == "" {
		return nil, fmt.Errorf("stack export: no resource of type %s: give a whole export", stackType)
	}
	return New(project, stack, outputs, resources)
}

func (e exported) resource() Resource {
	slices.Sort(e.Dependencies)
	return Resource{
		URN: e.URN, Type: e.Type, Name: NameOf(e.URN), ID: e.ID, Custom: e.Custom, Parent: e.Parent,
		Provider: ProviderURN(e.Provider), Protect: e.Protect, RetainOnDelete: e.RetainOnDelete, Dependencies: e.Dependencies, DependsOn: Explicit(e.Dependencies, e.ByProperty),
		Inputs: conceal(e.Inputs).(map[string]any), Outputs: conceal(e.Outputs).(map[string]any),
	}
}

// NameOf returns the logical name in a URN
// (urn:pulumi:<stack>::<project>::<type>::<name>).
func NameOf(urn string) string {
	parts := strings.SplitN(urn, "::", 4)
	return parts[len(parts)-1]
}

func splitURN(urn string) (stack, project string) {
	parts := strings.SplitN(urn, "::", 4)
	if len(parts) < 4 {
		return "", ""
	}
	return strings.TrimPrefix(parts[0], "urn:pulumi:"), parts[1]
}

// ProviderURN returns the URN in a reference to a provider (<urn>::<id>).
func ProviderURN(reference string) string {
	if at := strings.LastIndex(reference, "::"); at >= 0 {
		return reference[:at]
	}
	return reference
}

// conceal replaces every secret in a value of a checkpoint.
func conceal(value any) any {
	switch value := value.(type) {
	case map[string]any:
		if value[signatureKey] == secretSignature {
			return Secret
		}
		open := make(map[string]any, len(value))
		for key, item := range value {
			if key == "__defaults" || key == "__meta" {
				continue // the provider bridge's own notes, no properties
			}
			open[key] = conceal(item)
		}
		return open
	case []any:
		open := make([]any, len(value))
		for i, item := range value {
			open[i] = conceal(item)
		}
		return open
	default:
		return value
	}
}
