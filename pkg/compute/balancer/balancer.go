package balancer

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/bucket"
	"aws-platform/pkg/compute/color"
	"aws-platform/pkg/config"
)

// TypeToken is the type of the component.
const TypeToken = "platform:compute:Balancer"

// Side is one of the two load balancers.
type Side string

// The load balancers.
const (
	Public   Side = "public"
	Internal Side = "internal"
)

// Sides are both load balancers, in the order in which they are named.
func Sides() []Side { return []Side{Public, Internal} }

// Args describe the load balancers of one environment.
type Args struct {
	// Environment is the environment's name; required. It begins all physical names.
	Environment string
	// AccountID, Region and Partition are where the load balancers are; required.
	AccountID, Region, Partition string
	// Config is the validated configuration; required.
	Config config.Compute
	// LogRetentionDays is how long access and connection logs are kept, in days; required.
	LogRetentionDays int
	// VPCID is where the targets are; required.
	VPCID pulumi.StringInput
	// PublicSubnetIDs and LoadBalancerSubnetIDs are where the public and the internal
	// load balancer are, one a zone; required.
	PublicSubnetIDs, LoadBalancerSubnetIDs pulumi.StringArrayInput
	// PublicSecurityGroupID and InternalSecurityGroupID are theirs; required.
	PublicSecurityGroupID, InternalSecurityGroupID pulumi.StringInput
	// PrivateZoneID is the zone in which the internal load balancer gets its name,
	// internal.<PrivateZoneName>; both are required.
	PrivateZoneID   pulumi.StringInput
	PrivateZoneName string
	// TestPort is the port of the test listener; required.
	TestPort int
	// Internet is what must exist before a load balancer can face the internet: the
	// internet gateway, without which AWS refuses one. None by default.
	Internet []pulumi.Resource
}

// Balancer is the two load balancers of one environment.
type Balancer struct {
	pulumi.ResourceState

	Public, Internal *lb.LoadBalancer
	// TargetGroups are by side and color.
	TargetGroups map[Side]map[color.Color]*lb.TargetGroup
	// HTTPS are the HTTPS listeners by side, and Test the test listener; nil without a certificate.
	HTTPS map[Side]*lb.Listener
	Test  *lb.Listener
	// Listeners are all that forward to target groups: whoever scales by requests
	// depends on them. Empty without a certificate.
	Listeners []pulumi.Resource
	// Certificates are the ARNs of those that the listeners use: public and internal are
	// given, requested is requested here. Empty without a certificate.
	Certificates map[string]pulumi.StringInput
	// Logs holds the access and connection logs.
	Logs *bucket.Bucket
	// PublicZone is nil unless the environment makes one.
	PublicZone *route53.Zone
}

// builder carries what the steps of New share.
type builder struct {
	ctx      *pulumi.Context
	name     string
	args     Args
	balancer *Balancer

	publicZoneID pulumi.StringInput          // nil without a domain
	certificates map[Side]pulumi.StringInput // ARNs, as listeners may use them
}

// New validates args, registers nothing on an error, and otherwise the load balancers.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Balancer, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	balancer := &Balancer{
		TargetGroups: map[Side]map[color.Color]*lb.TargetGroup{}, Certificates: map[string]pulumi.StringInput{},
	}
	if err := ctx.RegisterComponentResource(TypeToken, name, balancer, opts...); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, args: args, balancer: balancer}
	steps := []func() error{b.logs, b.loadBalancers, b.targetGroups, b.zone, b.names}
	if args.Config.HTTPS() {
		steps = append(steps, b.certificate, b.redirect, b.https, b.test)
	} else {
		steps = append(steps, b.plain)
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return balancer, ctx.RegisterResourceOutputs(balancer, pulumi.Map{
		"publicDnsName": balancer.Public.DnsName, "internalDnsName": balancer.Internal.DnsName,
	})
}

// parent is the option of every child; a fresh slice each time, never shared.
func (b *builder) parent(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.balancer)}, more...)
}

// child is the logical name of a child.
func (b *builder) child(suffix string) string { return b.name + "-" + suffix }

// physical is the name by which people and pipelines know a child.
func (b *builder) physical(suffix string) string { return b.args.Environment + "-" + suffix }

// tags are a Name; what is common to all resources comes from the provider's default tags.
func (b *builder) tags(suffix string) pulumi.StringMap {
	return pulumi.StringMap{"Name": pulumi.String(b.physical(suffix))}
}
