package registry

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecr"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/policy"
)

// scanning has Inspector look at every image, when it is pushed and whenever a new
// vulnerability is known.
func (b builder) scanning() error {
	_, err := ecr.NewRegistryScanningConfiguration(b.ctx, b.name+"-registry", &ecr.RegistryScanningConfigurationArgs{
		ScanType: pulumi.String("ENHANCED"),
		Rules: ecr.RegistryScanningConfigurationRuleArray{ecr.RegistryScanningConfigurationRuleArgs{
			ScanFrequency: pulumi.String("CONTINUOUS_SCAN"),
			RepositoryFilters: ecr.RegistryScanningConfigurationRuleRepositoryFilterArray{
				ecr.RegistryScanningConfigurationRuleRepositoryFilterArgs{Filter: pulumi.String("*"), FilterType: pulumi.String("WILDCARD")},
			},
		}},
	}, pulumi.Parent(b.registry))
	return err
}

// replication copies what is pushed to the home, and lets the home copy it here elsewhere.
func (b builder) replication() error {
	switch {
	case !b.args.home():
		_, err := ecr.NewRegistryPolicy(b.ctx, b.name+"-registry", &ecr.RegistryPolicyArgs{
			Policy: pulumi.String(registryPolicy(b.args)),
		}, pulumi.Parent(b.registry))
		return err
	case len(b.args.ReplicaAccountIDs) > 0:
		return b.copies()
	default:
		return nil
	}
}

// copies sends the applications' images to the replicas. A filter is the beginning of a
// repository's name: one that no application has finds no repository there, and is not copied.
func (b builder) copies() error {
	var destinations ecr.ReplicationConfigurationReplicationConfigurationRuleDestinationArray
	for _, account := range b.args.ReplicaAccountIDs {
		destinations = append(destinations, ecr.ReplicationConfigurationReplicationConfigurationRuleDestinationArgs{
			Region: pulumi.String(b.args.Region), RegistryId: pulumi.String(account),
		})
	}
	var filters ecr.ReplicationConfigurationReplicationConfigurationRuleRepositoryFilterArray
	for _, application := range b.args.Applications {
		filters = append(filters, ecr.ReplicationConfigurationReplicationConfigurationRuleRepositoryFilterArgs{
			Filter: pulumi.String(application), FilterType: pulumi.String("PREFIX_MATCH"),
		})
	}
	_, err := ecr.NewReplicationConfiguration(b.ctx, b.name+"-registry", &ecr.ReplicationConfigurationArgs{
		ReplicationConfiguration: ecr.ReplicationConfigurationReplicationConfigurationArgs{
			Rules: ecr.ReplicationConfigurationReplicationConfigurationRuleArray{
				ecr.ReplicationConfigurationReplicationConfigurationRuleArgs{Destinations: destinations, RepositoryFilters: filters},
			},
		},
	}, pulumi.Parent(b.registry))
	return err
}

// registryPolicy lets the home copy images into repositories that are there, and make
// none (Amazon ECR User Guide, "Granting registry permissions for cross account replication").
func registryPolicy(args Args) string {
	var repositories []string
	for _, application := range args.Applications {
		repositories = append(repositories, fmt.Sprintf("arn:%s:ecr:%s:%s:repository/%s", args.Partition, args.Region, args.AccountID, application))
	}
	return policy.Document(policy.Statement{
		Sid: "TheHomeCopiesHere", Effect: policy.Allow,
		Principal: map[string]any{"AWS": fmt.Sprintf("arn:%s:iam::%s:root", args.Partition, args.HomeAccountID)},
		Action:    []string{"ecr:ReplicateImage"},
		Resource:  repositories,
	})
}
