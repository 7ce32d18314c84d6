package data

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/msk"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/bucket"
	"aws-platform/pkg/config"
	"aws-platform/pkg/required"
)

// KafkaType is the type of the component.
const KafkaType = "platform:data:Kafka"

// KafkaArgs describe the message broker of one environment; every field is required.
type KafkaArgs struct {
	Place
	// Config is the validated configuration.
	Config config.Kafka
	// SecurityGroupID is the brokers' group.
	SecurityGroupID pulumi.StringInput
	// KeyARN is the KMS key of the brokers' volumes, S3KeyARN that of the log bucket.
	KeyARN, S3KeyARN pulumi.StringInput
	// Logs say how the brokers' logs are kept.
	Logs Logs
}

// Kafka is an MSK cluster in KRaft mode, with IAM authentication over TLS as its only listener.
//
// Refused before anything is registered: a missing field, a zone without a data subnet.
// Protected: the cluster, the log group and the log bucket.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-kafka        Configuration, Cluster, ClusterPolicy, LogGroup, LogResourcePolicy,
//	                    appautoscaling Target and Policy
//	<name>-kafka-logs   Bucket (component)
type Kafka struct {
	pulumi.ResourceState

	Cluster *msk.Cluster
	// LogGroup holds the brokers' logs.
	LogGroup *cloudwatch.LogGroup
	// Parameters are what applications must know.
	Parameters []Parameter
	// Access is the policy document of what an application may do.
	Access pulumi.StringOutput
}

// NewKafka validates args, registers nothing on an error, and otherwise the cluster.
func NewKafka(ctx *pulumi.Context, name string, args KafkaArgs, opts ...pulumi.ResourceOption) (*Kafka, error) {
	if err := validateKafka(args); err != nil {
		return nil, err
	}
	store := &Kafka{}
	b := &kafkaBuilder{ctx: ctx, name: name + "-" + config.KafkaStore, args: args, store: store}
	if err := ctx.RegisterComponentResource(KafkaType, b.name, store, opts...); err != nil {
		return nil, err
	}
	for _, step := range []func() error{b.logs, b.configure, b.cluster, b.clusterPolicy, b.scaling} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	b.publish()
	return store, ctx.RegisterResourceOutputs(store, pulumi.Map{"bootstrapBrokers": store.Cluster.BootstrapBrokersSaslIam})
}

// validateKafka returns every reason why the cluster cannot be made of args.
func validateKafka(args KafkaArgs) error {
	problems := missing("data.KafkaArgs", args.Place, args.SecurityGroupID, args.KeyARN, args.Logs)
	problems = append(problems, required.Missing("data.KafkaArgs",
		required.Field{Name: "S3KeyARN", Value: args.S3KeyARN, Remedy: "pass the KMS key of buckets"},
		required.Field{Name: "Config.Zones", Value: len(args.Config.Zones), Remedy: "name the zones of the brokers"},
	)...)
	for i, zone := range args.Config.Zones {
		if args.SubnetIDs[zone] == nil {
			problems = append(problems, fmt.Errorf("data.KafkaArgs.Config.Zones[%d]: %s: has no subnet in SubnetIDs: pass it, or name another zone", i, zone))
		}
	}
	return errors.Join(problems...)
}

// kafkaBuilder carries what the steps share.
type kafkaBuilder struct {
	ctx   *pulumi.Context
	name  string
	args  KafkaArgs
	store *Kafka

	bucket        *bucket.Bucket
	configuration *msk.Configuration
	before        []pulumi.Resource // without which a broker could not write its logs
}

// parent is the options of every child; a fresh slice each time, never shared.
func (b *kafkaBuilder) parent(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.store)}, more...)
}

// identifier is the physical name.
func (b *kafkaBuilder) identifier() string { return b.args.Environment + "-" + config.KafkaStore }
