package waf_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/waf"
)

const (
	loadBalancer = "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/production-public/0123456789abcdef"
	key          = "arn:aws:kms:us-east-1:111111111111:key/00000000-0000-0000-0000-000000000000"
	aclType      = "aws:wafv2/webAcl:WebAcl"
)

func whole() waf.Args {
	return waf.Args{
		Environment: "production", AccountID: "111111111111", Region: "us-east-1", Partition: "aws",
		LoadBalancerARN: pulumi.String(loadBalancer), RateLimit: 2000, LogKeyARN: pulumi.String(key), LogRetentionDays: 200,
	}
}

func run(args waf.Args, preview bool) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"111111111111"}),
		})
		if err != nil {
			return nil, err
		}
		_, err = waf.New(ctx, "production-waf", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "production", Preview: preview})
}

func one(t *testing.T, args waf.Args, typ, name string) graph.Resource {
	t.Helper()
	g, err := run(args, false)
	require.NoError(t, err)
	found, err := g.One(typ, name)
	require.NoError(t, err)
	return found
}

func TestTheRulesInTheirOrder(t *testing.T) {
	for _, preview := range []bool{false, true} {
		g, err := run(whole(), preview)
		require.NoError(t, err)
		acl, err := g.One(aclType, "production-waf")
		require.NoError(t, err)
		rules, _ := acl.Inputs["rules"].([]any)
		priorities := map[float64]string{}
		for _, rule := range rules {
			rule := graph.Resource{Inputs: rule.(map[string]any)}
			priorities[rule.Inputs["priority"].(float64)] = rule.String("name")
			assert.True(t, rule.Bool("visibilityConfig.cloudwatchMetricsEnabled"), rule.String("name"))
			assert.False(t, rule.Bool("visibilityConfig.sampledRequestsEnabled"), "samples show what the log redacts")
			if group := rule.String("statement.managedRuleGroupStatement.name"); group != "" {
				assert.Equal(t, rule.String("name"), group)
				assert.Equal(t, "AWS", rule.String("statement.managedRuleGroupStatement.vendorName"))
				assert.Contains(t, rule.Inputs["overrideAction"], "none", "the group's own actions stand: %s", group)
			}
		}
		assert.Equal(t, map[float64]string{
			10: "RateLimitPerAddress", 20: "AWSManagedRulesAmazonIpReputationList", 30: "AWSManagedRulesAnonymousIpList",
			40: "AWSManagedRulesCommonRuleSet", 50: "AWSManagedRulesKnownBadInputsRuleSet", 60: "AWSManagedRulesSQLiRuleSet",
		}, priorities, "distinct and pinned")
		assert.Len(t, rules, len(priorities))
		assert.Contains(t, acl.Inputs["defaultAction"], "allow")
		assert.Equal(t, "REGIONAL", acl.String("scope"))
	}
}

func TestTheRateLimitBlocksByAddress(t *testing.T) {
	const rate = "rules[0].statement.rateBasedStatement."
	direct := one(t, whole(), aclType, "production-waf")
	assert.Equal(t, 2000, direct.Int(rate+"limit"))
	assert.Equal(t, 300, direct.Int(rate+"evaluationWindowSec"))
	assert.Equal(t, "IP", direct.String(rate+"aggregateKeyType"))
	_, blocks := direct.Lookup("rules[0].action.block")
	assert.True(t, blocks)

	behind := whole()
	behind.BehindProxy = true
	proxied := one(t, behind, aclType, "production-waf")
	assert.Equal(t, "FORWARDED_IP", proxied.String(rate+"aggregateKeyType"))
	assert.Equal(t, "X-Forwarded-For", proxied.String(rate+"forwardedIpConfig.headerName"))
	assert.Equal(t, "MATCH", proxied.String(rate+"forwardedIpConfig.fallbackBehavior"), "no valid address is no way past the limit")
}

func TestItStandsBeforeTheLoadBalancer(t *testing.T) {
	association := one(t, whole(), "aws:wafv2/webAclAssociation:WebAclAssociation", "production-waf")
	assert.Equal(t, loadBalancer, association.String("resourceArn"))
	assert.Contains(t, association.String("webAclArn"), ":regional/webacl/production/")
}

func TestTheLogIsEncryptedKeptAndRedacted(t *testing.T) {
	group := one(t, whole(), "aws:cloudwatch/logGroup:LogGroup", "production-waf-logs")
	assert.Equal(t, "aws-waf-logs-production", group.String("name"), "AWS WAF writes to no other prefix")
	assert.Equal(t, key, group.String("kmsKeyId"))
	assert.Equal(t, 365, group.Int("retentionInDays"), "the shortest that CloudWatch Logs offers for 200 days")
	assert.True(t, group.Protect)

	logging := one(t, whole(), "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "production-waf-logs")
	assert.Equal(t, []string{"arn:aws:logs:us-east-1:111111111111:log-group:aws-waf-logs-production"}, logging.Strings("logDestinationConfigs"))
	assert.Equal(t, []any{
		map[string]any{"singleHeader": map[string]any{"name": "authorization"}},
		map[string]any{"singleHeader": map[string]any{"name": "cookie"}},
	}, logging.Inputs["redactedFields"])
	delivery := one(t, whole(), "aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "production-waf-logs")
	assert.Contains(t, logging.DependsOn, delivery.URN)
}

func TestWhoWritesTheLog(t *testing.T) {
	delivery := one(t, whole(), "aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "production-waf-logs")
	assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [{
		"Sid": "WAFWritesItsLog", "Effect": "Allow", "Principal": {"Service": "delivery.logs.amazonaws.com"},
		"Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
		"Resource": ["arn:aws:logs:us-east-1:111111111111:log-group:aws-waf-logs-production:*"],
		"Condition": {"StringEquals": {"aws:SourceAccount": "111111111111"},
			"ArnLike": {"aws:SourceArn": "arn:aws:logs:us-east-1:111111111111:*"}}
	}]}`, delivery.String("policyDocument"))
}

func TestWhatIsRefused(t *testing.T) {
	for want, change := range map[string]func(*waf.Args){
		`Args.Environment: ""`:                      func(a *waf.Args) { a.Environment = "" },
		`Args.AccountID: ""`:                        func(a *waf.Args) { a.AccountID = "" },
		`Args.Region: ""`:                           func(a *waf.Args) { a.Region = "" },
		`Args.Partition: ""`:                        func(a *waf.Args) { a.Partition = "" },
		"Args.LoadBalancerARN: nil: it is required": func(a *waf.Args) { a.LoadBalancerARN = nil },
		"Args.LogKeyARN: nil: it is required":       func(a *waf.Args) { a.LogKeyARN = nil },
		"Args.LogRetentionDays: 0":                  func(a *waf.Args) { a.LogRetentionDays = 0 },
		"Args.LogRetentionDays: -1":                 func(a *waf.Args) { a.LogRetentionDays = -1 },
		"Args.RateLimit: 9:":                        func(a *waf.Args) { a.RateLimit = 9 },
		"Args.RateLimit: 2000000001:":               func(a *waf.Args) { a.RateLimit = 2_000_000_001 },
	} {
		t.Run(want, func(t *testing.T) {
			args := whole()
			change(&args)
			g, err := run(args, false)
			assert.ErrorContains(t, err, want)
			assert.Empty(t, g.OfType(waf.TypeToken), "nothing of it is registered")
		})
	}
}
