package graph

import (
	"fmt"
	"strconv"
	"strings"
)

// Lookup returns the value of an input at a property path such as
// "vpcs[0].vpcId" or "tags.Name", and whether it is there.
func (r Resource) Lookup(path string) (any, bool) {
	var value any = r.Inputs
	for _, step := range strings.Split(strings.ReplaceAll(path, "[", ".["), ".") {
		next, ok := descend(value, step)
		if !ok {
			return nil, false
		}
		value = next
	}
	return value, true
}

// descend takes one step of a path: a key of an object or "[n]" of a list.
func descend(value any, step string) (any, bool) {
	if index, ok := strings.CutPrefix(step, "["); ok {
		list, isList := value.([]any)
		n, err := strconv.Atoi(strings.TrimSuffix(index, "]"))
		if err != nil || !isList || n < 0 || n >= len(list) {
			return nil, false
		}
		return list[n], true
	}
	object, isObject := value.(map[string]any)
	if !isObject {
		return nil, false
	}
	next, ok := object[step]
	return next, ok
}

// String returns the text at a path; empty where there is none. A number or a
// boolean is written out.
func (r Resource) String(path string) string {
	switch value, _ := r.Lookup(path); value := value.(type) {
	case nil:
		return ""
	case string:
		return value
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64)
	default:
		return fmt.Sprint(value)
	}
}

// Int returns the whole number at a path; zero where there is none.
func (r Resource) Int(path string) int {
	value, _ := r.Lookup(path)
	number, _ := value.(float64)
	return int(number)
}

// Bool returns the boolean at a path; false where there is none.
func (r Resource) Bool(path string) bool {
	value, _ := r.Lookup(path)
	is, _ := value.(bool)
	return is
}

// Strings returns the list of texts at a path; empty where there is none.
func (r Resource) Strings(path string) []string {
	value, _ := r.Lookup(path)
	list, _ := value.([]any)
	texts := make([]string, 0, len(list))
	for _, item := range list {
		if text, ok := item.(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}
