package backup

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/policy"
)

// The windows of a job, in minutes. An hour to start in is the least that AWS Backup
// takes, and keeps the windows of the rules apart.
const (
	startWindowMinutes      = 60
	completionWindowMinutes = 720
)

// plan makes the plan and selects by tag what it backs up.
func (b *builder) plan() (err error) {
	b.backup.Plan, err = backup.NewPlan(b.ctx, b.name, &backup.PlanArgs{
		Name:  pulumi.String(b.args.Environment),
		Rules: b.rules(),
		Tags:  tags(b.args.Environment),
	}, b.parent()...)
	if err != nil {
		return err
	}
	role, attached, err := b.role(b.name, b.args.Environment+"-backup", "AWSBackupServiceRolePolicyForBackup")
	if err != nil {
		return err
	}
	_, err = backup.NewSelection(b.ctx, b.name, &backup.SelectionArgs{
		Name:       pulumi.String(b.args.Environment),
		PlanId:     b.backup.Plan.ID(),
		IamRoleArn: role.Arn,
		SelectionTags: backup.SelectionSelectionTagArray{backup.SelectionSelectionTagArgs{
			Type: pulumi.String("STRINGEQUALS"), Key: pulumi.String(TagKey), Value: pulumi.String(b.args.Environment),
		}},
	}, b.parent(pulumi.DependsOn([]pulumi.Resource{attached}), pulumi.DeleteBeforeReplace(true))...)
	return err
}

// rules are the daily, the monthly and the continuous backup, all in one vault.
func (b *builder) rules() backup.PlanRuleArray {
	at, _ := parseDaily(b.args.Config.Schedule) // validated
	daily := b.rule("daily", b.args.Config.Schedule, b.args.Config.DailyRetentionDays, 0)
	monthly := b.rule("monthly", at.monthly(), b.args.Config.MonthlyRetentionDays, b.args.Config.ColdStorageAfterDays)
	if b.args.ContinuousDays == 0 {
		return backup.PlanRuleArray{daily, monthly}
	}
	continuous := b.rule("continuous", at.continuous(), b.args.ContinuousDays, 0)
	continuous.EnableContinuousBackup = pulumi.Bool(true)
	continuous.CopyActions = nil // a copy cannot be restored to any second, and the daily one is copied already
	return backup.PlanRuleArray{daily, monthly, continuous}
}

// rule keeps backups so many days, and copies of them as long; cold is after how many
// days they move to cold storage, 0 for never.
func (b *builder) rule(name, schedule string, days, cold int) backup.PlanRuleArgs {
	lifecycle := backup.PlanRuleLifecycleArgs{DeleteAfter: pulumi.Int(days)}
	copied := backup.PlanRuleCopyActionLifecycleArgs{DeleteAfter: pulumi.Int(days)}
	if cold > 0 {
		lifecycle.ColdStorageAfter, copied.ColdStorageAfter = pulumi.Int(cold), pulumi.Int(cold)
	}
	rule := backup.PlanRuleArgs{
		RuleName:         pulumi.String(name),
		TargetVaultName:  b.backup.Vault.Name,
		Schedule:         pulumi.String(schedule),
		StartWindow:      pulumi.Int(startWindowMinutes),
		CompletionWindow: pulumi.Int(completionWindowMinutes),
		Lifecycle:        lifecycle,
	}
	if b.backup.CopyVault != nil {
		rule.CopyActions = backup.PlanRuleCopyActionArray{
			backup.PlanRuleCopyActionArgs{DestinationVaultArn: b.backup.CopyVault.Arn, Lifecycle: copied},
		}
	}
	return rule
}

// role makes a role that AWS Backup assumes for this account, with one of AWS' policies
// for it: they name what each kind of resource needs, and AWS keeps them current.
func (b *builder) role(name, physical, managed string) (*iam.Role, *iam.RolePolicyAttachment, error) {
	role, err := iam.NewRole(b.ctx, name, &iam.RoleArgs{
		Name:        pulumi.String(physical), // people pass it to start-restore-job
		Description: pulumi.String("AWS Backup of " + b.args.Environment),
		AssumeRolePolicy: pulumi.String(policy.Document(policy.Statement{
			Effect:    policy.Allow,
			Principal: map[string]any{"Service": "backup.amazonaws.com"},
			Action:    []string{"sts:AssumeRole"},
			Condition: policy.Condition{"StringEquals": {"aws:SourceAccount": b.args.AccountID}},
		})),
		Tags: tags(physical),
	}, b.parent()...)
	if err != nil {
		return nil, nil, err
	}
	attached, err := iam.NewRolePolicyAttachment(b.ctx, name, &iam.RolePolicyAttachmentArgs{
		Role:      role.Name,
		PolicyArn: pulumi.String("arn:" + b.args.Partition + ":iam::aws:policy/service-role/" + managed),
	}, b.parent()...)
	return role, attached, err
}
