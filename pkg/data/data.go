// Package data makes the data tier of one environment: PostgreSQL on RDS, Valkey on
// ElastiCache, Kafka on MSK, OpenSearch, each a component of its own, and what
// applications must know of them, in Parameter Store.
//
// Each store is encrypted with the key of its service, reached by its own security group
// alone, in the data subnets, and has no password that Pulumi knows. No store knows another.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-<store>          PostgreSQL, Valkey, Kafka, OpenSearch; none of a store that is switched off
//	<name>-<store>-access   Policy
//	<name>-parameters       Parameters
package data

import (
	"maps"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// TypeToken is the type of the component.
const TypeToken = "platform:data:Data"

// Args describe the data tier of one environment; every field is required. The
// stores that Config switches off need neither group nor key.
type Args struct {
	Place
	// Config is the validated configuration.
	Config config.Data
	// SecurityGroupIDs are the groups of the stores, by store.
	SecurityGroupIDs map[string]pulumi.StringInput
	// Keys encrypt.
	Keys Keys
	// LogRetentionDays is how long the stores' logs are kept at least, and
	// AuditLogRetentionDays those that say who did what; rounded up to what CloudWatch
	// Logs offers.
	LogRetentionDays, AuditLogRetentionDays int
}

// Keys are the ARNs of the KMS keys: one a service, one of the parameters, one of
// log groups and one of buckets.
type Keys struct{ RDS, ElastiCache, MSK, OpenSearch, Parameters, Logs, S3 pulumi.StringInput }

// Data is the data tier of one environment. A store that is switched off is nil.
type Data struct {
	pulumi.ResourceState

	PostgreSQL *PostgreSQL
	Valkey     *Valkey
	Kafka      *Kafka
	OpenSearch *OpenSearch
	// Parameters are what is published of the stores.
	Parameters *Parameters
	// LogGroups are those of all stores, by their logical names without <name>-.
	LogGroups map[string]*cloudwatch.LogGroup
	// Policies are what an application's role needs: one a store, by its name, and
	// "parameters" to read what is published.
	Policies map[string]*iam.Policy
}

// New registers the tier. Its errors are those of the stores, each before that store is registered.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Data, error) {
	data := &Data{Policies: map[string]*iam.Policy{}, LogGroups: map[string]*cloudwatch.LogGroup{}}
	if err := ctx.RegisterComponentResource(TypeToken, name, data, opts...); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, args: args, data: data}
	for _, step := range []struct {
		enabled bool
		make    func() error
	}{
		{args.Config.PostgreSQL.Enabled, b.postgresql},
		{args.Config.Valkey.Enabled, b.valkey},
		{args.Config.Kafka.Enabled, b.kafka},
		{args.Config.OpenSearch.Enabled, b.openSearch},
		{true, b.publish},
	} {
		if !step.enabled {
			continue
		}
		if err := step.make(); err != nil {
			return nil, err
		}
	}
	return data, ctx.RegisterResourceOutputs(data, pulumi.Map{})
}

// builder carries what the steps of New share.
type builder struct {
	ctx        *pulumi.Context
	name       string
	args       Args
	data       *Data
	parameters []Parameter
}

// parent is the option of every child.
func (b *builder) parent() pulumi.ResourceOption { return pulumi.Parent(b.data) }

func (b *builder) logs() Logs {
	return Logs{KeyARN: b.args.Keys.Logs, RetentionDays: b.args.LogRetentionDays, AuditRetentionDays: b.args.AuditLogRetentionDays}
}

func (b *builder) postgresql() (err error) {
	b.data.PostgreSQL, err = NewPostgreSQL(b.ctx, b.name, PostgreSQLArgs{
		Place: b.args.Place, Config: b.args.Config.PostgreSQL,
		SecurityGroupID: b.args.SecurityGroupIDs[config.PostgreSQLStore], KeyARN: b.args.Keys.RDS,
		Logs: b.logs(), Backup: true,
	}, b.parent())
	if err != nil {
		return err
	}
	maps.Copy(b.data.LogGroups, b.data.PostgreSQL.LogGroups)
	return b.use(config.PostgreSQLStore, b.data.PostgreSQL.Parameters, b.data.PostgreSQL.Access)
}

func (b *builder) valkey() (err error) {
	b.data.Valkey, err = NewValkey(b.ctx, b.name, ValkeyArgs{
		Place: b.args.Place, Config: b.args.Config.Valkey,
		SecurityGroupID: b.args.SecurityGroupIDs[config.ValkeyStore], KeyARN: b.args.Keys.ElastiCache,
		Logs: b.logs(),
	}, b.parent())
	if err != nil {
		return err
	}
	maps.Copy(b.data.LogGroups, b.data.Valkey.LogGroups)
	return b.use(config.ValkeyStore, b.data.Valkey.Parameters, b.data.Valkey.Access)
}

func (b *builder) kafka() (err error) {
	b.data.Kafka, err = NewKafka(b.ctx, b.name, KafkaArgs{
		Place: b.args.Place, Config: b.args.Config.Kafka,
		SecurityGroupID: b.args.SecurityGroupIDs[config.KafkaStore], KeyARN: b.args.Keys.MSK,
		S3KeyARN: b.args.Keys.S3, Logs: b.logs(),
	}, b.parent())
	if err != nil {
		return err
	}
	b.data.LogGroups[config.KafkaStore] = b.data.Kafka.LogGroup
	return b.use(config.KafkaStore, b.data.Kafka.Parameters, b.data.Kafka.Access)
}

func (b *builder) openSearch() (err error) {
	b.data.OpenSearch, err = NewOpenSearch(b.ctx, b.name, OpenSearchArgs{
		Place: b.args.Place, Config: b.args.Config.OpenSearch,
		SecurityGroupID: b.args.SecurityGroupIDs[config.OpenSearchStore], KeyARN: b.args.Keys.OpenSearch,
		S3KeyARN: b.args.Keys.S3, Logs: b.logs(),
	}, b.parent())
	if err != nil {
		return err
	}
	maps.Copy(b.data.LogGroups, b.data.OpenSearch.LogGroups)
	return b.use(config.OpenSearchStore, b.data.OpenSearch.Parameters, b.data.OpenSearch.Access)
}

// use keeps what a store publishes, and makes the policy of what applications may do with it.
func (b *builder) use(store string, parameters []Parameter, access pulumi.StringOutput) (err error) {
	b.parameters = append(b.parameters, parameters...)
	b.data.Policies[store], err = iam.NewPolicy(b.ctx, b.name+"-"+store+"-access", &iam.PolicyArgs{
		Name:        pulumi.String(b.args.Environment + "-" + store + "-access"),
		Description: pulumi.String("What applications of " + b.args.Environment + " may do with " + store),
		Policy:      access,
	}, b.parent())
	return err
}

// publish puts the parameters of all stores into Parameter Store.
func (b *builder) publish() (err error) {
	b.data.Parameters, err = NewParameters(b.ctx, b.name, ParametersArgs{
		Environment: b.args.Environment, AccountID: b.args.AccountID, Region: b.args.Region, Partition: b.args.Partition,
		KeyARN: b.args.Keys.Parameters, Parameters: b.parameters,
	}, b.parent())
	if err != nil {
		return err
	}
	b.data.Policies["parameters"] = b.data.Parameters.ReadPolicy
	return nil
}
