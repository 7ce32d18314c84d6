package release

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/compute/color"
)

// mostApprovers is what an approval takes (Systems Manager User Guide, aws:approve, Approvers).
const mostApprovers = 10

// mostMinutes bounds how long a release may wait for approval, and watch: a day.
const mostMinutes = 24 * 60

// validate returns every reason why the runbooks cannot be made of args.
func validate(args Args) error {
	var problems []error
	refuse := func(field string, value any, fact, remedy string) {
		problems = append(problems, fmt.Errorf("release.Args.%s: %v: %s: %s", field, value, fact, remedy))
	}
	for field, value := range map[string]string{
		"Environment": args.Environment, "AccountID": args.AccountID, "Region": args.Region, "Partition": args.Partition,
	} {
		if value == "" {
			refuse(field, `""`, "it is required", "pass the environment's")
		}
	}
	for field, value := range args.inputs() {
		if value == nil {
			refuse(field, "nil", "it is required", "pass the one of the fleet or the load balancers")
		}
	}
	if len(args.Instances.InstanceTypes) == 0 {
		refuse("Instances.InstanceTypes", "[]", "it is required", "pass compute.fleet of the configuration")
	}
	if count := len(args.Config.ApproverRoleARNs); count > mostApprovers {
		refuse("Config.ApproverRoleARNs", count, fmt.Sprintf("an approval takes %d approvers", mostApprovers), "name a role that several people may assume")
	}
	for field, minutes := range map[string]int{"ApprovalMinutes": args.Config.ApprovalMinutes, "KeepMinutes": args.Config.KeepMinutes} {
		if minutes < 1 || minutes > mostMinutes {
			refuse("Config."+field, minutes, "it is out of range", fmt.Sprintf("write 1 to %d", mostMinutes))
		}
	}
	slices.SortFunc(problems, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(problems...)
}

// inputs are the fields of args that come from other resources, by name.
func (args Args) inputs() map[string]pulumi.Input {
	inputs := map[string]pulumi.Input{
		"PublicListenerARN": args.PublicListenerARN, "InternalListenerARN": args.InternalListenerARN, "TestListenerARN": args.TestListenerARN,
		"BucketName": args.BucketName, "BucketARN": args.BucketARN, "KeyARN": args.KeyARN,
		"Application": args.Application, "DeploymentConfig": args.DeploymentConfig,
		"Template.ID": args.Template.ID, "Template.Version": args.Template.Version, "Template.ARN": args.Template.ARN,
		"InstanceRoleARN": args.InstanceRoleARN,
	}
	for _, c := range color.Both() {
		fleet, prefix := args.Fleets[c], fmt.Sprintf("Fleets[%s].", c)
		inputs[prefix+"GroupName"], inputs[prefix+"GroupARN"] = fleet.GroupName, fleet.GroupARN
		inputs[prefix+"DeploymentGroup"], inputs[prefix+"Alarm"] = fleet.DeploymentGroup, fleet.Alarm
		inputs[prefix+"Alarms"] = fleet.Alarms
		inputs[prefix+"PublicTargetGroupARN"] = fleet.PublicTargetGroupARN
		inputs[prefix+"InternalTargetGroupARN"] = fleet.InternalTargetGroupARN
	}
	return inputs
}
