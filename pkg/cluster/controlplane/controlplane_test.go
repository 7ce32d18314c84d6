package controlplane_test

import (
	"net/netip"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/cluster/controlplane"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const (
	secretsKey = "arn:aws:kms:us-east-1:111111111111:key/eks"
	logKey     = "arn:aws:kms:us-east-1:111111111111:key/logs"
	deployRole = "arn:aws:iam::111111111111:role/platform-deploy"
)

func run(preview bool, change func(*controlplane.Args)) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"111111111111"}),
		})
		if err != nil {
			return nil, err
		}
		group, err := ec2.NewSecurityGroup(ctx, "group", &ec2.SecurityGroupArgs{VpcId: pulumi.String("vpc-1")}, pulumi.Provider(provider))
		if err != nil {
			return nil, err
		}
		args := controlplane.Args{
			Environment: "production", AccountID: "111111111111", Region: "us-east-1", Partition: "aws",
			Config: config.Cluster{Version: "1.36", DeletionProtection: true},
			VPCID:  pulumi.String("vpc-1"), SubnetIDs: pulumi.ToStringArray([]string{"subnet-a", "subnet-b"}), SecurityGroup: group,
			SecretsKeyARN: pulumi.String(secretsKey), LogKeyARN: pulumi.String(logKey), LogRetentionDays: 364, DeployRoleARN: deployRole, AWS: provider,
		}
		if change != nil {
			change(&args)
		}
		plane, err := controlplane.New(ctx, "production", args, pulumi.Provider(provider))
		if err != nil {
			return nil, err
		}
		return pulumi.Map{"name": plane.Name}, nil
	}, record.Options{Project: "platform", Stack: "production", Preview: preview})
}

func one(t *testing.T, g *graph.Graph, kind, name string) graph.Resource {
	t.Helper()
	found, err := g.One(kind, name)
	require.NoError(t, err)
	return found
}

const clusterType = "eks:index:Cluster"

func TestTheClusterIsPrivateEncryptedLoggedAndBare(t *testing.T) {
	for _, preview := range []bool{false, true} {
		g, err := run(preview, nil)
		require.NoError(t, err)
		cluster := one(t, g, clusterType, "production-eks")
		for key, want := range map[string]any{
			"name": "production-eks", "version": "1.36", "authenticationMode": "API",
			"endpointPrivateAccess": true, "endpointPublicAccess": false, "encryptionConfigKeyArn": secretsKey,
			"createOidcProvider": true, "skipDefaultNodeGroup": true, "skipDefaultSecurityGroups": true, "useDefaultVpcCni": true,
			"enabledClusterLogTypes": []any{"api", "audit", "authenticator", "controllerManager", "scheduler"},
			"privateSubnetIds":       []any{"subnet-a", "subnet-b"},
		} {
			assert.Equal(t, want, cluster.Inputs[key], key)
		}
		assert.NotContains(t, cluster.Inputs, "publicAccessCidrs", "the component refuses ranges without a public endpoint")
		assert.Equal(t, one(t, g, "aws:ec2/securityGroup:SecurityGroup", "group").URN, cluster.Inputs["clusterSecurityGroup"], "or no node reaches the API")
		assert.Equal(t, one(t, g, "aws:iam/role:Role", "production-eks-service").URN, cluster.Inputs["serviceRole"])
		for _, addOn := range []string{"corednsAddonOptions", "kubeProxyAddonOptions"} {
			options, _ := cluster.Inputs[addOn].(map[string]any)
			assert.Equal(t, false, options["enabled"], addOn)
		}
		assert.Equal(t, map[string]any{"roleArn": deployRole}, cluster.Inputs["providerCredentialOpts"])
		assert.True(t, cluster.Protect)
		assert.Contains(t, cluster.Dependencies, one(t, g, "aws:cloudwatch/logGroup:LogGroup", "production-eks-logs").URN, "EKS would make a group without key and retention")
		assert.Contains(t, cluster.Dependencies, one(t, g, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "production-eks-service-policy").URN, "EKS refuses a role that may nothing")
	}
}

