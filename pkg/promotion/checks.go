package promotion

import (
	"fmt"
	"strings"
)

// testsRule: every test of the step has passed, with this digest, after its build.
func testsRule(j judgement) Outcome {
	const name = "tests"
	build, err := j.build()
	if err != nil {
		return unmet(name, "nothing is known of the build that they would be of", "see the rule build")
	}
	var missing, passed, evidence []string
	for _, check := range j.step.Checks {
		what := check.Test + " in " + check.Environment
		result, why := j.latest(check, build)
		if why != "" {
			missing = append(missing, what+": "+why)
			continue
		}
		passed = append(passed, what)
		evidence = append(evidence, fmt.Sprintf("%s of run %d", result.Test, result.Run))
	}
	if len(missing) > 0 {
		return unmet(name, strings.Join(missing, "; "), "run them with this digest, by deploying it there once more", evidence...)
	}
	return met(name, strings.Join(passed, ", ")+" passed", evidence...)
}

// latest is the newest result of a check, and why it does not do. Where several
// are equally new, one that did not pass decides.
func (j judgement) latest(check Check, build Build) (Result, string) {
	var newest *Result
	for _, result := range j.evidence.Results.Items {
		if result.Test != check.Test || result.Environment != check.Environment || result.Digest != j.Subject {
			continue
		}
		if _, err := j.trusted(result.Run, testers); err != nil {
			return Result{}, err.Error()
		}
		if newest == nil || result.At.After(newest.At) || result.At.Equal(newest.At) && before(result, *newest) {
			newest = &result
		}
	}
	if newest == nil {
		return Result{}, "has not run with this digest"
	}
	if newest.Outcome != Passed {
		return Result{}, fmt.Sprintf("%s in run %d", quoted(newest.Outcome), newest.Run)
	}
	if !newest.At.After(build.At) {
		return Result{}, fmt.Sprintf("the result of run %d is not newer than the build", newest.Run)
	}
	return *newest, ""
}

// before orders equally new results: what did not pass first, then by run.
func before(a, b Result) bool {
	if (a.Outcome == Passed) != (b.Outcome == Passed) {
		return a.Outcome != Passed
	}
	return a.Run < b.Run
}
