package repository

import (
	"github.com/pulumi/pulumi-github/sdk/v6/go/github"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// The teams, by what they approve.
const (
	DevOps   = "devops"
	Security = "security"
)

// reviewers make the teams and let them into the repository. Nobody becomes a member
// here, not even whose token it is. They may write, no more: a review counts, and a code
// owner is one, only with that; administrators are the organization's owners.
func (b *builder) reviewers() error {
	for _, team := range []struct{ role, name, does string }{
		{DevOps, b.cfg.Teams.DevOps, "Runs the platform; approves what goes to production and production-pci"},
		{Security, b.cfg.Teams.Security, "Approves what goes to production-pci, and changes of what keeps it apart"},
	} {
		made, err := github.NewTeam(b.ctx, b.name+"-"+team.role, &github.TeamArgs{
			Name:        pulumi.String(team.name),
			Description: pulumi.String(team.does),
			// Seen by the whole organization, as a code owner must be.
			Privacy:                 pulumi.String("closed"),
			CreateDefaultMaintainer: pulumi.Bool(false),
		}, b.parent(pulumi.Protect(true))...)
		if err != nil {
			return err
		}
		b.teams[team.role] = made
		in, err := github.NewTeamRepository(b.ctx, b.name+"-"+team.role, &github.TeamRepositoryArgs{
			TeamId:     made.ID(),
			Repository: b.repository.Name,
			Permission: pulumi.String("push"),
		}, b.parent()...)
		if err != nil {
			return err
		}
		b.access = append(b.access, in)
	}
	return nil
}
