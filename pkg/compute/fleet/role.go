package fleet

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/policy"
)

// instanceRole makes the role of the instances and the profile that carries it.
func (b *builder) instanceRole() (err error) {
	b.fleet.InstanceRole, err = iam.NewRole(b.ctx, b.child(both), &iam.RoleArgs{
		Description: pulumi.String("Instances of the fleet of " + b.args.Environment),
		AssumeRolePolicy: pulumi.String(policy.Document(policy.Statement{
			// EC2 sends no aws:SourceAccount here: the role's own account launches the instance.
			Effect:    policy.Allow,
			Principal: map[string]any{"Service": "ec2.amazonaws.com"},
			Action:    []string{"sts:AssumeRole"},
		})),
		Tags: b.tags(both),
	}, b.parent()...)
	if err != nil {
		return err
	}
	b.fleet.instancePolicy, err = iam.NewRolePolicy(b.ctx, b.child(both), &iam.RolePolicyArgs{
		Role:   b.fleet.InstanceRole.ID(),
		Policy: b.instancePolicy(),
	}, b.parent()...)
	if err != nil {
		return err
	}
	b.fleet.instanceProfile, err = iam.NewInstanceProfile(b.ctx, b.child(both), &iam.InstanceProfileArgs{
		Role: b.fleet.InstanceRole.Name,
		Tags: b.tags(both),
	}, b.parent()...)
	return err
}

// instancePolicy is all that an instance may do. The CodeDeploy agent needs no
// statement: it identifies itself by the instance's identity document. What the
// application may do besides, as with the data stores, is attached by the environment.
func (b *builder) instancePolicy() pulumi.StringOutput {
	return pulumi.All(b.fleet.LogGroup.Arn, b.fleet.DeploymentBucket.ARN, b.args.S3KeyARN).ApplyT(func(arns []any) string {
		logGroup, deployments, key := arns[0].(string), arns[1].(string), arns[2].(string)
		sessions := append(policy.SessionManager(), policy.RecordedSessions(b.args.Partition, b.args.Region, b.args.AccountID)...)
		return policy.Document(append(sessions,
			policy.Statement{
				Sid: "WritesTheFleetsLogs", Effect: policy.Allow,
				Action:   []string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
				Resource: []string{logGroup, logGroup + ":*"},
			},
			policy.Statement{
				Sid: "WritesTheFleetsMetrics", Effect: policy.Allow, Action: []string{"cloudwatch:PutMetricData"},
				Resource:  []string{"*"}, // the action knows no resources, only namespaces
				Condition: policy.Condition{"StringEquals": {"cloudwatch:namespace": metricNamespace(b.args)}},
			},
			policy.Statement{
				Sid: "ReadsRevisions", Effect: policy.Allow,
				Action:   []string{"s3:GetObject", "s3:GetObjectVersion"},
				Resource: []string{deployments + "/*"},
			},
			policy.Statement{
				Sid: "DecryptsRevisions", Effect: policy.Allow, Action: []string{"kms:Decrypt"}, Resource: []string{key},
				Condition: policy.Condition{"StringEquals": {"kms:ViaService": "s3." + b.args.Region + ".amazonaws.com"}},
			})...)
	}).(pulumi.StringOutput)
}
