package data

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/elasticache"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/policy"
)

// replicationGroup makes the primary and its replicas. There is no AUTH token.
func (b *valkeyBuilder) replicationGroup() (err error) {
	c := b.args.Config
	logs := elasticache.ReplicationGroupLogDeliveryConfigurationArray{}
	for i, log := range valkeyLogs {
		logs = append(logs, elasticache.ReplicationGroupLogDeliveryConfigurationArgs{
			Destination:     b.logGroups[i].Name,
			DestinationType: pulumi.String("cloudwatch-logs"),
			LogFormat:       pulumi.String("json"),
			LogType:         pulumi.String(log),
		})
	}
	args := &elasticache.ReplicationGroupArgs{
		ReplicationGroupId:        pulumi.String(b.identifier()),
		Description:               pulumi.String("Cache of " + b.args.Environment),
		Engine:                    pulumi.String(c.Engine),
		EngineVersion:             pulumi.String(c.EngineVersion),
		NodeType:                  pulumi.String(c.NodeType),
		NumCacheClusters:          pulumi.Int(c.Nodes),
		AutomaticFailoverEnabled:  pulumi.Bool(c.Nodes > 1),
		MultiAzEnabled:            pulumi.Bool(c.MultiAZ),
		Port:                      pulumi.Int(c.Port),
		ParameterGroupName:        b.parameterGroup.Name.ToStringPtrOutput(),
		SubnetGroupName:           b.subnetGroup.Name.ToStringPtrOutput(),
		SecurityGroupIds:          pulumi.StringArray{b.args.SecurityGroupID},
		AtRestEncryptionEnabled:   pulumi.Bool(true),
		KmsKeyId:                  b.args.KeyARN.ToStringOutput().ToStringPtrOutput(),
		TransitEncryptionEnabled:  pulumi.Bool(true),
		TransitEncryptionMode:     pulumi.String("required"),
		UserGroupIds:              pulumi.StringArray{b.userGroup.UserGroupId},
		SnapshotRetentionLimit:    pulumi.Int(c.SnapshotRetentionDays),
		SnapshotWindow:            pulumi.String(c.SnapshotWindow),
		MaintenanceWindow:         pulumi.String(c.MaintenanceWindow),
		AutoMinorVersionUpgrade:   pulumi.Bool(true),
		ApplyImmediately:          pulumi.Bool(false),
		LogDeliveryConfigurations: logs,
		Tags:                      tags(b.identifier()),
	}
	if c.SnapshotRetentionDays > 0 {
		args.FinalSnapshotIdentifier = pulumi.String(b.identifier() + "-final")
	}
	b.store.Group, err = elasticache.NewReplicationGroup(b.ctx, b.name, args,
		b.parent(pulumi.Protect(true), pulumi.DependsOn([]pulumi.Resource{b.writer}))...)
	return err
}

// publish says what applications must know, and may do.
func (b *valkeyBuilder) publish() {
	c, group := b.args.Config, b.store.Group
	add := func(name, description string, value pulumi.StringInput) {
		b.store.Parameters = append(b.store.Parameters, Parameter{
			Store: config.ValkeyStore, Name: name, Description: description, Value: value,
		})
	}
	add("endpoint", "Host name of the primary", group.PrimaryEndpointAddress)
	if c.Nodes > 1 {
		add("readerEndpoint", "Host name of the replicas", group.ReaderEndpointAddress)
	}
	add("port", "TCP port, TLS only", pulumi.String(fmt.Sprint(c.Port)))
	add("username", "User of applications, by IAM authentication", b.app.UserName)
	add("replicationGroupId", "What the token of IAM authentication is signed for", group.ReplicationGroupId)
	b.store.Access = pulumi.All(group.Arn, b.app.Arn).ApplyT(func(arns []any) string {
		return policy.Document(policy.Statement{
			Sid: "ConnectsToTheCache", Effect: policy.Allow, Action: []string{"elasticache:Connect"},
			Resource: []string{arns[0].(string), arns[1].(string)},
		})
	}).(pulumi.StringOutput)
}
