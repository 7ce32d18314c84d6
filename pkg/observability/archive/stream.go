package archive

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kinesis"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/policy"
)

// Where in the bucket things are. Expressions are Amazon Data Firehose's (its Developer
// Guide, "Custom prefixes for Amazon S3 objects"); all times are UTC.
const (
	logsFolder   = "logs/"
	errorsFolder = "errors/"
	siemFolder   = "siem/"

	byHour    = "!{timestamp:yyyy/MM/dd/HH}/"
	byFailure = "!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/"
)

// Objects are as large as they come, for S3 moves none below 128 KB to Glacier: a stream
// is emptied after 15 minutes or at 128 MiB, the most that it takes.
const (
	bufferSeconds = 900
	bufferMiB     = 128
)

const (
	gzip = "GZIP"
	// logs names the stream to the bucket, and stored the log stream of its errors.
	logs   = "logs"
	stored = "archive"
)

// store makes the stream to the bucket, and subscribes every log group.
func (b *builder) store() error {
	failures, err := b.logStream(stored)
	if err != nil {
		return err
	}
	document := pulumi.All(b.archive.Bucket.ARN, b.args.S3KeyARN).ApplyT(func(arns []any) string {
		return policy.Document(b.storing(arns[0].(string), arns[1].(string), []string{logsFolder, errorsFolder}, []string{stored})...)
	}).(pulumi.StringOutput)
	role, allowed, err := b.deliveryRole(logs, document)
	if err != nil {
		return err
	}
	b.archive.Stream, err = kinesis.NewFirehoseDeliveryStream(b.ctx, b.name+"-"+logs, &kinesis.FirehoseDeliveryStreamArgs{
		Name:        pulumi.String(StreamName(b.args.Environment)),
		Destination: pulumi.String("extended_s3"),
		ExtendedS3Configuration: kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationArgs{
			BucketArn:         b.archive.Bucket.ARN,
			RoleArn:           role.Arn,
			KmsKeyArn:         b.args.S3KeyARN.ToStringOutput().ToStringPtrOutput(),
			Prefix:            pulumi.String(logsFolder + byHour),
			ErrorOutputPrefix: pulumi.String(errorsFolder + byFailure),
			BufferingInterval: pulumi.Int(bufferSeconds),
			BufferingSize:     pulumi.Int(bufferMiB),
			CompressionFormat: pulumi.String(gzip),
			ProcessingConfiguration: kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationArgs{
				Enabled: pulumi.Bool(true), Processors: lines(),
			},
			CloudwatchLoggingOptions: kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationCloudwatchLoggingOptionsArgs{
				Enabled: pulumi.Bool(true), LogGroupName: b.archive.LogGroup.Name, LogStreamName: failures.Name,
			},
		},
		ServerSideEncryption: b.encryption(),
		Tags:                 b.tags(logs),
	}, b.parent(pulumi.DependsOn(append([]pulumi.Resource{allowed}, b.archive.Bucket.Ready...)))...)
	if err != nil {
		return err
	}
	return b.subscribe(logs, b.archive.Stream, config.LogClasses())
}

// lines unpack what CloudWatch Logs sends and put each record on a line of its own, before
// all is compressed again (Amazon Data Firehose Developer Guide, "Decompress CloudWatch
// Logs"). The record stays whole: it says which log group an event is of.
func lines() kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorArray {
	return kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorArray{
		kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorArgs{
			Type: pulumi.String("Decompression"),
			Parameters: kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorParameterArray{
				kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorParameterArgs{
					ParameterName: pulumi.String("CompressionFormat"), ParameterValue: pulumi.String(gzip),
				},
			},
		},
		kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorArgs{Type: pulumi.String("AppendDelimiterToRecord")},
	}
}

// encryption is of what a stream holds until it is delivered.
func (b *builder) encryption() kinesis.FirehoseDeliveryStreamServerSideEncryptionArgs {
	return kinesis.FirehoseDeliveryStreamServerSideEncryptionArgs{
		Enabled: pulumi.Bool(true), KeyType: pulumi.String("CUSTOMER_MANAGED_CMK"), KeyArn: b.args.LogKeyARN.ToStringOutput().ToStringPtrOutput(),
	}
}
