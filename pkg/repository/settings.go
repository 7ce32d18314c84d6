package repository

import (
	"github.com/pulumi/pulumi-github/sdk/v6/go/github"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const (
	public  = "public"
	enabled = "enabled"
)

// settings make the repository: squashed, linear, watched for secrets and for
// dependencies that are known to be vulnerable.
func (b *builder) settings() error {
	options := b.parent(pulumi.Protect(true))
	if b.cfg.Repository.Import {
		options = append(options, pulumi.Import(pulumi.ID(b.cfg.Repository.Name)))
	}
	made, err := github.NewRepository(b.ctx, b.name, &github.RepositoryArgs{
		Name:        pulumi.String(b.cfg.Repository.Name),
		Description: pulumi.String(b.cfg.Repository.Description),
		Visibility:  pulumi.String(b.cfg.Repository.Visibility),
		// A pull request is one commit of main. It is named after the request, which was reviewed.
		AllowSquashMerge:         pulumi.Bool(true),
		AllowMergeCommit:         pulumi.Bool(false),
		AllowRebaseMerge:         pulumi.Bool(false),
		SquashMergeCommitTitle:   pulumi.String("PR_TITLE"),
		SquashMergeCommitMessage: pulumi.String("PR_BODY"),
		// Somebody merges, and sees what; nothing merges by itself hours later.
		AllowAutoMerge:      pulumi.Bool(false),
		AllowUpdateBranch:   pulumi.Bool(true),
		DeleteBranchOnMerge: pulumi.Bool(true),
		// The nightly job that looks for drift writes its finding into an issue.
		HasIssues:           pulumi.Bool(true),
		HasProjects:         pulumi.Bool(false),
		HasWiki:             pulumi.Bool(false),
		ArchiveOnDestroy:    pulumi.Bool(true),
		VulnerabilityAlerts: pulumi.Bool(true),
		// AdvancedSecurity is left alone: it buys licences, and GitHub refuses it of a public
		// repository, and of an organization that bought Secret Protection by itself.
		SecurityAndAnalysis: &github.RepositorySecurityAndAnalysisArgs{
			SecretScanning:               &github.RepositorySecurityAndAnalysisSecretScanningArgs{Status: pulumi.String(enabled)},
			SecretScanningPushProtection: &github.RepositorySecurityAndAnalysisSecretScanningPushProtectionArgs{Status: pulumi.String(enabled)},
		},
	}, options...)
	b.repository = made
	return err
}

// label makes the label of the one issue about drift, which the nightly job looks for.
func (b *builder) label() error {
	_, err := github.NewIssueLabel(b.ctx, b.name+"-drift", &github.IssueLabelArgs{
		Repository:  b.repository.Name,
		Name:        pulumi.String(Drift),
		Color:       pulumi.String("d93f0b"),
		Description: pulumi.String("What is deployed differs from main"),
	}, b.parent()...)
	return err
}

// actions say what a workflow may run, who may call the workflows, and what the tokens
// that AWS sees say of a job.
func (b *builder) actions() error {
	allowed := pulumi.StringArray{}
	for _, action := range b.cfg.Actions.Allowed {
		allowed = append(allowed, pulumi.String(action+"@*"))
	}
	_, err := github.NewActionsRepositoryPermissions(b.ctx, b.name, &github.ActionsRepositoryPermissionsArgs{
		Repository:     b.repository.Name,
		Enabled:        pulumi.Bool(true),
		AllowedActions: pulumi.String("selected"),
		AllowedActionsConfig: &github.ActionsRepositoryPermissionsAllowedActionsConfigArgs{
			GithubOwnedAllowed: pulumi.Bool(false),
			VerifiedAllowed:    pulumi.Bool(false),
			PatternsAlloweds:   allowed,
		},
	}, b.parent()...)
	if err != nil {
		return err
	}
	// The roles trust `repo:<repository>:environment:<environment>`; with other claims in
	// the subject they would trust nobody, or somebody else.
	_, err = github.NewActionsRepositoryOidcSubjectClaimCustomizationTemplate(b.ctx, b.name, &github.ActionsRepositoryOidcSubjectClaimCustomizationTemplateArgs{
		Repository: b.repository.Name,
		UseDefault: pulumi.Bool(true),
	}, b.parent()...)
	if err != nil || b.cfg.Repository.Visibility == public {
		return err // anybody may call the workflows of a public repository: GitHub has no setting for it
	}
	_, err = github.NewActionsRepositoryAccessLevel(b.ctx, b.name, &github.ActionsRepositoryAccessLevelArgs{
		Repository:  b.repository.Name,
		AccessLevel: pulumi.String("none"),
	}, b.parent()...)
	return err
}
