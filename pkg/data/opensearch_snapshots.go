package data

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/bucket"
	"aws-platform/pkg/config"
	"aws-platform/pkg/policy"
)

// snapshots make the bucket and the role of a snapshot repository. The service's own
// snapshots are hourly, for two weeks, and gone with the domain; those in the bucket are
// for as long as somebody keeps them (docs/runbooks/opensearch-snapshots.md registers it).
func (b *openSearchBuilder) snapshots() (err error) {
	name := b.name + "-snapshots"
	b.bucket, err = bucket.New(b.ctx, name, bucket.Args{
		Name: b.identifier() + "-snapshots-" + b.args.AccountID, Partition: b.args.Partition, KMSKeyARN: b.args.S3KeyARN,
	}, b.parent()...)
	if err != nil {
		return err
	}
	b.snapshotRole, err = iam.NewRole(b.ctx, name, &iam.RoleArgs{
		Name:        pulumi.String(b.identifier() + "-snapshots"), // people type it
		Description: pulumi.String("Writes the snapshots of the OpenSearch domain of " + b.args.Environment),
		AssumeRolePolicy: pulumi.String(policy.Document(policy.Statement{
			Effect:    policy.Allow,
			Principal: map[string]any{"Service": "es.amazonaws.com"},
			Action:    []string{"sts:AssumeRole"},
			Condition: policy.Condition{
				"StringEquals": {"aws:SourceAccount": b.args.AccountID},
				"ArnLike":      {"aws:SourceArn": b.domainARN()},
			},
		})),
		Tags: tags(b.identifier() + "-snapshots"),
	}, b.parent()...)
	if err != nil {
		return err
	}
	_, err = iam.NewRolePolicy(b.ctx, name, &iam.RolePolicyArgs{
		Role:   b.snapshotRole.ID(),
		Policy: b.snapshotPolicy(),
	}, b.parent()...)
	return err
}

func (b *openSearchBuilder) snapshotPolicy() pulumi.StringOutput {
	return pulumi.All(b.bucket.ARN, b.args.S3KeyARN).ApplyT(func(arns []any) string {
		bucketARN, key := arns[0].(string), arns[1].(string)
		return policy.Document(
			policy.Statement{Sid: "ListsSnapshots", Effect: policy.Allow, Action: []string{"s3:ListBucket"}, Resource: []string{bucketARN}},
			policy.Statement{
				Sid: "KeepsSnapshots", Effect: policy.Allow, Resource: []string{bucketARN + "/*"},
				Action: []string{"s3:DeleteObject", "s3:GetObject", "s3:PutObject"},
			},
			policy.Statement{
				Sid: "EncryptsSnapshots", Effect: policy.Allow, Resource: []string{key},
				Action:    []string{"kms:Decrypt", "kms:GenerateDataKey"},
				Condition: policy.Condition{"StringEquals": {"kms:ViaService": "s3." + b.args.Region + ".amazonaws.com"}},
			},
		)
	}).(pulumi.StringOutput)
}

// publish says what applications and operators must know, and applications may do.
func (b *openSearchBuilder) publish() {
	add := func(name, description string, value pulumi.StringInput) {
		b.store.Parameters = append(b.store.Parameters, Parameter{
			Store: config.OpenSearchStore, Name: name, Description: description, Value: value,
		})
	}
	add("endpoint", "Host name of the domain", b.store.Domain.Endpoint)
	add("port", "TCP port, HTTPS only", pulumi.String(fmt.Sprint(config.OpenSearchPort)))
	add("masterRoleArn", "Role that administers inside the domain", b.store.MasterRole.Arn)
	add("snapshotBucket", "Bucket of the snapshot repository", b.bucket.Name)
	add("snapshotRoleArn", "Role that the domain writes snapshots as", b.snapshotRole.Arn)
	b.store.Access = pulumi.String(b.requests("UsesTheDomain")).ToStringOutput()
}

// clock reads a validated time of day.
func clock(text string) (hours, minutes int) {
	hour, minute, _ := strings.Cut(text, ":")
	hours, _ = strconv.Atoi(hour)
	minutes, _ = strconv.Atoi(minute)
	return hours, minutes
}
