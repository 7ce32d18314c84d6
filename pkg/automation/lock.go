package automation

// StepLock is the name of the step that takes the lock.
const StepLock = "Lock"

// LockParameter is the name of the parameter that exists while a runbook of the
// environment is at work. Its value is the execution.
func LockParameter(environment string) string { return "/" + environment + "/release" }

// Lock lets one runbook of an environment work at a time. Without Overwrite,
// PutParameter makes a parameter or fails with ParameterAlreadyExists (Systems
// Manager API Reference), so of two that start at once one ends here. It is not
// tried again: the second attempt would meet the first one's parameter.
func Lock(environment string) []Step {
	taken := Call(StepLock, "ssm", "PutParameter", map[string]any{
		"Name": LockParameter(environment), "Type": "String", "Value": "{{ automation:EXECUTION_ID }}",
		"Description": "A release, a refresh or the schedule is at work; see docs/runbooks/release.md",
		"Overwrite":   false,
	})
	taken.MaxAttempts = 0
	return Abort(taken)
}

// Unlock lets the next runbook work. Where it fails, the next one says so at its lock.
func Unlock(environment, name string) Step {
	freed := Call(name, "ssm", "DeleteParameter", map[string]any{"Name": LockParameter(environment)})
	freed.IsCritical, freed.OnFailure = false, "Continue"
	return freed
}
