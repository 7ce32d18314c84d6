// Package ingress is what the program's load balancers know of an application in the
// cluster: a target group for the version that serves and one for the version that is
// tried, and the listener rules that lead to them. The pods are registered by the AWS
// Load Balancer Controller, through the TargetGroupBindings of package bluegreen.
//
// Where there is no HTTPS listener, as in dev without a domain, there are no rules, and
// the application answers inside the cluster alone.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-active, -preview        TargetGroup <environment>-<application>-active, -preview
//	<name>-live                    ListenerRule of the public or internal load balancer
//	<name>-test                    ListenerRule of the public load balancer's test listener
package ingress

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:cluster:Ingress"

// Args describe the way to one application; all fields are required unless they say otherwise.
type Args struct {
	// Environment and Application name the target groups.
	Environment, Application string
	// VPCID is the pods' VPC; Port the TCP port on which they serve.
	VPCID pulumi.StringInput
	Port  int
	// Config is the validated configuration of the application.
	Config config.Application
	// ListenerARN is of the HTTPS listener of its load balancer, TestListenerARN of the
	// test listener; nil where there is no HTTPS.
	ListenerARN, TestListenerARN pulumi.StringInput
}

// Ingress is the way to one application.
type Ingress struct {
	pulumi.ResourceState

	// Active serves, Preview is tried.
	Active, Preview *lb.TargetGroup
}

// DeregistrationSeconds is how long a pod that is leaving still answers what it has begun.
const DeregistrationSeconds = 30

// checkSeconds is how often a target is asked whether it is healthy, the shortest that
// Elastic Load Balancing takes: twice that is how long a promoted version waits for its
// first request (docs/cluster.md, "What to know").
const checkSeconds = 5

// longestName is Elastic Load Balancing's, for a target group.
const longestName = 32

// New registers nothing when args are refused, and otherwise the way to the application.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Ingress, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	ingress := &Ingress{}
	if err := ctx.RegisterComponentResource(TypeToken, name, ingress, opts...); err != nil {
		return nil, err
	}
	var err error
	if ingress.Active, err = ingress.targets(ctx, name, "active", args); err != nil {
		return nil, err
	}
	if ingress.Preview, err = ingress.targets(ctx, name, "preview", args); err != nil {
		return nil, err
	}
	if args.ListenerARN != nil {
		if err := ingress.rule(ctx, name+"-live", args, args.ListenerARN, ingress.Active); err != nil {
			return nil, err
		}
	}
	if args.TestListenerARN != nil {
		if err := ingress.rule(ctx, name+"-test", args, args.TestListenerARN, ingress.Preview); err != nil {
			return nil, err
		}
	}
	return ingress, ctx.RegisterResourceOutputs(ingress, pulumi.Map{
		"activeTargetGroupArn": ingress.Active.Arn, "previewTargetGroupArn": ingress.Preview.Arn,
	})
}

func validate(args Args) error {
	const configured = "pass the validated configuration"
	problems := required.Missing("ingress.Args",
		required.Field{Name: "Environment", Value: args.Environment, Remedy: "pass the environment's name"},
		required.Field{Name: "Application", Value: args.Application, Remedy: "pass the application's name"},
		required.Field{Name: "VPCID", Value: args.VPCID, Remedy: "pass the environment's VPC"},
		required.Field{Name: "Port", Value: args.Port, Remedy: "pass the application port"},
		required.Field{Name: "Config.Path", Value: args.Config.Path, Remedy: configured},
		required.Field{Name: "Config.Priority", Value: args.Config.Priority, Remedy: configured},
		required.Field{Name: "Config.Protocol", Value: args.Config.Protocol, Remedy: configured},
		required.Field{Name: "Config.HealthCheckPath", Value: args.Config.HealthCheckPath, Remedy: configured},
	)
	if longest := args.Environment + "-" + args.Application + "-preview"; len(longest) > longestName {
		problems = append(problems, fmt.Errorf("ingress.Args.Application: %s: the target group %s has more than %d characters: choose a shorter name", args.Application, longest, longestName))
	}
	return errors.Join(problems...)
}

// targets makes a target group of pods, which have addresses of the VPC's own.
func (i *Ingress) targets(ctx *pulumi.Context, name, what string, args Args) (*lb.TargetGroup, error) {
	physical := args.Environment + "-" + args.Application + "-" + what
	return lb.NewTargetGroup(ctx, name+"-"+what, &lb.TargetGroupArgs{
		Name:                pulumi.String(physical),
		VpcId:               args.VPCID.ToStringOutput().ToStringPtrOutput(),
		TargetType:          pulumi.String("ip"),
		Port:                pulumi.Int(args.Port),
		Protocol:            pulumi.String(args.Config.Protocol),
		ProtocolVersion:     pulumi.String("HTTP1"),
		DeregistrationDelay: pulumi.Int(DeregistrationSeconds),
		HealthCheck: lb.TargetGroupHealthCheckArgs{
			Enabled: pulumi.Bool(true), Protocol: pulumi.String(args.Config.Protocol), Port: pulumi.String("traffic-port"),
			Path: pulumi.String(args.Config.HealthCheckPath), Matcher: pulumi.String("200"),
			Interval: pulumi.Int(checkSeconds), Timeout: pulumi.Int(checkSeconds - 1), HealthyThreshold: pulumi.Int(2), UnhealthyThreshold: pulumi.Int(2),
		},
		Tags: pulumi.StringMap{"Name": pulumi.String(physical)},
	}, pulumi.Parent(i))
}

// rule leads the application's path, and what is below it, to a target group.
func (i *Ingress) rule(ctx *pulumi.Context, name string, args Args, listener pulumi.StringInput, group *lb.TargetGroup) error {
	_, err := lb.NewListenerRule(ctx, name, &lb.ListenerRuleArgs{
		ListenerArn: listener,
		Priority:    pulumi.Int(args.Config.Priority),
		Conditions: lb.ListenerRuleConditionArray{lb.ListenerRuleConditionArgs{
			PathPattern: lb.ListenerRuleConditionPathPatternArgs{Values: pulumi.ToStringArray([]string{args.Config.Path, args.Config.Path + "/*"})},
		}},
		Actions: lb.ListenerRuleActionArray{lb.ListenerRuleActionArgs{Type: pulumi.String("forward"), TargetGroupArn: group.Arn}},
		Tags:    pulumi.StringMap{"Name": pulumi.String(args.Environment + "-" + args.Application)},
	}, pulumi.Parent(i))
	return err
}
