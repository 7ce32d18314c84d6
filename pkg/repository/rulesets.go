package repository

import (
	"github.com/pulumi/pulumi-github/sdk/v6/go/github"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// approvingReviews is how many people approve a pull request.
const approvingReviews = 2

// githubActions is the number of GitHub Actions among the apps of github.com. A check
// that another app, or somebody by the API, reports under the same name does not count.
const githubActions = 15368

// RequiredChecks are the jobs that must have passed before a pull request is merged,
// by name; of ci.yml and infra-preview.yml.
func RequiredChecks() []string { return []string{"check", "preview"} }

// ruleset makes one ruleset that nobody may bypass.
func (b *builder) ruleset(suffix, target, ref string, rules *github.RepositoryRulesetRulesArgs) error {
	name := b.name + "-" + suffix
	_, err := github.NewRepositoryRuleset(b.ctx, name, &github.RepositoryRulesetArgs{
		Name:         pulumi.String(name),
		Repository:   b.repository.Name,
		Target:       pulumi.String(target),
		Enforcement:  pulumi.String("active"),
		BypassActors: github.RepositoryRulesetBypassActorArray{},
		Conditions: &github.RepositoryRulesetConditionsArgs{RefName: &github.RepositoryRulesetConditionsRefNameArgs{
			Includes: pulumi.StringArray{pulumi.String(ref)},
			Excludes: pulumi.StringArray{},
		}},
		Rules: rules,
	}, b.parent(pulumi.Protect(true))...)
	return err
}

// branchRules protect main, by its name and not as the default branch: AWS trusts the name.
func (b *builder) branchRules() error {
	checks := github.RepositoryRulesetRulesRequiredStatusChecksRequiredCheckArray{}
	for _, check := range RequiredChecks() {
		checks = append(checks, &github.RepositoryRulesetRulesRequiredStatusChecksRequiredCheckArgs{
			Context:       pulumi.String(check),
			IntegrationId: pulumi.Int(githubActions),
		})
	}
	return b.ruleset("main", "branch", "refs/heads/"+Branch, &github.RepositoryRulesetRulesArgs{
		Deletion:              pulumi.Bool(true),
		NonFastForward:        pulumi.Bool(true),
		RequiredLinearHistory: pulumi.Bool(true),
		RequiredSignatures:    pulumi.Bool(true),
		PullRequest: &github.RepositoryRulesetRulesPullRequestArgs{
			RequiredApprovingReviewCount:   pulumi.Int(approvingReviews),
			RequireCodeOwnerReview:         pulumi.Bool(true),
			DismissStaleReviewsOnPush:      pulumi.Bool(true),
			RequireLastPushApproval:        pulumi.Bool(true),
			RequiredReviewThreadResolution: pulumi.Bool(true),
		},
		RequiredStatusChecks: &github.RepositoryRulesetRulesRequiredStatusChecksArgs{
			RequiredChecks:                   checks,
			StrictRequiredStatusChecksPolicy: pulumi.Bool(true),
		},
	})
}

// tagRules keep a tag from being taken for the branch, and a version from meaning
// another commit tomorrow.
func (b *builder) tagRules() error {
	err := b.ruleset("tag-main", "tag", "refs/tags/"+Branch, &github.RepositoryRulesetRulesArgs{
		Creation: pulumi.Bool(true),
		Update:   pulumi.Bool(true),
	})
	if err != nil {
		return err
	}
	return b.ruleset("tag-versions", "tag", "refs/tags/v*", &github.RepositoryRulesetRulesArgs{
		Update:         pulumi.Bool(true),
		Deletion:       pulumi.Bool(true),
		NonFastForward: pulumi.Bool(true),
	})
}
