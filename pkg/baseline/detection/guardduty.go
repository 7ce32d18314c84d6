package detection

import (
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/guardduty"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// How GuardDuty spells a feature's status.
const (
	enabled  = "ENABLED"
	disabled = "DISABLED"
)

// runtimeMonitoring is the feature that listens to agents on instances and nodes.
const runtimeMonitoring = "RUNTIME_MONITORING"

// features are the detector's beside its foundations, which are CloudTrail's management
// events, VPC flow logs and DNS (Amazon GuardDuty User Guide, "GuardDuty features"). Lambda
// and RDS cost nothing where there is none.
var features = []string{
	"S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS", runtimeMonitoring,
}

// agents are whose agents GuardDuty installs by itself: none. That of EKS comes with the
// cluster, as a managed add-on (platform:cluster.guardDuty). With the one of EC2, GuardDuty
// makes an endpoint and a security group in every VPC with instances, which Pulumi does not
// know and which keep a VPC from being deleted (same guide, "Using Infrastructure as Code
// (IaC) with GuardDuty automated security agents"). There is no ECS.
//
// All three are named, in AWS' order: it reports the others too, which would show as a change
// for ever.
var agents = []string{"EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"}

// guardDuty makes the detector. It tells of what it has told of already every 15 minutes,
// the soonest that there is; what is new it tells within five.
func (b builder) guardDuty() error {
	detector, err := guardduty.NewDetector(b.ctx, b.name+"-guardduty", &guardduty.DetectorArgs{
		Enable:                     pulumi.Bool(true),
		FindingPublishingFrequency: pulumi.String("FIFTEEN_MINUTES"),
		Tags:                       tags("platform-guardduty"),
	}, b.child()...)
	if err != nil {
		return err
	}
	for _, feature := range features {
		args := &guardduty.DetectorFeatureArgs{DetectorId: detector.ID(), Name: pulumi.String(feature), Status: pulumi.String(enabled)}
		if feature == runtimeMonitoring {
			args.AdditionalConfigurations = noAgents()
		}
		if _, err := guardduty.NewDetectorFeature(b.ctx, b.name+"-guardduty-"+lower(feature), args, b.child()...); err != nil {
			return err
		}
	}
	return nil
}

func noAgents() guardduty.DetectorFeatureAdditionalConfigurationArray {
	var list guardduty.DetectorFeatureAdditionalConfigurationArray
	for _, agent := range agents {
		list = append(list, guardduty.DetectorFeatureAdditionalConfigurationArgs{Name: pulumi.String(agent), Status: pulumi.String(disabled)})
	}
	return list
}

// lower names a child by what AWS spells in capitals: S3_DATA_EVENTS is s3-data-events.
func lower(text string) string { return strings.ReplaceAll(strings.ToLower(text), "_", "-") }
