package repository_test

import (
	"testing"

	"github.com/pulumi/pulumi-github/sdk/v6/go/github"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/repository"
)

// component registers the component alone, for the rules of its Args.
func component(cfg config.GitHub, owner string) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := github.NewProvider(ctx, "github", &github.ProviderArgs{Owner: pulumi.String(owner)})
		if err != nil {
			return nil, err
		}
		_, err = repository.New(ctx, "platform", repository.Args{Config: cfg}, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: config.GitHubProjectName, Stack: "github"})
}

func TestWrongArgsAreRefusedBeforeAnythingIsRegistered(t *testing.T) {
	for message, wrong := range map[string]func(*config.GitHub){
		"repository.owner: none":                    func(c *config.GitHub) { c.Repository.Owner = "" },
		"repository.name: none":                     func(c *config.GitHub) { c.Repository.Name = "" },
		"repository.visibility: none":               func(c *config.GitHub) { c.Repository.Visibility = "" },
		"repository.description: 400":               func(c *config.GitHub) { c.Repository.Description = string(make([]byte, 400)) },
		"teams.devops: none":                        func(c *config.GitHub) { c.Teams.DevOps = "" },
		"teams.security: devops: is the team of":    func(c *config.GitHub) { c.Teams.Security = c.Teams.DevOps },
		"environments[dev]: none: is required":      func(c *config.GitHub) { delete(c.Environments, "dev") },
		"environments[x]: x: is not an environment": func(c *config.GitHub) { c.Environments["x"] = config.GitHubEnvironment{AccountID: "1"} },
		"environments[production].gateMinutes: none": func(c *config.GitHub) {
			c.Environments["production"] = config.GitHubEnvironment{AccountID: "111111111111"}
		},
		"environments[staging].accountId: 333333333333: is": func(c *config.GitHub) {
			c.Environments["staging"] = config.GitHubEnvironment{AccountID: "333333333333"}
		},
		"actions.allowed: none":            func(c *config.GitHub) { c.Actions.Allowed = nil },
		`actions.allowed[0]: "*"`:          func(c *config.GitHub) { c.Actions.Allowed = []string{"*"} },
		"variables.awsRegion: none":        func(c *config.GitHub) { c.Variables.Region = "" },
		"variables.pulumiBackendUrl: none": func(c *config.GitHub) { c.Variables.BackendURL = "" },
		"variables.promotionAppId: x":      func(c *config.GitHub) { c.Variables.PromotionAppID = "x" },
	} {
		t.Run(message, func(t *testing.T) {
			cfg := decoded(t)
			wrong(&cfg)
			g, err := component(cfg, "example")
			require.ErrorContains(t, err, message)
			assert.Empty(t, g.OfType(repository.TypeToken))
			assert.Empty(t, g.OfType(repositoryType))
		})
	}
}

func TestWhatIsRightIsTaken(t *testing.T) {
	g, err := component(decoded(t), "example")
	require.NoError(t, err)
	assert.Len(t, g.OfType(repository.TypeToken), 1)
}

func TestAProviderWithoutOwnerIsRefused(t *testing.T) {
	_, err := component(decoded(t), "")
	assert.ErrorContains(t, err, `owner "": set it`)
}

func TestAWrongConfigurationRegistersNothing(t *testing.T) {
	values := stackFile(t)
	delete(values, "platform-github:teams")
	g, err := run(values, false)
	assert.ErrorContains(t, err, "teams: none: is required: set platform-github:teams in the stack file")
	assert.Len(t, g.Resources, 1, "the stack alone")
}
