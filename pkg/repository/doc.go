// Package repository keeps the GitHub repository of the platform: who reviews, what
// must be true before something is merged, and what a workflow needs before it touches
// an environment.
//
// GitHub lets a job into an environment after one of its reviewers has approved. So an
// approval is an environment of its own here, a gate, with one team that reviews it: a
// workflow passes all gates of its target, and `platform promote verify` then counts
// people. The environments that AWS trusts by name have no reviewers and no wait, so
// that a rollback need not pass the gates.
//
// Refused before anything is registered: what config.GitHub.Validate refuses. Not
// here: who is in a team, which the organization's identity provider or an owner says;
// and the values of secrets, which would be in the stack's state: Secrets lists their names.
//
// Protected, for it holds what no code brings back: the repository, the teams with their
// members, the environments with their secrets, and the rulesets.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>                          Repository, ActionsRepositoryPermissions,
//	                                ActionsRepositoryAccessLevel (not of a public one),
//	                                ActionsRepositoryOidcSubjectClaimCustomizationTemplate
//	<name>-devops, -security        Team, TeamRepository
//	<name>-main                     RepositoryRuleset of the branch main
//	<name>-tag-main, -tag-versions  RepositoryRuleset of tags
//	<name>-<environment>            RepositoryEnvironment, RepositoryEnvironmentDeploymentPolicy,
//	                                ActionsEnvironmentVariable (of those with an account)
//	<name>-<variable>               ActionsVariable
package repository
