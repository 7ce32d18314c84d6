package environment

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/backup"
	"aws-platform/pkg/compute"
	"aws-platform/pkg/config"
	"aws-platform/pkg/data"
	"aws-platform/pkg/firewall"
	"aws-platform/pkg/keys"
	"aws-platform/pkg/network"
	"aws-platform/pkg/observability/topics"
)

// dataArgs hand the stores their place in the network, their groups and their keys.
func dataArgs(env *config.Environment, net *network.Network, groups *firewall.Firewall, keys *keys.Keys) data.Args {
	subnets, stores := map[string]pulumi.StringInput{}, map[string]pulumi.StringInput{}
	for zone, subnet := range net.Subnets[network.Data] {
		subnets[zone] = subnet.ID()
	}
	for store, group := range groups.Stores {
		stores[store] = group.ID()
	}
	return data.Args{
		Place: data.Place{
			Environment: env.Name, AccountID: env.AWS.AccountID(), Region: env.AWS.Region, Partition: env.AWS.Partition(),
			SubnetIDs: subnets,
		},
		Config:           env.Data,
		SecurityGroupIDs: stores,
		Keys: data.Keys{
			RDS: keys.RDS.Arn, ElastiCache: keys.ElastiCache.Arn, MSK: keys.MSK.Arn, OpenSearch: keys.OpenSearch.Arn,
			Parameters: keys.Parameters.Arn, Logs: keys.Logs.Arn, S3: keys.S3.Arn,
		},
		LogRetentionDays: env.Observability.Logs.Days(config.DataLogs), AuditLogRetentionDays: env.Observability.Logs.Days(config.AuditLogs),
	}
}

// grant lets the instances use the stores and read what is published of them.
func grant(ctx *pulumi.Context, env *config.Environment, traffic *compute.Compute, stores *data.Data) error {
	for _, use := range slices.Sorted(maps.Keys(stores.Policies)) {
		if _, err := iam.NewRolePolicyAttachment(ctx, env.Name+"-instances-"+use, &iam.RolePolicyAttachmentArgs{
			Role: traffic.Fleet.InstanceRole.Name, PolicyArn: stores.Policies[use].Arn,
		}, pulumi.Parent(traffic.Fleet)); err != nil {
			return err
		}
	}
	return nil
}

// alarmTopics makes the topics and subscribes those who hear of failures.
func alarmTopics(ctx *pulumi.Context, env *config.Environment, keys *keys.Keys, provider *aws.Provider) (*topics.Topics, error) {
	return topics.New(ctx, env.Name, topics.Args{
		Scope: env.Name, AccountID: env.AWS.AccountID(), Region: env.AWS.Region, Partition: env.AWS.Partition(),
		Topics: config.TopicNames(), KeyARN: keys.SNS.Arn, Subscriptions: env.Observability.Subscriptions,
	}, pulumi.Provider(provider))
}

// protect makes the vault and its plan.
func protect(ctx *pulumi.Context, env *config.Environment, keys *keys.Keys, topics *topics.Topics, provider *aws.Provider) error {
	args := backup.Args{
		Environment: env.Name, AccountID: env.AWS.AccountID(), Region: env.AWS.Region, Partition: env.AWS.Partition(),
		Config: env.Backup,
		KeyARN: keys.Backup.Arn, TopicARN: topics.ARNs[config.WarningTopic],
	}
	// The database is all of the environment that AWS Backup knows.
	args.Config.RestoreTesting.Enabled = env.Backup.RestoreTesting.Enabled && env.Data.PostgreSQL.Enabled
	if env.Data.PostgreSQL.Enabled {
		args.ContinuousDays = env.Data.PostgreSQL.BackupRetentionDays
		args.RestoreSubnetGroup = data.PostgreSQLName(env.Name)
	}
	var err error
	if region := env.Backup.CopyRegion; region != "" {
		if args.CopyProvider, err = newProvider(ctx, env, env.Name+"-"+region, region); err != nil {
			return err
		}
	}
	_, err = backup.New(ctx, env.Name, args, pulumi.Provider(provider))
	return err
}
