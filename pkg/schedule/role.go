package schedule

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/automation"
	"aws-platform/pkg/policy"
)

// grant is one statement of a role's policy, whose resources AWS may have to make first.
type grant struct {
	sid       string
	actions   []string
	resources pulumi.StringArray
	condition policy.Condition
}

// permissions is the policy of grants.
func permissions(grants []grant) pulumi.StringOutput {
	resources := make([]any, len(grants))
	for i, g := range grants {
		resources[i] = g.resources
	}
	return pulumi.All(resources...).ApplyT(func(known []any) string {
		statements := make([]policy.Statement, len(grants))
		for i, g := range grants {
			statements[i] = policy.Statement{
				Sid: g.sid, Effect: policy.Allow, Action: g.actions, Resource: known[i].([]string), Condition: g.condition,
			}
		}
		return policy.Document(statements...)
	}).(pulumi.StringOutput)
}

// newRole makes a role and its policy.
func (b *builder) newRole(suffix, says, trust string, grants []grant) (*iam.Role, *iam.RolePolicy, error) {
	role, err := iam.NewRole(b.ctx, b.name+"-"+suffix, &iam.RoleArgs{
		Description:      pulumi.String(says + " of " + b.args.Environment),
		AssumeRolePolicy: pulumi.String(trust),
		Tags:             pulumi.StringMap{"Name": pulumi.String(b.args.Environment + "-" + suffix)},
	}, pulumi.Parent(b.schedule))
	if err != nil {
		return nil, nil, err
	}
	inline, err := iam.NewRolePolicy(b.ctx, b.name+"-"+suffix, &iam.RolePolicyArgs{
		Role: role.ID(), Policy: permissions(grants),
	}, pulumi.Parent(b.schedule))
	return role, inline, err
}

// role makes the role that EventBridge Scheduler acts as.
func (b *builder) role() (err error) {
	b.schedule.Role, b.policy, err = b.newRole("hours", "Night and weekend", b.trust("scheduler.amazonaws.com", "ArnEquals",
		// The group's, which is what the Scheduler passes, and no schedule's (Amazon EventBridge
		// Scheduler User Guide, "Confused deputy prevention").
		b.arn("scheduler", "schedule-group/"+GroupName(b.args.Environment))), b.grants())
	return err
}

// grants are the calls that are scheduled.
func (b *builder) grants() []grant {
	var documents pulumi.StringArray
	for _, action := range actions() {
		name := b.args.documentName(action)
		documents = append(documents,
			// A version is part of what is asked for, $DEFAULT where nobody names one.
			pulumi.String(b.arn("ssm", "automation-definition/"+name+":*")), pulumi.String(b.arn("ssm", "document/"+name)))
	}
	all := []grant{
		{sid: "SizeTheFleet", actions: []string{"ssm:StartAutomationExecution"}, resources: documents},
		// Who starts a document with a role passes that role.
		{sid: "PassTheFleetsRole", actions: []string{"iam:PassRole"}, resources: pulumi.StringArray{b.schedule.FleetRole.Arn},
			condition: policy.Condition{"StringEquals": {"iam:PassedToService": "ssm.amazonaws.com"}}}, //nolint:gosec // a service, no credential
	}
	if b.args.Database != nil {
		all = append(all, grant{
			sid: "StopAndStartTheDatabase", actions: []string{"rds:StartDBInstance", "rds:StopDBInstance"},
			resources: pulumi.StringArray{b.args.Database.ARN},
		})
	}
	if len(b.args.Nodes) > 0 {
		var groups pulumi.StringArray
		for _, name := range slices.Sorted(maps.Keys(b.args.Nodes)) {
			groups = append(groups, b.args.Nodes[name].ARN)
		}
		all = append(all, grant{sid: "SizeTheNodes", actions: []string{"eks:UpdateNodegroupConfig"}, resources: groups})
	}
	return all
}

// fleetRole makes the role that the documents act as.
func (b *builder) fleetRole() (err error) {
	b.schedule.FleetRole, _, err = b.newRole("hours-fleet", "Night and weekend of the fleet", b.trust("ssm.amazonaws.com", "ArnLike",
		b.arn("ssm", "automation-execution/*")), b.fleetGrants())
	return err
}

// fleetGrants are the calls of the documents' steps.
func (b *builder) fleetGrants() []grant {
	groups := pulumi.StringArray{b.args.Fleet.Blue.ARN}
	if b.args.Fleet.TestListenerARN == nil {
		return []grant{{sid: "SizeTheFleet", actions: []string{"autoscaling:UpdateAutoScalingGroup"}, resources: groups}}
	}
	groups = append(groups, b.args.Fleet.Green.ARN)
	return []grant{
		// DescribeListeners has no resource type (Service Authorization Reference, Elastic Load Balancing V2).
		{sid: "Look", actions: []string{"elasticloadbalancing:DescribeListeners"}, resources: pulumi.StringArray{pulumi.String("*")}},
		{sid: "SizeTheFleet", actions: []string{"autoscaling:UpdateAutoScalingGroup"}, resources: groups},
		{sid: "Lock", actions: []string{"ssm:DeleteParameter", "ssm:PutParameter"},
			resources: pulumi.StringArray{pulumi.String(b.arn("ssm", "parameter"+automation.LockParameter(b.args.Environment)))}},
	}
}

// trust lets a service act as a role for one source of this account.
func (b *builder) trust(service, operator, source string) string {
	return policy.Document(policy.Statement{
		Effect:    policy.Allow,
		Principal: map[string]any{"Service": service},
		Action:    []string{"sts:AssumeRole"},
		Condition: policy.Condition{
			"StringEquals": {"aws:SourceAccount": b.args.AccountID},
			operator:       {"aws:SourceArn": source},
		},
	})
}

// arn is the ARN of something of this account and region.
func (b *builder) arn(service, resource string) string {
	return fmt.Sprintf("arn:%s:%s:%s:%s:%s", b.args.Partition, service, b.args.Region, b.args.AccountID, resource)
}
