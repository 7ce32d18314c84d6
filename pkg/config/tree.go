package config

import "encoding/json"

// nothing stands for null: mapstructure would take a nil for "not given" and
// leave a zero behind.
type nothing struct{}

// parseTree parses the JSON text of an object or a list. A text that is neither
// stays a text: that is how Pulumi hands over scalars.
func parseTree(text string) any {
	var tree any
	if err := json.Unmarshal([]byte(text), &tree); err != nil {
		return text
	}
	switch tree.(type) {
	case map[string]any, []any:
		return markNothing(tree)
	default:
		return text
	}
}

func markNothing(tree any) any {
	switch node := tree.(type) {
	case nil:
		return nothing{}
	case map[string]any:
		for key, child := range node {
			node[key] = markNothing(child)
		}
	case []any:
		for i, child := range node {
			node[i] = markNothing(child)
		}
	}
	return tree
}
