package topics_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/observability/topics"
)

const (
	key   = "arn:aws:kms:us-east-1:111111111111:key/00000000-0000-0000-0000-000000000000"
	topic = "arn:aws:sns:us-east-1:111111111111:production-alarms"
)

func whole() topics.Args {
	return topics.Args{
		Environment: "production", AccountID: "111111111111", Region: "us-east-1", Partition: "aws", KeyARN: pulumi.String(key),
	}
}

func run(args topics.Args, preview bool) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"111111111111"}),
		})
		if err != nil {
			return nil, err
		}
		made, err := topics.New(ctx, "production", args, pulumi.Provider(provider))
		if err != nil {
			return nil, err
		}
		return pulumi.Map{"arn": made.ARN}, nil
	}, record.Options{Project: "platform", Stack: "production", Preview: preview})
}

func TestTheTopicIsEncryptedAndOpenToTheAccountsServices(t *testing.T) {
	for _, preview := range []bool{false, true} {
		g, err := run(whole(), preview)
		require.NoError(t, err)
		made, err := g.One("aws:sns/topic:Topic", "production-alarms")
		require.NoError(t, err)
		assert.Equal(t, "production-alarms", made.String("name"))
		assert.Equal(t, key, made.String("kmsMasterKeyId"))
		attached, err := g.One("aws:sns/topicPolicy:TopicPolicy", "production-alarms")
		require.NoError(t, err)
		assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [
			{"Sid": "AWSServicesPublishAlarms", "Effect": "Allow", "Action": ["sns:Publish"], "Resource": ["`+topic+`"],
			 "Principal": {"Service": ["cloudwatch.amazonaws.com", "backup.amazonaws.com", "events.rds.amazonaws.com"]},
			 "Condition": {"StringEquals": {"aws:SourceAccount": "111111111111"}}},
			{"Sid": "DenyPlainHTTP", "Effect": "Deny", "Action": ["sns:Publish"], "Resource": ["`+topic+`"],
			 "Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}`, attached.String("policy"))
	}
}

func TestWhoUsesTheTopicWaitsForItsPolicy(t *testing.T) {
	g, err := run(whole(), false)
	require.NoError(t, err)
	assert.Equal(t, topic, g.Outputs["arn"])
	attached, err := g.One("aws:sns/topicPolicy:TopicPolicy", "production-alarms")
	require.NoError(t, err)
	assert.Equal(t, topic, attached.String("arn"))
}

func TestAFieldThatIsMissingIsRefused(t *testing.T) {
	for name, empty := range map[string]func(*topics.Args){
		"Environment": func(a *topics.Args) { a.Environment = "" },
		"AccountID":   func(a *topics.Args) { a.AccountID = "" },
		"Region":      func(a *topics.Args) { a.Region = "" },
		"Partition":   func(a *topics.Args) { a.Partition = "" },
		"KeyARN":      func(a *topics.Args) { a.KeyARN = nil },
	} {
		t.Run(name, func(t *testing.T) {
			args := whole()
			empty(&args)
			g, err := run(args, false)
			assert.ErrorContains(t, err, "topics.Args."+name+": ")
			assert.Empty(t, g.OfType(topics.TypeToken), "nothing is registered")
		})
	}
}
