package backup

import (
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// How restores are tested: a backup of the last days, kept restored for an hour.
const (
	testWindowDays   = 7
	testStartHours   = 1
	testKeptForHours = 1
)

// restores makes the role that restores, and the plan that tries whether backups can be.
func (b *builder) restores() error {
	name := b.name + "-restore"
	role, attached, err := b.role(name, b.args.Environment+"-backup-restore", "AWSBackupServiceRolePolicyForRestores")
	if err != nil {
		return err
	}
	b.backup.RestoreRole = role
	if !b.args.Config.RestoreTesting.Enabled {
		return nil
	}
	plan, err := backup.NewRestoreTestingPlan(b.ctx, name, &backup.RestoreTestingPlanArgs{
		Name:               pulumi.String(testName(b.args.Environment)),
		ScheduleExpression: pulumi.String(b.args.Config.RestoreTesting.Schedule),
		StartWindowHours:   pulumi.Int(testStartHours),
		RecoveryPointSelection: backup.RestoreTestingPlanRecoveryPointSelectionArgs{
			Algorithm:           pulumi.String("RANDOM_WITHIN_WINDOW"), // any of them must do, not the newest alone
			IncludeVaults:       pulumi.StringArray{b.backup.Vault.Arn},
			RecoveryPointTypes:  pulumi.ToStringArray([]string{"CONTINUOUS", "SNAPSHOT"}),
			SelectionWindowDays: pulumi.Int(testWindowDays),
		},
		Tags: tags(b.args.Environment),
	}, b.parent()...)
	if err != nil {
		return err
	}
	return b.testDatabases(name, plan, role, attached)
}

// testDatabases restores one of the environment's databases at a time. It is the only
// kind of resource of the environment that AWS Backup knows.
func (b *builder) testDatabases(name string, plan *backup.RestoreTestingPlan, role *iam.Role, attached pulumi.Resource) error {
	ofTheEnvironment := backup.RestoreTestingSelectionProtectedResourceConditionsStringEqualArray{
		backup.RestoreTestingSelectionProtectedResourceConditionsStringEqualArgs{
			Key: pulumi.String("aws:ResourceTag/" + TagKey), Value: pulumi.String(b.args.Environment),
		},
	}
	_, err := backup.NewRestoreTestingSelection(b.ctx, name, &backup.RestoreTestingSelectionArgs{
		Name:                   pulumi.String(testName(b.args.Environment) + "_rds"),
		RestoreTestingPlanName: plan.Name,
		ProtectedResourceType:  pulumi.String("RDS"),
		ProtectedResourceConditions: backup.RestoreTestingSelectionProtectedResourceConditionsArgs{
			StringEquals: ofTheEnvironment,
		},
		IamRoleArn: role.Arn,
		// AWS Backup infers the default VPC, which is gone (AWS Backup Developer Guide,
		// "Restore testing inferred metadata").
		RestoreMetadataOverrides: pulumi.StringMap{"dbSubnetGroupName": pulumi.String(b.args.RestoreSubnetGroup)},
		ValidationWindowHours:    pulumi.Int(testKeptForHours),
	}, b.parent(pulumi.DependsOn([]pulumi.Resource{attached}))...)
	return err
}

// testName is the environment's name in letters, digits and underscores, which is all
// that restore testing takes.
func testName(environment string) string { return strings.ReplaceAll(environment, "-", "_") }
