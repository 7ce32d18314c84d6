package network

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/policy"
)

// aggregationSeconds is the shorter of the two intervals that VPC flow logs offer.
const aggregationSeconds = 60

// flowLogFields are all fields up to version 5 (Amazon VPC User Guide, "Flow log
// records"): who, where, which way, and through which gateway.
var flowLogFields = []string{
	"version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol", "packets", "bytes",
	"start", "end", "action", "log-status", "vpc-id", "subnet-id", "instance-id", "tcp-flags", "type", "pkt-srcaddr",
	"pkt-dstaddr", "region", "az-id", "sublocation-type", "sublocation-id", "pkt-src-aws-service", "pkt-dst-aws-service",
	"flow-direction", "traffic-path",
}

// flowLogs records all traffic of the VPC, accepted and rejected (PCI DSS v4.0.1
// requirement 10.2), in a protected and encrypted log group.
func (b *builder) flowLogs() error {
	group, err := cloudwatch.NewLogGroup(b.ctx, b.child("flow-logs"), &cloudwatch.LogGroupArgs{
		Name:            pulumi.String("/" + b.args.Environment + "/vpc/flow-logs"),
		RetentionInDays: pulumi.Int(config.LogRetention(b.args.LogRetentionDays)),
		KmsKeyId:        b.args.LogKeyARN,
		Tags:            b.tags("flow-logs"),
	}, b.parent(pulumi.Protect(true))...)
	if err != nil {
		return err
	}
	b.net.FlowLogGroup = group
	role, err := b.flowLogRole(group)
	if err != nil {
		return err
	}
	_, err = ec2.NewFlowLog(b.ctx, b.child("flow-logs"), &ec2.FlowLogArgs{
		VpcId:                  b.net.VPC.ID(),
		TrafficType:            pulumi.String("ALL"),
		LogDestinationType:     pulumi.String("cloud-watch-logs"),
		LogDestination:         group.Arn,
		IamRoleArn:             role.Arn,
		MaxAggregationInterval: pulumi.Int(aggregationSeconds),
		LogFormat:              pulumi.String("${" + strings.Join(flowLogFields, "} ${") + "}"),
		Tags:                   b.tags("flow-logs"),
	}, b.parent()...)
	return err
}

// flowLogRole makes the role by which the flow log service of this account
// writes to the one log group.
func (b *builder) flowLogRole(group *cloudwatch.LogGroup) (*iam.Role, error) {
	trust := policy.Document(policy.Statement{
		Effect:    policy.Allow,
		Principal: map[string]any{"Service": "vpc-flow-logs.amazonaws.com"},
		Action:    []string{"sts:AssumeRole"},
		Condition: policy.Condition{
			"StringEquals": {"aws:SourceAccount": b.args.AccountID},
			"ArnLike": {"aws:SourceArn": fmt.Sprintf("arn:%s:ec2:%s:%s:vpc-flow-log/*",
				b.args.Partition, b.args.Region, b.args.AccountID)},
		},
	})
	role, err := iam.NewRole(b.ctx, b.child("flow-logs"), &iam.RoleArgs{
		Description:      pulumi.String("Writes the VPC flow logs of " + b.args.Environment),
		AssumeRolePolicy: pulumi.String(trust),
		Tags:             b.tags("flow-logs"),
	}, b.parent()...)
	if err != nil {
		return nil, err
	}
	_, err = iam.NewRolePolicy(b.ctx, b.child("flow-logs"), &iam.RolePolicyArgs{
		Role: role.ID(),
		Policy: group.Arn.ApplyT(func(arn string) string {
			return policy.Document(policy.Statement{
				Effect:   policy.Allow,
				Action:   []string{"logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"},
				Resource: []string{arn, arn + ":*"},
			})
		}).(pulumi.StringOutput),
	}, b.parent()...)
	return role, err
}
