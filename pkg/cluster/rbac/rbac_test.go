package rbac_test

import (
	"testing"

	"github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/access"
	"aws-platform/pkg/cluster/rbac"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

func run(args rbac.Args) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := kubernetes.NewProvider(ctx, "kubernetes", &kubernetes.ProviderArgs{Kubeconfig: pulumi.String("{}")})
		if err != nil {
			return nil, err
		}
		_, err = rbac.New(ctx, "production", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "production"})
}

const api = "kubernetes:rbac.authorization.k8s.io/v1:"

// field follows names into an object.
func field(of any, names ...string) any {
	for _, name := range names {
		of = of.(map[string]any)[name]
	}
	return of
}

func list(values []string) []any {
	made := make([]any, len(values))
	for i, value := range values {
		made[i] = value
	}
	return made
}

// plain are rules as the API server gets them.
func plain(rules []access.Rule) []any {
	var made []any
	for _, rule := range rules {
		entry := map[string]any{"apiGroups": list(rule.APIGroups), "resources": list(rule.Resources), "verbs": list(rule.Verbs)}
		if len(rule.Names) > 0 {
			entry["resourceNames"] = list(rule.Names)
		}
		made = append(made, entry)
	}
	return made
}

func TestDevelopersReadEverywhereAndDeployersReleaseWhereApplicationsAre(t *testing.T) {
	g, err := run(rbac.Args{Environment: "production", Applications: []string{"web", "api"}})
	require.NoError(t, err)

	role, err := g.One(api+"ClusterRole", "production-view-only")
	require.NoError(t, err)
	assert.Equal(t, plain(access.ViewOnly()), role.Inputs["rules"])
	binding, err := g.One(api+"ClusterRoleBinding", "production-view-only")
	require.NoError(t, err)
	assert.Equal(t, "view-only", field(binding.Inputs, "roleRef", "name"))
	assert.Equal(t, []any{map[string]any{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "platform:developers"}}, binding.Inputs["subjects"])

	for _, namespace := range []string{"web", "api"} {
		role, err := g.One(api+"Role", "production-deployer-"+namespace)
		require.NoError(t, err)
		assert.Equal(t, plain(access.Deploying(namespace)), role.Inputs["rules"])
		assert.Equal(t, namespace+"/deployer", role.ID)
		binding, err := g.One(api+"RoleBinding", "production-deployer-"+namespace)
		require.NoError(t, err)
		assert.Equal(t, namespace+"/deployer", binding.ID)
		assert.Equal(t, "Role", field(binding.Inputs, "roleRef", "kind"))
		assert.Equal(t, []any{map[string]any{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "platform:deployers"}}, binding.Inputs["subjects"])
	}
	assert.Len(t, g.OfType(api+"ClusterRoleBinding"), 1, "nobody else is let in")
	assert.Len(t, g.OfType(api+"RoleBinding"), 2)
}

func TestRefused(t *testing.T) {
	g, err := run(rbac.Args{})
	require.ErrorContains(t, err, `rbac.Args.Environment: ""`)
	assert.Empty(t, g.OfType(api+"ClusterRole"))
}
