// Package runbooks reads the pages of docs/runbooks and says what is wrong with their form:
// how they begin and end, their links, the paths they name, and whether the AWS CLI has the
// commands that they tell people to type. It knows neither Pulumi nor AWS; what the CLI has
// is a table that is written down by the CLI itself (tests/testdata/aws-cli.py).
//
// A problem is a sentence without the page's name, which the caller puts before it.
package runbooks

// The sections that every runbook ends with.
const (
	// Over says how to know that it is over.
	Over = "When it is over"
	// WriteDown says what is kept of it afterwards.
	WriteDown = "Write down afterwards"
)

// The sections, besides Over and WriteDown, of a runbook for when something is wrong.
const (
	// Looks says which alarm, metric or log shows it.
	Looks = "What it looks like"
	// FirstMinutes are the first five.
	FirstMinutes = "First five minutes"
	// Diagnosis is by commands.
	Diagnosis = "Diagnosis"
	// Remedies has a section an alarm, where alarms are what it is about.
	Remedies = "Remedies"
)

// Wrong are the sections of a runbook for when something is wrong, in their order.
func Wrong() []string { return []string{Looks, FirstMinutes, Diagnosis, Remedies, Over, WriteDown} }

// Done are the sections that a runbook for something to be done ends with, in their order.
func Done() []string { return []string{Over, WriteDown} }
