package data_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/config/configtest"
	"aws-platform/pkg/data"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const (
	account = "444444444444"
	keyARN  = "arn:aws:kms:us-east-1:" + account + ":key/"
	logKey  = keyARN + "logs"
)

// args are those of an environment whose configuration has some keys of platform:data changed.
func args(t *testing.T, stack, changed string) data.Args {
	t.Helper()
	environment := configtest.Environment{Stack: stack, Octet: 10, Zones: "abc", Account: account}
	values := environment.Values()
	values["platform:data"] = changed
	env, err := config.Decode(stack, values)
	require.NoError(t, err)
	subnets, groups := map[string]pulumi.StringInput{}, map[string]pulumi.StringInput{}
	for _, zone := range env.Network.ZoneNames() {
		subnets[zone] = pulumi.String("subnet-" + zone)
	}
	for _, store := range env.Data.Ports() {
		groups[store.Store] = pulumi.String("sg-" + store.Store)
	}
	key := func(service string) pulumi.String { return pulumi.String(keyARN + service) }
	return data.Args{
		Place: data.Place{
			Environment: stack, AccountID: account, Region: "us-east-1", Partition: "aws", SubnetIDs: subnets,
		},
		Config: env.Data, SecurityGroupIDs: groups,
		Keys: data.Keys{
			RDS: key("rds"), ElastiCache: key("elasticache"), MSK: key("msk"), OpenSearch: key("opensearch"),
			Parameters: key("parameters"), Logs: key("logs"), S3: key("s3"),
		},
		LogRetentionDays: 100, AuditLogRetentionDays: 366,
	}
}

// plan registers the data tier and nothing else.
func plan(t *testing.T, stack, changed string) *graph.Graph {
	t.Helper()
	g, err := register(args(t, stack, changed), false)
	require.NoError(t, err)
	return g
}

func register(args data.Args, preview bool) (*graph.Graph, error) {
	stack := args.Environment
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, stack, &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{account}),
		})
		if err != nil {
			return nil, err
		}
		_, err = data.New(ctx, stack, args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: stack, Preview: preview})
}

func one(t *testing.T, g *graph.Graph, typ, name string) graph.Resource {
	t.Helper()
	r, err := g.One(typ, name)
	require.NoError(t, err)
	return r
}

// object is an input as JSON has it.
func object(t *testing.T, text string) any {
	t.Helper()
	var value any
	require.NoError(t, json.Unmarshal([]byte(text), &value))
	return value
}

// parameters are the names that are published, with their types.
func parameters(g *graph.Graph) map[string]string {
	found := map[string]string{}
	for _, r := range g.OfType("aws:ssm/parameter:Parameter") {
		found[r.String("name")] = r.String("type")
	}
	return found
}

// dependsOn tells whether a resource waits for another.
func dependsOn(r, other graph.Resource) bool {
	for _, urn := range r.Dependencies {
		if urn == other.URN {
			return true
		}
	}
	return false
}

func TestAPreviewShowsTheWholeTier(t *testing.T) {
	// Without the administrator's secret: the SDK's mocks refuse a secret that is not known yet.
	const known = `{"postgresql": {"manageMasterUserPassword": false}}`
	made, err := register(args(t, config.Production, known), false)
	require.NoError(t, err)
	preview, err := register(args(t, config.Production, known), true)
	require.NoError(t, err)
	assert.Len(t, preview.Resources, len(made.Resources))
}

func TestEveryLogGroupIsEncryptedAndKept(t *testing.T) {
	g := plan(t, config.ProductionPCI, `{}`)
	groups := g.OfType("aws:cloudwatch/logGroup:LogGroup")
	assert.Len(t, groups, 2+2+1+4)
	for _, group := range groups {
		want := 120 // what CloudWatch Logs offers next
		if group.Name == "production-pci-"+data.OpenSearchAuditLog {
			want = 400
		}
		assert.Equal(t, logKey, group.String("kmsKeyId"), group.Name)
		assert.Equal(t, want, group.Int("retentionInDays"), group.Name)
		assert.True(t, group.Protect, group.Name)
	}
}

// Who archives logs gets all of them, those of replicas too, which RDS would make
// without key and retention.
func TestEveryLogGroupIsHandedOver(t *testing.T) {
	var made *data.Data
	g, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, config.Staging, &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{account}),
		})
		if err != nil {
			return nil, err
		}
		made, err = data.New(ctx, config.Staging, args(t, config.Staging, `{"postgresql": {"readReplicas": 1, "manageMasterUserPassword": false}}`), pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: config.Staging})
	require.NoError(t, err)
	groups := g.OfType("aws:cloudwatch/logGroup:LogGroup")
	assert.Len(t, groups, 2+2+2+1+4)
	for _, group := range groups {
		assert.Contains(t, made.LogGroups, strings.TrimPrefix(group.Name, "staging-"))
	}
	assert.Len(t, made.LogGroups, len(groups))
	assert.Contains(t, made.LogGroups, data.OpenSearchAuditLog)
	replica := one(t, g, "aws:rds/instance:Instance", "staging-postgresql-replica-1")
	for _, log := range []string{"postgresql", "upgrade"} {
		group := one(t, g, "aws:cloudwatch/logGroup:LogGroup", "staging-postgresql-replica-1-"+log)
		assert.Equal(t, "/aws/rds/instance/staging-postgresql-replica-1/"+log, group.String("name"))
		assert.True(t, dependsOn(replica, group), "or RDS makes it")
	}
}

// Each service writes the logs of its own store for this account's resources alone.
func TestTheLogsAdmitTheirWritersAlone(t *testing.T) {
	g := plan(t, config.Staging, `{}`)
	for store, want := range map[string]struct{ service, groups, source string }{
		"valkey":     {"delivery.logs.amazonaws.com", "/aws/elasticache/staging-valkey/", "arn:aws:logs:us-east-1:444444444444:*"},
		"kafka":      {"delivery.logs.amazonaws.com", "/aws/msk/staging-kafka", "arn:aws:logs:us-east-1:444444444444:*"},
		"opensearch": {"es.amazonaws.com", "/aws/opensearch/staging-opensearch/", "arn:aws:es:us-east-1:444444444444:domain/staging-opensearch"},
	} {
		document := one(t, g, "aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "staging-"+store).String("policyDocument")
		assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [{"Sid": "WritesTheStoresLogs", "Effect": "Allow",
			"Principal": {"Service": "`+want.service+`"},
			"Action": ["logs:CreateLogStream", "logs:PutLogEvents", "logs:PutLogEventsBatch"],
			"Resource": ["arn:aws:logs:us-east-1:444444444444:log-group:`+want.groups+`*:*"],
			"Condition": {"StringEquals": {"aws:SourceAccount": "444444444444"}, "ArnLike": {"aws:SourceArn": "`+want.source+`"}}}]}`, document, store)
	}
}
