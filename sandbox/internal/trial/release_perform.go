package trial

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// caller calls an API of AWS and reads its answer into out; nil: there is none to read.
type caller func(ctx context.Context, out any, service, api string, input any) error

// performance performs a runbook step by step, as Automation would.
type performance struct {
	runbook runbook
	values  values // at first the parameters
	call    caller
	say     func(format string, args ...any)
	// alarm lets the assertions that no alarm has fired fail.
	alarm bool
}

// outcome is how an execution went.
type outcome struct {
	visited []string // steps, in order
	problem error    // of the critical steps that failed; nil: Automation would say Success
}

// run performs the steps from the first one to an end. The error is one of the
// document, or of the performance itself.
func (p *performance) run(ctx context.Context) (outcome, error) {
	var out outcome
	p.values["automation:EXECUTION_ID"] = "end-to-end"
	for name := p.runbook.MainSteps[0].Name; name != ""; {
		if len(out.visited) > len(p.runbook.MainSteps) {
			return out, fmt.Errorf("step %s: the runbook goes in circles: %v", name, out.visited)
		}
		step, err := p.runbook.step(name)
		if err != nil {
			return out, err
		}
		out.visited = append(out.visited, name)
		var failure error
		if name, failure = p.perform(ctx, step); failure != nil && step.IsCritical {
			out.problem = errors.Join(out.problem, fmt.Errorf("step %s: %w", step.Name, failure))
		}
	}
	return out, nil
}

// perform performs one step and returns the next one, "" at the end, and why the
// step failed.
func (p *performance) perform(ctx context.Context, step runbookStep) (next string, failure error) {
	if reason := p.reason(step); reason != "" && !p.alarmed(step) {
		return p.skip(step, reason), nil
	}
	if next, failure = p.act(ctx, step); failure == nil {
		p.say("     %-16s done", step.Name)
		return next, nil
	}
	p.say("     %-16s failed: %v", step.Name, failure)
	return afterFailure(step), failure
}

// alarmed tells whether a step asserts that no alarm has fired, where one has.
func (p *performance) alarmed(step runbookStep) bool {
	service, _, _ := step.request()
	return p.alarm && step.Action == actionAssert && service == "cloudwatch"
}

// act does what a step says, and returns the next one after a success.
func (p *performance) act(ctx context.Context, step runbookStep) (next string, failure error) {
	next = step.NextStep
	if p.alarmed(step) {
		return next, errors.New("the alarm is taken as fired")
	}
	switch step.Action {
	case actionBranch:
		next, failure = p.branch(step)
	case actionCall:
		failure = p.execute(ctx, step)
	case actionAssert, actionWait:
		failure = p.assert(ctx, step)
	default:
		failure = fmt.Errorf("action %s: not understood", step.Action)
	}
	return next, failure
}

// afterFailure is where a failed step goes on, "" where it ends the execution.
func afterFailure(step runbookStep) string {
	switch {
	case step.IsEnd || step.OnFailure == "Abort":
		return ""
	case step.OnFailure == "Continue":
		return step.NextStep
	default:
		return strings.TrimPrefix(step.OnFailure, "step:")
	}
}

// reason is why a step is skipped: the sandbox cannot perform it, or it branches on
// what such a step would have found.
func (p *performance) reason(step runbookStep) string {
	if reason := step.skipped(); reason != "" || step.Action != actionBranch {
		return reason
	}
	for _, match := range reference.FindAllStringSubmatch(fmt.Sprint(step.Inputs["Choices"]), -1) {
		if _, known := p.values[match[1]]; !known {
			return match[1] + " is of a step that was skipped"
		}
	}
	return ""
}

// skip says so and goes on as if all were well.
func (p *performance) skip(step runbookStep, reason string) (next string) {
	next = step.NextStep
	if step.Action == actionBranch {
		next, _ = choices(step)[0]["NextStep"].(string)
	}
	p.say("     %-16s skipped: %s", step.Name, reason)
	return next
}

// execute calls an API and keeps the step's outputs.
func (p *performance) execute(ctx context.Context, step runbookStep) error {
	service, api, raw := step.request()
	input, err := p.values.resolve(raw)
	if err != nil {
		return err
	}
	if len(step.Outputs) == 0 {
		return p.call(ctx, nil, service, api, input)
	}
	var answer any
	if err := p.call(ctx, &answer, service, api, input); err != nil {
		return err
	}
	for _, output := range step.Outputs {
		value, err := selectFrom(output.Selector, answer)
		if err != nil {
			return err
		}
		p.values[step.Name+"."+output.Name] = value
	}
	return nil
}

// assert calls an API and compares a property of the answer.
func (p *performance) assert(ctx context.Context, step runbookStep) error {
	service, api, raw := step.request()
	input, err := p.values.resolve(raw)
	if err != nil {
		return err
	}
	wanted, err := p.values.resolve(step.Inputs["DesiredValues"])
	if err != nil {
		return err
	}
	var answer any
	if err := p.call(ctx, &answer, service, api, input); err != nil {
		return err
	}
	selector, _ := step.Inputs["PropertySelector"].(string)
	found, err := selectFrom(selector, answer)
	if err != nil {
		return err
	}
	if list, _ := wanted.([]any); !desired(found, list) {
		return fmt.Errorf("%s of %s: found %v, wanted one of %v", selector, api, found, wanted)
	}
	return nil
}

// branch returns where the first choice whose conditions hold leads, or the default.
func (p *performance) branch(step runbookStep) (string, error) {
	for _, choice := range choices(step) {
		held, err := p.values.holds(choice)
		if err != nil {
			return "", err
		}
		if next, _ := choice["NextStep"].(string); held {
			return next, nil
		}
	}
	next, _ := step.Inputs["Default"].(string)
	return next, nil
}

func choices(step runbookStep) []map[string]any {
	var found []map[string]any
	list, _ := step.Inputs["Choices"].([]any)
	for _, choice := range list {
		object, _ := choice.(map[string]any)
		found = append(found, object)
	}
	return found
}
