package archive

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kinesis"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/bucket"
	"aws-platform/pkg/config"
	"aws-platform/pkg/policy"
	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:observability:Archive" //nolint:gosec // a type, not a credential

// noncurrentDays are how long a log that was deleted, or has expired, can be had back.
const noncurrentDays = 90

// Args describe the archive of one environment; every field is required.
type Args struct {
	// Environment begins all physical names: the streams <environment>-logs and
	// <environment>-siem, the bucket <environment>-log-archive-<account>.
	Environment string
	// AccountID, Region and Partition are where it is.
	AccountID, Region, Partition string
	// Config is the validated configuration.
	Config config.Logs
	// S3KeyARN is the KMS key of the bucket, LogKeyARN that of the streams and of the
	// archive's own log group, which CloudWatch Logs and Amazon Data Firehose must be able
	// to use for this account.
	S3KeyARN, LogKeyARN pulumi.StringInput
	// LogGroups are what is archived, by a short name that is part of the URN.
	LogGroups map[string]LogGroup
}

// LogGroup is a log group of CloudWatch Logs.
type LogGroup struct {
	// Name is the log group's.
	Name pulumi.StringInput
	// Class is one of config.LogClasses.
	Class string
}

// Archive is the archive of one environment.
type Archive struct {
	pulumi.ResourceState

	// Bucket holds the logs.
	Bucket *bucket.Bucket
	// Stream carries logs to the bucket.
	Stream *kinesis.FirehoseDeliveryStream
	// SIEM carries logs to the endpoint; nil without one.
	SIEM *kinesis.FirehoseDeliveryStream
	// LogGroup holds the streams' errors; nobody subscribes to it.
	LogGroup *cloudwatch.LogGroup
}

// LogGroupName is the archive's own log group.
func LogGroupName(environment string) string { return "/" + environment + "/log-archive" }

// StreamName is the stream to the bucket, and its subscription filters.
func StreamName(environment string) string { return environment + "-" + logs }

// SIEMStreamName is the stream to the endpoint, and its subscription filters.
func SIEMStreamName(environment string) string { return environment + "-" + siem }

// New validates args, registers nothing on an error, and otherwise the archive.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Archive, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	archive := &Archive{}
	if err := ctx.RegisterComponentResource(TypeToken, name, archive, opts...); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, args: args, archive: archive}
	steps := []func() error{b.bucket, b.logGroup, b.store}
	if args.Config.SIEM != nil {
		steps = append(steps, b.send)
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return archive, ctx.RegisterResourceOutputs(archive, pulumi.Map{"bucket": archive.Bucket.Name, "stream": archive.Stream.Name})
}

// validate returns every reason why the archive cannot be made of args.
func validate(args Args) error {
	const configured = "pass the validated configuration"
	problems := required.Missing("archive.Args", append(
		required.Place(args.Environment, args.AccountID, args.Region, args.Partition),
		required.Field{Name: "Config.Archive.ExpireAfterDays", Value: args.Config.Archive.ExpireAfterDays, Remedy: configured},
		required.Field{Name: "Config.RetentionDays", Value: len(args.Config.RetentionDays), Remedy: configured},
		required.Field{Name: "S3KeyARN", Value: args.S3KeyARN, Remedy: "pass the KMS key of buckets"},
		required.Field{Name: "LogKeyARN", Value: args.LogKeyARN, Remedy: "pass the KMS key of log groups"},
		required.Field{Name: "LogGroups", Value: len(args.LogGroups), Remedy: "pass what is archived"},
	)...)
	for _, name := range slices.Sorted(maps.Keys(args.LogGroups)) {
		group := args.LogGroups[name]
		path := "archive.Args.LogGroups[" + name + "]"
		problems = append(problems, required.Missing(path, required.Field{Name: "Name", Value: group.Name, Remedy: "pass the log group's name"})...)
		if !slices.Contains(config.LogClasses(), group.Class) {
			problems = append(problems, fmt.Errorf("%s.Class: %q: is not a class of logs: pass one of config.LogClasses", path, group.Class))
		}
	}
	if siem := args.Config.SIEM; siem != nil {
		problems = append(problems, required.Missing("archive.Args.Config.SIEM",
			required.Field{Name: "URL", Value: siem.URL, Remedy: configured},
			required.Field{Name: "SecretName", Value: siem.SecretName, Remedy: configured},
			required.Field{Name: "Classes", Value: len(siem.Classes), Remedy: configured},
		)...)
	}
	return errors.Join(problems...)
}

