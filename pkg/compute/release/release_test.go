package release_test

import (
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/compute/color"
	"aws-platform/pkg/compute/release"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const (
	elbARN = "arn:aws:elasticloadbalancing:us-east-1:111111111111:"
	asgARN = "arn:aws:autoscaling:us-east-1:111111111111:autoScalingGroup:00000000-0000-0000-0000-000000000000:autoScalingGroupName/"
	ec2ARN = "arn:aws:ec2:us-east-1:111111111111:"
	keyARN = "arn:aws:kms:us-east-1:111111111111:key/00000000-0000-0000-0000-000000000000"
)

// args are those of production with one approver.
func args() release.Args {
	return release.Args{
		Environment: "production", AccountID: "111111111111", Region: "us-east-1", Partition: "aws",
		Config:            config.Release{ApproverRoleARNs: []string{"arn:aws:iam::111111111111:role/release"}, ApprovalMinutes: 15, KeepMinutes: 30},
		PublicListenerARN: pulumi.String(elbARN + "listener/public"), InternalListenerARN: pulumi.String(elbARN + "listener/internal"),
		TestListenerARN: pulumi.String(elbARN + "listener/test"),
		BucketName:      pulumi.String("production-deployments"), BucketARN: pulumi.String("arn:aws:s3:::production-deployments"), KeyARN: pulumi.String(keyARN),
		Application: pulumi.String("production"), DeploymentConfig: pulumi.String("CodeDeployDefault.AllAtOnce"),
		Template: release.Template{
			ID: pulumi.String("lt-0123456789abcdef0"), Version: pulumi.String("7"), ARN: pulumi.String(ec2ARN + "launch-template/lt-0123456789abcdef0"),
		},
		InstanceRoleARN: pulumi.String("arn:aws:iam::111111111111:role/instance"),
		Instances:       config.Fleet{InstanceTypes: []string{"t3.medium", "t3a.medium"}, Min: 3, Desired: 3, Max: 9, SpotPercentage: 25},
		Fleets:          map[color.Color]release.Fleet{color.Blue: fleet("blue"), color.Green: fleet("green")},
	}
}

func fleet(name string) release.Fleet {
	return release.Fleet{
		GroupName: pulumi.String("production-" + name), GroupARN: pulumi.String(asgARN + "production-" + name),
		DeploymentGroup: pulumi.String("production-" + name), Alarm: pulumi.String("production-" + name + "-unhealthy"),
		Alarms:                 pulumi.ToStringArray([]string{"production-" + name + "-errors", "production-" + name + "-hosts"}),
		PublicTargetGroupARN:   pulumi.String(elbARN + "targetgroup/public-" + name),
		InternalTargetGroupARN: pulumi.String(elbARN + "targetgroup/internal-" + name),
	}
}

// plan registers the release of args and nothing else.
func plan(args release.Args, preview bool) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "production", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"111111111111"}),
		})
		if err != nil {
			return nil, err
		}
		_, err = release.New(ctx, "production-release", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "production", Preview: preview})
}

// document is what the tests read of an Automation document.
type document struct {
	SchemaVersion, AssumeRole string
	Parameters                map[string]struct{ AllowedPattern string }
	MainSteps                 []step
}

type step struct {
	Name, Action                  string
	NextStep, OnFailure, OnCancel string
	IsEnd                         bool
	IsCritical                    *bool
	TimeoutSeconds, MaxAttempts   int
	Inputs                        map[string]any
	Outputs                       []struct{ Name, Selector, Type string }
}

// runbook reads the document that brings a color live back.
func runbook(t *testing.T, args release.Args, to color.Color) document {
	t.Helper()
	return read(t, args, "production-release-"+string(to))
}

// refresh reads the document that replaces a live color's instances back.
func refresh(t *testing.T, args release.Args, of color.Color) document {
	t.Helper()
	return read(t, args, "production-release-refresh-"+string(of))
}

func read(t *testing.T, args release.Args, name string) document {
	t.Helper()
	g, err := plan(args, false)
	require.NoError(t, err)
	resource, err := g.One("aws:ssm/document:Document", name)
	require.NoError(t, err)
	var found document
	require.NoError(t, json.Unmarshal([]byte(resource.String("content")), &found))
	require.NotEmpty(t, found.MainSteps)
	return found
}

// at returns the step of a name.
func (d document) at(t *testing.T, name string) step {
	t.Helper()
	for _, s := range d.MainSteps {
		if s.Name == name {
			return s
		}
	}
	require.Fail(t, "no step "+name)
	return step{}
}

func TestTheDocumentsHaveTheNamesThatPipelinesType(t *testing.T) {
	g, err := plan(args(), false)
	require.NoError(t, err)
	role, err := g.One("aws:iam/role:Role", "production-release")
	require.NoError(t, err)
	require.Len(t, g.OfType("aws:ssm/document:Document"), 4)
	for logical, physical := range map[string]string{
		"production-release-blue": "production-release-blue", "production-release-green": "production-release-green",
		"production-release-refresh-blue": "production-refresh-blue", "production-release-refresh-green": "production-refresh-green",
	} {
		resource, err := g.One("aws:ssm/document:Document", logical)
		require.NoError(t, err)
		assert.Equal(t, physical, resource.String("name"))
		assert.Equal(t, "Automation", resource.String("documentType"))
		assert.Less(t, len(resource.String("content")), 64<<10, "Systems Manager takes 64 KB")

		found := read(t, args(), logical)
		assert.Equal(t, "0.3", found.SchemaVersion)
		assert.Equal(t, role.Outputs["arn"], found.AssumeRole)
	}
}

func TestTheTextIsTheSameEveryTime(t *testing.T) {
	for _, c := range color.Both() {
		var texts []string
		for range 5 {
			g, err := plan(args(), false)
			require.NoError(t, err)
			resource, err := g.One("aws:ssm/document:Document", "production-release-"+string(c))
			require.NoError(t, err)
			texts = append(texts, resource.String("content"))
		}
		for _, text := range texts {
			assert.Equal(t, texts[0], text, "a text that varies is a change in every preview")
		}
	}
}

func TestAPreviewRegistersTheSame(t *testing.T) {
	preview, err := plan(args(), true)
	require.NoError(t, err)
	update, err := plan(args(), false)
	require.NoError(t, err)
	require.Len(t, preview.Resources, len(update.Resources))
	for i := range update.Resources {
		assert.Equal(t, update.Resources[i].URN, preview.Resources[i].URN)
	}
}
