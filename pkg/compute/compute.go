package compute

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/compute/balancer"
	"aws-platform/pkg/compute/color"
	"aws-platform/pkg/compute/fleet"
	"aws-platform/pkg/compute/release"
	"aws-platform/pkg/config"
	"aws-platform/pkg/waf"
)

// TypeToken is the type of the component.
const TypeToken = "platform:compute:Compute"

// Args describe the traffic tier of one environment; every field is required
// unless it says otherwise.
type Args struct {
	// Environment begins all physical names.
	Environment string
	// AccountID, Region and Partition are where the tier is.
	AccountID, Region, Partition string
	// Config is the validated configuration.
	Config config.Compute
	// Tags are put on instances and volumes, which default tags do not reach; none is fine.
	Tags map[string]string
	// Network is where things are.
	Network Network
	// SecurityGroups are who may talk to whom.
	SecurityGroups SecurityGroups
	// Keys encrypt.
	Keys Keys
	// LogDays are how long logs are kept.
	LogDays LogDays
	// RunbookURL is the folder or URL of the runbooks, which alarms name.
	RunbookURL string
	// TestPort is the port of the test listener.
	TestPort int
	// Boot is what an instance needs when it boots: the network and the security group rules.
	Boot []pulumi.Resource
}

// Network is what the tier must know of the network.
type Network struct {
	VPCID pulumi.StringInput
	// PublicSubnetIDs, LoadBalancerSubnetIDs and AppSubnetIDs are one a zone.
	PublicSubnetIDs, LoadBalancerSubnetIDs, AppSubnetIDs pulumi.StringArrayInput
	// PrivateZoneID and PrivateZoneName are of the Route 53 private zone.
	PrivateZoneID   pulumi.StringInput
	PrivateZoneName string
	// InternetGateway must exist before a load balancer can face the internet.
	InternetGateway pulumi.Resource
}

// SecurityGroups are the IDs of the groups.
type SecurityGroups struct{ PublicLoadBalancer, InternalLoadBalancer, App pulumi.StringInput }

// Keys are the ARNs of the KMS keys of volumes, of the deployment bucket and of log groups.
type Keys struct{ EBS, S3, Logs pulumi.StringInput }

// LogDays are how many days logs are kept at least: the load balancers', the web ACL's and
// the fleet's.
type LogDays struct{ LoadBalancers, WebACL, Fleet int }

// Compute is the traffic tier of one environment.
type Compute struct {
	pulumi.ResourceState

	Balancer *balancer.Balancer
	WebACL   *waf.WebACL
	Fleet    *fleet.Fleet
	// Release is nil without a certificate.
	Release *release.Release
}

// New registers the tier. Its errors are those of its parts, each before that part is registered.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Compute, error) {
	compute := &Compute{}
	if err := ctx.RegisterComponentResource(TypeToken, name, compute, opts...); err != nil {
		return nil, err
	}
	steps := []func(*pulumi.Context, string, Args) error{compute.balancer, compute.webACL, compute.fleet}
	if args.Config.HTTPS() {
		steps = append(steps, compute.release)
	}
	for _, step := range steps {
		if err := step(ctx, name, args); err != nil {
			return nil, err
		}
	}
	return compute, ctx.RegisterResourceOutputs(compute, pulumi.Map{
		"publicDnsName": compute.Balancer.Public.DnsName, "internalDnsName": compute.Balancer.Internal.DnsName,
	})
}

func (c *Compute) balancer(ctx *pulumi.Context, name string, args Args) (err error) {
	c.Balancer, err = balancer.New(ctx, name, balancer.Args{
		Environment: args.Environment, AccountID: args.AccountID, Region: args.Region, Partition: args.Partition,
		Config:                  args.Config,
		LogRetentionDays:        args.LogDays.LoadBalancers,
		VPCID:                   args.Network.VPCID,
		PublicSubnetIDs:         args.Network.PublicSubnetIDs,
		LoadBalancerSubnetIDs:   args.Network.LoadBalancerSubnetIDs,
		PublicSecurityGroupID:   args.SecurityGroups.PublicLoadBalancer,
		InternalSecurityGroupID: args.SecurityGroups.InternalLoadBalancer,
		PrivateZoneID:           args.Network.PrivateZoneID,
		PrivateZoneName:         args.Network.PrivateZoneName,
		TestPort:                args.TestPort,
		Internet:                []pulumi.Resource{args.Network.InternetGateway},
	}, pulumi.Parent(c))
	return err
}

