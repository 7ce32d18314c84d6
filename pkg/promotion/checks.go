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
	deployed, found := j.tested(check.Environment)
	if !found {
		return Result{}, "was not deployed there with success by a run that tests"
	}
	var newest *Result
	for _, result := range j.evidence.Results.Items {
		if result.Test != check.Test || result.Environment != check.Environment || result.Digest != j.Subject {
			continue
		}
		if result.Run != deployed.Run {
			continue
		}
		if newest == nil || result.At.After(newest.At) || result.At.Equal(newest.At) && decides(result, *newest) {
			newest = &result
		}
	}
	if newest == nil {
		return Result{}, fmt.Sprintf("has not run in run %d, which deployed it there", deployed.Run)
	}
	if newest.Outcome != Passed {
		return Result{}, fmt.Sprintf("%s in run %d", quoted(newest.Outcome), newest.Run)
	}
	if !newest.At.After(build.At) {
		return Result{}, fmt.Sprintf("the result of run %d is not newer than the build", newest.Run)
	}
	return *newest, ""
}

// tested is the newest deployment of the digest to an environment by a run that tests
// what it deploys, which rollbacks do not. Its results count and no older ones: whoever
// may write can take one away that failed.
func (j judgement) tested(environment string) (Deployment, bool) {
	h := j.evidence.Histories[environment]
	var newest *Deployment
	for _, d := range h.Deployments.Items {
		run, err := j.trusted(d.Run, testers)
		if err != nil || run.Attempt != 1 || d.Subject != j.Subject || !j.backed(h, d) || !h.succeeded(d) {
			continue
		}
		if newest == nil || after(d, *newest) {
			newest = &d
		}
	}
	if newest == nil {
		return Deployment{}, false
	}
	return *newest, true
}

// decides tells which of equally new results counts: one that did not pass, of several
// the first by name.
func decides(a, b Result) bool {
	if (a.Outcome == Passed) != (b.Outcome == Passed) {
		return b.Outcome == Passed
	}
	return a.Outcome < b.Outcome
}
