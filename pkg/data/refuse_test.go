package data_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/data"
	"aws-platform/pkg/graph/record"
)

// stores are the constructors, each with what it is handed of the tier's Args.
var stores = map[string]func(*pulumi.Context, data.Args) error{
	"PostgreSQL": func(ctx *pulumi.Context, a data.Args) error {
		_, err := data.NewPostgreSQL(ctx, a.Environment, data.PostgreSQLArgs{
			Place: a.Place, Config: a.Config.PostgreSQL, SecurityGroupID: a.SecurityGroupIDs["postgresql"], KeyARN: a.Keys.RDS,
			Logs: data.Logs{KeyARN: a.Keys.Logs, RetentionDays: a.LogRetentionDays, AuditRetentionDays: a.AuditLogRetentionDays},
		})
		return err
	},
	"Valkey": func(ctx *pulumi.Context, a data.Args) error {
		_, err := data.NewValkey(ctx, a.Environment, data.ValkeyArgs{
			Place: a.Place, Config: a.Config.Valkey, SecurityGroupID: a.SecurityGroupIDs["valkey"], KeyARN: a.Keys.ElastiCache,
			Logs: data.Logs{KeyARN: a.Keys.Logs, RetentionDays: a.LogRetentionDays, AuditRetentionDays: a.AuditLogRetentionDays},
		})
		return err
	},
	"Kafka": func(ctx *pulumi.Context, a data.Args) error {
		_, err := data.NewKafka(ctx, a.Environment, data.KafkaArgs{
			Place: a.Place, Config: a.Config.Kafka, SecurityGroupID: a.SecurityGroupIDs["kafka"], KeyARN: a.Keys.MSK, S3KeyARN: a.Keys.S3,
			Logs: data.Logs{KeyARN: a.Keys.Logs, RetentionDays: a.LogRetentionDays, AuditRetentionDays: a.AuditLogRetentionDays},
		})
		return err
	},
	"OpenSearch": func(ctx *pulumi.Context, a data.Args) error {
		_, err := data.NewOpenSearch(ctx, a.Environment, data.OpenSearchArgs{
			Place: a.Place, Config: a.Config.OpenSearch, SecurityGroupID: a.SecurityGroupIDs["opensearch"], KeyARN: a.Keys.OpenSearch, S3KeyARN: a.Keys.S3,
			Logs: data.Logs{KeyARN: a.Keys.Logs, RetentionDays: a.LogRetentionDays, AuditRetentionDays: a.AuditLogRetentionDays},
		})
		return err
	},
}

// refused runs a constructor and returns its error, having registered nothing.
func refused(t *testing.T, store string, a data.Args) error {
	t.Helper()
	g, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		return nil, stores[store](ctx, a)
	}, record.Options{Project: "platform", Stack: "staging"})
	assert.Len(t, g.Resources, 1, "nothing is registered but the stack")
	return err
}

func TestAStoreSaysEverythingThatItWasNotGiven(t *testing.T) {
	for store := range stores {
		t.Run(store, func(t *testing.T) {
			err := refused(t, store, data.Args{})
			for _, field := range []string{"Environment", "AccountID", "Region", "Partition", "SubnetIDs", "SecurityGroupID", "KeyARN", "Logs.KeyARN", "Logs.RetentionDays", "Logs.AuditRetentionDays"} {
				assert.ErrorContains(t, err, "data."+store+"Args."+field+": ")
			}
		})
	}
	for _, store := range []string{"Kafka", "OpenSearch"} {
		assert.ErrorContains(t, refused(t, store, data.Args{}), "data."+store+"Args.S3KeyARN: nil")
	}
}

func TestWhatAStoreCannotBeMadeOf(t *testing.T) {
	for want, test := range map[string]struct {
		store  string
		change func(*data.Args)
	}{
		"data.PostgreSQLArgs.SubnetIDs: 1: a DB subnet group needs two zones": {"PostgreSQL", func(a *data.Args) {
			delete(a.SubnetIDs, "us-east-1b")
			delete(a.SubnetIDs, "us-east-1c")
		}},
		`data.PostgreSQLArgs.Config.EngineVersion: "9.6": is not in the engines table`:   {"PostgreSQL", func(a *data.Args) { a.Config.PostgreSQL.EngineVersion = "9.6" }},
		`data.ValkeyArgs.Config.EngineVersion: "9.6" of "valkey": is not in the engines`: {"Valkey", func(a *data.Args) { a.Config.Valkey.EngineVersion = "9.6" }},
		"data.KafkaArgs.Config.Zones[1]: us-east-1d: has no subnet in SubnetIDs":         {"Kafka", func(a *data.Args) { a.Config.Kafka.Zones[1] = "us-east-1d" }},
		"data.KafkaArgs.Config.Zones: 0: it is required":                                 {"Kafka", func(a *data.Args) { a.Config.Kafka.Zones = nil }},
		"data.OpenSearchArgs.Config.Zones: 4: there are 3 subnets":                       {"OpenSearch", func(a *data.Args) { a.Config.OpenSearch.Zones = 4 }},
		"data.OpenSearchArgs.Config.Zones: 0: there are 3 subnets":                       {"OpenSearch", func(a *data.Args) { a.Config.OpenSearch.Zones = 0 }},
	} {
		t.Run(want, func(t *testing.T) {
			a := args(t, config.Staging, `{}`)
			test.change(&a)
			require.ErrorContains(t, refused(t, test.store, a), want)
		})
	}
}
