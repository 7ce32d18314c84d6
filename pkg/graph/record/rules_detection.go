package record

// detectionRules are the rules of what finds faults in an account, of its defaults, and of
// EventBridge's rules. The subscription of a standard ends with the standard's name in AWS.
var detectionRules = map[string]rule{
	"aws:guardduty/detector:Detector": {"$urn16$urn16", map[string]string{
		"arn": "arn:$partition:guardduty:$region:$account:detector/$id", "accountId": "$account",
	}},
	"aws:guardduty/detectorFeature:DetectorFeature":               {"$in.detectorId/$in.name", nil},
	"aws:securityhub/account:Account":                             {"$account", map[string]string{"arn": "arn:$partition:securityhub:$region:$account:hub/default"}},
	"aws:securityhub/standardsSubscription:StandardsSubscription": {"arn:$partition:securityhub:$region:$account:subscription/$urn17", nil},
	"aws:inspector2/enabler:Enabler":                              {"$account-$urn7", nil},
	"aws:accessanalyzer/analyzer:Analyzer":                        {"$in.analyzerName", map[string]string{"arn": "arn:$partition:access-analyzer:$region:$account:analyzer/$id"}},
	"aws:macie2/account:Account": {"$account", map[string]string{
		"serviceRole": "arn:$partition:iam::$account:role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie",
	}},
	"aws:macie2/classificationJob:ClassificationJob": {"$urn16$urn16", map[string]string{
		"jobId": "$id", "jobArn": "arn:$partition:macie2:$region:$account:classification-job/$id", "jobStatus": "RUNNING",
	}},
	"aws:ebs/encryptionByDefault:EncryptionByDefault":             {"$urn17", nil},
	"aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": {"$region", nil},
	"aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess":       {"$region", nil},
	"aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults":   {"$region", nil},
	"aws:ec2/serialConsoleAccess:SerialConsoleAccess":             {"$urn17", nil},
	"aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock":    {"$account", nil},
	"aws:iam/accountPasswordPolicy:AccountPasswordPolicy":         {"iam-account-password-policy", nil},
	"aws:iam/group:Group": {"$in.name", map[string]string{
		"arn": "arn:$partition:iam::$account:group/$in.name", "uniqueId": "AGPA$urn17",
	}},
	"aws:iam/groupPolicyAttachment:GroupPolicyAttachment":  {"$in.group-$urn17", nil},
	"aws:costexplorer/costAllocationTag:CostAllocationTag": {"$in.tagKey", map[string]string{"type": "UserDefined"}},
	"aws:cloudwatch/eventRule:EventRule":                   {"$in.name", map[string]string{"arn": "arn:$partition:events:$region:$account:rule/$in.name"}},
	"aws:cloudwatch/eventTarget:EventTarget":               {"$in.rule-$in.targetId", nil},
}
