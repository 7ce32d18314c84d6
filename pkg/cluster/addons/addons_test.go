package addons_test

import (
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/cluster/addons"
	"aws-platform/pkg/engines"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const (
	keyARN      = "arn:aws:kms:eu-west-1:444444444444:key/"
	addOnType   = "aws:eks/addon:Addon"
	roleType    = "aws:iam/role:Role"
	rolePolicy  = "aws:iam/rolePolicy:RolePolicy"
	attachment  = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
	association = "aws:eks/podIdentityAssociation:PodIdentityAssociation"
	logGroup    = "aws:cloudwatch/logGroup:LogGroup"
	provider    = "urn:pulumi:staging::platform::pulumi:providers:aws::staging"
)

func staging() addons.Args {
	return addons.Args{
		Environment: "staging", AccountID: "444444444444", Region: "eu-west-1", Partition: "aws", Version: "1.36", GuardDuty: true,
		ClusterName: pulumi.String("staging-eks"), EBSKeyARN: pulumi.String(keyARN + "ebs"), LogKeyARN: pulumi.String(keyARN + "logs"),
		LogRetentionDays: 100, Tags: map[string]string{"Environment": "staging"},
	}
}

// run makes the add-ons, and those of Rest once, with the provider in the place of nodes.
func run(args addons.Args, preview bool) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		nodes, err := aws.NewProvider(ctx, "staging", &aws.ProviderArgs{
			Region: pulumi.String("eu-west-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"444444444444"}),
		})
		if err != nil {
			return nil, err
		}
		made, err := addons.New(ctx, "staging-addons", args, pulumi.Provider(nodes))
		if err != nil {
			return nil, err
		}
		return nil, made.Rest(ctx, []pulumi.Resource{nodes})
	}, record.Options{Project: "platform", Stack: "staging", Preview: preview})
}

func plan(t *testing.T, args addons.Args) *graph.Graph {
	t.Helper()
	g, err := run(args, false)
	require.NoError(t, err)
	return g
}

func one(t *testing.T, g *graph.Graph, typ, name string) graph.Resource {
	t.Helper()
	found, err := g.One(typ, name)
	require.NoError(t, err)
	return found
}

// installed are the add-ons by the names that EKS knows.
func installed(g *graph.Graph) map[string]graph.Resource {
	found := map[string]graph.Resource{}
	for _, r := range g.OfType(addOnType) {
		found[r.String("addonName")] = r
	}
	return found
}

// valuesOf is an add-on's configuration.
func valuesOf(t *testing.T, r graph.Resource) (values map[string]any) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(r.String("configurationValues")), &values))
	return values
}

func TestEveryAddOnHasTheTablesVersionAndBelongsToTheProgram(t *testing.T) {
	all := installed(plan(t, staging()))
	assert.Len(t, all, 8)
	for name, r := range all {
		want, known := engines.AddOnVersion("1.36", name)
		require.True(t, known, name)
		assert.Equal(t, want, r.String("addonVersion"), name)
		assert.Equal(t, "staging-eks", r.String("clusterName"), name)
		assert.Equal(t, "OVERWRITE", r.String("resolveConflictsOnCreate"), name)
		assert.Equal(t, "OVERWRITE", r.String("resolveConflictsOnUpdate"), name)
		assert.NotContains(t, r.Inputs, "serviceAccountRoleArn", "Pod Identity alone")
		assert.NotContains(t, r.Inputs, "preserve", name)
		assert.Equal(t, provider, r.Provider, name)
	}
	off := staging()
	off.GuardDuty = false
	assert.NotContains(t, installed(plan(t, off)), "aws-guardduty-agent")
}

func TestAnOverrideReplacesTheTablesVersion(t *testing.T) {
	args := staging()
	args.Overrides = map[string]string{"coredns": "v1.99.0-eksbuild.7"}
	all := installed(plan(t, args))
	assert.Equal(t, "v1.99.0-eksbuild.7", all["coredns"].String("addonVersion"))
	pinned, _ := engines.AddOnVersion("1.36", "kube-proxy")
	assert.Equal(t, pinned, all["kube-proxy"].String("addonVersion"))
}

func TestWhatNodesNeedDoesNotWaitForThem(t *testing.T) {
	g := plan(t, staging())
	all := installed(g)
	base := []string{"eks-pod-identity-agent", "vpc-cni", "kube-proxy"}
	for name, r := range all {
		if name == base[0] || name == base[1] || name == base[2] {
			assert.NotContains(t, r.DependsOn, provider, name)
			continue
		}
		assert.Contains(t, r.DependsOn, provider, "%s: the nodes", name)
		for _, needed := range base {
			assert.Contains(t, r.DependsOn, all[needed].URN, name)
		}
	}
	assert.Contains(t, all["vpc-cni"].DependsOn, all["eks-pod-identity-agent"].URN)
}

func TestAPreviewRegistersTheSameResources(t *testing.T) {
	preview, err := run(staging(), true)
	require.NoError(t, err)
	full := plan(t, staging())
	require.Len(t, preview.Resources, len(full.Resources))
	for i := range full.Resources {
		assert.Equal(t, full.Resources[i].URN, preview.Resources[i].URN)
	}
}

func TestContainerInsightsWritesToGroupsOfTheProgram(t *testing.T) {
	g := plan(t, staging())
	agent := installed(g)["amazon-cloudwatch-observability"]
	for _, name := range []string{"application", "dataplane", "host", "performance"} {
		group := one(t, g, logGroup, "staging-addons-insights-"+name)
		assert.Equal(t, "/aws/containerinsights/staging-eks/"+name, group.String("name"))
		assert.Equal(t, keyARN+"logs", group.String("kmsKeyId"))
		assert.Equal(t, 120, group.Int("retentionInDays"))
		assert.True(t, group.Protect)
		assert.Contains(t, agent.DependsOn, group.URN, "else the agent makes it")
	}
	assert.Len(t, g.OfType(logGroup), 4)
}
