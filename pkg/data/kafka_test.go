package data_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/config"
)

const clusterType = "aws:msk/cluster:Cluster"

func TestTheBrokersOfProduction(t *testing.T) {
	g := plan(t, config.Production, `{}`)
	cluster := one(t, g, clusterType, "production-kafka")
	assert.True(t, cluster.Protect)
	for property, want := range map[string]any{
		"clusterName": "production-kafka", "kafkaVersion": "3.9.x.kraft", "numberOfBrokerNodes": 3.0,
		"brokerNodeGroupInfo.instanceType": "kafka.t3.small", "brokerNodeGroupInfo.connectivityInfo.publicAccess.type": "DISABLED",
		"brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize": 100.0,
		"clientAuthentication.sasl.iam":                             true, "clientAuthentication.unauthenticated": false,
		"clientAuthentication.sasl.scram": nil, "clientAuthentication.tls": nil,
		"encryptionInfo.encryptionAtRestKmsKeyArn":        keyARN + "msk",
		"encryptionInfo.encryptionInTransit.clientBroker": "TLS", "encryptionInfo.encryptionInTransit.inCluster": true,
		"enhancedMonitoring": "PER_BROKER",
		"openMonitoring.prometheus.jmxExporter.enabledInBroker": true, "openMonitoring.prometheus.nodeExporter.enabledInBroker": true,
		"loggingInfo.brokerLogs.cloudwatchLogs.enabled":  true,
		"loggingInfo.brokerLogs.cloudwatchLogs.logGroup": "/aws/msk/production-kafka",
		"loggingInfo.brokerLogs.s3.enabled":              true,
		"loggingInfo.brokerLogs.s3.bucket":               "production-kafka-logs-" + account,
		"configurationInfo.revision":                     1.0,
		"storageMode":                                    "LOCAL",
	} {
		is, _ := cluster.Lookup(property)
		assert.Equal(t, want, is, property)
	}
	assert.Equal(t, []string{"subnet-us-east-1a", "subnet-us-east-1b", "subnet-us-east-1c"}, cluster.Strings("brokerNodeGroupInfo.clientSubnets"))
	assert.Equal(t, []string{"sg-kafka"}, cluster.Strings("brokerNodeGroupInfo.securityGroups"))
	assert.Equal(t, one(t, g, "aws:msk/configuration:Configuration", "production-kafka").ID, cluster.String("configurationInfo.arn"))
	assert.Equal(t, []string{"brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize"}, cluster.IgnoreChanges, "autoscaling makes it larger")
	for _, before := range []string{"aws:cloudwatch/logResourcePolicy:LogResourcePolicy production-kafka", "aws:s3/bucketPolicy:BucketPolicy production-kafka-logs"} {
		typ, name, _ := strings.Cut(before, " ")
		assert.True(t, dependsOn(cluster, one(t, g, typ, name)), before)
	}
}

func TestWhatABrokerLosesIsElsewhere(t *testing.T) {
	for name, test := range map[string]struct{ stack, changed, replication, insync string }{
		"three brokers": {config.Production, `{}`, "3", "2"},
		"six brokers":   {config.Production, `{"kafka": {"brokers": 6}}`, "3", "2"},
		"two brokers":   {config.Dev, `{}`, "2", "1"},
	} {
		t.Run(name, func(t *testing.T) {
			configuration := one(t, plan(t, test.stack, test.changed), "aws:msk/configuration:Configuration", test.stack+"-kafka")
			assert.Equal(t, "auto.create.topics.enable=false\ndefault.replication.factor="+test.replication+"\nmin.insync.replicas="+test.insync+
				"\nnum.partitions=3\nunclean.leader.election.enable=false\n", configuration.String("serverProperties"))
			assert.Equal(t, test.stack+"-kafka-3-9-x-kraft", configuration.String("name"), "another version is another configuration")
			assert.Equal(t, []string{"3.9.x.kraft"}, configuration.Strings("kafkaVersions"))
		})
	}
}

func TestBrokersStandInTheZonesThatAreNamed(t *testing.T) {
	cluster := one(t, plan(t, config.Dev, `{"kafka": {"zones": ["us-east-1c", "us-east-1a"]}}`), clusterType, "dev-kafka")
	assert.Equal(t, []string{"subnet-us-east-1c", "subnet-us-east-1a"}, cluster.Strings("brokerNodeGroupInfo.clientSubnets"))
	assert.Equal(t, 2, cluster.Int("numberOfBrokerNodes"))
}