// builder carries what the steps of New share.
type builder struct {
	ctx     *pulumi.Context
	name    string
	args    Args
	archive *Archive
}

// parent is the options of every child; a fresh slice each time, never shared.
func (b *builder) parent(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.archive)}, more...)
}

// arn is an ARN of this account and region.
func (b *builder) arn(service, resource string) string {
	return fmt.Sprintf("arn:%s:%s:%s:%s:%s", b.args.Partition, service, b.args.Region, b.args.AccountID, resource)
}

// own is what the archive's bucket and log group are called.
func (b *builder) own() string { return b.name + "-log-archive" }

func (b *builder) bucket() (err error) {
	days := b.args.Config.Archive
	b.archive.Bucket, err = bucket.New(b.ctx, b.own(), bucket.Args{
		Name:             b.args.Environment + "-log-archive-" + b.args.AccountID,
		Partition:        b.args.Partition,
		KMSKeyARN:        b.args.S3KeyARN,
		RetentionDays:    days.ExpireAfterDays,
		GlacierAfterDays: days.GlacierAfterDays,
		NoncurrentDays:   noncurrentDays,
		Statements:       kept,
	}, b.parent()...)
	return err
}

// kept denies everybody to delete what is archived (PCI DSS v4.0.1, requirement 10.3.2).
// The lifecycle still does: "You can't use a bucket policy to prevent deletions or
// transitions by an S3 Lifecycle rule" (Amazon S3 User Guide, "Expiring objects"). Whoever
// may change the policy can lift it, in a call of its own that CloudTrail shows.
func kept(bucketARN string) []policy.Statement {
	return []policy.Statement{{
		Sid: "NobodyDeletesLogs", Effect: policy.Deny, Principal: "*",
		Action: []string{"s3:DeleteObject", "s3:DeleteObjectVersion"}, Resource: []string{bucketARN + "/*"},
	}}
}

// logGroup makes the log group of the streams' errors.
func (b *builder) logGroup() (err error) {
	b.archive.LogGroup, err = cloudwatch.NewLogGroup(b.ctx, b.own(), &cloudwatch.LogGroupArgs{
		Name:            pulumi.String(LogGroupName(b.args.Environment)),
		RetentionInDays: pulumi.Int(config.LogRetention(b.args.Config.Days(config.ApplicationLogs))),
		KmsKeyId:        b.args.LogKeyARN.ToStringOutput().ToStringPtrOutput(),
		Tags:            b.tags("log-archive"),
	}, b.parent(pulumi.Protect(true))...)
	return err
}

// logStream makes one of its log streams: Amazon Data Firehose makes none (Amazon Data
// Firehose Developer Guide, "Monitor Amazon Data Firehose Using CloudWatch Logs").
func (b *builder) logStream(name string) (*cloudwatch.LogStream, error) {
	return cloudwatch.NewLogStream(b.ctx, b.own()+"-"+name, &cloudwatch.LogStreamArgs{
		Name: pulumi.String(name), LogGroupName: b.archive.LogGroup.Name,
	}, b.parent()...)
}

// tags name a resource; what is common to all comes from the provider.
func (b *builder) tags(suffix string) pulumi.StringMap {
	return pulumi.StringMap{"Name": pulumi.String(b.args.Environment + "-" + suffix)}
}
