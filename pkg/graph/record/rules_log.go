package record

// logRules are the rules of the log archive.
var logRules = map[string]rule{
	"aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {"arn:$partition:firehose:$region:$account:deliverystream/$in.name", map[string]string{
		"arn": "$id", "destinationId": "destinationId-000000000001", "versionId": "1",
	}},
	"aws:cloudwatch/logStream:LogStream": {"$in.name", map[string]string{
		"arn": "arn:$partition:logs:$region:$account:log-group:$in.logGroupName:log-stream:$in.name",
	}},
	"aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": {"cwlsf-$number", nil},
}
