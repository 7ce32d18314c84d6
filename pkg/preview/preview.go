// Package preview reads what `pulumi preview --json` and `pulumi refresh --preview-only
// --json` print, and says what would change.
//
// A preview is made with a role that may only read, while the stack names the role that
// deploys. A provider that differs in nothing but that it assumes the one in place of the
// other is therefore no change.
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

// deploys is the end of the name of a role by which stacks are deployed.
var deploys = regexp.MustCompile(`:role/platform-(deploy(-dev|-staging)?|peering|bootstrap)$`)

// onlyTheRole tells whether an update of a provider is what .github/scripts/preview-stack.sh
// makes of every stack: it reads by platform-preview where it would be deployed by another
// role. Any other change of a role, and of whatever names one, is a change.
func (s step) onlyTheRole() bool {
	if s.Op != "update" || s.Old == nil || s.New == nil || !strings.HasPrefix(typeOf(s.URN), "pulumi:providers:") {
		return false
	}
	was, is := opened(s.Old.Inputs), opened(s.New.Inputs)
	assumed, ok := was[assumeRole].(map[string]any)
	if !ok {
		return false
	}
	name, _ := assumed["roleArn"].(string)
	if !deploys.MatchString(name) {
		return false
	}
	assumed["roleArn"] = deploys.ReplaceAllString(name, ":role/platform-preview")
	return reflect.DeepEqual(was, is)
}

const assumeRole = "assumeRole"

// opened is a copy of a provider's inputs whose role can be read: Pulumi keeps the objects
// of a provider's inputs as JSON text.
func opened(inputs map[string]any) map[string]any {
	copied := maps.Clone(inputs)
	switch value := inputs[assumeRole].(type) {
	case map[string]any:
		copied[assumeRole] = maps.Clone(value)
	case string:
		var object map[string]any
		if json.Unmarshal([]byte(value), &object) == nil && object != nil {
			copied[assumeRole] = object
		}
	}
	return copied
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
