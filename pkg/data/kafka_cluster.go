package data

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/appautoscaling"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/msk"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/bucket"
	"aws-platform/pkg/policy"
)

// logs make where brokers write: a log group to search in, a bucket to keep.
func (b *kafkaBuilder) logs() (err error) {
	group := "/aws/msk/" + b.identifier()
	if b.store.LogGroup, err = b.args.Logs.group(b.ctx, b.name, group, b.store); err != nil {
		return err
	}
	writer, err := b.args.writer(b.ctx, b.name, delivery, group, b.args.deliveries(), b.store)
	if err != nil {
		return err
	}
	b.bucket, err = bucket.New(b.ctx, b.name+"-logs", bucket.Args{
		Name:          b.identifier() + "-logs-" + b.args.AccountID,
		Partition:     b.args.Partition,
		KMSKeyARN:     b.args.S3KeyARN,
		RetentionDays: b.args.Logs.RetentionDays,
		Statements:    b.deliver,
	}, b.parent()...)
	if err != nil {
		return err
	}
	b.before = append([]pulumi.Resource{writer}, b.bucket.Ready...)
	return nil
}

// deliver lets the log delivery service write the brokers' logs of this account. These
// are AWS's own statements: where a bucket's policy has them not, AWS appends them, and
// no state knows (Amazon CloudWatch Logs User Guide, "Logs sent to Amazon S3").
func (b *kafkaBuilder) deliver(bucketARN string) []policy.Statement {
	ours := func(equal map[string]any) policy.Condition {
		equal["aws:SourceAccount"] = b.args.AccountID
		return policy.Condition{"StringEquals": equal, "ArnLike": {"aws:SourceArn": b.args.deliveries()}}
	}
	service := map[string]any{"Service": delivery}
	return []policy.Statement{
		{
			Sid: "AWSLogDeliveryWrite", Effect: policy.Allow, Principal: service, Action: []string{"s3:PutObject"},
			Resource:  []string{bucketARN + "/AWSLogs/" + b.args.AccountID + "/*"},
			Condition: ours(map[string]any{"s3:x-amz-acl": "bucket-owner-full-control"}),
		},
		{
			Sid: "AWSLogDeliveryAclCheck", Effect: policy.Allow, Principal: service, Action: []string{"s3:GetBucketAcl"},
			Resource: []string{bucketARN}, Condition: ours(map[string]any{}),
		},
	}
}

// configure makes the brokers' properties. Its name has the version in it, because
// neither can be changed while a cluster has it.
func (b *kafkaBuilder) configure() (err error) {
	version := b.args.Config.KafkaVersion
	b.configuration, err = msk.NewConfiguration(b.ctx, b.name, &msk.ConfigurationArgs{
		Name:             pulumi.String(b.identifier() + "-" + strings.ReplaceAll(version, ".", "-")),
		Description:      pulumi.String("Brokers of " + b.args.Environment),
		KafkaVersions:    pulumi.StringArray{pulumi.String(version)},
		ServerProperties: pulumi.String(b.properties()),
	}, b.parent()...)
	return err
}

// properties keep every message in three brokers, and acknowledge it when two have it; with
// two brokers, in both and when one has it, so that the loss of a broker stops nothing.
func (b *kafkaBuilder) properties() string {
	replicas := min(3, b.args.Config.Brokers)
	return fmt.Sprintf(`auto.create.topics.enable=false
default.replication.factor=%d
min.insync.replicas=%d
num.partitions=3
unclean.leader.election.enable=false
`, replicas, max(1, replicas-1))
}

