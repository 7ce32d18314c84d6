package release

import (
	"encoding/json"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/compute/color"
)

// estate is Args with the values that AWS has computed.
type estate struct {
	PublicListener, InternalListener, TestListener string
	Bucket, BucketARN, Key                         string
	Application, DeploymentConfig                  string
	Template, TemplateVersion, TemplateARN         string
	InstanceRole                                   string
	Fleets                                         map[color.Color]fleet
}

// fleet is Fleet with the values that AWS has computed.
type fleet struct {
	Group, GroupARN, DeploymentGroup, Alarm string
	PublicTargets, InternalTargets          string
	Alarms                                  []string
}

// resolve waits for what AWS computes and returns the estate as JSON.
func (b *builder) resolve() pulumi.StringOutput {
	fleets := pulumi.Map{}
	for _, c := range color.Both() {
		one := b.args.Fleets[c]
		fleets[string(c)] = pulumi.Map{
			"Group": one.GroupName, "GroupARN": one.GroupARN, "DeploymentGroup": one.DeploymentGroup, "Alarm": one.Alarm,
			"PublicTargets": one.PublicTargetGroupARN, "InternalTargets": one.InternalTargetGroupARN, "Alarms": one.Alarms,
		}
	}
	return pulumi.JSONMarshal(pulumi.Map{
		"PublicListener": b.args.PublicListenerARN, "InternalListener": b.args.InternalListenerARN, "TestListener": b.args.TestListenerARN,
		"Bucket": b.args.BucketName, "BucketARN": b.args.BucketARN, "Key": b.args.KeyARN,
		"Application": b.args.Application, "DeploymentConfig": b.args.DeploymentConfig,
		"Template": b.args.Template.ID, "TemplateVersion": b.args.Template.Version, "TemplateARN": b.args.Template.ARN,
		"InstanceRole": b.args.InstanceRoleARN,
		"Fleets":       fleets,
	})
}

func parseEstate(text string) (estate, error) {
	var found estate
	return found, json.Unmarshal([]byte(text), &found)
}
