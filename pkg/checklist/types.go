package checklist

// The types of Pulumi's AWS provider that several items look at.
const (
	listenerType    = "aws:lb/listener:Listener"
	targetGroupType = "aws:lb/targetGroup:TargetGroup"
	metricAlarmType = "aws:cloudwatch/metricAlarm:MetricAlarm"
	logGroupType    = "aws:cloudwatch/logGroup:LogGroup"
	topicType       = "aws:sns/topic:Topic"
	subscribedType  = "aws:sns/topicSubscription:TopicSubscription"
	databaseType    = "aws:rds/instance:Instance"
	cacheType       = "aws:elasticache/replicationGroup:ReplicationGroup"
	kafkaType       = "aws:msk/cluster:Cluster"
	searchType      = "aws:opensearch/domain:Domain"
	bucketType      = "aws:s3/bucketV2:BucketV2"
	planType        = "aws:backup/plan:Plan"
	vaultType       = "aws:backup/vault:Vault"
	addOnType       = "aws:eks/addon:Addon"
	streamType      = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
)
