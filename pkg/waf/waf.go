// Package waf is the web ACL of a public load balancer: a rate limit per address
// and managed rule groups of AWS, with a log in which credentials are redacted.
// It is a package of its own because aws/wafv2 takes a minute to compile.
//
// Requests that no rule blocks are let through. The rules need 1,177 web ACL
// capacity units of the 1,500 that the basic price has.
//
// Refused before anything is registered: a missing field, a rate limit that AWS
// WAF does not take. Protected: the log group.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>        WebAcl, WebAclAssociation
//	<name>-logs   LogGroup, LogResourcePolicy, WebAclLoggingConfiguration
package waf

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:waf:WebACL" //nolint:gosec // a type, not a credential

// What AWS WAF takes as the limit of a rate-based rule.
const (
	minimumRate = 10
	maximumRate = 2_000_000_000
)

// Args describe the web ACL of one load balancer.
type Args struct {
	// Environment names the web ACL and its log group, aws-waf-logs-<environment>; required.
	Environment string
	// AccountID, Region and Partition are where it is; required.
	AccountID, Region, Partition string
	// LoadBalancerARN is the application load balancer to protect; required.
	LoadBalancerARN pulumi.StringInput
	// RateLimit is how many requests one address may send in five minutes, 10 to
	// 2,000,000,000; required.
	RateLimit int
	// BehindProxy says that requests come from a proxy as CloudFront, which writes the
	// client's address into X-Forwarded-For: the rate limit counts by that, for a
	// proxy's own address is everybody's. False by default. A client can write that
	// header too, so a proxy wants a web ACL of its own.
	BehindProxy bool
	// LogKeyARN is the KMS key of the log group; required. Its policy must let
	// CloudWatch Logs of this account and region use it.
	LogKeyARN pulumi.StringInput
	// LogRetentionDays is how long the log is kept at least, in days; rounded up to what
	// CloudWatch Logs offers.
	LogRetentionDays int
}

// WebACL is the web ACL of one load balancer.
type WebACL struct {
	pulumi.ResourceState

	ACL *wafv2.WebAcl
	// LogGroup holds the web ACL's log.
	LogGroup *cloudwatch.LogGroup
}

// New validates args, registers nothing on an error, and otherwise the web ACL.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*WebACL, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	acl := &WebACL{}
	if err := ctx.RegisterComponentResource(TypeToken, name, acl, opts...); err != nil {
		return nil, err
	}
	if err := acl.create(ctx, name, args); err != nil {
		return nil, err
	}
	if err := acl.logs(ctx, name+"-logs", args); err != nil {
		return nil, err
	}
	return acl, ctx.RegisterResourceOutputs(acl, pulumi.Map{"webAclArn": acl.ACL.Arn})
}

// validate returns every reason why the web ACL cannot be made of args.
func validate(args Args) error {
	problems := required.Missing("waf.Args", append(
		required.Place(args.Environment, args.AccountID, args.Region, args.Partition),
		required.Field{Name: "LoadBalancerARN", Value: args.LoadBalancerARN, Remedy: "pass the public load balancer"},
		required.Field{Name: "LogKeyARN", Value: args.LogKeyARN, Remedy: "pass the KMS key of log groups"},
	)...)
	if args.LogRetentionDays < 1 {
		problems = append(problems, fmt.Errorf("waf.Args.LogRetentionDays: %d: not a time: write 1 or more days", args.LogRetentionDays))
	}
	if args.RateLimit < minimumRate || args.RateLimit > maximumRate {
		problems = append(problems, fmt.Errorf("waf.Args.RateLimit: %d: AWS WAF takes %d to %d: choose a limit in between",
			args.RateLimit, minimumRate, maximumRate))
	}
	return errors.Join(problems...)
}

// create makes the web ACL and puts it before the load balancer.
func (w *WebACL) create(ctx *pulumi.Context, name string, args Args) error {
	var err error
	w.ACL, err = wafv2.NewWebAcl(ctx, name, &wafv2.WebAclArgs{
		Name:          pulumi.String(args.Environment),
		Description:   pulumi.String("Public load balancer of " + args.Environment),
		Scope:         pulumi.String("REGIONAL"),
		DefaultAction: wafv2.WebAclDefaultActionArgs{Allow: wafv2.WebAclDefaultActionAllowArgs{}},
		Rules:         rules(args),
		VisibilityConfig: wafv2.WebAclVisibilityConfigArgs{
			CloudwatchMetricsEnabled: pulumi.Bool(true),
			MetricName:               pulumi.String(args.Environment),
			SampledRequestsEnabled:   pulumi.Bool(false), // samples show what the log redacts
		},
		Tags: pulumi.StringMap{"Name": pulumi.String(args.Environment)},
	}, pulumi.Parent(w))
	if err != nil {
		return err
	}
	_, err = wafv2.NewWebAclAssociation(ctx, name, &wafv2.WebAclAssociationArgs{
		WebAclArn:   w.ACL.Arn,
		ResourceArn: args.LoadBalancerARN,
	}, pulumi.Parent(w))
	return err
}
