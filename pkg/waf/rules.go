package waf

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const (
	// rateWindowSeconds is the window in which RateLimit counts.
	rateWindowSeconds = 300
	ratePriority      = 10
)

// groups are the managed rule groups of AWS. Priorities are pinned, with gaps
// for rules to come: the cheapest test comes first, and no rule moves another.
// No version is pinned, so that AWS's updates of a group arrive by themselves.
//
// AnonymousIpList blocks hosting providers too, so servers that call the public
// load balancer want a rule of their own before it. CommonRuleSet blocks bodies
// over 8 KB, which is what AWS WAF inspects before a load balancer.
var groups = []struct {
	name     string
	priority int
}{
	{"AWSManagedRulesAmazonIpReputationList", 20},
	{"AWSManagedRulesAnonymousIpList", 30},
	{"AWSManagedRulesCommonRuleSet", 40},
	{"AWSManagedRulesKnownBadInputsRuleSet", 50},
	{"AWSManagedRulesSQLiRuleSet", 60},
}

// rules are the rate limit and the managed groups with the actions that AWS gave them.
func rules(args Args) wafv2.WebAclRuleArray {
	list := wafv2.WebAclRuleArray{rateRule(args)}
	for _, group := range groups {
		list = append(list, wafv2.WebAclRuleArgs{
			Name:           pulumi.String(group.name),
			Priority:       pulumi.Int(group.priority),
			OverrideAction: wafv2.WebAclRuleOverrideActionArgs{None: wafv2.WebAclRuleOverrideActionNoneArgs{}},
			Statement: wafv2.WebAclRuleStatementArgs{
				ManagedRuleGroupStatement: wafv2.WebAclRuleStatementManagedRuleGroupStatementArgs{
					VendorName: pulumi.String("AWS"),
					Name:       pulumi.String(group.name),
				},
			},
			VisibilityConfig: visible(group.name),
		})
	}
	return list
}

// rateRule blocks an address for as long as it sends more than the limit. It is
// first: what floods should cost no further inspection.
func rateRule(args Args) wafv2.WebAclRuleArgs {
	const name = "RateLimitPerAddress"
	return wafv2.WebAclRuleArgs{
		Name:             pulumi.String(name),
		Priority:         pulumi.Int(ratePriority),
		Action:           wafv2.WebAclRuleActionArgs{Block: wafv2.WebAclRuleActionBlockArgs{}},
		Statement:        wafv2.WebAclRuleStatementArgs{RateBasedStatement: rateOf(args)},
		VisibilityConfig: visible(name),
	}
}

// rateOf counts by the address that the connection comes from, or that a proxy names.
func rateOf(args Args) wafv2.WebAclRuleStatementRateBasedStatementArgs {
	rate := wafv2.WebAclRuleStatementRateBasedStatementArgs{
		AggregateKeyType:    pulumi.String("IP"),
		EvaluationWindowSec: pulumi.Int(rateWindowSeconds),
		Limit:               pulumi.Int(args.RateLimit),
	}
	if args.BehindProxy {
		rate.AggregateKeyType = pulumi.String("FORWARDED_IP")
		rate.ForwardedIpConfig = wafv2.WebAclRuleStatementRateBasedStatementForwardedIpConfigArgs{
			HeaderName:       pulumi.String("X-Forwarded-For"),
			FallbackBehavior: pulumi.String("MATCH"), // no valid address: no proxy of ours
		}
	}
	return rate
}

func visible(metric string) wafv2.WebAclRuleVisibilityConfigArgs {
	return wafv2.WebAclRuleVisibilityConfigArgs{
		CloudwatchMetricsEnabled: pulumi.Bool(true),
		MetricName:               pulumi.String(metric),
		SampledRequestsEnabled:   pulumi.Bool(false),
	}
}
