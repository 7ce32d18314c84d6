package data

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/policy"
)

// insightsDays is the retention that Database Insights has in its standard mode.
const insightsDays = 7

// instance makes the database. No password is ever an input: RDS makes the
// administrator's, or there is none.
func (b *postgresqlBuilder) instance() (err error) {
	c := b.args.Config
	args := b.common()
	args.Identifier = pulumi.String(b.identifier())
	args.Engine, args.EngineVersion = pulumi.String("postgres"), pulumi.String(c.EngineVersion)
	// Somebody reviewed the change of engineVersion; RDS makes it in the maintenance window.
	args.AllowMajorVersionUpgrade = pulumi.Bool(true)
	args.DbName, args.Username = pulumi.String(c.DatabaseName), pulumi.String(c.MasterUsername)
	if c.ManageMasterUserPassword {
		args.ManageMasterUserPassword = pulumi.Bool(true)
		args.MasterUserSecretKmsKeyId = b.args.KeyARN.ToStringOutput().ToStringPtrOutput()
	}
	args.AllocatedStorage, args.KmsKeyId = pulumi.Int(c.AllocatedStorageGiB), b.args.KeyARN.ToStringOutput().ToStringPtrOutput()
	args.DbSubnetGroupName = b.subnetGroup.Name.ToStringPtrOutput()
	args.MultiAz = pulumi.Bool(c.MultiAZ)
	args.BackupRetentionPeriod, args.BackupWindow = pulumi.Int(c.BackupRetentionDays), pulumi.String(c.BackupWindow)
	args.MaintenanceWindow = pulumi.String(c.MaintenanceWindow)
	args.SkipFinalSnapshot = pulumi.Bool(!c.DeletionProtection)
	args.DeleteAutomatedBackups = pulumi.Bool(!c.DeletionProtection)
	if c.DeletionProtection {
		args.FinalSnapshotIdentifier = pulumi.String(b.identifier() + "-final")
	}
	if c.BlueGreenUpdate {
		args.BlueGreenUpdate = rds.InstanceBlueGreenUpdateArgs{Enabled: pulumi.Bool(true)}
	}
	named := tags(b.identifier())
	if b.args.Backup {
		named[BackupTag] = pulumi.String(b.args.Environment)
	}
	args.Tags = named
	b.store.Instance, err = rds.NewInstance(b.ctx, b.name, args, b.owned()...)
	return err
}

// owned are the options of the instance. AWS Backup's continuous backup sets the backup
// window as it sees fit, and RDS refuses to change it back (AWS Backup Developer Guide,
// "Continuous backups and point-in-time recovery").
func (b *postgresqlBuilder) owned() []pulumi.ResourceOption {
	options := b.parent(pulumi.Protect(true), pulumi.DependsOn(b.before))
	if b.args.Backup {
		options = append(options, pulumi.IgnoreChanges([]string{"backupWindow"}))
	}
	return options
}

// common is what the instance and its replicas share.
func (b *postgresqlBuilder) common() *rds.InstanceArgs {
	c := b.args.Config
	args := &rds.InstanceArgs{
		InstanceClass:                    pulumi.String(c.InstanceClass),
		StorageType:                      pulumi.String("gp3"),
		StorageEncrypted:                 pulumi.Bool(true),
		MaxAllocatedStorage:              pulumi.Int(c.MaxAllocatedStorageGiB),
		Port:                             pulumi.Int(c.Port),
		PubliclyAccessible:               pulumi.Bool(false),
		VpcSecurityGroupIds:              pulumi.StringArray{b.args.SecurityGroupID},
		ParameterGroupName:               b.parameterGroup.Name.ToStringPtrOutput(),
		IamDatabaseAuthenticationEnabled: pulumi.Bool(true),
		CaCertIdentifier:                 pulumi.String(c.CACertificate),
		EnabledCloudwatchLogsExports:     pulumi.ToStringArray(postgresqlLogs),
		MonitoringInterval:               pulumi.Int(c.MonitoringIntervalSeconds),
		PerformanceInsightsEnabled:       pulumi.Bool(c.PerformanceInsights),
		CopyTagsToSnapshot:               pulumi.Bool(true),
		AutoMinorVersionUpgrade:          pulumi.Bool(true),
		ApplyImmediately:                 pulumi.Bool(false),
		DeletionProtection:               pulumi.Bool(c.DeletionProtection),
	}
	if b.monitoringRole != nil {
		args.MonitoringRoleArn = b.monitoringRole.Arn.ToStringPtrOutput()
	}
	if c.PerformanceInsights {
		args.PerformanceInsightsKmsKeyId = b.args.KeyARN.ToStringOutput().ToStringPtrOutput()
		args.PerformanceInsightsRetentionPeriod = pulumi.Int(insightsDays)
	}
	return args
}

