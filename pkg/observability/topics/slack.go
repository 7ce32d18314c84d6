package topics

import (
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/chatbot"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/policy"
)

// channel is a channel of Slack, and the topics that it hears.
type channel struct {
	config.SlackChannel
	topics []string
}

// channels are the channels in the order in which the topics name them, each once: AWS
// takes a channel once in an account.
func (b builder) channels() []channel {
	var list []channel
	for _, topic := range b.args.Topics {
		for _, named := range b.args.Subscriptions[topic].Slack {
			i := slices.IndexFunc(list, func(known channel) bool { return known.SlackChannel == named })
			if i < 0 {
				list, i = append(list, channel{SlackChannel: named}), len(list)
			}
			list[i].topics = append(list[i].topics, topic)
		}
	}
	return list
}

// slack has AWS Chatbot tell the channels. It subscribes itself to the topics by its
// service-linked role, and needs no key: SNS decrypts what it sends.
func (b builder) slack() error {
	channels := b.channels()
	if len(channels) == 0 {
		return nil
	}
	role, readOnly, err := b.slackRole()
	if err != nil {
		return err
	}
	for _, of := range channels {
		arns := pulumi.StringArray{}
		for _, topic := range of.topics {
			arns = append(arns, b.topics.ARNs[topic])
		}
		name := b.args.Scope + "-" + of.ChannelID
		if _, err := chatbot.NewSlackChannelConfiguration(b.ctx, b.name+"-slack-"+of.ChannelID, &chatbot.SlackChannelConfigurationArgs{
			ConfigurationName: pulumi.String(name),
			IamRoleArn:        role.Arn,
			SlackTeamId:       pulumi.String(of.TeamID),
			SlackChannelId:    pulumi.String(of.ChannelID),
			SnsTopicArns:      arns,
			// Without one AWS sets AdministratorAccess. It caps roles that members bring along, too.
			GuardrailPolicyArns:       pulumi.StringArray{readOnly.Arn},
			UserAuthorizationRequired: pulumi.Bool(false),    // the channel's role may no more than look at alarms
			LoggingLevel:              pulumi.String("NONE"), // what it would log is in us-east-1, without key and retention
			Tags:                      pulumi.StringMap{"Name": pulumi.String(name)},
		}, pulumi.Parent(b.topics)); err != nil {
			return err
		}
	}
	return nil
}

// slackRole makes the role of the channels' members, and the policy that caps them: to see
// an alarm and the graph of its metric (AWS Chatbot Administrator Guide, "Notification
// permissions", which has Describe*, Get* and List* of CloudWatch).
func (b builder) slackRole() (*iam.Role, *iam.Policy, error) {
	name, tags := b.name+"-slack", pulumi.StringMap{"Name": pulumi.String(b.args.Scope + "-slack")}
	role, err := iam.NewRole(b.ctx, name, &iam.RoleArgs{
		Name:        pulumi.String(b.args.Scope + "-slack"), // an account's begins as what nobody there may touch
		Description: pulumi.String("Members of Slack channels look at alarms, by AWS Chatbot"),
		AssumeRolePolicy: pulumi.String(policy.Document(policy.Statement{
			Effect:    policy.Allow,
			Principal: map[string]any{"Service": "chatbot.amazonaws.com"},
			Action:    []string{"sts:AssumeRole"},
		})),
		Tags: tags,
	}, pulumi.Parent(b.topics))
	if err != nil {
		return nil, nil, err
	}
	readOnly, err := iam.NewPolicy(b.ctx, name, &iam.PolicyArgs{
		Name:        pulumi.String(b.args.Scope + "-slack"),
		Description: pulumi.String("Look at alarms and their metrics"),
		Policy: pulumi.String(policy.Document(policy.Statement{
			Sid:    "LookAtAlarms",
			Effect: policy.Allow,
			Action: []string{
				"cloudwatch:DescribeAlarmHistory", "cloudwatch:DescribeAlarms", "cloudwatch:DescribeAlarmsForMetric",
				"cloudwatch:GetMetricData", "cloudwatch:GetMetricStatistics", "cloudwatch:GetMetricWidgetImage", "cloudwatch:ListMetrics",
			},
			Resource: []string{"*"}, // metrics have no ARN, and the graph of an alarm may be of any
		})),
		Tags: tags,
	}, pulumi.Parent(b.topics))
	if err != nil {
		return nil, nil, err
	}
	_, err = iam.NewRolePolicyAttachment(b.ctx, name, &iam.RolePolicyAttachmentArgs{Role: role.Name, PolicyArn: readOnly.Arn}, pulumi.Parent(b.topics))
	return role, readOnly, err
}