func TestLogsAreEncryptedAndKept(t *testing.T) {
	g, err := run(false, nil)
	require.NoError(t, err)
	logs := one(t, g, "aws:cloudwatch/logGroup:LogGroup", "production-eks-logs")
	assert.Equal(t, "/aws/eks/production-eks/cluster", logs.String("name"))
	assert.Equal(t, logKey, logs.String("kmsKeyId"))
	assert.EqualValues(t, 365, logs.Inputs["retentionInDays"])
	assert.True(t, logs.Protect)
}

func TestEKSAloneAssumesTheServiceRoleForThisClusterAlone(t *testing.T) {
	g, err := run(false, nil)
	require.NoError(t, err)
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"eks.amazonaws.com"},"Action":["sts:AssumeRole"],
		"Condition":{"StringEquals":{"aws:SourceAccount":"111111111111"},"ArnEquals":{"aws:SourceArn":"arn:aws:eks:us-east-1:111111111111:cluster/production-eks"}}}]}`,
		one(t, g, "aws:iam/role:Role", "production-eks-service").String("assumeRolePolicy"))
	assert.Len(t, g.OfType("aws:iam/rolePolicyAttachment:RolePolicyAttachment"), 1)
}

func TestWhatConfigurationChanges(t *testing.T) {
	g, err := run(false, func(a *controlplane.Args) {
		a.Config.PublicAccessCIDRs = []netip.Prefix{netip.MustParsePrefix("203.0.113.0/24")}
		a.Config.DeletionProtection, a.DeployRoleARN = false, ""
	})
	require.NoError(t, err)
	cluster := one(t, g, clusterType, "production-eks")
	assert.Equal(t, true, cluster.Inputs["endpointPublicAccess"])
	assert.Equal(t, true, cluster.Inputs["endpointPrivateAccess"], "the private endpoint stays")
	assert.Equal(t, []any{"203.0.113.0/24"}, cluster.Inputs["publicAccessCidrs"])
	assert.False(t, cluster.Protect)
	assert.NotContains(t, cluster.Inputs, "providerCredentialOpts", "the caller's own credentials")
}

// Whoever names the cluster must wait for it.
func TestTheNameIsKnownWhenTheClusterExists(t *testing.T) {
	g, err := run(false, nil)
	require.NoError(t, err)
	assert.Equal(t, "production-eks", g.Outputs["name"])
	g, err = run(true, nil)
	require.NoError(t, err)
	assert.Equal(t, record.Unknown, g.Outputs["name"])
}

func TestRefused(t *testing.T) {
	for want, change := range map[string]func(*controlplane.Args){
		`controlplane.Args.Environment: ""`:     func(a *controlplane.Args) { a.Environment = "" },
		`controlplane.Args.Config.Version: ""`:  func(a *controlplane.Args) { a.Config.Version = "" },
		`controlplane.Args.LogRetentionDays: 0`: func(a *controlplane.Args) { a.LogRetentionDays = 0 },
		`controlplane.Args.VPCID: nil`:          func(a *controlplane.Args) { a.VPCID = nil },
		`controlplane.Args.SubnetIDs: nil`:      func(a *controlplane.Args) { a.SubnetIDs = nil },
		`controlplane.Args.SecurityGroup: nil`:  func(a *controlplane.Args) { a.SecurityGroup = nil },
		`controlplane.Args.SecretsKeyARN: nil`:  func(a *controlplane.Args) { a.SecretsKeyARN = nil },
		`controlplane.Args.LogKeyARN: nil`:      func(a *controlplane.Args) { a.LogKeyARN = nil },
		`controlplane.Args.AWS: nil`:            func(a *controlplane.Args) { a.AWS = nil },
	} {
		g, err := run(false, change)
		require.ErrorContains(t, err, want)
		assert.Empty(t, g.OfType(clusterType), want)
		assert.Empty(t, g.OfType("aws:iam/role:Role"), want)
	}
}
