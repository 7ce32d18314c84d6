package cluster_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/require"

	table "aws-platform/pkg/access"
	"aws-platform/pkg/cluster"
	"aws-platform/pkg/cluster/tenancy"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const (
	account    = "111111111111"
	policyARN  = "arn:aws:iam::" + account + ":policy/production-"
	listener   = "arn:aws:elasticloadbalancing:us-east-1:" + account + ":listener/app/production-"
	deployRole = "arn:aws:iam::" + account + ":role/platform-deploy"
)

func ranges(texts ...string) []netip.Prefix {
	made := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		made[i] = netip.MustParsePrefix(text)
	}
	return made
}

func application(loadBalancer string, priority int, stores ...string) config.Application {
	return config.Application{
		Image: "registry.example.com/app@sha256:" + strings.Repeat("0a", 32), Replicas: 3, CPUMillis: 100, MemoryMiB: 128,
		LoadBalancer: loadBalancer, Path: "/" + loadBalancer, Priority: priority, Protocol: config.HTTPS, HealthCheckPath: "/healthz", Stores: stores,
	}
}

func configured() config.Cluster {
	return config.Cluster{
		Version: "1.36", DeletionProtection: true,
		NodeGroups: map[string]config.NodeGroup{"default": {
			InstanceTypes: []string{"t3.medium"}, Image: config.AmazonLinux2023, Capacity: config.OnDemand,
			Min: 3, Desired: 3, Max: 6, VolumeGiB: 50, MaxUnavailable: 1,
		}},
		Applications: map[string]config.Application{
			"web": application(config.PublicLoadBalancer, 100, "postgresql", config.ParametersStore),
			"api": application(config.InternalLoadBalancer, 200, "valkey"),
		},
	}
}

func whole(provider *aws.Provider, group *ec2.SecurityGroup) cluster.Args {
	const person = "arn:aws:iam::" + account + ":user/jane"
	const key = "arn:aws:kms:us-east-1:" + account + ":key/"
	data := ranges("10.0.21.0/24", "10.0.22.0/24")
	return cluster.Args{
		Environment: "production", AccountID: account, Region: "us-east-1", Partition: "aws", Config: configured(),
		Mappings: []table.Mapping{
			{Name: table.DevOps, RoleName: "production-eks-devops", AssumedBy: []string{person}, People: true, SessionSeconds: 3600, Policy: table.ClusterAdminPolicy},
			{Name: table.Deployer, RoleName: "production-eks-deployer", AssumedBy: []string{person}, SessionSeconds: 3600, Groups: []string{config.DeployersGroup}},
		},
		DeployRoleARN: deployRole, AWS: provider,
		Network: cluster.Network{
			VPCID: pulumi.String("vpc-1"), AppSubnetIDs: pulumi.ToStringArray([]string{"subnet-a", "subnet-b"}),
			PublicCIDRs: ranges("10.0.1.0/24", "10.0.2.0/24"), LoadBalancerCIDRs: ranges("10.0.5.0/24", "10.0.6.0/24"),
			HTTPSCIDRs: ranges("10.0.5.0/24", "10.1.5.0/24"),
		},
		SecurityGroups: cluster.SecurityGroups{Cluster: group, Nodes: pulumi.ToStringArray([]string{"sg-nodes", "sg-app"})},
		Keys:           cluster.Keys{EKS: pulumi.String(key + "eks"), EBS: pulumi.String(key + "ebs"), Logs: pulumi.String(key + "logs")},
		LogDays:        cluster.LogDays{ControlPlane: 365, Insights: 90},
		TopicARN:       pulumi.String("arn:aws:sns:us-east-1:" + account + ":production-security"),
		RunbookURL:     "docs/runbooks",
		Listeners: cluster.Listeners{
			Public: pulumi.String(listener + "public/1/443"), Internal: pulumi.String(listener + "internal/2/443"), Test: pulumi.String(listener + "public/1/8443"),
		},
		ApplicationPort: 8080,
		StorePolicyARNs: map[string]pulumi.StringInput{
			"postgresql": pulumi.String(policyARN + "postgresql"), "valkey": pulumi.String(policyARN + "valkey"),
			"kafka": pulumi.String(policyARN + "kafka"), config.ParametersStore: pulumi.String(policyARN + "parameters"),
		},
		Stores: map[string]tenancy.Store{
			"postgresql": {Name: "postgresql", Port: 5432, CIDRs: data}, "valkey": {Name: "valkey", Port: 6379, CIDRs: data},
			"kafka": {Name: "kafka", Port: 9098, CIDRs: data},
		},
		Boot: []pulumi.Resource{group},
	}
}

func run(preview bool, change func(*cluster.Args)) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{account}),
		})
		if err != nil {
			return nil, err
		}
		group, err := ec2.NewSecurityGroup(ctx, "group", &ec2.SecurityGroupArgs{VpcId: pulumi.String("vpc-1")}, pulumi.Provider(provider))
		if err != nil {
			return nil, err
		}
		args := whole(provider, group)
		if change != nil {
			change(&args)
		}
		_, err = cluster.New(ctx, "production", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "production", Preview: preview})
}

func plan(t *testing.T, preview bool, change func(*cluster.Args)) *graph.Graph {
	t.Helper()
	g, err := run(preview, change)
	require.NoError(t, err)
	return g
}

func one(t *testing.T, g *graph.Graph, kind, name string) graph.Resource {
	t.Helper()
	found, err := g.One(kind, name)
	require.NoError(t, err)
	return found
}
