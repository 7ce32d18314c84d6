package repository

import (
	"github.com/pulumi/pulumi-github/sdk/v6/go/github"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// TypeToken is the type of the component.
const TypeToken = "platform:repository:Repository"

// Branch is the one branch from which anything is deployed.
const Branch = "main"

// Args describe the repository.
type Args struct {
	// Config is everything that differs between organizations; required.
	Config config.GitHub
}

// Repository is the GitHub repository with its rules.
type Repository struct {
	pulumi.ResourceState

	// FullName is <owner>/<name>.
	FullName pulumi.StringOutput
}

// builder carries what the steps of New share.
type builder struct {
	ctx       *pulumi.Context
	name      string
	cfg       config.GitHub
	component *Repository

	repository *github.Repository
	teams      map[string]*github.Team
	// access is what lets the teams into the repository; a reviewer must be in.
	access []pulumi.Resource
}

// New validates args, registers nothing on an error, and otherwise the repository.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Repository, error) {
	if problems := args.Config.Validate(); len(problems) > 0 {
		return nil, problems
	}
	made := &Repository{}
	if err := ctx.RegisterComponentResource(TypeToken, name, made, opts...); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, cfg: args.Config, component: made, teams: map[string]*github.Team{}}
	for _, step := range []func() error{b.settings, b.label, b.actions, b.reviewers, b.branchRules, b.tagRules, b.environments, b.variables} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	made.FullName = b.repository.FullName
	return made, ctx.RegisterResourceOutputs(made, pulumi.Map{"fullName": made.FullName})
}

// parent is the options of every child; a fresh slice each time, never shared.
func (b *builder) parent(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.component)}, more...)
}