// replicas make the read replicas. In the region of their source they inherit its
// subnet group, its key and its users.
func (b *postgresqlBuilder) replicas() error {
	for i := range b.args.Config.ReadReplicas {
		suffix := fmt.Sprintf("-replica-%d", i+1)
		groups, err := b.logsOf(suffix)
		if err != nil {
			return err
		}
		args := b.common()
		args.Identifier = pulumi.String(b.identifier() + suffix)
		args.ReplicateSourceDb = b.store.Instance.Identifier.ToStringPtrOutput()
		args.SkipFinalSnapshot = pulumi.Bool(true) // the source's is the same
		args.Tags = tags(b.identifier() + suffix)
		replica, err := rds.NewInstance(b.ctx, b.name+suffix, args, b.parent(pulumi.Protect(true), pulumi.DependsOn(groups))...)
		if err != nil {
			return err
		}
		b.store.Replicas = append(b.store.Replicas, replica)
	}
	return nil
}

// publish says what applications must know, and may do.
func (b *postgresqlBuilder) publish() {
	c, instance := b.args.Config, b.store.Instance
	add := func(name, description string, value pulumi.StringInput, sensitive bool) {
		b.store.Parameters = append(b.store.Parameters, Parameter{
			Store: config.PostgreSQLStore, Name: name, Description: description, Value: value, Sensitive: sensitive,
		})
	}
	add("endpoint", "Host name of the primary", instance.Address, false)
	add("port", "TCP port", pulumi.String(fmt.Sprint(c.Port)), false)
	add("database", "Name of the database", pulumi.String(c.DatabaseName), false)
	add("username", "User of applications, by IAM authentication", pulumi.String(config.ApplicationUser), false)
	if c.ManageMasterUserPassword {
		add("secretArn", "Secret of the administrator, in Secrets Manager", secretARN(instance), true)
	}
	for i, replica := range b.store.Replicas {
		add(fmt.Sprintf("replica%dEndpoint", i+1), fmt.Sprintf("Host name of read replica %d", i+1), replica.Address, false)
	}
	b.store.Access = b.access()
}

// secretARN is the ARN of the secret that RDS keeps.
func secretARN(instance *rds.Instance) pulumi.StringOutput {
	return instance.MasterUserSecrets.ApplyT(func(secrets []rds.InstanceMasterUserSecret) (string, error) {
		if len(secrets) == 0 || secrets[0].SecretArn == nil {
			return "", fmt.Errorf("data.postgresql: RDS reports no secret of the administrator: set manageMasterUserPassword to false if it was given up on purpose")
		}
		return *secrets[0].SecretArn, nil
	}).(pulumi.StringOutput)
}

// access lets an application log in as its user, and as no other.
func (b *postgresqlBuilder) access() pulumi.StringOutput {
	resources := []any{b.store.Instance.ResourceId}
	for _, replica := range b.store.Replicas {
		resources = append(resources, replica.ResourceId)
	}
	return pulumi.All(resources...).ApplyT(func(ids []any) string {
		var users []string
		for _, id := range ids {
			users = append(users, b.args.arn("rds-db", fmt.Sprintf("dbuser:%s/%s", id, config.ApplicationUser)))
		}
		return policy.Document(policy.Statement{
			Sid: "LogsInToTheDatabase", Effect: policy.Allow, Action: []string{"rds-db:connect"}, Resource: users,
		})
	}).(pulumi.StringOutput)
}
