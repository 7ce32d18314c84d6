package repository

import (
	"strconv"

	"github.com/pulumi/pulumi-github/sdk/v6/go/github"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/delivery/permissions"
)

// The environments beside those of the estate.
const (
	// Peering is what the peering stack is deployed from. Its jobs begin in production's
	// account, and their role there assumes the one of the other side.
	Peering = "peering"
	// Promotion holds the key by which `platform promote verify` reads who is in a team.
	Promotion = "promotion"
	// Drift is what looks every night, and changes nothing.
	Drift = "drift"
)

// Environment is a GitHub environment.
type Environment struct {
	Name string
	// Team is DevOps or Security at a gate, and empty where nobody approves.
	Team string
	// WaitMinutes is how long a job waits at a gate.
	WaitMinutes int
	// AccountID is the account that jobs here work in; empty where there is not one.
	AccountID string
	// RoleSuffix ends the names of the roles that jobs here assume; empty but for an
	// environment that lives in the account of another.
	RoleSuffix string
}

// Environments are all GitHub environments of a configuration: those of the estate,
// what is deployed or read beside them, and the gates.
func Environments(cfg config.GitHub) []Environment {
	var all []Environment
	for _, name := range cfg.EnvironmentNames() {
		environment := Environment{Name: name, AccountID: cfg.Environments[name].AccountID}
		if cfg.Environments[name].SharedAccount {
			environment.RoleSuffix = permissions.Suffix(name)
		}
		all = append(all, environment)
	}
	all = append(all,
		Environment{Name: Peering, AccountID: cfg.Environments[config.Production].AccountID},
		Environment{Name: Promotion},
		Environment{Name: Drift},
	)
	return append(all, gates(cfg)...)
}

// gates are the approvals, an environment each. GitHub is content with one reviewer of
// an environment, so two of one team are two environments.
func gates(cfg config.GitHub) []Environment {
	production, pci := cfg.Environments[config.Production].GateMinutes, cfg.Environments[config.ProductionPCI].GateMinutes
	return []Environment{
		{Name: config.Production + "-approval-1", Team: DevOps, WaitMinutes: production},
		{Name: config.Production + "-approval-2", Team: DevOps, WaitMinutes: production},
		{Name: config.ProductionPCI + "-approval-1", Team: DevOps, WaitMinutes: pci},
		{Name: config.ProductionPCI + "-approval-2", Team: DevOps, WaitMinutes: pci},
		{Name: config.ProductionPCI + "-security", Team: Security, WaitMinutes: pci},
	}
}

func (b *builder) environments() error {
	for _, environment := range Environments(b.cfg) {
		if err := b.environment(environment); err != nil {
			return err
		}
	}
	return nil
}

// environment makes one: jobs of main alone, and administrators wait like everybody.
func (b *builder) environment(environment Environment) error {
	name := b.name + "-" + environment.Name
	args := &github.RepositoryEnvironmentArgs{
		Repository:        b.repository.Name,
		Environment:       pulumi.String(environment.Name),
		CanAdminsBypass:   pulumi.Bool(false),
		PreventSelfReview: pulumi.Bool(environment.Team != ""),
		DeploymentBranchPolicy: &github.RepositoryEnvironmentDeploymentBranchPolicyArgs{
			CustomBranchPolicies: pulumi.Bool(true),
			ProtectedBranches:    pulumi.Bool(false),
		},
	}
	options := b.parent(pulumi.Protect(true))
	if environment.Team != "" {
		args.WaitTimer = pulumi.Int(environment.WaitMinutes)
		args.Reviewers = github.RepositoryEnvironmentReviewerArray{
			&github.RepositoryEnvironmentReviewerArgs{Teams: pulumi.IntArray{number(b.teams[environment.Team])}},
		}
		options = append(options, pulumi.DependsOn(b.access)) // GitHub refuses reviewers that cannot read the repository
	}
	made, err := github.NewRepositoryEnvironment(b.ctx, name, args, options...)
	if err != nil {
		return err
	}
	_, err = github.NewRepositoryEnvironmentDeploymentPolicy(b.ctx, name, &github.RepositoryEnvironmentDeploymentPolicyArgs{
		Repository:    b.repository.Name,
		Environment:   made.Environment,
		BranchPattern: pulumi.String(Branch),
	}, b.parent()...)
	if err != nil || environment.AccountID == "" {
		return err
	}
	_, err = github.NewActionsEnvironmentVariable(b.ctx, name, &github.ActionsEnvironmentVariableArgs{
		Repository:   b.repository.Name,
		Environment:  made.Environment,
		VariableName: pulumi.String(accountVariable),
		Value:        pulumi.String(environment.AccountID),
	}, b.parent()...)
	if err != nil || environment.RoleSuffix == "" {
		return err
	}
	_, err = github.NewActionsEnvironmentVariable(b.ctx, name+"-suffix", &github.ActionsEnvironmentVariableArgs{
		Repository:   b.repository.Name,
		Environment:  made.Environment,
		VariableName: pulumi.String(suffixVariable),
		Value:        pulumi.String(environment.RoleSuffix),
	}, b.parent()...)
	return err
}

// number is a team's ID as reviewers want it.
func number(team *github.Team) pulumi.IntOutput {
	return team.ID().ApplyT(func(id pulumi.ID) (int, error) { return strconv.Atoi(string(id)) }).(pulumi.IntOutput)
}
