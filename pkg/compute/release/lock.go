package release

// lockParameter is the name of the parameter that exists while a runbook of the
// environment is at work. Its value is the execution.
func lockParameter(environment string) string { return "/" + environment + "/release" }

// lock lets one runbook of an environment work at a time. Without Overwrite,
// PutParameter makes a parameter or fails with ParameterAlreadyExists (Systems
// Manager API Reference), so of two that start at once one ends here. It is not
// tried again: the second attempt would meet the first one's parameter.
func (r runbook) lock() []step {
	taken := call(stepLock, "ssm", "PutParameter", map[string]any{
		"Name": lockParameter(r.args.Environment), "Type": "String", "Value": "{{ automation:EXECUTION_ID }}",
		"Description": "A release or a refresh is at work; see docs/runbooks/release.md",
		"Overwrite":   false,
	})
	taken.MaxAttempts = 0
	return abort(taken)
}

// unlock lets the next runbook work. Where it fails, the next one says so at its lock.
func (r runbook) unlock(name string) step {
	freed := call(name, "ssm", "DeleteParameter", map[string]any{"Name": lockParameter(r.args.Environment)})
	freed.IsCritical, freed.OnFailure = false, "Continue"
	return freed
}
