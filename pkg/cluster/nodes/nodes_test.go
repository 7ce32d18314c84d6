package nodes_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/cluster/nodes"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/policy"
)

const (
	keyARN         = "arn:aws:kms:eu-west-1:444444444444:key/ebs"
	launchTemplate = "aws:ec2/launchTemplate:LaunchTemplate"
	groupType      = "aws:eks/nodeGroup:NodeGroup"
	roleType       = "aws:iam/role:Role"
	attachment     = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
)

// staging are the nodes that most tests look at: a group on demand, and one of
// Bottlerocket on Graviton and Spot.
func staging() nodes.Args {
	return nodes.Args{
		Environment: "staging", AccountID: "444444444444", Region: "eu-west-1", Partition: "aws", Version: "1.36",
		Config: map[string]config.NodeGroup{
			"default": {
				InstanceTypes: []string{"t3.medium", "t3a.medium"}, Image: config.AmazonLinux2023, Capacity: config.OnDemand,
				Min: 2, Desired: 3, Max: 6, VolumeGiB: 50, MaxUnavailable: 1,
			},
			"batch": {
				InstanceTypes: []string{"m7g.large", "c7gn.xlarge"}, Image: config.Bottlerocket, Capacity: config.Spot,
				Min: 0, Desired: 0, Max: 4, VolumeGiB: 80, MaxUnavailable: 2,
				Labels: map[string]string{"example.com/work": "batch"},
				Taints: []config.Taint{{Key: "example.com/work", Value: "batch", Effect: "NO_SCHEDULE"}},
			},
		},
		ClusterName:      pulumi.String("staging-eks"),
		SubnetIDs:        pulumi.ToStringArray([]string{"subnet-a", "subnet-b"}),
		SecurityGroupIDs: pulumi.ToStringArray([]string{"sg-nodes", "sg-app"}),
		EBSKeyARN:        pulumi.String(keyARN),
		Tags:             map[string]string{"Environment": "staging", "Project": "platform"},
	}
}

func run(args nodes.Args, preview bool) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "staging", &aws.ProviderArgs{
			Region: pulumi.String("eu-west-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"444444444444"}),
		})
		if err != nil {
			return nil, err
		}
		args.Boot = []pulumi.Resource{provider} // stands for the add-ons
		made, err := nodes.New(ctx, "staging-nodes", args, pulumi.Provider(provider))
		if err != nil {
			return nil, err
		}
		names := pulumi.Map{}
		for name, group := range made.Groups {
			names[name] = group.NodeGroupName
		}
		return names, nil
	}, record.Options{Project: "platform", Stack: "staging", Preview: preview})
}

func plan(t *testing.T, args nodes.Args) *graph.Graph {
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

func TestAPreviewRegistersTheSameResources(t *testing.T) {
	preview, err := run(staging(), true)
	require.NoError(t, err)
	full := plan(t, staging())
	require.Len(t, preview.Resources, len(full.Resources))
	for i := range full.Resources {
		assert.Equal(t, full.Resources[i].URN, preview.Resources[i].URN)
	}
}

func TestEveryResourceHasTheProviderOfTheComponent(t *testing.T) {
	children := plan(t, staging()).Select(func(r graph.Resource) bool { return r.Custom && r.Type != "pulumi:providers:aws" })
	require.Len(t, children, 1+3+2+2)
	for _, r := range children {
		assert.Equal(t, "urn:pulumi:staging::platform::pulumi:providers:aws::staging", r.Provider, r.URN)
		assert.Contains(t, r.Parent, nodes.TypeToken, r.URN)
	}
}

func TestANodeMayJoinPullAndBeAdministeredAndNoMore(t *testing.T) {
	g := plan(t, staging())
	role := one(t, g, roleType, "staging-nodes-node")
	assert.Equal(t, "staging-eks-node", role.String("name"))
	assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRole"],
		"Principal": {"Service": "ec2.amazonaws.com"}}]}`, role.String("assumeRolePolicy"))
	var policies []string
	for _, attached := range g.OfType(attachment) {
		policies = append(policies, attached.String("policyArn"))
	}
	const managed = "arn:aws:iam::aws:policy/"
	assert.ElementsMatch(t, []string{
		managed + "AmazonEKSWorkerNodePolicy", managed + "AmazonEC2ContainerRegistryPullOnly",
	}, policies, "ec2:DescribeInstances to join, which the minimal policy lacks; not the CNI's, which has a role of its own")
	own := g.OfType("aws:iam/rolePolicy:RolePolicy")
	require.Len(t, own, 1)
	sessions := append(policy.SessionManager(), policy.RecordedSessions("aws", "eu-west-1", "444444444444")...)
	assert.Equal(t, policy.Document(sessions...), own[0].String("policy"), "Session Manager, and no parameter of the account")
	assert.Len(t, g.OfType(roleType), 1)
}