// Two brokers for development are no less closed than three for production.
func TestTheBrokersOfDevAreEncryptedToo(t *testing.T) {
	g := plan(t, config.Dev, `{}`)
	cluster := one(t, g, clusterType, "dev-kafka")
	assert.True(t, cluster.Protect)
	for property, want := range map[string]any{
		"numberOfBrokerNodes": 2.0, "brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize": 10.0,
		"clientAuthentication.sasl.iam": true, "clientAuthentication.unauthenticated": false,
		"clientAuthentication.sasl.scram": nil, "clientAuthentication.tls": nil,
		"encryptionInfo.encryptionAtRestKmsKeyArn":        keyARN + "msk",
		"encryptionInfo.encryptionInTransit.clientBroker": "TLS", "encryptionInfo.encryptionInTransit.inCluster": true,
		"brokerNodeGroupInfo.connectivityInfo.publicAccess.type": "DISABLED",
	} {
		is, _ := cluster.Lookup(property)
		assert.Equal(t, want, is, property)
	}
	assert.Equal(t, []string{"subnet-us-east-1a", "subnet-us-east-1b"}, cluster.Strings("brokerNodeGroupInfo.clientSubnets"))
	assert.Equal(t, []string{"sg-kafka"}, cluster.Strings("brokerNodeGroupInfo.securityGroups"))
	assert.Equal(t, 50, one(t, g, "aws:appautoscaling/target:Target", "dev-kafka").Int("maxCapacity"))
}

func TestVolumesGrowAndNeverShrink(t *testing.T) {
	g := plan(t, config.Production, `{"kafka": {"maxVolumeGib": 700}}`)
	cluster := one(t, g, clusterType, "production-kafka")
	target, scaling := one(t, g, "aws:appautoscaling/target:Target", "production-kafka"), one(t, g, "aws:appautoscaling/policy:Policy", "production-kafka")
	assert.Equal(t, []any{cluster.ID, "kafka", "kafka:broker-storage:VolumeSize", 1.0, 700.0},
		[]any{target.String("resourceId"), target.String("serviceNamespace"), target.String("scalableDimension"), target.Inputs["minCapacity"], target.Inputs["maxCapacity"]})
	for property, want := range map[string]any{
		"resourceId": cluster.ID, "policyType": "TargetTrackingScaling",
		"targetTrackingScalingPolicyConfiguration.disableScaleIn": true, "targetTrackingScalingPolicyConfiguration.targetValue": 60.0,
		"targetTrackingScalingPolicyConfiguration.predefinedMetricSpecification.predefinedMetricType": "KafkaBrokerStorageUtilization",
	} {
		is, _ := scaling.Lookup(property)
		assert.Equal(t, want, is, property)
	}
}

// Whole documents: another action or principal is another opening.
func TestWhoMayUseTheCluster(t *testing.T) {
	g := plan(t, config.Production, `{}`)
	arn := one(t, g, clusterType, "production-kafka").ID
	of := func(kind string) string { return strings.Replace(arn, ":cluster/", ":"+kind+"/", 1) + "/*" }
	assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [{"Sid": "AccountFindsTheCluster", "Effect": "Allow",
		"Principal": {"AWS": "arn:aws:iam::444444444444:root"}, "Resource": ["`+arn+`"],
		"Action": ["kafka:DescribeCluster", "kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers"]}]}`,
		one(t, g, "aws:msk/clusterPolicy:ClusterPolicy", "production-kafka").String("policy"))
	assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [
		{"Sid": "ConnectsToTheCluster", "Effect": "Allow", "Resource": ["`+arn+`"],
		 "Action": ["kafka-cluster:Connect", "kafka-cluster:DescribeCluster", "kafka-cluster:WriteDataIdempotently"]},
		{"Sid": "UsesTopics", "Effect": "Allow", "Resource": ["`+of("topic")+`"],
		 "Action": ["kafka-cluster:CreateTopic", "kafka-cluster:DescribeTopic", "kafka-cluster:ReadData", "kafka-cluster:WriteData"]},
		{"Sid": "UsesConsumerGroups", "Effect": "Allow", "Resource": ["`+of("group")+`"],
		 "Action": ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"]}]}`,
		one(t, g, "aws:iam/policy:Policy", "production-kafka-access").String("policy"))
}

func TestBrokersAloneWriteIntoTheirBucket(t *testing.T) {
	g := plan(t, config.Production, `{}`)
	document := object(t, one(t, g, "aws:s3/bucketPolicy:BucketPolicy", "production-kafka-logs").String("policy")).(map[string]any)
	allowed := map[string]any{}
	for _, entry := range document["Statement"].([]any) {
		statement := entry.(map[string]any)
		if statement["Effect"] == "Allow" {
			allowed[statement["Sid"].(string)] = statement
		}
	}
	const ours = `"ArnLike": {"aws:SourceArn": "arn:aws:logs:us-east-1:444444444444:*"}`
	const delivery = `"Effect": "Allow", "Principal": {"Service": "delivery.logs.amazonaws.com"}`
	assert.Equal(t, object(t, `{
		"AWSLogDeliveryWrite": {"Sid": "AWSLogDeliveryWrite", "Action": ["s3:PutObject"], "Resource": ["arn:aws:s3:::production-kafka-logs-444444444444/AWSLogs/444444444444/*"], `+delivery+`,
			"Condition": {"StringEquals": {"aws:SourceAccount": "444444444444", "s3:x-amz-acl": "bucket-owner-full-control"}, `+ours+`}},
		"AWSLogDeliveryAclCheck": {"Sid": "AWSLogDeliveryAclCheck", "Action": ["s3:GetBucketAcl"], "Resource": ["arn:aws:s3:::production-kafka-logs-444444444444"], `+delivery+`,
			"Condition": {"StringEquals": {"aws:SourceAccount": "444444444444"}, `+ours+`}}}`), allowed)
}
