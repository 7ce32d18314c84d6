// Package preview reads what `pulumi preview --json` and `pulumi refresh --preview-only
// --json` print, and says what would change.
//
// A preview is made with a role that may only read, while the stack names the role that
// deploys. A resource in which nothing but that name differs, the provider above all, is
// therefore no change.
package preview

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"aws-platform/pkg/graph"
)

// Result is what a preview says.
type Result struct {
	// Changes are the steps that change something, in the order of the preview.
	Changes []Change
	// Same is how many resources stay as they are.
	Same int
}

// Change is one step of a preview.
type Change struct {
	// Op is Pulumi's name of the operation: create, update, replace, delete and others.
	Op              string
	URN, Type, Name string
	// Properties are the inputs that differ, sorted.
	Properties []string
}

type digest struct {
	Steps []step `json:"steps"`
	// Summary is there in every complete text, so that its absence tells of one that broke off.
	Summary map[string]int `json:"changeSummary"`
}

type step struct {
	Op       string         `json:"op"`
	URN      string         `json:"urn"`
	Old      *state         `json:"oldState"`
	New      *state         `json:"newState"`
	Detailed map[string]any `json:"detailedDiff"`
	Diff     []string       `json:"diffReasons"`
	Replace  []string       `json:"replaceReasons"`
}

type state struct {
	Inputs  map[string]any `json:"inputs"`
	Outputs map[string]any `json:"outputs"`
}

// replaced are the steps that a replacement consists of: one of them is enough to tell.
var replaced = []string{"create-replacement", "delete-replaced", "discard-replaced", "remove-pending-replace"}

// unchanging are the operations that leave a resource as it is. A read looks one up.
var unchanging = []string{"same", "read", "read-discard", "refresh"}

// Parse reads the text of a preview, or of the preview of a refresh.
func Parse(text []byte) (Result, error) {
	var read digest
	if err := json.Unmarshal(text, &read); err != nil {
		return Result{}, fmt.Errorf("preview: %w: give the output of `pulumi preview --json`", err)
	}
	if len(read.Steps) == 0 || read.Summary == nil {
		return Result{}, errors.New("preview: no steps or no summary: it broke off, see what pulumi wrote to standard error")
	}
	var result Result
	for _, step := range read.Steps {
		switch {
		case slices.Contains(unchanging, step.Op) || step.onlyTheRole():
			result.Same++
		case slices.Contains(replaced, step.Op):
		default:
			result.Changes = append(result.Changes, step.change())
		}
	}
	return result, nil
}

// role is a role by which a stack is previewed or deployed.
var role = regexp.MustCompile(`:role/platform-(preview|deploy|peering|bootstrap)\b`)

// onlyTheRole tells whether an update differs in the name of the role alone.
func (s step) onlyTheRole() bool {
	if s.Op != "update" || s.Old == nil || s.New == nil {
		return false
	}
	was, is := nameless(s.Old.Inputs), nameless(s.New.Inputs)
	return reflect.DeepEqual(was, is) && !reflect.DeepEqual(s.Old.Inputs, s.New.Inputs)
}

// nameless is a value with every such role under one name. Pulumi keeps the objects of a
// provider's inputs as JSON text, in which a role stands as well.
func nameless(value any) any {
	switch value := value.(type) {
	case string:
		return role.ReplaceAllString(value, ":role/platform")
	case map[string]any:
		open := make(map[string]any, len(value))
		for key, item := range value {
			open[key] = nameless(item)
		}
		return open
	case []any:
		open := make([]any, len(value))
		for i, item := range value {
			open[i] = nameless(item)
		}
		return open
	default:
		return value
	}
}

func (s step) change() Change {
	properties := slices.Concat(slices.Collect(maps.Keys(s.Detailed)), s.Diff, s.Replace)
	if len(properties) == 0 {
		properties = s.differing()
	}
	slices.Sort(properties)
	return Change{Op: s.Op, URN: s.URN, Type: typeOf(s.URN), Name: graph.NameOf(s.URN), Properties: slices.Compact(properties)}
}

// differing are the properties of both states that are not the same. A refresh gives no
// reasons; what it finds is in the outputs.
func (s step) differing() []string {
	if s.Old == nil || s.New == nil {
		return nil
	}
	found := map[string]bool{}
	for _, pair := range [][2]map[string]any{{s.Old.Inputs, s.New.Inputs}, {s.Old.Outputs, s.New.Outputs}} {
		for _, values := range pair {
			for key := range values {
				if !reflect.DeepEqual(pair[0][key], pair[1][key]) {
					found[key] = true
				}
			}
		}
	}
	return slices.Collect(maps.Keys(found))
}

// typeOf is the type in a URN, without those of the resource's parents.
func typeOf(urn string) string {
	parts := strings.SplitN(urn, "::", 4)
	if len(parts) < 4 {
		return ""
	}
	types := strings.Split(parts[2], "$")
	return types[len(types)-1]
}
