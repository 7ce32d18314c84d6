package archive

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/policy"
)

// role makes a role and its policy.
func (b *builder) role(suffix, description string, trust policy.Statement, document pulumi.StringOutput) (*iam.Role, *iam.RolePolicy, error) {
	role, err := iam.NewRole(b.ctx, b.name+"-"+suffix, &iam.RoleArgs{
		Description:      pulumi.String(description),
		AssumeRolePolicy: pulumi.String(policy.Document(trust)),
		Tags:             b.tags(suffix),
	}, b.parent()...)
	if err != nil {
		return nil, nil, err
	}
	allowed, err := iam.NewRolePolicy(b.ctx, b.name+"-"+suffix, &iam.RolePolicyArgs{Role: role.ID(), Policy: document}, b.parent()...)
	return role, allowed, err
}

// deliveryRole makes the role of a stream. Amazon Data Firehose names the account that the
// stream is of as the external ID, so that no other account's stream has the role.
func (b *builder) deliveryRole(stream string, document pulumi.StringOutput) (*iam.Role, *iam.RolePolicy, error) {
	return b.role(stream+"-firehose", "Delivers the stream "+b.args.Environment+"-"+stream, policy.Statement{
		Effect:    policy.Allow,
		Principal: map[string]any{"Service": "firehose.amazonaws.com"},
		Action:    []string{"sts:AssumeRole"},
		Condition: policy.Condition{"StringEquals": {"sts:ExternalId": b.args.AccountID}},
	}, document)
}

// senderRole makes the role by which CloudWatch Logs puts records into a stream.
func (b *builder) senderRole(stream string, document pulumi.StringOutput) (*iam.Role, *iam.RolePolicy, error) {
	return b.role(stream+"-cloudwatch", "Sends logs to the stream "+b.args.Environment+"-"+stream, policy.Statement{
		Effect:    policy.Allow,
		Principal: map[string]any{"Service": "logs." + b.args.Region + ".amazonaws.com"},
		Action:    []string{"sts:AssumeRole"},
		// The log groups of this account and region (Amazon CloudWatch Logs User Guide,
		// "Confused deputy prevention").
		Condition: policy.Condition{"ArnLike": {"aws:SourceArn": b.arn("logs", "*")}},
	}, document)
}

// storing are what a stream needs to write below the folders of the bucket, and to its
// log streams (Amazon Data Firehose Developer Guide, "Grant Firehose access to an Amazon S3 destination").
func (b *builder) storing(bucketARN, key string, folders, logStreams []string) []policy.Statement {
	var objects, streams []string
	for _, folder := range folders {
		objects = append(objects, bucketARN+"/"+folder+"*")
	}
	for _, name := range logStreams {
		streams = append(streams, b.arn("logs", "log-group:"+LogGroupName(b.args.Environment)+":log-stream:"+name))
	}
	return []policy.Statement{
		{Sid: "FindsTheBucket", Effect: policy.Allow, Resource: []string{bucketARN},
			Action: []string{"s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"}},
		{Sid: "WritesObjects", Effect: policy.Allow, Resource: objects, Action: []string{"s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"}},
		{Sid: "EncryptsObjects", Effect: policy.Allow, Resource: []string{key}, Action: []string{"kms:Decrypt", "kms:GenerateDataKey"},
			Condition: policy.Condition{
				"StringEquals": {"kms:ViaService": "s3." + b.args.Region + ".amazonaws.com"},
				// With a bucket key, S3 names the bucket and not the object.
				"StringLike": {"kms:EncryptionContext:aws:s3:arn": []string{bucketARN, bucketARN + "/*"}},
			}},
		{Sid: "LogsErrors", Effect: policy.Allow, Action: []string{"logs:PutLogEvents"}, Resource: streams},
	}
}

// putting is what CloudWatch Logs needs to put records into a stream. Whoever does needs
// the stream's key, through Amazon Data Firehose: AWS asks for it of new streams since 20
// April 2026 (its notice "Enhanced security controls for Amazon Data Firehose").
func (b *builder) putting(streamARN, key string) []policy.Statement {
	return []policy.Statement{
		{Sid: "PutsRecords", Effect: policy.Allow, Action: []string{"firehose:PutRecord", "firehose:PutRecordBatch"}, Resource: []string{streamARN}},
		{Sid: "EncryptsRecords", Effect: policy.Allow, Action: []string{"kms:Decrypt", "kms:GenerateDataKey"}, Resource: []string{key},
			Condition: policy.Condition{"StringEquals": {"kms:ViaService": "firehose." + b.args.Region + ".amazonaws.com"}}},
	}
}

// reading is what a stream needs to read the endpoint's key: the one secret, and whichever
// KMS key it is encrypted with, for that secret alone (Amazon Data Firehose Developer
// Guide, "Grant access to Firehose to retrieve the secret"; AWS Secrets Manager User Guide,
// "Secret encryption and decryption", on the encryption context).
func (b *builder) reading(secretARN string) []policy.Statement {
	return []policy.Statement{
		{Sid: "ReadsTheEndpointsKey", Effect: policy.Allow, Action: []string{"secretsmanager:GetSecretValue"}, Resource: []string{secretARN}},
		{
			Sid: "DecryptsTheEndpointsKey", Effect: policy.Allow, Action: []string{"kms:Decrypt"},
			Resource: []string{b.arn("kms", "key/*")}, // whichever key the secret's owner chose
			Condition: policy.Condition{"StringEquals": {
				"kms:ViaService":                  "secretsmanager." + b.args.Region + ".amazonaws.com",
				"kms:EncryptionContext:SecretARN": secretARN,
			}},
		},
	}
}
