package data

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/engines"
)

// PostgreSQLType is the type of the component.
const PostgreSQLType = "platform:data:PostgreSQL"

// BackupTag is the tag by which AWS Backup finds what to back up; its value is the environment.
const BackupTag = "Backup"

// PostgreSQLArgs describe the database of one environment; every field is required
// unless it says otherwise.
type PostgreSQLArgs struct {
	Place
	// Config is the validated configuration.
	Config config.PostgreSQL
	// SecurityGroupID is the database's group.
	SecurityGroupID pulumi.StringInput
	// KeyARN is the KMS key of storage, of the administrator's secret and of Database Insights.
	KeyARN pulumi.StringInput
	// Logs say how the database's logs are kept.
	Logs Logs
	// Backup tags the instance for AWS Backup, whose continuous backup then owns the
	// backup window; false by default.
	Backup bool
}

// PostgreSQL is an RDS DB instance with its read replicas.
//
// Refused before anything is registered: a missing field, fewer than two zones, an
// unknown engine version. Protected: the instance, its replicas and the log groups.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-postgresql                     SubnetGroup, ParameterGroup, Instance
//	<name>-postgresql-<log>               LogGroup; postgresql, upgrade
//	<name>-postgresql-monitoring          Role, RolePolicyAttachment
//	<name>-postgresql-replica-<n>         Instance
//	<name>-postgresql-replica-<n>-<log>   LogGroup
type PostgreSQL struct {
	pulumi.ResourceState

	Instance *rds.Instance
	// Replicas are as many as configured.
	Replicas []*rds.Instance
	// LogGroups are by logical name without <name>-.
	LogGroups map[string]*cloudwatch.LogGroup
	// Parameters are what applications must know.
	Parameters []Parameter
	// Access is the policy document of what an application may do.
	Access pulumi.StringOutput
}

// PostgreSQLName is the identifier of an environment's database and of its subnet group.
func PostgreSQLName(environment string) string { return environment + "-" + config.PostgreSQLStore }

// NewPostgreSQL validates args, registers nothing on an error, and otherwise the database.
func NewPostgreSQL(ctx *pulumi.Context, name string, args PostgreSQLArgs, opts ...pulumi.ResourceOption) (*PostgreSQL, error) {
	if err := validatePostgreSQL(args); err != nil {
		return nil, err
	}
	store := &PostgreSQL{LogGroups: map[string]*cloudwatch.LogGroup{}}
	b := &postgresqlBuilder{ctx: ctx, name: name + "-" + config.PostgreSQLStore, args: args, store: store}
	if err := ctx.RegisterComponentResource(PostgreSQLType, b.name, store, opts...); err != nil {
		return nil, err
	}
	for _, step := range []func() error{b.logs, b.groups, b.monitoring, b.instance, b.replicas} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	b.publish()
	return store, ctx.RegisterResourceOutputs(store, pulumi.Map{"address": store.Instance.Address})
}

// validatePostgreSQL returns every reason why the database cannot be made of args.
func validatePostgreSQL(args PostgreSQLArgs) error {
	problems := missing("data.PostgreSQLArgs", args.Place, args.SecurityGroupID, args.KeyARN, args.Logs)
	if zones := len(args.SubnetIDs); zones == 1 {
		problems = append(problems, fmt.Errorf("data.PostgreSQLArgs.SubnetIDs: %d: a DB subnet group needs two zones: pass the subnets of all zones", zones))
	}
	if _, known := engines.Find(engines.PostgreSQL, args.Config.EngineVersion); !known {
		problems = append(problems, fmt.Errorf("data.PostgreSQLArgs.Config.EngineVersion: %q: is not in the engines table: pass the validated configuration", args.Config.EngineVersion))
	}
	return errors.Join(problems...)
}

// postgresqlBuilder carries what the steps share.
type postgresqlBuilder struct {
	ctx   *pulumi.Context
	name  string
	args  PostgreSQLArgs
	store *PostgreSQL

	subnetGroup    *rds.SubnetGroup
	parameterGroup *rds.ParameterGroup
	monitoringRole *iam.Role
	before         []pulumi.Resource // what the instance would make by itself, and worse
}

// parent is the options of every child; a fresh slice each time, never shared.
func (b *postgresqlBuilder) parent(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.store)}, more...)
}

// identifier is the physical name.
func (b *postgresqlBuilder) identifier() string { return PostgreSQLName(b.args.Environment) }
