package record

const configARN = "arn:$partition:config:$region:$account:"

// auditRules are the rules of the account's trail, of AWS Config and of what only audit
// logs have: locked and access-logged buckets. AWS Config calls a recorder and a delivery
// channel by their names.
var auditRules = map[string]rule{
	"aws:s3/bucketLoggingV2:BucketLoggingV2":                                 {"$in.bucket", nil},
	"aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2": {"$in.bucket", nil},
	"aws:cloudtrail/trail:Trail": {"arn:$partition:cloudtrail:$region:$account:trail/$in.name", map[string]string{
		"arn": "$id", "homeRegion": "$region",
	}},
	"aws:iam/serviceLinkedRole:ServiceLinkedRole": {"arn:$partition:iam::$account:role/aws-service-role/$in.awsServiceName/$name", map[string]string{
		"arn": "$id", "name": "$name", "path": "/aws-service-role/$in.awsServiceName/", "uniqueId": "AROA$urn17",
	}},
	"aws:cfg/recorder:Recorder":               {"$in.name", nil},
	"aws:cfg/recorderStatus:RecorderStatus":   {"$in.name", nil},
	"aws:cfg/deliveryChannel:DeliveryChannel": {"$in.name", nil},
	"aws:cfg/conformancePack:ConformancePack": {"$in.name", map[string]string{"arn": configARN + "conformance-pack/$in.name/conformance-pack-$urn7"}},
}
