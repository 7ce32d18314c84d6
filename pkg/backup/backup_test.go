package backup_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/backup"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const (
	key           = "arn:aws:kms:us-east-1:111111111111:key/mrk-00000000000000000000000000000000"
	topic         = "arn:aws:sns:us-east-1:111111111111:production-warning"
	vaultType     = "aws:backup/vault:Vault"
	lockType      = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
	planType      = "aws:backup/plan:Plan"
	selectionType = "aws:backup/selection:Selection"
	roleType      = "aws:iam/role:Role"
	testType      = "aws:backup/restoreTestingPlan:RestoreTestingPlan"
)

func whole() backup.Args {
	return backup.Args{
		Environment: "production-pci", AccountID: "111111111111", Region: "us-east-1", Partition: "aws",
		KeyARN: pulumi.String(key), TopicARN: pulumi.String(topic), ContinuousDays: 35, RestoreSubnetGroup: "production-pci-postgresql",
		Config: config.Backup{
			Schedule: "cron(30 23 * * ? *)", DailyRetentionDays: 35, MonthlyRetentionDays: 365, ColdStorageAfterDays: 30,
			CopyRegion:     "us-west-2",
			Lock:           config.BackupLock{Enabled: true, MinRetentionDays: 7, MaxRetentionDays: 366},
			RestoreTesting: config.RestoreTesting{Enabled: true, Schedule: "cron(0 6 ? * MON *)"},
		},
	}
}

// run registers the backup; the copy provider is that of the copy region, if any.
func run(args backup.Args, preview bool) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		here, err := provider(ctx, "aws", "us-east-1")
		if err != nil {
			return nil, err
		}
		if args.Config.CopyRegion != "" {
			if args.CopyProvider, err = provider(ctx, "copy", args.Config.CopyRegion); err != nil {
				return nil, err
			}
		}
		_, err = backup.New(ctx, "production-pci", args, pulumi.Provider(here))
		return nil, err
	}, record.Options{Project: "platform", Stack: "production-pci", Preview: preview})
}

func provider(ctx *pulumi.Context, name, region string) (*aws.Provider, error) {
	return aws.NewProvider(ctx, name, &aws.ProviderArgs{
		Region: pulumi.String(region), AllowedAccountIds: pulumi.ToStringArray([]string{"111111111111"}),
	})
}

func planned(t *testing.T, args backup.Args) *graph.Graph {
	t.Helper()
	g, err := run(args, false)
	require.NoError(t, err)
	return g
}

func one(t *testing.T, g *graph.Graph, typ, name string) graph.Resource {
	t.Helper()
	found, err := g.One(typ, name)
	require.NoError(t, err)
	return found
}

// rules are the plan's rules by name.
func rules(t *testing.T, g *graph.Graph) map[string]graph.Resource {
	t.Helper()
	list, _ := one(t, g, planType, "production-pci-backup").Inputs["rules"].([]any)
	byName := map[string]graph.Resource{}
	for _, rule := range list {
		rule := graph.Resource{Inputs: rule.(map[string]any)}
		byName[rule.String("ruleName")] = rule
	}
	assert.Len(t, list, len(byName))
	return byName
}

func TestThePlan(t *testing.T) {
	for _, preview := range []bool{false, true} {
		g, err := run(whole(), preview)
		require.NoError(t, err)
		rules := rules(t, g)
		assert.Len(t, rules, 3)
		for name, rule := range rules {
			assert.Equal(t, "production-pci", rule.String("targetVaultName"), name)
			assert.Equal(t, 60, rule.Int("startWindow"), "windows do not overlap")
			assert.Equal(t, name == "continuous", rule.Bool("enableContinuousBackup"))
			_, copied := rule.Lookup("copyActions[0]")
			assert.Equal(t, name != "continuous", copied, "%s: a continuous backup cannot be copied", name)
		}
		daily, monthly, continuous := rules["daily"], rules["monthly"], rules["continuous"]
		assert.Equal(t, "cron(30 23 * * ? *)", daily.String("schedule"))
		assert.Equal(t, "cron(30 23 1 * ? *)", monthly.String("schedule"), "the first of the month")
		assert.Equal(t, "cron(30 1 * * ? *)", continuous.String("schedule"), "two hours later")
		assert.Equal(t, 35, daily.Int("lifecycle.deleteAfter"))
		assert.Equal(t, 0, daily.Int("lifecycle.coldStorageAfter"))
		assert.Equal(t, 365, monthly.Int("lifecycle.deleteAfter"))
		assert.Equal(t, 30, monthly.Int("lifecycle.coldStorageAfter"))
		assert.Equal(t, 35, continuous.Int("lifecycle.deleteAfter"))
		assert.Equal(t, 35, daily.Int("copyActions[0].lifecycle.deleteAfter"))
		assert.Equal(t, 365, monthly.Int("copyActions[0].lifecycle.deleteAfter"))
		assert.Equal(t, 30, monthly.Int("copyActions[0].lifecycle.coldStorageAfter"))
	}
}

