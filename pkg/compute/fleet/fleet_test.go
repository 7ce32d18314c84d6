package fleet_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/compute/color"
	"aws-platform/pkg/compute/fleet"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/program"
)

const (
	keyARN      = "arn:aws:kms:eu-west-1:444444444444:key/"
	balancerARN = "arn:aws:elasticloadbalancing:eu-west-1:444444444444:"
)

// staging is the fleet that most tests look at: with a certificate and Spot.
func staging() fleet.Args {
	return fleet.Args{
		Environment: "staging", AccountID: "444444444444", Region: "eu-west-1", Partition: "aws",
		Config: config.Compute{
			Domain: "example.com", ApplicationPort: 8080, HealthCheckPath: "/healthz",
			Fleet: config.Fleet{
				InstanceTypes:  []string{"t3.medium", "t3a.medium"},
				ImageParameter: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
				RootVolumeGiB:  30, Min: 2, Desired: 3, Max: 6, SpotPercentage: 40, CPUPercent: 50, RequestsPerTarget: 1000,
			},
		},
		Tags:            map[string]string{"Environment": "staging", "Project": "platform"},
		SubnetIDs:       pulumi.ToStringArray([]string{"subnet-a", "subnet-b"}),
		SecurityGroupID: pulumi.String("sg-app"),
		TargetGroups:    map[color.Color]fleet.Targets{color.Blue: targets("blue"), color.Green: targets("green")},
		EBSKeyARN:       pulumi.String(keyARN + "ebs"), S3KeyARN: pulumi.String(keyARN + "s3"), LogKeyARN: pulumi.String(keyARN + "logs"),
		RunbookURL: "docs/runbooks", LogRetentionDays: 100,
	}
}

// plain is a fleet without a certificate, in front of which nothing forwards.
func plain() fleet.Args {
	args := staging()
	args.Config.Domain = ""
	return args
}

func targets(c string) fleet.Targets {
	of := func(side string) fleet.Target {
		suffix := "targetgroup/staging-" + side + "-" + c + "/1"
		return fleet.Target{
			ARN: pulumi.String(balancerARN + suffix), Name: pulumi.String("staging-" + side + "-" + c),
			ARNSuffix: pulumi.String(suffix), LoadBalancerARNSuffix: pulumi.String("app/staging-" + side + "/1"),
		}
	}
	return fleet.Targets{Public: of("public"), Internal: of("internal")}
}

// programOf registers a fleet and what stands for its listeners, and nothing else.
func programOf(args fleet.Args) program.Func {
	return func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "staging", &aws.ProviderArgs{
			Region: pulumi.String("eu-west-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"444444444444"}),
		})
		if err != nil {
			return nil, err
		}
		args.Listeners = []pulumi.Resource{provider}
		_, err = fleet.New(ctx, "staging", args, pulumi.Provider(provider))
		return nil, err
	}
}

func run(t *testing.T, args fleet.Args, preview bool) *graph.Graph {
	t.Helper()
	g, err := record.Run(programOf(args), record.Options{Project: "platform", Stack: "staging", Preview: preview})
	require.NoError(t, err)
	return g
}

func plan(t *testing.T, args fleet.Args) *graph.Graph {
	t.Helper()
	return run(t, args, false)
}

func one(t *testing.T, g *graph.Graph, typ, name string) graph.Resource {
	t.Helper()
	found, err := g.One(typ, name)
	require.NoError(t, err)
	return found
}

// names are the logical names of the resources of a type.
func names(g *graph.Graph, typ string) []string {
	var found []string
	for _, r := range g.OfType(typ) {
		found = append(found, r.Name)
	}
	return found
}

func TestAPreviewRegistersTheSameResources(t *testing.T) {
	for name, args := range map[string]fleet.Args{"with a certificate": staging(), "without": plain()} {
		t.Run(name, func(t *testing.T) {
			urns := func(g *graph.Graph) (all []string) {
				for _, r := range g.Resources {
					all = append(all, r.URN)
				}
				return all
			}
			assert.Equal(t, urns(run(t, args, false)), urns(run(t, args, true)))
		})
	}
}

func TestEveryResourceHasTheProviderOfTheComponent(t *testing.T) {
	for _, r := range plan(t, staging()).Select(func(r graph.Resource) bool { return r.Custom && r.Provider != "" }) {
		assert.Equal(t, "urn:pulumi:staging::platform::pulumi:providers:aws::staging", r.Provider, r.URN)
	}
}

func TestTheLogGroupIsEncryptedProtectedAndKeptLongEnough(t *testing.T) {
	group := one(t, plan(t, staging()), "aws:cloudwatch/logGroup:LogGroup", "staging-fleet")
	assert.Equal(t, "/staging/fleet", group.String("name"))
	assert.Equal(t, keyARN+"logs", group.String("kmsKeyId"))
	assert.True(t, group.Protect)
	for days, want := range map[int]int{1: 1, 90: 90, 100: 120, 365: 365, 3653: 3653, 9999: 3653} {
		args := staging()
		args.LogRetentionDays = days
		assert.Equal(t, want, one(t, plan(t, args), "aws:cloudwatch/logGroup:LogGroup", "staging-fleet").Int("retentionInDays"), "of %d", days)
	}
}