func (c *Compute) webACL(ctx *pulumi.Context, name string, args Args) (err error) {
	c.WebACL, err = waf.New(ctx, name+"-web", waf.Args{
		Environment: args.Environment, AccountID: args.AccountID, Region: args.Region, Partition: args.Partition,
		LoadBalancerARN:  c.Balancer.Public.Arn,
		RateLimit:        args.Config.WAF.RateLimit,
		BehindProxy:      args.Config.Internet.PrefixListID != "",
		LogKeyARN:        args.Keys.Logs,
		LogRetentionDays: args.LogDays.WebACL,
	}, pulumi.Parent(c))
	return err
}

func (c *Compute) fleet(ctx *pulumi.Context, name string, args Args) (err error) {
	c.Fleet, err = fleet.New(ctx, name, fleet.Args{
		Environment: args.Environment, AccountID: args.AccountID, Region: args.Region, Partition: args.Partition,
		Config: args.Config, Tags: args.Tags,
		SubnetIDs:       args.Network.AppSubnetIDs,
		SecurityGroupID: args.SecurityGroups.App,
		TargetGroups:    c.targets(),
		Listeners:       c.Balancer.Listeners,
		Boot:            args.Boot,
		EBSKeyARN:       args.Keys.EBS, S3KeyARN: args.Keys.S3, LogKeyARN: args.Keys.Logs,
		RunbookURL:       args.RunbookURL,
		LogRetentionDays: args.LogDays.Fleet,
	}, pulumi.Parent(c))
	return err
}

func (c *Compute) targets() map[color.Color]fleet.Targets {
	targets := map[color.Color]fleet.Targets{}
	for _, side := range color.Both() {
		public, internal := c.Balancer.TargetGroups[balancer.Public][side], c.Balancer.TargetGroups[balancer.Internal][side]
		targets[side] = fleet.Targets{
			Public: fleet.Target{
				ARN: public.Arn, Name: public.Name, ARNSuffix: public.ArnSuffix, LoadBalancerARNSuffix: c.Balancer.Public.ArnSuffix,
			},
			Internal: fleet.Target{
				ARN: internal.Arn, Name: internal.Name, ARNSuffix: internal.ArnSuffix, LoadBalancerARNSuffix: c.Balancer.Internal.ArnSuffix,
			},
		}
	}
	return targets
}

func (c *Compute) release(ctx *pulumi.Context, name string, args Args) (err error) {
	fleets := map[color.Color]release.Fleet{}
	for _, side := range color.Both() {
		fleets[side] = release.Fleet{
			GroupName: c.Fleet.Groups[side].Name, GroupARN: c.Fleet.Groups[side].Arn,
			DeploymentGroup:        c.Fleet.DeploymentGroups[side].DeploymentGroupName,
			Alarm:                  c.Fleet.CompositeAlarms[side].AlarmName,
			Alarms:                 alarmNames(c.Fleet.Alarms[side]),
			PublicTargetGroupARN:   c.Balancer.TargetGroups[balancer.Public][side].Arn,
			InternalTargetGroupARN: c.Balancer.TargetGroups[balancer.Internal][side].Arn,
		}
	}
	c.Release, err = release.New(ctx, name+"-release", release.Args{
		Environment: args.Environment, AccountID: args.AccountID, Region: args.Region, Partition: args.Partition,
		Config:              args.Config.Release,
		PublicListenerARN:   c.Balancer.HTTPS[balancer.Public].Arn,
		InternalListenerARN: c.Balancer.HTTPS[balancer.Internal].Arn,
		TestListenerARN:     c.Balancer.Test.Arn,
		BucketName:          c.Fleet.DeploymentBucket.Name, BucketARN: c.Fleet.DeploymentBucket.ARN, KeyARN: args.Keys.S3,
		Application:      c.Fleet.Application.Name,
		DeploymentConfig: pulumi.String(fleet.DeploymentConfig),
		Template: release.Template{
			ID: c.Fleet.Template.ID(), ARN: c.Fleet.Template.Arn, Version: pulumi.Sprintf("%d", c.Fleet.Template.LatestVersion),
		},
		InstanceRoleARN: c.Fleet.InstanceRole.Arn,
		Instances:       args.Config.Fleet,
		Fleets:          fleets,
	}, pulumi.Parent(c))
	return err
}

func alarmNames(alarms []*cloudwatch.MetricAlarm) pulumi.StringArray {
	names := pulumi.StringArray{}
	for _, alarm := range alarms {
		names = append(names, alarm.Name)
	}
	return names
}
