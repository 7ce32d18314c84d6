package release

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/compute/color"
	"aws-platform/pkg/config"
	"aws-platform/pkg/required"
)

// validate returns every reason why the runbooks cannot be made of args.
func validate(args Args) error {
	problems := required.Missing("release.Args", args.needed()...)
	refuse := func(field string, value any, fact, remedy string) {
		problems = append(problems, fmt.Errorf("release.Args.%s: %v: %s: %s", field, value, fact, remedy))
	}
	if len(args.Instances.InstanceTypes) == 0 {
		refuse("Instances.InstanceTypes", "[]", "it is required", "pass compute.fleet of the configuration")
	}
	if count := len(args.Config.ApproverRoleARNs); count > config.MostApprovers {
		refuse("Config.ApproverRoleARNs", count, fmt.Sprintf("an approval takes %d approvers", config.MostApprovers), "name a role that several people may assume")
	}
	window := func(field string, minutes int) {
		if minutes < 1 || minutes > config.MostReleaseMinutes {
			refuse("Config."+field, minutes, "it is out of range", fmt.Sprintf("write 1 to %d", config.MostReleaseMinutes))
		}
	}
	window("ApprovalMinutes", args.Config.ApprovalMinutes)
	window("KeepMinutes", args.Config.KeepMinutes)
	return errors.Join(problems...)
}

// needed are the fields that tell where it is, and those that come from other resources.
func (args Args) needed() []required.Field {
	fields := required.Place(args.Environment, args.AccountID, args.Region, args.Partition)
	need := func(name string, value pulumi.Input) {
		fields = append(fields, required.Field{Name: name, Value: value, Remedy: "pass the one of the fleet or the load balancers"})
	}
	need("PublicListenerARN", args.PublicListenerARN)
	need("InternalListenerARN", args.InternalListenerARN)
	need("TestListenerARN", args.TestListenerARN)
	need("BucketName", args.BucketName)
	need("BucketARN", args.BucketARN)
	need("KeyARN", args.KeyARN)
	need("Application", args.Application)
	need("DeploymentConfig", args.DeploymentConfig)
	need("Template.ID", args.Template.ID)
	need("Template.Version", args.Template.Version)
	need("Template.ARN", args.Template.ARN)
	need("InstanceRoleARN", args.InstanceRoleARN)
	for _, c := range color.Both() {
		fleet, prefix := args.Fleets[c], fmt.Sprintf("Fleets[%s].", c)
		need(prefix+"GroupName", fleet.GroupName)
		need(prefix+"GroupARN", fleet.GroupARN)
		need(prefix+"DeploymentGroup", fleet.DeploymentGroup)
		need(prefix+"Alarm", fleet.Alarm)
		need(prefix+"Alarms", fleet.Alarms)
		need(prefix+"PublicTargetGroupARN", fleet.PublicTargetGroupARN)
		need(prefix+"InternalTargetGroupARN", fleet.InternalTargetGroupARN)
	}
	return fields
}