func TestThePlanWithoutWhatCanBeLeftOut(t *testing.T) {
	args := whole()
	args.ContinuousDays, args.Config.CopyRegion, args.Config.ColdStorageAfterDays = 0, "", 0
	args.Config.Lock, args.Config.RestoreTesting, args.RestoreSubnetGroup = config.BackupLock{}, config.RestoreTesting{}, ""
	g := planned(t, args)
	rules := rules(t, g)
	assert.Len(t, rules, 2)
	for name, rule := range rules {
		assert.NotContains(t, rule.Inputs, "copyActions", name)
		assert.Equal(t, 0, rule.Int("lifecycle.coldStorageAfter"), name)
	}
	assert.Len(t, g.OfType(vaultType), 1)
	for _, typ := range []string{lockType, testType, "aws:kms/replicaKey:ReplicaKey"} {
		assert.Empty(t, g.OfType(typ))
	}
	assert.Len(t, g.OfType(roleType), 2, "people restore too")
}

func TestTheSelectionIsByTagAndByARoleOfTheAccount(t *testing.T) {
	g := planned(t, whole())
	selection, plan := one(t, g, selectionType, "production-pci-backup"), one(t, g, planType, "production-pci-backup")
	assert.Equal(t, plan.ID, selection.String("planId"))
	assert.Equal(t, "STRINGEQUALS", selection.String("selectionTags[0].type"))
	assert.Equal(t, backup.TagKey, selection.String("selectionTags[0].key"))
	assert.Equal(t, "production-pci", selection.String("selectionTags[0].value"))
	assert.NotContains(t, selection.Inputs, "resources", "or everything of them is backed up, whatever its tags")
	for name, managed := range map[string]string{
		"production-pci-backup":         "AWSBackupServiceRolePolicyForBackup",
		"production-pci-backup-restore": "AWSBackupServiceRolePolicyForRestores",
	} {
		role := one(t, g, roleType, name)
		assert.Equal(t, name, role.String("name"))
		assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRole"],
			"Principal": {"Service": "backup.amazonaws.com"},
			"Condition": {"StringEquals": {"aws:SourceAccount": "111111111111"}}}]}`, role.String("assumeRolePolicy"))
		attached := one(t, g, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", name)
		assert.Equal(t, name, attached.String("role"))
		assert.Equal(t, "arn:aws:iam::aws:policy/service-role/"+managed, attached.String("policyArn"))
	}
	assert.Contains(t, selection.DependsOn, one(t, g, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "production-pci-backup").URN)
}

func TestARestoreIsTriedFromThisVault(t *testing.T) {
	g := planned(t, whole())
	plan := one(t, g, testType, "production-pci-backup-restore")
	assert.Equal(t, "production_pci", plan.String("name"), "letters, digits and underscores alone")
	assert.Equal(t, "cron(0 6 ? * MON *)", plan.String("scheduleExpression"))
	assert.Equal(t, []string{"arn:aws:backup:us-east-1:111111111111:backup-vault:production-pci"},
		plan.Strings("recoveryPointSelection.includeVaults"))
	selection := one(t, g, "aws:backup/restoreTestingSelection:RestoreTestingSelection", "production-pci-backup-restore")
	assert.Equal(t, "production_pci", selection.String("restoreTestingPlanName"))
	assert.Regexp(t, `^[A-Za-z0-9_]{1,50}$`, selection.String("name"))
	assert.Equal(t, "RDS", selection.String("protectedResourceType"))
	assert.Equal(t, "aws:ResourceTag/Backup", selection.String("protectedResourceConditions.stringEquals[0].key"))
	assert.Equal(t, "production-pci", selection.String("protectedResourceConditions.stringEquals[0].value"))
	assert.Equal(t, "production-pci-postgresql", selection.String("restoreMetadataOverrides.dbSubnetGroupName"))
	assert.Equal(t, "arn:aws:iam::111111111111:role/"+one(t, g, roleType, "production-pci-backup-restore").ID, selection.String("iamRoleArn"))
}
