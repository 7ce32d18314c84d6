package trial

import (
	"encoding/json"
	"fmt"
)

// runbook is what the trial reads of an Automation document.
type runbook struct {
	MainSteps []runbookStep `json:"mainSteps"`
}

// runbookStep is one step, as pkg/compute/release writes it.
type runbookStep struct {
	Name       string         `json:"name"`
	Action     string         `json:"action"`
	OnFailure  string         `json:"onFailure"`
	IsCritical bool           `json:"isCritical"`
	IsEnd      bool           `json:"isEnd"`
	NextStep   string         `json:"nextStep"`
	Inputs     map[string]any `json:"inputs"`
	Outputs    []struct{ Name, Selector, Type string }
}

// The actions that the trial performs.
const (
	actionCall   = "aws:executeAwsApi"
	actionAssert = "aws:assertAwsResourceProperty"
	actionWait   = "aws:waitForAwsResourceProperty"
	actionBranch = "aws:branch"
)

// parseRunbook reads the text of a document.
func parseRunbook(text string) (runbook, error) {
	var found runbook
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		return runbook{}, fmt.Errorf("document: %w", err)
	}
	if len(found.MainSteps) == 0 {
		return runbook{}, fmt.Errorf("document: found no steps, wanted some: %.80s", text)
	}
	return found, nil
}

// step returns the step of a name.
func (r runbook) step(name string) (runbookStep, error) {
	for _, step := range r.MainSteps {
		if step.Name == name {
			return step, nil
		}
	}
	return runbookStep{}, fmt.Errorf("document: no step %q", name)
}

// text returns an input of a step that is a text.
func (r runbook) text(step, input string) (string, error) {
	found, err := r.step(step)
	if err != nil {
		return "", err
	}
	text, ok := found.Inputs[input].(string)
	if !ok {
		return "", fmt.Errorf("step %s: input %s: found %v, wanted a text", step, input, found.Inputs[input])
	}
	return text, nil
}

// request is the service, the API and its parameters that a step calls; what
// belongs to the step and not to the API is left out.
func (s runbookStep) request() (service, api string, input map[string]any) {
	input = map[string]any{}
	for key, value := range s.Inputs {
		switch key {
		case "Service":
			service, _ = value.(string)
		case "Api":
			api, _ = value.(string)
		case "PropertySelector", "DesiredValues":
		default:
			input[key] = value
		}
	}
	return service, api, input
}

// skipped is why the sandbox cannot perform a step, "" where it can.
func (s runbookStep) skipped() string {
	switch s.Action {
	case "aws:approve":
		return "an approval is a person's"
	case "aws:sleep":
		return "the trial does not wait"
	case "aws:executeScript":
		return "Automation runs scripts in a place of its own"
	case actionCall, actionAssert, actionWait:
		service, _, _ := s.request()
		return lacking[service]
	default:
		return ""
	}
}

// lacking are the services that the emulator lacks, or whose resources of ours
// the sandbox simulates.
var lacking = map[string]string{
	"codedeploy": "the sandbox simulates CodeDeploy's resources, so nothing can be deployed by them",
	"cloudwatch": "the sandbox simulates composite alarms, so none can be asked for",
}
