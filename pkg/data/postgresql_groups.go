package data

import (
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/engines"
	"aws-platform/pkg/policy"
)

// postgresqlLogs are what RDS for PostgreSQL exports to CloudWatch.
var postgresqlLogs = []string{"postgresql", "upgrade"}

// logs makes the log groups of the instance.
func (b *postgresqlBuilder) logs() (err error) {
	b.before, err = b.logsOf("")
	return err
}

// logsOf makes the log groups of an instance, whose names RDS prescribes. suffix is what
// its identifier has behind the database's.
func (b *postgresqlBuilder) logsOf(suffix string) ([]pulumi.Resource, error) {
	var groups []pulumi.Resource
	for _, log := range postgresqlLogs {
		name := suffix + "-" + log
		group, err := b.args.Logs.group(b.ctx, b.name+name, "/aws/rds/instance/"+b.identifier()+suffix+"/"+log, b.store)
		if err != nil {
			return nil, err
		}
		b.store.LogGroups[config.PostgreSQLStore+name] = group
		groups = append(groups, group)
	}
	return groups, nil
}

// groups make the subnet group and the parameter group. The latter has its family in its
// name: a new major version gets a group of its own while the old one is still in use.
func (b *postgresqlBuilder) groups() (err error) {
	b.subnetGroup, err = rds.NewSubnetGroup(b.ctx, b.name, &rds.SubnetGroupArgs{
		Name:        pulumi.String(b.identifier()),
		Description: pulumi.String("Data subnets of " + b.args.Environment),
		SubnetIds:   b.args.subnets(b.args.zones()),
		Tags:        tags(b.identifier()),
	}, b.parent()...)
	if err != nil {
		return err
	}
	version, _ := engines.Find(engines.PostgreSQL, b.args.Config.EngineVersion) // validated
	b.parameterGroup, err = rds.NewParameterGroup(b.ctx, b.name, &rds.ParameterGroupArgs{
		Name:        pulumi.String(b.identifier() + "-" + version.Family),
		Description: pulumi.String("PostgreSQL of " + b.args.Environment),
		Family:      pulumi.String(version.Family),
		Parameters:  b.settings(),
		Tags:        tags(b.identifier()),
	}, b.parent()...)
	return err
}

// settings force TLS and log who came, what changed and what was slow (PCI DSS v4.0.1,
// requirements 4.2.1 and 10.2.1). None of them needs a restart.
func (b *postgresqlBuilder) settings() rds.ParameterGroupParameterArray {
	var settings rds.ParameterGroupParameterArray
	for _, s := range []struct{ name, value string }{
		{"log_connections", "1"},
		{"log_disconnections", "1"},
		{"log_min_duration_statement", strconv.Itoa(b.args.Config.SlowStatementMilliseconds)},
		{"log_statement", "ddl"},
		{"rds.force_ssl", "1"},
	} {
		settings = append(settings, rds.ParameterGroupParameterArgs{
			Name: pulumi.String(s.name), Value: pulumi.String(s.value), ApplyMethod: pulumi.String("immediate"),
		})
	}
	return settings
}

// monitoring makes the role as which RDS writes Enhanced Monitoring, for this database
// alone (RDS User Guide, "Setting up and enabling Enhanced Monitoring").
func (b *postgresqlBuilder) monitoring() (err error) {
	if b.args.Config.MonitoringIntervalSeconds == 0 {
		return nil
	}
	name := b.name + "-monitoring"
	b.monitoringRole, err = iam.NewRole(b.ctx, name, &iam.RoleArgs{
		Description: pulumi.String("Enhanced Monitoring of the database of " + b.args.Environment),
		AssumeRolePolicy: pulumi.String(policy.Document(policy.Statement{
			Effect:    policy.Allow,
			Principal: map[string]any{"Service": "monitoring.rds.amazonaws.com"},
			Action:    []string{"sts:AssumeRole"},
			Condition: policy.Condition{
				"StringEquals": {"aws:SourceAccount": b.args.AccountID},
				"ArnLike":      {"aws:SourceArn": b.args.arn("rds", "db:"+b.identifier()+"*")}, // its replicas too
			},
		})),
		Tags: tags(name),
	}, b.parent()...)
	if err != nil {
		return err
	}
	attached, err := iam.NewRolePolicyAttachment(b.ctx, name, &iam.RolePolicyAttachmentArgs{
		Role:      b.monitoringRole.Name,
		PolicyArn: pulumi.String("arn:" + b.args.Partition + ":iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"),
	}, b.parent()...)
	b.before = append(b.before, attached)
	return err
}
