package record

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"aws-platform/pkg/graph"
)

func plainMap(properties resource.PropertyMap) map[string]any {
	values := make(map[string]any, len(properties))
	for key, value := range properties {
		values[string(key)] = plain(value)
	}
	return values
}

// plain turns a property into what encoding/json would decode; secrets and
// unknowns become their placeholders, a reference to a resource its URN.
func plain(value resource.PropertyValue) any {
	switch {
	case value.IsSecret():
		return graph.Secret
	case value.IsOutput():
		return plainOutput(value.OutputValue())
	case value.IsComputed():
		return Unknown
	case value.IsResourceReference():
		return string(value.ResourceReferenceValue().URN)
	case value.IsArray():
		list := make([]any, len(value.ArrayValue()))
		for i, item := range value.ArrayValue() {
			list[i] = plain(item)
		}
		return list
	case value.IsObject():
		return plainMap(value.ObjectValue())
	default:
		return value.V
	}
}

func plainOutput(output resource.Output) any {
	switch {
	case output.Secret:
		return graph.Secret
	case !output.Known:
		return Unknown
	default:
		return plain(output.Element)
	}
}

func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}
