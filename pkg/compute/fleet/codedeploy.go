package fleet

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/codedeploy"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/compute/color"
)

// DeploymentConfig is how the deployment groups deploy: to all instances at once. The
// idle fleet carries no traffic, so that one at a time would only take longer, and
// half of a fleet of one is none. It counts a
// deployment as successful that reached one instance: whoever moves traffic
// checks that it failed on none.
const DeploymentConfig = "CodeDeployDefault.AllAtOnce"

// codeDeploy makes the application and a deployment group a color, each with its
// own auto scaling group and target groups. A deployment is in place: the
// blue/green kind of CodeDeploy makes and deletes auto scaling groups itself.
func (b *builder) codeDeploy() error {
	role, ready, err := b.codeDeployRole()
	if err != nil {
		return err
	}
	b.fleet.Application, err = codedeploy.NewApplication(b.ctx, b.child(deployer), &codedeploy.ApplicationArgs{
		Name:            pulumi.String(b.args.Environment),
		ComputePlatform: pulumi.String("Server"),
		Tags:            pulumi.StringMap{"Name": pulumi.String(b.args.Environment)},
	}, b.parent()...)
	if err != nil {
		return err
	}
	for _, c := range color.Both() {
		if err := b.deploymentGroup(c, role, ready); err != nil {
			return err
		}
	}
	return nil
}

// deploymentGroup makes the deployment group of a color. Instances that its auto
// scaling group launches later get the color's revision before they serve.
func (b *builder) deploymentGroup(c color.Color, role *iam.Role, ready pulumi.Resource) (err error) {
	args := &codedeploy.DeploymentGroupArgs{
		AppName:                   b.fleet.Application.Name,
		DeploymentGroupName:       pulumi.String(b.physical(string(c))),
		ServiceRoleArn:            role.Arn,
		AutoscalingGroups:         pulumi.StringArray{b.fleet.Groups[c].Name},
		DeploymentConfigName:      pulumi.String(DeploymentConfig),
		OutdatedInstancesStrategy: pulumi.String("UPDATE"),
		DeploymentStyle:           deploymentStyle("WITHOUT_TRAFFIC_CONTROL"),
		AlarmConfiguration: codedeploy.DeploymentGroupAlarmConfigurationArgs{
			Enabled: pulumi.Bool(true),
			Alarms:  b.deployAlarms[c],
		},
		AutoRollbackConfiguration: codedeploy.DeploymentGroupAutoRollbackConfigurationArgs{
			Enabled: pulumi.Bool(true),
			Events:  pulumi.ToStringArray([]string{"DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"}),
		},
		Tags: b.tags(string(c)),
	}
	if b.args.Config.HTTPS() {
		targets := b.args.TargetGroups[c]
		args.DeploymentStyle = deploymentStyle("WITH_TRAFFIC_CONTROL")
		args.LoadBalancerInfo = codedeploy.DeploymentGroupLoadBalancerInfoArgs{
			TargetGroupInfos: codedeploy.DeploymentGroupLoadBalancerInfoTargetGroupInfoArray{
				codedeploy.DeploymentGroupLoadBalancerInfoTargetGroupInfoArgs{Name: targets.Public.Name},
				codedeploy.DeploymentGroupLoadBalancerInfoTargetGroupInfoArgs{Name: targets.Internal.Name},
			},
		}
	}
	b.fleet.DeploymentGroups[c], err = codedeploy.NewDeploymentGroup(b.ctx, b.child(string(c)), args,
		b.parent(pulumi.DependsOn([]pulumi.Resource{ready}))...) // CodeDeploy puts its lifecycle hook at once, as the role
	return err
}

func deploymentStyle(option string) codedeploy.DeploymentGroupDeploymentStyleArgs {
	return codedeploy.DeploymentGroupDeploymentStyleArgs{
		DeploymentType:   pulumi.String("IN_PLACE"),
		DeploymentOption: pulumi.String(option),
	}
}