// cluster makes the brokers.
func (b *kafkaBuilder) cluster() (err error) {
	c := b.args.Config
	exporter := msk.ClusterOpenMonitoringPrometheusArgs{
		JmxExporter:  msk.ClusterOpenMonitoringPrometheusJmxExporterArgs{EnabledInBroker: pulumi.Bool(true)},
		NodeExporter: msk.ClusterOpenMonitoringPrometheusNodeExporterArgs{EnabledInBroker: pulumi.Bool(true)},
	}
	b.store.Cluster, err = msk.NewCluster(b.ctx, b.name, &msk.ClusterArgs{
		ClusterName:         pulumi.String(b.identifier()),
		KafkaVersion:        pulumi.String(c.KafkaVersion),
		NumberOfBrokerNodes: pulumi.Int(c.Brokers),
		BrokerNodeGroupInfo: b.brokers(),
		// The one way in: no other listener exists.
		ClientAuthentication: msk.ClusterClientAuthenticationArgs{
			Sasl:            msk.ClusterClientAuthenticationSaslArgs{Iam: pulumi.Bool(true)},
			Unauthenticated: pulumi.Bool(false),
		},
		EncryptionInfo: msk.ClusterEncryptionInfoArgs{
			EncryptionAtRestKmsKeyArn: b.args.KeyARN.ToStringOutput().ToStringPtrOutput(),
			EncryptionInTransit: msk.ClusterEncryptionInfoEncryptionInTransitArgs{
				ClientBroker: pulumi.String("TLS"), InCluster: pulumi.Bool(true),
			},
		},
		ConfigurationInfo: msk.ClusterConfigurationInfoArgs{
			Arn: b.configuration.Arn, Revision: b.configuration.LatestRevision,
		},
		EnhancedMonitoring: pulumi.String("PER_BROKER"),
		OpenMonitoring:     msk.ClusterOpenMonitoringArgs{Prometheus: exporter},
		LoggingInfo:        msk.ClusterLoggingInfoArgs{BrokerLogs: b.brokerLogs()},
		StorageMode:        pulumi.String("LOCAL"),
		Tags:               tags(b.identifier()),
	}, b.parent(pulumi.Protect(true), pulumi.DependsOn(b.before), pulumi.IgnoreChanges([]string{
		// Storage autoscaling makes it larger, and MSK makes no volume smaller.
		"brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize",
	}))...)
	return err
}

func (b *kafkaBuilder) brokers() msk.ClusterBrokerNodeGroupInfoArgs {
	c := b.args.Config
	return msk.ClusterBrokerNodeGroupInfoArgs{
		InstanceType:   pulumi.String(c.InstanceType),
		ClientSubnets:  b.args.subnets(c.Zones),
		SecurityGroups: pulumi.StringArray{b.args.SecurityGroupID},
		ConnectivityInfo: msk.ClusterBrokerNodeGroupInfoConnectivityInfoArgs{
			PublicAccess: msk.ClusterBrokerNodeGroupInfoConnectivityInfoPublicAccessArgs{Type: pulumi.String("DISABLED")},
		},
		StorageInfo: msk.ClusterBrokerNodeGroupInfoStorageInfoArgs{
			EbsStorageInfo: msk.ClusterBrokerNodeGroupInfoStorageInfoEbsStorageInfoArgs{VolumeSize: pulumi.Int(c.VolumeGiB)},
		},
	}
}

func (b *kafkaBuilder) brokerLogs() msk.ClusterLoggingInfoBrokerLogsArgs {
	return msk.ClusterLoggingInfoBrokerLogsArgs{
		CloudwatchLogs: msk.ClusterLoggingInfoBrokerLogsCloudwatchLogsArgs{Enabled: pulumi.Bool(true), LogGroup: b.store.LogGroup.Name},
		S3:             msk.ClusterLoggingInfoBrokerLogsS3Args{Enabled: pulumi.Bool(true), Bucket: b.bucket.Name.ToStringPtrOutput()},
	}
}

// fullPercent is the use of a broker's volume at which it grows; MSK recommends 50 to 60
// (Amazon MSK Developer Guide, "Automatic scaling for Amazon MSK clusters").
const fullPercent = 60

// scaling lets the volumes grow up to their maximum; they never shrink.
func (b *kafkaBuilder) scaling() error {
	const namespace, dimension = "kafka", "kafka:broker-storage:VolumeSize"
	target, err := appautoscaling.NewTarget(b.ctx, b.name, &appautoscaling.TargetArgs{
		ServiceNamespace:  pulumi.String(namespace),
		ScalableDimension: pulumi.String(dimension),
		ResourceId:        b.store.Cluster.Arn,
		MinCapacity:       pulumi.Int(1), // as MSK has it: what is there counts, and does not shrink
		MaxCapacity:       pulumi.Int(b.args.Config.MaxVolumeGiB),
	}, b.parent()...)
	if err != nil {
		return err
	}
	_, err = appautoscaling.NewPolicy(b.ctx, b.name, &appautoscaling.PolicyArgs{
		Name:              pulumi.String(b.identifier() + "-storage"),
		PolicyType:        pulumi.String("TargetTrackingScaling"),
		ServiceNamespace:  target.ServiceNamespace,
		ScalableDimension: target.ScalableDimension,
		ResourceId:        target.ResourceId,
		TargetTrackingScalingPolicyConfiguration: appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationArgs{
			DisableScaleIn: pulumi.Bool(true),
			TargetValue:    pulumi.Float64(fullPercent),
			PredefinedMetricSpecification: appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecificationArgs{
				PredefinedMetricType: pulumi.String("KafkaBrokerStorageUtilization"),
			},
		},
	}, b.parent()...)
	return err
}
