package fleet

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/autoscaling"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/codedeploy"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/bucket"
	"aws-platform/pkg/compute/color"
	"aws-platform/pkg/config"
)

// TypeToken is the type of the component.
const TypeToken = "platform:compute:Fleet"

// both and deployer are the suffixes of what both colors share: what they are
// made of, and who deploys to them.
const (
	both     = "fleet"
	deployer = "codedeploy"
)

// Args describe the fleet of one environment; every field is required unless it says otherwise.
type Args struct {
	// Environment is the environment's name: it names the groups, <environment>-blue
	// and <environment>-green, and their deployment groups, alarms and log group.
	Environment string
	// AccountID, Region and Partition are where the fleet is.
	AccountID, Region, Partition string
	// Config is the validated configuration of the environment's compute tier.
	Config config.Compute
	// Tags are put on instances and volumes, which a provider's default tags do not
	// reach; none is fine.
	Tags map[string]string
	// SubnetIDs are the subnets of the app tier.
	SubnetIDs pulumi.StringArrayInput
	// SecurityGroupID is the security group of the app tier.
	SecurityGroupID pulumi.StringInput
	// TargetGroups are where each color's instances are registered.
	TargetGroups map[color.Color]Targets
	// Listeners are what forwards to the target groups; required where
	// Config.HTTPS(). Scaling by requests is refused by AWS for a target group that
	// no load balancer forwards to.
	Listeners []pulumi.Resource
	// Boot is what an instance needs when it boots, to reach AWS: routes and egress
	// rules, or the components that hold them; none is fine.
	Boot []pulumi.Resource
	// EBSKeyARN, S3KeyARN and LogKeyARN are the KMS keys of the volumes, of the
	// deployment bucket and of the log group.
	EBSKeyARN, S3KeyARN, LogKeyARN pulumi.StringInput
	// RunbookURL is the folder or URL of the runbooks, which the alarms name.
	RunbookURL string
	// LogRetentionDays is how long the instances' logs are kept at least, in days;
	// rounded up to what CloudWatch Logs offers.
	LogRetentionDays int
}

// Targets are the target groups of one color: a target group belongs to one load
// balancer only, so that there is one a load balancer.
type Targets struct{ Public, Internal Target }

// Target is a target group and its load balancer, as metrics name them.
type Target struct {
	ARN, Name, ARNSuffix, LoadBalancerARNSuffix pulumi.StringInput
}

// Fleet is the fleet of one environment.
type Fleet struct {
	pulumi.ResourceState

	// Groups are the auto scaling groups.
	Groups map[color.Color]*autoscaling.Group
	// Alarms say what is wrong with a color, CompositeAlarms that something is.
	Alarms          map[color.Color][]*cloudwatch.MetricAlarm
	CompositeAlarms map[color.Color]*cloudwatch.CompositeAlarm
	// DeploymentBucket holds the revisions that may be deployed.
	DeploymentBucket *bucket.Bucket
	Application      *codedeploy.Application
	DeploymentGroups map[color.Color]*codedeploy.DeploymentGroup
	// InstanceRole is the role of the instances: who refreshes them passes it to EC2.
	InstanceRole *iam.Role
	// Template is the launch template of both groups. An update makes a new version
	// and no group takes it; a refresh brings its LatestVersion in.
	Template *ec2.LaunchTemplate
	// LogGroup holds the instances' logs.
	LogGroup *cloudwatch.LogGroup

	instancePolicy  *iam.RolePolicy
	instanceProfile *iam.InstanceProfile
}

// builder carries what the steps of New share.
type builder struct {
	ctx   *pulumi.Context
	name  string
	args  Args
	fleet *Fleet

	deployAlarms map[color.Color]pulumi.StringArray // names of those that stop a deployment
}

// New validates args, registers nothing on an error, and otherwise the fleet.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Fleet, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	fleet := &Fleet{
		Groups:           map[color.Color]*autoscaling.Group{},
		Alarms:           map[color.Color][]*cloudwatch.MetricAlarm{},
		CompositeAlarms:  map[color.Color]*cloudwatch.CompositeAlarm{},
		DeploymentGroups: map[color.Color]*codedeploy.DeploymentGroup{},
	}
	if err := ctx.RegisterComponentResource(TypeToken, name, fleet, opts...); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, args: args, fleet: fleet, deployAlarms: map[color.Color]pulumi.StringArray{}}
	for _, step := range []func() error{
		b.logs, b.deploymentBucket, b.instanceRole, b.launchTemplate,
		b.alarms, b.groups, b.scaling, b.codeDeploy,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return fleet, ctx.RegisterResourceOutputs(fleet, pulumi.Map{
		"blueGroupName": fleet.Groups[color.Blue].Name, "greenGroupName": fleet.Groups[color.Green].Name,
		"deploymentBucket": fleet.DeploymentBucket.Name, "applicationName": fleet.Application.Name,
	})
}

// parent is the option of every child; a fresh slice each time, never shared.
func (b *builder) parent(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.fleet)}, more...)
}

// child is the logical name of a child.
func (b *builder) child(suffix string) string { return b.name + "-" + suffix }

// physical is the name under which people and pipelines know a thing.
func (b *builder) physical(suffix string) string { return b.args.Environment + "-" + suffix }

// tags are those of a child itself; what is common to all resources comes from
// the provider's default tags.
func (b *builder) tags(suffix string) pulumi.StringMap {
	return pulumi.StringMap{"Name": pulumi.String(b.physical(suffix))}
}
