package release

import (
	"bytes"
	"encoding/json"
)

// The actions of steps (Systems Manager User Guide, "Automation actions reference").
const (
	actionCall   = "aws:executeAwsApi"
	actionAssert = "aws:assertAwsResourceProperty"
	actionWait   = "aws:waitForAwsResourceProperty"
	actionBranch = "aws:branch"
	actionScript = "aws:executeScript"
	actionPause  = "aws:approve"
	actionSleep  = "aws:sleep"
)

// document is an Automation document (Systems Manager User Guide, "Document
// schemas and features", schema version 0.3).
type document struct {
	Description   string               `json:"description"`
	SchemaVersion string               `json:"schemaVersion"`
	AssumeRole    string               `json:"assumeRole"`
	Parameters    map[string]parameter `json:"parameters"`
	MainSteps     []step               `json:"mainSteps"`
}

// parameter is what whoever starts the runbook passes.
type parameter struct {
	Type           string `json:"type"`
	Description    string `json:"description"`
	AllowedPattern string `json:"allowedPattern"`
}

// step is one step ("Properties shared by all actions"). Where it may go:
//
//   - NextStep: after success; IsEnd ends the execution instead.
//   - OnFailure: after a failure or at TimeoutSeconds; "Abort" ends as failed,
//     "Continue" goes on as after success.
//   - OnCancel: when somebody cancels; Automation gives that way two minutes.
//
// A failed step makes the whole execution end as failed, wherever it goes on,
// unless IsCritical is false.
type step struct {
	Name           string         `json:"name"`
	Action         string         `json:"action"`
	TimeoutSeconds int            `json:"timeoutSeconds,omitempty"`
	MaxAttempts    int            `json:"maxAttempts,omitempty"`
	OnFailure      string         `json:"onFailure,omitempty"`
	OnCancel       string         `json:"onCancel,omitempty"`
	IsCritical     bool           `json:"isCritical"`
	Inputs         map[string]any `json:"inputs"`
	Outputs        []output       `json:"outputs,omitempty"`
	NextStep       string         `json:"nextStep,omitempty"`
	IsEnd          bool           `json:"isEnd,omitempty"`
}

// output is what later steps may use of a step's answer, as {{ Step.Name }}.
type output struct {
	Name     string `json:"Name"`
	Selector string `json:"Selector"`
	Type     string `json:"Type"`
}

// call returns a step that calls an API, which must not fail. An API may be
// throttled, so it is tried three times.
func call(name, service, api string, inputs map[string]any) step {
	return step{Name: name, Action: actionCall, MaxAttempts: attempts, IsCritical: true, Inputs: request(service, api, inputs)}
}

// assert returns a step that fails unless the property has one of the values.
func assert(name, service, api string, inputs map[string]any, selector string, values ...string) step {
	all := request(service, api, inputs)
	all["PropertySelector"], all["DesiredValues"] = selector, values
	return step{Name: name, Action: actionAssert, IsCritical: true, Inputs: all}
}

// wait returns a step that waits until the property has one of the values.
func wait(name, service, api string, inputs map[string]any, selector string, values ...string) step {
	waiting := assert(name, service, api, inputs, selector, values...)
	waiting.Action = actionWait
	return waiting
}

// branch returns a step that goes on to one step where all conditions hold, and
// to another one where they do not.
func branch(name, next, otherwise string, conditions ...any) step {
	return step{Name: name, Action: actionBranch, IsCritical: true, Inputs: map[string]any{
		"Choices": []any{map[string]any{"NextStep": next, "And": conditions}},
		"Default": otherwise,
	}}
}

// attempts is how often a call that changes something is tried.
const attempts = 3

func request(service, api string, inputs map[string]any) map[string]any {
	all := map[string]any{"Service": service, "Api": api}
	for key, value := range inputs {
		all[key] = value
	}
	return all
}

// otherwise sends the failure of steps, and their cancellation, to a later step.
func otherwise(target string, steps ...step) []step {
	for i := range steps {
		steps[i].OnFailure, steps[i].OnCancel = "step:"+target, "step:"+target
	}
	return steps
}

// abort lets the failure of steps end the execution at once.
func abort(steps ...step) []step {
	for i := range steps {
		steps[i].OnFailure = "Abort"
	}
	return steps
}

// chain writes the order of the steps down: a step goes on to the one behind it,
// unless it says where to, ends, or branches.
func chain(steps []step) []step {
	for i := range steps[:len(steps)-1] {
		if s := &steps[i]; s.NextStep == "" && !s.IsEnd && s.Action != actionBranch {
			s.NextStep = steps[i+1].Name
		}
	}
	return steps
}

// text is the document's JSON, the same for the same document.
func (d document) text() (string, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(d); err != nil {
		return "", err
	}
	return string(bytes.TrimSpace(text.Bytes())), nil
}
