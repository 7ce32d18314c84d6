package schedule_test

import (
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/schedule"
)

const (
	scheduleType = "aws:scheduler/schedule:Schedule"
	documentType = "aws:ssm/document:Document"
	asgARN       = "arn:aws:autoscaling:us-east-1:444444444444:autoScalingGroup:00000000-0000-0000-0000-000000000000:autoScalingGroupName/"
	elbARN       = "arn:aws:elasticloadbalancing:us-east-1:444444444444:"
	databaseARN  = "arn:aws:rds:us-east-1:444444444444:db:staging-postgresql"
	nodesARN     = "arn:aws:eks:us-east-1:444444444444:nodegroup/staging-eks/staging-default-1/00000000-0000-0000-0000-000000000000"
)

// whole is staging: with a database, nodes and releases.
func whole() schedule.Args {
	return schedule.Args{
		Environment: "staging", AccountID: "444444444444", Region: "us-east-1", Partition: "aws",
		Config:   config.Schedule{TimeZone: "Europe/Berlin", Stop: "0 20 * * MON-FRI", Start: "0 7 * * MON-FRI"},
		Database: &schedule.Database{Identifier: pulumi.String("staging-postgresql"), ARN: pulumi.String(databaseARN)},
		Fleet: schedule.Fleet{
			Min: 2, Desired: 3,
			Blue: fleetGroup("blue"), Green: fleetGroup("green"),
			TestListenerARN: pulumi.String(elbARN + "listener/test"),
		},
		ClusterName: pulumi.String("staging-eks"),
		Nodes: map[string]schedule.NodeGroup{
			"default": {Name: pulumi.String("staging-default-1"), ARN: pulumi.String(nodesARN), Min: 1, Desired: 2, Max: 4},
		},
	}
}

func fleetGroup(color string) schedule.Group {
	return schedule.Group{
		Name: pulumi.String("staging-" + color), ARN: pulumi.String(asgARN + "staging-" + color),
		TargetGroupARN: pulumi.String(elbARN + "targetgroup/public-" + color),
	}
}

// plain is an environment without a certificate, a database or nodes.
func plain() schedule.Args {
	args := whole()
	args.Fleet.TestListenerARN, args.Fleet.Blue.TargetGroupARN, args.Fleet.Green.TargetGroupARN = nil, nil, nil
	args.Database, args.Nodes, args.ClusterName = nil, nil, nil
	return args
}

func run(args schedule.Args, preview bool) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "staging", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"444444444444"}),
		})
		if err != nil {
			return nil, err
		}
		_, err = schedule.New(ctx, "staging", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "staging", Preview: preview})
}

func plan(t *testing.T, args schedule.Args) *graph.Graph {
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

// names are the logical names of the resources of a type.
func names(g *graph.Graph, typ string) []string {
	var found []string
	for _, r := range g.OfType(typ) {
		found = append(found, r.Name)
	}
	return found
}

func TestWhatIsCalledAndWith(t *testing.T) {
	g := plan(t, whole())
	want := map[string][2]string{
		"stop-fleet":          {"ssm:startAutomationExecution", `{"DocumentName": "staging-stop-fleet"}`},
		"start-fleet":         {"ssm:startAutomationExecution", `{"DocumentName": "staging-start-fleet"}`},
		"stop-database":       {"rds:stopDBInstance", `{"DbInstanceIdentifier": "staging-postgresql"}`},
		"start-database":      {"rds:startDBInstance", `{"DbInstanceIdentifier": "staging-postgresql"}`},
		"stop-nodes-default":  {"eks:updateNodegroupConfig", `{"ClusterName": "staging-eks", "NodegroupName": "staging-default-1", "ScalingConfig": {"MinSize": 0, "DesiredSize": 0, "MaxSize": 4}}`},
		"start-nodes-default": {"eks:updateNodegroupConfig", `{"ClusterName": "staging-eks", "NodegroupName": "staging-default-1", "ScalingConfig": {"MinSize": 1, "DesiredSize": 2, "MaxSize": 4}}`},
	}
	require.Len(t, g.OfType(scheduleType), len(want))
	for name, call := range want {
		made := one(t, g, scheduleType, "staging-"+name)
		assert.Equal(t, name, made.String("name"))
		assert.Equal(t, "arn:aws:scheduler:::aws-sdk:"+call[0], made.String("target.arn"))
		assert.JSONEq(t, call[1], made.String("target.input"), name)
	}
}

func TestWhenAndForHowLong(t *testing.T) {
	g := plan(t, whole())
	role := one(t, g, "aws:iam/role:Role", "staging-hours")
	for _, made := range g.OfType(scheduleType) {
		want := "cron(0 20 ? * MON-FRI *)"
		if made.String("name")[:5] == "start" {
			want = "cron(0 7 ? * MON-FRI *)"
		}
		assert.Equal(t, want, made.String("scheduleExpression"), made.Name)
		assert.Equal(t, "Europe/Berlin", made.String("scheduleExpressionTimezone"))
		assert.Equal(t, "OFF", made.String("flexibleTimeWindow.mode"))
		assert.Equal(t, "staging-hours", made.String("groupName"))
		assert.Equal(t, role.Outputs["arn"], made.String("target.roleArn"))
		assert.Equal(t, 3600, made.Int("target.retryPolicy.maximumEventAgeInSeconds"), "a stop must not come in the morning")
		assert.Contains(t, made.Dependencies, one(t, g, "aws:iam/rolePolicy:RolePolicy", "staging-hours").URN, "no call before it is allowed")
	}
}

func TestOnlyWhatThereIsIsStopped(t *testing.T) {
	g := plan(t, plain())
	assert.Equal(t, []string{"staging-start-fleet", "staging-stop-fleet"}, names(g, scheduleType))
	for _, name := range []string{"staging-hours", "staging-hours-fleet"} {
		text := one(t, g, "aws:iam/rolePolicy:RolePolicy", name).String("policy")
		for _, other := range []string{"rds:", "eks:", "elasticloadbalancing:", "parameter", "green"} {
			assert.NotContains(t, text, other, name)
		}
	}
}

func TestTheDocumentsHaveTheNamesThatPeopleType(t *testing.T) {
	g := plan(t, whole())
	for _, action := range []string{"stop", "start"} {
		made := one(t, g, documentType, "staging-"+action+"-fleet")
		assert.Equal(t, "staging-"+action+"-fleet", made.String("name"))
		assert.Equal(t, "Automation", made.String("documentType"))
		assert.Equal(t, "JSON", made.String("documentFormat"))
		assert.True(t, json.Valid([]byte(made.String("content"))))
	}
}

func TestAPreviewRegistersTheSame(t *testing.T) {
	for name, args := range map[string]schedule.Args{"whole": whole(), "plain": plain()} {
		t.Run(name, func(t *testing.T) {
			preview, err := run(args, true)
			require.NoError(t, err)
			update := plan(t, args)
			require.Len(t, preview.Resources, len(update.Resources))
			for i := range update.Resources {
				assert.Equal(t, update.Resources[i].URN, preview.Resources[i].URN)
			}
		})
	}
}
