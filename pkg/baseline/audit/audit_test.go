package audit_test

import (
	"slices"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/baseline/audit"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const (
	topic     = "arn:aws:sns:us-east-1:111111111111:platform-security"
	bootstrap = "arn:aws:iam::111111111111:role/platform-bootstrap"
	trailARN  = "arn:aws:cloudtrail:us-east-1:111111111111:trail/platform-trail"

	trailType    = "aws:cloudtrail/trail:Trail"
	bucketType   = "aws:s3/bucketV2:BucketV2"
	policyType   = "aws:s3/bucketPolicy:BucketPolicy"
	keyType      = "aws:kms/key:Key"
	aliasType    = "aws:kms/alias:Alias"
	groupType    = "aws:cloudwatch/logGroup:LogGroup"
	alarmType    = "aws:cloudwatch/metricAlarm:MetricAlarm"
	filterType   = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
	recorderType = "aws:cfg/recorder:Recorder"
	statusType   = "aws:cfg/recorderStatus:RecorderStatus"
	channelType  = "aws:cfg/deliveryChannel:DeliveryChannel"
	packType     = "aws:cfg/conformancePack:ConformancePack"
	linkedType   = "aws:iam/serviceLinkedRole:ServiceLinkedRole"
	documentType = "aws:ssm/document:Document"
)

func whole() audit.Args {
	return audit.Args{
		Environment: "production", AccountID: "111111111111", Region: "us-east-1", Partition: "aws",
		Config: config.Baseline{
			RunbookURL:     "docs/runbooks",
			CloudTrail:     config.CloudTrail{Enabled: true, DataEvents: true, LogRetentionDays: 365, ObjectLock: config.ObjectLock{RetentionDays: 365}},
			Config:         config.AWSConfig{Enabled: true, ConformancePack: true, CreateRole: true},
			SessionManager: config.SessionManager{Enabled: true, IdleMinutes: 15, MaxMinutes: 60, LogRetentionDays: 365},
		},
		TopicARN: pulumi.String(topic), AdministratorARNs: []string{bootstrap},
	}
}

func run(args audit.Args, preview bool) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "production", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"111111111111"}),
		})
		if err != nil {
			return nil, err
		}
		_, err = audit.New(ctx, "production", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform-account", Stack: "account-production", Preview: preview})
}

func plan(t *testing.T, change func(*audit.Args)) *graph.Graph {
	t.Helper()
	args := whole()
	change(&args)
	g, err := run(args, false)
	require.NoError(t, err)
	return g
}

func asItIs(*audit.Args) {}

func one(t *testing.T, g *graph.Graph, typ, name string) graph.Resource {
	t.Helper()
	found, err := g.One(typ, name)
	require.NoError(t, err)
	return found
}

func names(g *graph.Graph, typ string) []string {
	var found []string
	for _, resource := range g.OfType(typ) {
		found = append(found, resource.Name)
	}
	slices.Sort(found)
	return found
}

func TestWhatHoldsAuditLogsIsProtectedAndEncrypted(t *testing.T) {
	g := plan(t, asItIs)
	for typ, count := range map[string]int{bucketType: 3, keyType: 3, groupType: 2, trailType: 1} {
		assert.Len(t, g.OfType(typ), count, typ)
		for _, resource := range g.OfType(typ) {
			assert.True(t, resource.Protect, "%s %s", typ, resource.Name)
		}
	}
	for _, service := range []string{"trail", "config", "sessions"} {
		key := one(t, g, keyType, "production-"+service)
		assert.True(t, key.Bool("enableKeyRotation"))
		assert.Equal(t, 30, key.Int("deletionWindowInDays"))
		alias := one(t, g, aliasType, "production-"+service)
		assert.Equal(t, "alias/platform/"+service, alias.String("name"))
		assert.Equal(t, key.ID, alias.String("targetKeyId"))
	}
	for name, part := range map[string]string{"/platform/trail": "trail", "/platform/sessions": "sessions"} {
		group := one(t, g, groupType, "production-"+part)
		assert.Equal(t, name, group.String("name"))
		assert.Equal(t, one(t, g, keyType, "production-"+part).Outputs["arn"], group.Outputs["kmsKeyId"])
		assert.Equal(t, 365, group.Int("retentionInDays"))
	}
}

func TestNothingIsNamedAsAnEnvironmentsIs(t *testing.T) {
	for _, bucket := range plan(t, asItIs).OfType(bucketType) {
		assert.Regexp(t, "^platform-(trail|config|access-logs)-111111111111$", bucket.String("bucket"))
	}
}

func TestASwitchThatIsOffMakesNothingOfItsPart(t *testing.T) {
	for name, c := range map[string]struct {
		off     func(*config.Baseline)
		without []string
		buckets []string
	}{
		"no trail": {func(b *config.Baseline) { b.CloudTrail.Enabled = false }, []string{trailType, filterType, alarmType},
			[]string{"production-access-logs", "production-config"}},
		"no AWS Config": {func(b *config.Baseline) { b.Config.Enabled = false }, []string{recorderType, channelType, statusType, packType, linkedType},
			[]string{"production-access-logs", "production-trail"}},
		"no pack":      {func(b *config.Baseline) { b.Config.ConformancePack = false }, []string{packType}, []string{"production-access-logs", "production-config", "production-trail"}},
		"no sessions":  {func(b *config.Baseline) { b.SessionManager.Enabled = false }, []string{documentType}, []string{"production-access-logs", "production-config", "production-trail"}},
		"role is here": {func(b *config.Baseline) { b.Config.CreateRole = false }, []string{linkedType}, []string{"production-access-logs", "production-config", "production-trail"}},
		"none of it": {func(b *config.Baseline) {
			b.CloudTrail.Enabled, b.Config.Enabled, b.SessionManager.Enabled = false, false, false
		},
			[]string{trailType, recorderType, documentType, keyType, groupType}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			g := plan(t, func(args *audit.Args) { c.off(&args.Config) })
			for _, typ := range c.without {
				assert.Empty(t, g.OfType(typ), typ)
			}
			assert.Equal(t, c.buckets, names(g, bucketType))
		})
	}
}

func TestAPreviewShowsThePolicies(t *testing.T) {
	g, err := run(whole(), true)
	require.NoError(t, err)
	assert.Contains(t, one(t, g, policyType, "production-trail").String("policy"), trailARN)
	assert.Contains(t, one(t, g, keyType, "production-trail").String("policy"), trailARN)
}

func TestAFieldThatIsMissingIsRefused(t *testing.T) {
	for name, empty := range map[string]func(*audit.Args){
		"Environment":       func(a *audit.Args) { a.Environment = "" },
		"AccountID":         func(a *audit.Args) { a.AccountID = "" },
		"Region":            func(a *audit.Args) { a.Region = "" },
		"Partition":         func(a *audit.Args) { a.Partition = "" },
		"Config.RunbookURL": func(a *audit.Args) { a.Config.RunbookURL = "" },
		"TopicARN":          func(a *audit.Args) { a.TopicARN = nil },
	} {
		t.Run(name, func(t *testing.T) {
			args := whole()
			empty(&args)
			g, err := run(args, false)
			assert.ErrorContains(t, err, "audit.Args."+name+": ")
			assert.Empty(t, g.OfType(audit.TypeToken), "nothing is registered")
		})
	}
}
