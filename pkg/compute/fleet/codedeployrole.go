package fleet

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/compute/color"
	"aws-platform/pkg/policy"
)

// codeDeployRole makes the role that CodeDeploy works as, and returns it with the
// policy that makes it fit for use.
func (b *builder) codeDeployRole() (*iam.Role, pulumi.Resource, error) {
	role, err := iam.NewRole(b.ctx, b.child(deployer), &iam.RoleArgs{
		Description: pulumi.String("CodeDeploy in " + b.args.Environment),
		AssumeRolePolicy: pulumi.String(policy.Document(policy.Statement{
			Effect:    policy.Allow,
			Principal: map[string]any{"Service": "codedeploy.amazonaws.com"},
			Action:    []string{"sts:AssumeRole"},
			// AWS CodeDeploy User Guide, "Cross-service confused deputy prevention".
			Condition: policy.Condition{
				"StringEquals": {"aws:SourceAccount": b.args.AccountID},
				"ArnLike":      {"aws:SourceArn": b.arn("codedeploy", "deploymentgroup:"+b.args.Environment+"/"+b.physical("*"))},
			},
		})),
		Tags: b.tags(deployer),
	}, b.parent()...)
	if err != nil {
		return nil, nil, err
	}
	ready, err := iam.NewRolePolicy(b.ctx, b.child(deployer), &iam.RolePolicyArgs{
		Role:   role.ID(),
		Policy: b.codeDeployPolicy(),
	}, b.parent()...)
	return role, ready, err
}

// codeDeployPolicy is what a deployment in place with traffic control needs of the
// managed policy AWSCodeDeployRole: none of its actions that make, change or delete
// auto scaling groups, end instances or write alarms.
func (b *builder) codeDeployPolicy() pulumi.StringOutput {
	var targetGroups []any
	for _, c := range color.Both() {
		targetGroups = append(targetGroups, b.args.TargetGroups[c].Public.ARN, b.args.TargetGroups[c].Internal.ARN)
	}
	return pulumi.All(targetGroups...).ApplyT(func(arns []any) string {
		statements := []policy.Statement{looksAround(), b.lifecycleHooks()}
		if b.args.Config.HTTPS() {
			statements = append(statements, trafficControl(arns))
		}
		return policy.Document(statements...)
	}).(pulumi.StringOutput)
}

func looksAround() policy.Statement {
	return policy.Statement{
		Sid: "LooksAround", Effect: policy.Allow, Resource: []string{"*"}, // none of these actions knows resources
		Action: []string{
			"autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeLifecycleHooks", "cloudwatch:DescribeAlarms",
			"ec2:DescribeInstances", "ec2:DescribeInstanceStatus",
			"elasticloadbalancing:DescribeLoadBalancerAttributes", "elasticloadbalancing:DescribeLoadBalancers",
			"elasticloadbalancing:DescribeTargetGroupAttributes", "elasticloadbalancing:DescribeTargetGroups",
			"elasticloadbalancing:DescribeTargetHealth", "tag:GetResources",
		},
	}
}

// lifecycleHooks lets CodeDeploy hold a new instance until it has the revision.
func (b *builder) lifecycleHooks() policy.Statement {
	var groups []string
	for _, c := range color.Both() {
		groups = append(groups, b.arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/"+b.physical(string(c))))
	}
	return policy.Statement{
		Sid: "HoldsNewInstances", Effect: policy.Allow, Resource: groups,
		Action: []string{
			"autoscaling:CompleteLifecycleAction", "autoscaling:DeleteLifecycleHook",
			"autoscaling:PutLifecycleHook", "autoscaling:RecordLifecycleActionHeartbeat",
		},
	}
}

func trafficControl(arns []any) policy.Statement {
	statement := policy.Statement{
		Sid: "ControlsTraffic", Effect: policy.Allow,
		Action: []string{"elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"},
	}
	for _, arn := range arns {
		statement.Resource = append(statement.Resource, arn.(string))
	}
	return statement
}

// arn is the ARN of a resource of the environment's account and region.
func (b *builder) arn(service, resource string) string {
	return fmt.Sprintf("arn:%s:%s:%s:%s:%s", b.args.Partition, service, b.args.Region, b.args.AccountID, resource)
}
