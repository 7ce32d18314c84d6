package balancer_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/compute/balancer"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const (
	loadBalancerType = "aws:lb/loadBalancer:LoadBalancer"
	listenerType     = "aws:lb/listener:Listener"
	targetGroupType  = "aws:lb/targetGroup:TargetGroup"
	recordType       = "aws:route53/record:Record"
	certificateType  = "aws:acm/certificate:Certificate"

	givenARN    = "arn:aws:acm:us-east-1:111111111111:certificate/11111111-1111-1111-1111-111111111111"
	internalARN = "arn:aws:acm:us-east-1:111111111111:certificate/22222222-2222-2222-2222-222222222222"
)

// whole is production with a domain of its own.
func whole() balancer.Args {
	return balancer.Args{
		Environment: "production", AccountID: "111111111111", Region: "us-east-1", Partition: "aws",
		Config: config.Compute{
			Domain: "example.com", ApplicationPort: 8080, HealthCheckPath: "/healthz",
			LoadBalancer: config.LoadBalancer{DeletionProtection: true, IdleTimeoutSeconds: 60},
		},
		LogRetentionDays: 90,
		VPCID:            pulumi.String("vpc-1"),
		PublicSubnetIDs:  pulumi.ToStringArray([]string{"subnet-public-a", "subnet-public-b"}), PublicSecurityGroupID: pulumi.String("sg-public"),
		LoadBalancerSubnetIDs: pulumi.ToStringArray([]string{"subnet-lb-a", "subnet-lb-b"}), InternalSecurityGroupID: pulumi.String("sg-internal"),
		PrivateZoneID: pulumi.String("ZPRIVATE"), PrivateZoneName: "production.example.com", TestPort: 8443,
	}
}

// with is whole with a change.
func with(change func(*balancer.Args)) balancer.Args {
	args := whole()
	change(&args)
	return args
}

// plain is an environment without a certificate.
func plain() balancer.Args { return with(func(a *balancer.Args) { a.Config.Domain = "" }) }

func run(args balancer.Args, preview bool) (*graph.Graph, *balancer.Balancer, error) {
	var made *balancer.Balancer
	g, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"111111111111"}),
		})
		if err != nil {
			return nil, err
		}
		made, err = balancer.New(ctx, "production", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "production", Preview: preview})
	return g, made, err
}

func plan(t *testing.T, args balancer.Args) *graph.Graph {
	t.Helper()
	g, _, err := run(args, false)
	require.NoError(t, err)
	return g
}

func one(t *testing.T, g *graph.Graph, typ, name string) graph.Resource {
	t.Helper()
	found, err := g.One(typ, name)
	require.NoError(t, err)
	return found
}

func names(resources []graph.Resource) []string {
	list := make([]string, 0, len(resources))
	for _, r := range resources {
		list = append(list, r.Name)
	}
	return list
}

func TestWhereTheLoadBalancersAre(t *testing.T) {
	g := plan(t, whole())
	public, internal := one(t, g, loadBalancerType, "production-public"), one(t, g, loadBalancerType, "production-internal")
	assert.False(t, public.Bool("internal"))
	assert.True(t, internal.Bool("internal"))
	assert.Equal(t, []string{"subnet-public-a", "subnet-public-b"}, public.Strings("subnets"))
	assert.Equal(t, []string{"subnet-lb-a", "subnet-lb-b"}, internal.Strings("subnets"))
	assert.Equal(t, []string{"sg-public"}, public.Strings("securityGroups"))
	assert.Equal(t, []string{"sg-internal"}, internal.Strings("securityGroups"))
}

func TestSettingsOfBothLoadBalancers(t *testing.T) {
	g := plan(t, with(func(a *balancer.Args) { a.Config.LoadBalancer.IdleTimeoutSeconds = 75 }))
	require.Len(t, g.OfType(loadBalancerType), 2)
	for _, made := range g.OfType(loadBalancerType) {
		assert.True(t, made.Bool("enableDeletionProtection"), made.Name)
		assert.True(t, made.Bool("dropInvalidHeaderFields"), made.Name)
		assert.True(t, made.Bool("enableHttp2"), made.Name)
		assert.True(t, made.Bool("enableCrossZoneLoadBalancing"), made.Name)
		assert.False(t, made.Bool("enableWafFailOpen"), made.Name)
		assert.Equal(t, "strictest", made.String("desyncMitigationMode"), made.Name)
		assert.Equal(t, "append", made.String("xffHeaderProcessingMode"), made.Name)
		assert.Equal(t, "ipv4", made.String("ipAddressType"), made.Name)
		assert.Equal(t, 75, made.Int("idleTimeout"), made.Name)
	}
	open := plan(t, with(func(a *balancer.Args) { a.Config.LoadBalancer.DeletionProtection = false }))
	for _, made := range open.OfType(loadBalancerType) {
		assert.False(t, made.Bool("enableDeletionProtection"), made.Name)
	}
}

func TestThePublicLoadBalancerWaitsForTheInternetGateway(t *testing.T) {
	g, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"111111111111"}),
		})
		if err != nil {
			return nil, err
		}
		args := whole()
		args.Internet = []pulumi.Resource{provider} // it stands for the gateway
		_, err = balancer.New(ctx, "production", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "production"})
	require.NoError(t, err)
	gateway := one(t, g, "pulumi:providers:aws", "aws").URN
	assert.Contains(t, one(t, g, loadBalancerType, "production-public").DependsOn, gateway)
	assert.NotContains(t, one(t, g, loadBalancerType, "production-internal").DependsOn, gateway)
}

func TestTargetGroups(t *testing.T) {
	g := plan(t, whole())
	groups := g.OfType(targetGroupType)
	assert.ElementsMatch(t, []string{
		"production-public-blue", "production-public-green", "production-internal-blue", "production-internal-green",
	}, names(groups))
	for _, group := range groups {
		assert.Equal(t, group.Name, group.String("name"))
		assert.True(t, group.Protect, "a listener would keep one that was replaced")
		assert.Equal(t, 8080, group.Int("port"))
		assert.Equal(t, "HTTP", group.String("protocol"))
		assert.Equal(t, "HTTP1", group.String("protocolVersion"))
		assert.Equal(t, "instance", group.String("targetType"))
		assert.Equal(t, "vpc-1", group.String("vpcId"))
		assert.Equal(t, "/healthz", group.String("healthCheck.path"))
		assert.Less(t, group.Int("healthCheck.timeout"), group.Int("healthCheck.interval"), "AWS demands it")
		assert.Equal(t, 60, group.Int("deregistrationDelay"))
		assert.Equal(t, 30, group.Int("slowStart"))
		assert.Equal(t, "round_robin", group.String("loadBalancingAlgorithmType"), "slow start works with no other")
	}
	long := plan(t, with(func(a *balancer.Args) { a.Config.LoadBalancer.IdleTimeoutSeconds = 4000 }))
	assert.Equal(t, 3600, long.OfType(targetGroupType)[0].Int("deregistrationDelay"), "AWS takes no more")
}
