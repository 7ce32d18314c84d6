package record_test

import (
	"testing"

	"github.com/pulumi/pulumi-github/sdk/v6/go/github"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph/record"
)

// team makes a team of an owner; none leaves it to a default provider.
func team(owner *string) func(*pulumi.Context, map[string]string) (pulumi.Map, error) {
	return func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		var opts []pulumi.ResourceOption
		if owner != nil {
			provider, err := github.NewProvider(ctx, "github", &github.ProviderArgs{Owner: pulumi.String(*owner)})
			if err != nil {
				return nil, err
			}
			opts = append(opts, pulumi.Provider(provider))
		}
		made, err := github.NewTeam(ctx, "devops", &github.TeamArgs{Name: pulumi.String("devops")}, opts...)
		if err != nil {
			return nil, err
		}
		return pulumi.Map{"id": made.ID(), "slug": made.Slug}, nil
	}
}

func TestATeamHasANumberAndASlug(t *testing.T) {
	owner := "example"
	first, err := record.Run(team(&owner), options)
	require.NoError(t, err)
	second, err := record.Run(team(&owner), options)
	require.NoError(t, err)
	assert.Regexp(t, `^[1-9][0-9]*$`, first.Outputs["id"])
	assert.Equal(t, first.Outputs, second.Outputs, "the same on every machine")
	assert.Equal(t, "devops", first.Outputs["slug"])
}

func TestGitHubsOwnerIsNotLeftToChance(t *testing.T) {
	nobody := ""
	_, err := record.Run(team(nil), options)
	assert.ErrorContains(t, err, "no explicit github provider")
	_, err = record.Run(team(&nobody), options)
	assert.ErrorContains(t, err, `owner "": set it`)
}
