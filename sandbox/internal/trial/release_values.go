package trial

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	reference = regexp.MustCompile(`\{\{\s*([\w.:]+)\s*\}\}`)
	selection = regexp.MustCompile(`^\.(\w+)|^\[(\d+)\]`)
)

// values are the parameters of an execution and the outputs of its steps, by what
// a document calls them: "RevisionKey", "LiveSize.MinSize".
type values map[string]any

// resolve replaces the references in an input. A text that is one reference alone
// becomes what it refers to, with its type.
func (v values) resolve(input any) (any, error) {
	switch input := input.(type) {
	case string:
		return v.text(input)
	case []any:
		list := make([]any, len(input))
		for i := range input {
			var err error
			if list[i], err = v.resolve(input[i]); err != nil {
				return nil, err
			}
		}
		return list, nil
	case map[string]any:
		object := make(map[string]any, len(input))
		for key := range input {
			var err error
			if object[key], err = v.resolve(input[key]); err != nil {
				return nil, err
			}
		}
		return object, nil
	default:
		return input, nil
	}
}

func (v values) text(text string) (any, error) {
	for _, match := range reference.FindAllStringSubmatch(text, -1) {
		value, known := v[match[1]]
		if !known {
			return nil, fmt.Errorf("%s: nothing has given a value", match[0])
		}
		if match[0] == text {
			return value, nil
		}
		text = strings.ReplaceAll(text, match[0], fmt.Sprint(value))
	}
	return text, nil
}

// selectFrom returns what a JSONPath of the simple kind, $.A[0].B, selects of an answer.
func selectFrom(path string, answer any) (any, error) {
	rest, ok := strings.CutPrefix(path, "$")
	for ok && rest != "" {
		match := selection.FindStringSubmatch(rest)
		if ok = match != nil; !ok {
			break
		}
		rest = rest[len(match[0]):]
		if match[1] != "" {
			object, _ := answer.(map[string]any)
			answer, ok = object[match[1]]
			continue
		}
		list, _ := answer.([]any)
		index, err := strconv.Atoi(match[2])
		if ok = err == nil && index < len(list); ok {
			answer = list[index]
		}
	}
	if !ok {
		return nil, fmt.Errorf("%s: selects nothing", path)
	}
	return answer, nil
}

// operators are the comparisons of aws:branch that the documents use.
var operators = map[string]func(found, wanted float64) bool{
	"NumericEquals":  func(found, wanted float64) bool { return found == wanted },
	"NumericGreater": func(found, wanted float64) bool { return found > wanted },
}

// holds tells whether all of a choice's conditions hold.
func (v values) holds(choice map[string]any) (bool, error) {
	conditions, _ := choice["And"].([]any)
	if len(conditions) == 0 {
		return false, fmt.Errorf("choice %v: found no conditions under And", choice)
	}
	for _, condition := range conditions {
		held, err := v.condition(condition.(map[string]any))
		if !held || err != nil {
			return false, err
		}
	}
	return true, nil
}

func (v values) condition(condition map[string]any) (bool, error) {
	variable, err := v.resolve(condition["Variable"])
	if err != nil {
		return false, err
	}
	found, number := variable.(float64)
	for name, holds := range operators {
		if wanted, ok := condition[name].(float64); ok && number {
			return holds(found, wanted), nil
		}
	}
	return false, fmt.Errorf("condition %v: found %v: not understood", condition, variable)
}

// desired tells whether a value is one of a step's DesiredValues, which are texts.
func desired(value any, wanted []any) bool {
	return slices.ContainsFunc(wanted, func(one any) bool { return fmt.Sprint(one) == fmt.Sprint(value) })
}
