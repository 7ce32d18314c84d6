package data

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/msk"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/policy"
)

// clusterPolicy lets this account's principals find the cluster, where IAM lets them
// too. It names nobody else: another account would need a line here.
func (b *kafkaBuilder) clusterPolicy() error {
	_, err := msk.NewClusterPolicy(b.ctx, b.name, &msk.ClusterPolicyArgs{
		ClusterArn: b.store.Cluster.Arn,
		Policy: b.store.Cluster.Arn.ApplyT(func(arn string) string {
			return policy.Document(policy.Statement{
				Sid:       "AccountFindsTheCluster",
				Effect:    policy.Allow,
				Principal: map[string]any{"AWS": fmt.Sprintf("arn:%s:iam::%s:root", b.args.Partition, b.args.AccountID)},
				Action:    []string{"kafka:DescribeCluster", "kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers"},
				Resource:  []string{arn},
			})
		}).(pulumi.StringOutput),
	}, b.parent()...)
	return err
}

// publish says what applications must know, and may do.
func (b *kafkaBuilder) publish() {
	add := func(name, description string, value pulumi.StringInput) {
		b.store.Parameters = append(b.store.Parameters, Parameter{
			Store: config.KafkaStore, Name: name, Description: description, Value: value,
		})
	}
	add("bootstrapBrokers", "Host names and ports of the brokers, for SASL_SSL with AWS_MSK_IAM", b.store.Cluster.BootstrapBrokersSaslIam)
	add("port", "TCP port, TLS only", pulumi.String(fmt.Sprint(config.KafkaPort)))
	add("clusterArn", "ARN of the cluster", b.store.Cluster.Arn)
	b.store.Access = b.store.Cluster.Arn.ApplyT(kafkaAccess).(pulumi.StringOutput)
}

// kafkaAccess lets an application use the topics and consumer groups of the cluster, and
// make topics; not delete them, nor change the cluster (Amazon MSK Developer Guide,
// "Common use cases for client authorization policy").
func kafkaAccess(clusterARN string) string {
	of := func(kind string) string { return strings.Replace(clusterARN, ":cluster/", ":"+kind+"/", 1) + "/*" }
	return policy.Document(
		policy.Statement{
			Sid: "ConnectsToTheCluster", Effect: policy.Allow, Resource: []string{clusterARN},
			Action: []string{"kafka-cluster:Connect", "kafka-cluster:DescribeCluster", "kafka-cluster:WriteDataIdempotently"},
		},
		policy.Statement{
			Sid: "UsesTopics", Effect: policy.Allow, Resource: []string{of("topic")},
			Action: []string{"kafka-cluster:CreateTopic", "kafka-cluster:DescribeTopic", "kafka-cluster:ReadData", "kafka-cluster:WriteData"},
		},
		policy.Statement{
			Sid: "UsesConsumerGroups", Effect: policy.Allow, Resource: []string{of("group")},
			Action: []string{"kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"},
		},
	)
}
