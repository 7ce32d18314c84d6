package topics

import (
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/policy"
)

// events makes the role by which EventBridge's rules publish to the security topic. A rule
// of another account cannot have EventBridge take it (Amazon EventBridge User Guide,
// "Cross-service confused deputy prevention").
func (b builder) events() error {
	if len(b.args.EventRuleARNs) == 0 {
		return nil
	}
	name := b.name + "-events"
	trust := policy.Document(policy.Statement{
		Effect:    policy.Allow,
		Principal: map[string]any{"Service": "events.amazonaws.com"},
		Action:    []string{"sts:AssumeRole"},
		Condition: policy.Condition{
			"StringEquals": {"aws:SourceAccount": b.args.AccountID},
			"ArnEquals":    {"aws:SourceArn": slices.Sorted(slices.Values(b.args.EventRuleARNs))},
		},
	})
	role, err := iam.NewRole(b.ctx, name, &iam.RoleArgs{
		Name:             pulumi.String(b.args.Scope + "-events"), // an account's begins as what nobody there may touch
		Description:      pulumi.String("EventBridge's rules publish to " + b.args.Scope + "-" + config.SecurityTopic),
		AssumeRolePolicy: pulumi.String(trust),
		Tags:             pulumi.StringMap{"Name": pulumi.String(b.args.Scope + "-events")},
	}, pulumi.Parent(b.topics))
	if err != nil {
		return err
	}
	attached, err := iam.NewRolePolicy(b.ctx, name, &iam.RolePolicyArgs{
		Role: role.Name,
		Policy: b.args.KeyARN.ToStringOutput().ApplyT(func(key string) string {
			return policy.Document(
				policy.Statement{Sid: "Publish", Effect: policy.Allow, Action: []string{"sns:Publish"}, Resource: []string{b.arn(config.SecurityTopic)}},
				policy.Statement{
					Sid: "Encrypt", Effect: policy.Allow, Action: []string{"kms:Decrypt", "kms:GenerateDataKey*"}, Resource: []string{key},
					Condition: policy.Condition{"StringEquals": {"kms:ViaService": fmt.Sprintf("sns.%s.amazonaws.com", b.args.Region)}},
				},
			)
		}).(pulumi.StringOutput),
	}, pulumi.Parent(b.topics))
	if err != nil {
		return err
	}
	// Known once it may publish.
	b.topics.EventsRoleARN = pulumi.All(role.Arn, attached.ID()).ApplyT(func(values []any) string { return values[0].(string) }).(pulumi.StringOutput)
	return nil
}
