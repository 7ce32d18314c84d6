package archive

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kinesis"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/policy"
)

// The endpoint gets logs after a minute, in requests that any endpoint takes, and is
// tried for an hour before what it does not take goes to the archive.
const (
	siemSeconds  = 60
	siemMiB      = 4
	retrySeconds = 3600
)

const (
	// siem names the stream to the endpoint and the log stream of its errors, and backup
	// the log stream of errors on the way to the archive.
	siem   = "siem"
	backup = "siem-backup"
)

// send makes the stream to the endpoint, and subscribes the log groups of its classes. The
// endpoint's key is read by Amazon Data Firehose, from the one secret: it is in no state.
func (b *builder) send() error {
	failures, err := b.logStream(siem)
	if err != nil {
		return err
	}
	backups, err := b.logStream(backup)
	if err != nil {
		return err
	}
	// The secret's ARN ends in what AWS chose; nothing of what is in it is read here.
	secretARN := secretsmanager.LookupSecretOutput(b.ctx, secretsmanager.LookupSecretOutputArgs{
		Name: pulumi.String(b.args.Config.SIEM.SecretName),
	}, pulumi.Parent(b.archive)).Arn()
	document := pulumi.All(b.archive.Bucket.ARN, b.args.S3KeyARN, secretARN).ApplyT(func(arns []any) string {
		storing := b.storing(arns[0].(string), arns[1].(string), []string{siemFolder}, []string{siem, backup})
		return policy.Document(append(storing, b.reading(arns[2].(string))...)...)
	}).(pulumi.StringOutput)
	role, allowed, err := b.deliveryRole(siem, document)
	if err != nil {
		return err
	}
	b.archive.SIEM, err = kinesis.NewFirehoseDeliveryStream(b.ctx, b.name+"-"+siem, &kinesis.FirehoseDeliveryStreamArgs{
		Name:        pulumi.String(SIEMStreamName(b.args.Environment)),
		Destination: pulumi.String("http_endpoint"),
		HttpEndpointConfiguration: kinesis.FirehoseDeliveryStreamHttpEndpointConfigurationArgs{
			Url:               pulumi.String(b.args.Config.SIEM.URL),
			Name:              pulumi.String(siem),
			RoleArn:           role.Arn,
			BufferingInterval: pulumi.Int(siemSeconds),
			BufferingSize:     pulumi.Int(siemMiB),
			RetryDuration:     pulumi.Int(retrySeconds),
			SecretsManagerConfiguration: kinesis.FirehoseDeliveryStreamHttpEndpointConfigurationSecretsManagerConfigurationArgs{
				Enabled: pulumi.Bool(true), SecretArn: secretARN, RoleArn: role.Arn,
			},
			RequestConfiguration: kinesis.FirehoseDeliveryStreamHttpEndpointConfigurationRequestConfigurationArgs{ContentEncoding: pulumi.String(gzip)},
			CloudwatchLoggingOptions: kinesis.FirehoseDeliveryStreamHttpEndpointConfigurationCloudwatchLoggingOptionsArgs{
				Enabled: pulumi.Bool(true), LogGroupName: b.archive.LogGroup.Name, LogStreamName: failures.Name,
			},
			S3BackupMode:    pulumi.String("FailedDataOnly"),
			S3Configuration: b.refused(role.Arn, backups),
		},
		ServerSideEncryption: b.encryption(),
		Tags:                 b.tags(siem),
	}, b.parent(pulumi.DependsOn(append([]pulumi.Resource{allowed}, b.archive.Bucket.Ready...)))...)
	if err != nil {
		return err
	}
	return b.subscribe(siem, b.archive.SIEM, b.args.Config.SIEM.Classes)
}

// refused is where goes what the endpoint did not take.
func (b *builder) refused(roleARN pulumi.StringInput, failures *cloudwatch.LogStream) kinesis.FirehoseDeliveryStreamHttpEndpointConfigurationS3ConfigurationArgs {
	return kinesis.FirehoseDeliveryStreamHttpEndpointConfigurationS3ConfigurationArgs{
		BucketArn:         b.archive.Bucket.ARN,
		RoleArn:           roleARN,
		KmsKeyArn:         b.args.S3KeyARN.ToStringOutput().ToStringPtrOutput(),
		Prefix:            pulumi.String(siemFolder + byHour),
		ErrorOutputPrefix: pulumi.String(siemFolder + byFailure),
		BufferingInterval: pulumi.Int(bufferSeconds),
		BufferingSize:     pulumi.Int(bufferMiB),
		CompressionFormat: pulumi.String(gzip),
		CloudwatchLoggingOptions: kinesis.FirehoseDeliveryStreamHttpEndpointConfigurationS3ConfigurationCloudwatchLoggingOptionsArgs{
			Enabled: pulumi.Bool(true), LogGroupName: b.archive.LogGroup.Name, LogStreamName: failures.Name,
		},
	}
}
