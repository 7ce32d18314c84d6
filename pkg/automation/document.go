// Package automation writes Systems Manager Automation documents: steps, where each of
// them goes, and the lock that lets one runbook of an environment work at a time.
package automation

import (
	"bytes"
	"encoding/json"
	"maps"
)

// The actions of steps (Systems Manager User Guide, "Automation actions reference").
const (
	ActionCall   = "aws:executeAwsApi"
	ActionAssert = "aws:assertAwsResourceProperty"
	ActionWait   = "aws:waitForAwsResourceProperty"
	ActionBranch = "aws:branch"
	ActionScript = "aws:executeScript"
	ActionPause  = "aws:approve"
	ActionSleep  = "aws:sleep"
)

// Document is an Automation document (Systems Manager User Guide, "Document
// schemas and features", schema version 0.3).
type Document struct {
	Description   string               `json:"description"`
	SchemaVersion string               `json:"schemaVersion"`
	AssumeRole    string               `json:"assumeRole"`
	Parameters    map[string]Parameter `json:"parameters"`
	MainSteps     []Step               `json:"mainSteps"`
}

// Parameter is what whoever starts the runbook passes.
type Parameter struct {
	Type           string `json:"type"`
	Description    string `json:"description"`
	AllowedPattern string `json:"allowedPattern"`
}

// Step is one step ("Properties shared by all actions"). Where it may go:
//
//   - NextStep: after success; IsEnd ends the execution instead.
//   - OnFailure: after a failure or at TimeoutSeconds; "Abort" ends as failed,
//     "Continue" goes on as after success.
//   - OnCancel: when somebody cancels; Automation gives that way two minutes.
//
// A failed step makes the whole execution end as failed, wherever it goes on,
// unless IsCritical is false.
type Step struct {
	Name           string         `json:"name"`
	Action         string         `json:"action"`
	TimeoutSeconds int            `json:"timeoutSeconds,omitempty"`
	MaxAttempts    int            `json:"maxAttempts,omitempty"`
	OnFailure      string         `json:"onFailure,omitempty"`
	OnCancel       string         `json:"onCancel,omitempty"`
	IsCritical     bool           `json:"isCritical"`
	Inputs         map[string]any `json:"inputs"`
	Outputs        []Output       `json:"outputs,omitempty"`
	NextStep       string         `json:"nextStep,omitempty"`
	IsEnd          bool           `json:"isEnd,omitempty"`
}

// Output is what later steps may use of a step's answer, as {{ Step.Name }}.
type Output struct {
	Name     string `json:"Name"`
	Selector string `json:"Selector"`
	Type     string `json:"Type"`
}

// Attempts is how often a call that changes something is tried.
const Attempts = 3

// Call returns a step that calls an API, which must not fail. An API may be
// throttled, so it is tried three times.
func Call(name, service, api string, inputs map[string]any) Step {
	return Step{Name: name, Action: ActionCall, MaxAttempts: Attempts, IsCritical: true, Inputs: request(service, api, inputs)}
}

// Assert returns a step that fails unless the property has one of the values.
func Assert(name, service, api string, inputs map[string]any, selector string, values ...string) Step {
	all := request(service, api, inputs)
	all["PropertySelector"], all["DesiredValues"] = selector, values
	return Step{Name: name, Action: ActionAssert, IsCritical: true, Inputs: all}
}

// Wait returns a step that waits until the property has one of the values.
func Wait(name, service, api string, inputs map[string]any, selector string, values ...string) Step {
	waiting := Assert(name, service, api, inputs, selector, values...)
	waiting.Action = ActionWait
	return waiting
}

// Branch returns a step that goes on to one step where all conditions hold, and
// to another one where they do not.
func Branch(name, next, otherwise string, conditions ...map[string]any) Step {
	choice := map[string]any{"NextStep": next}
	if len(conditions) == 1 {
		maps.Copy(choice, conditions[0]) // And is for several
	} else {
		choice["And"] = conditions
	}
	return Step{Name: name, Action: ActionBranch, IsCritical: true, Inputs: map[string]any{
		"Choices": []any{choice}, "Default": otherwise,
	}}
}

func request(service, api string, inputs map[string]any) map[string]any {
	all := map[string]any{"Service": service, "Api": api}
	for key, value := range inputs {
		all[key] = value
	}
	return all
}

// Otherwise sends the failure of steps, and their cancellation, to a later step.
func Otherwise(target string, steps ...Step) []Step {
	for i := range steps {
		steps[i].OnFailure, steps[i].OnCancel = "step:"+target, "step:"+target
	}
	return steps
}

// Abort lets the failure of steps end the execution at once.
func Abort(steps ...Step) []Step {
	for i := range steps {
		steps[i].OnFailure = "Abort"
	}
	return steps
}

// Chain writes the order of the steps down: a step goes on to the one behind it,
// unless it says where to, ends, or branches.
func Chain(steps []Step) []Step {
	for i := range steps[:len(steps)-1] {
		if s := &steps[i]; s.NextStep == "" && !s.IsEnd && s.Action != ActionBranch {
			s.NextStep = steps[i+1].Name
		}
	}
	return steps
}

// Text is the document's JSON, the same for the same document.
func (d Document) Text() (string, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(d); err != nil {
		return "", err
	}
	return string(bytes.TrimSpace(text.Bytes())), nil
}
