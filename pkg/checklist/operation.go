package checklist

import (
	"slices"

	"aws-platform/pkg/graph"
)

// operation are the items on what people do.
func operation() []Item {
	form := []Test{{"tests", "TestRunbooksHaveTheirForm"}, {"tests", "TestRunbooksLeadSomewhere"}, {"tests", "TestRunbooksNameCommandsOfTheAWSCLI"}}
	return []Item{
		{
			Key: "access-review", Name: "Quarterly access review", Scope: Accounts, look: accessReview,
			Meaning:  "Every quarter people review who may come in; an analyzer finds access from outside, another what nobody uses.",
			Tests:    []Test{{"pkg/baseline/detection", "TestAccessIsAnalyzedFromOutsideAndByUse"}},
			Runbooks: []string{"access-review.md"},
		},
		{
			Key: "common-tasks", Name: "Runbooks for common tasks", Scope: Nowhere, Tests: form,
			Meaning:  "What people do again and again is written with its commands.",
			Runbooks: []string{"common-tasks.md", "deploy.md", "promote.md", "release.md", "kubernetes-upgrade.md"},
		},
		{
			Key: "incident-response", Name: "Runbook for incident response", Scope: Nowhere, Tests: form,
			Meaning:  "Who does what when somebody may have got in is written with its commands.",
			Runbooks: []string{"incident-response.md", "audit-events.md"},
		},
		{
			Key: "on-call", Name: "Runbook for on-call", Scope: Nowhere, Tests: form,
			Meaning:  "What whoever is on call does first, whatever it is, is written with its commands.",
			Runbooks: []string{"on-call.md", "README.md"},
		},
		{
			Key: "rollback", Name: "Runbook for rollback", Scope: Nowhere, Tests: form,
			Meaning:  "How the version before comes back is written with its commands.",
			Runbooks: []string{"roll-back.md", "bluegreen-app.md", "emergency.md"},
		},
	}
}

func accessReview(_ Estate, g *graph.Graph, seen *Finding) {
	var kinds []string
	for _, analyzer := range g.OfType("aws:accessanalyzer/analyzer:Analyzer") {
		kinds = append(kinds, analyzer.String("type"))
	}
	seen.need(slices.Contains(kinds, "ACCOUNT"), "no analyzer of access from outside")
	seen.need(slices.Contains(kinds, "ACCOUNT_UNUSED_ACCESS"), "no analyzer of unused access")
	seen.say("%s", count(len(kinds), "analyzer"))
}
