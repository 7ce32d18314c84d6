package repository

import (
	"github.com/pulumi/pulumi-github/sdk/v6/go/github"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// pluginVersion is the version of the plugin, that of the SDK in go.mod.
const pluginVersion = "6.7.2"

// Program registers the repository of the configuration. The stack's outputs are its
// name, its environments, and the names of the secrets that somebody must set.
func Program(ctx *pulumi.Context, values map[string]string) (pulumi.Map, error) {
	cfg, err := config.DecodeGitHub(values)
	if err != nil {
		return nil, err
	}
	provider, err := newProvider(ctx, cfg.Repository.Owner)
	if err != nil {
		return nil, err
	}
	// The repository's name is not the component's: a renamed repository stays the same resource.
	made, err := New(ctx, config.ProjectName, Args{Config: *cfg}, pulumi.Provider(provider))
	if err != nil {
		return nil, err
	}
	environments, secrets := pulumi.StringArray{}, pulumi.StringMap{}
	for _, environment := range Environments(*cfg) {
		environments = append(environments, pulumi.String(environment.Name))
	}
	for _, secret := range Secrets() {
		secrets[secret.Name] = pulumi.String(secret.Environment)
	}
	return pulumi.Map{"repository": made.FullName, "environments": environments, "secrets": secrets}, nil
}

// newProvider makes the provider of an organization. It is registered here and not by
// github.NewProvider, which would copy GITHUB_TOKEN into the state of the stack: the
// plugin reads that variable by itself.
func newProvider(ctx *pulumi.Context, owner string) (*github.Provider, error) {
	provider := &github.Provider{}
	err := ctx.RegisterResource("pulumi:providers:github", "github", pulumi.Map{
		"owner":   pulumi.String(owner),
		"baseUrl": pulumi.String("https://api.github.com/"),
	}, provider, pulumi.Version(pluginVersion))
	return provider, err
}
