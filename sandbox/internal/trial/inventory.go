package trial

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"aws-platform/sandbox/internal/verify"
)

// listing is one question to the AWS CLI about what is in an account. The
// query (JMESPath) leaves out what AWS keeps listing after it was deleted.
type listing struct {
	service, command string // the command with its arguments
	query            string
}

// listings cover every kind of resource that the stacks create, but ElastiCache's
// subnet groups: moto 5.2.1 cannot delete them, which the coverage table announces.
var listings = []listing{
	{"ec2", "describe-vpcs", "Vpcs[].VpcId"},
	{"ec2", "describe-subnets", "Subnets[].SubnetId"},
	{"ec2", "describe-route-tables", "RouteTables[].RouteTableId"},
	{"ec2", "describe-internet-gateways", "InternetGateways[].InternetGatewayId"},
	{"ec2", "describe-nat-gateways", "NatGateways[?State!='deleted'].NatGatewayId"},
	{"ec2", "describe-addresses", "Addresses[].AllocationId"},
	{"ec2", "describe-security-groups", "SecurityGroups[].GroupId"},
	{"ec2", "describe-security-group-rules", "SecurityGroupRules[].SecurityGroupRuleId"},
	{"ec2", "describe-network-acls", "NetworkAcls[].join(' ', [NetworkAclId, VpcId, to_string(IsDefault)])"},
	{"ec2", "describe-vpc-endpoints", "VpcEndpoints[?State!='deleted'].VpcEndpointId"},
	{"ec2", "describe-network-interfaces", "NetworkInterfaces[].join(' ', [NetworkInterfaceId, VpcId])"},
	{"ec2", "describe-flow-logs", "FlowLogs[].FlowLogId"},
	{"ec2", "describe-dhcp-options", "DhcpOptions[].DhcpOptionsId"},
	{"ec2", "describe-vpc-peering-connections", "VpcPeeringConnections[?Status.Code!='deleted'].VpcPeeringConnectionId"},
	{"logs", "describe-log-groups", "logGroups[].logGroupName"},
	{"kms", "list-aliases", "Aliases[?!starts_with(AliasName,'alias/aws/')].AliasName"},
	// That of AWS Config stays, as the program wants it: what else records uses it too.
	{"iam", "list-roles", "Roles[?!starts_with(RoleName,'AWSServiceRoleFor')].RoleName"},
	{"route53", "list-hosted-zones", "HostedZones[].Id"},
	{"ec2", "describe-launch-templates", "LaunchTemplates[].LaunchTemplateId"},
	{"ec2", "describe-instances", "Reservations[].Instances[?State.Name!='terminated'][].InstanceId"},
	{"ec2", "describe-volumes", "Volumes[].VolumeId"},
	{"elbv2", "describe-load-balancers", "LoadBalancers[].LoadBalancerName"},
	{"elbv2", "describe-target-groups", "TargetGroups[].TargetGroupName"},
	{"autoscaling", "describe-auto-scaling-groups", "AutoScalingGroups[].AutoScalingGroupName"},
	{"autoscaling", "describe-policies", "ScalingPolicies[].PolicyName"},
	{"cloudwatch", "describe-alarms", "MetricAlarms[].AlarmName"},
	{"acm", "list-certificates", "CertificateSummaryList[].DomainName"},
	{"wafv2", "list-web-acls --scope REGIONAL", "WebACLs[].Name"},
	{"s3api", "list-buckets", "Buckets[].Name"},
	{"ssm", "list-documents --filters Key=Owner,Values=Self", "DocumentIdentifiers[].Name"},
	{"eks", "list-clusters", "clusters[]"},
	{"iam", "list-open-id-connect-providers", "OpenIDConnectProviderList[].Arn"},
	{"logs", "describe-metric-filters", "metricFilters[].filterName"},
	{"rds", "describe-db-instances", "DBInstances[].DBInstanceIdentifier"},
	{"rds", "describe-db-snapshots --snapshot-type manual", "DBSnapshots[].DBSnapshotIdentifier"},
	{"rds", "describe-db-subnet-groups", "DBSubnetGroups[].DBSubnetGroupName"},
	{"rds", "describe-db-parameter-groups", "DBParameterGroups[].DBParameterGroupName"},
	{"secretsmanager", "list-secrets", "SecretList[].Name"},
	{"elasticache", "describe-users", "Users[].UserId"},
	{"opensearch", "list-domain-names", "DomainNames[].DomainName"},
	{"ssm", "describe-parameters", "Parameters[?!starts_with(Name,'/aws/')].Name"},
	{"sns", "list-topics", "Topics[].TopicArn"},
	{"backup", "list-backup-vaults", "BackupVaultList[].BackupVaultName"},
	{"backup", "list-backup-vaults --region us-west-2", "BackupVaultList[].BackupVaultName"},
	{"backup", "list-backup-plans", "BackupPlansList[].BackupPlanName"},
	{"logs", "describe-resource-policies", "resourcePolicies[].policyName"},
	{"iam", "list-policies --scope Local", "Policies[].PolicyName"},
	{"ecr", "describe-repositories", "repositories[].repositoryName"},
	{"iam", "list-instance-profiles", "InstanceProfiles[].InstanceProfileName"},
	{"iam", "list-groups", "Groups[].GroupName"},
	{"cloudwatch", "list-dashboards", "DashboardEntries[].DashboardName"},
	{"firehose", "list-delivery-streams", "DeliveryStreamNames[]"},
	{"events", "list-rules", "Rules[].Name"},
	{"sns", "list-subscriptions", "Subscriptions[].TopicArn"},
	{"guardduty", "list-detectors", "DetectorIds[]"},
	{"configservice", "describe-configuration-recorders", "ConfigurationRecorders[].name"},
	{"configservice", "describe-delivery-channels", "DeliveryChannels[].name"},
}

// inventory maps "environment service what" to the sorted names found.
type inventory map[string][]string

// inventory lists what is in the accounts of the environments.
func (t *Trial) inventory(ctx context.Context, environments ...string) (inventory, error) {
	collector, err := t.collector()
	if err != nil {
		return nil, err
	}
	var guard sync.Mutex
	found := inventory{}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.NumCPU())
	for _, environment := range environments {
		group.Go(func() error { return listKeys(ctx, collector, environment, found, &guard) })
		for _, l := range listings {
			group.Go(func() error {
				var names []string
				question := append([]string{l.service}, strings.Fields(l.command)...)
				err := collector.Ask(ctx, &names, environment, append(question, "--query", l.query)...)
				slices.Sort(names)
				guard.Lock()
				defer guard.Unlock()
				found[environment+" "+l.service+" "+l.command] = names
				return err
			})
		}
	}
	return found, group.Wait()
}

// forgotten takes out of the inventory what moto 5.2.1 keeps of a VPC that it
// has deleted, and AWS does not: its default network ACL, and the interfaces of
// its NAT gateways. It returns what it took out.
func (i inventory) forgotten(environment string) []string {
	vpcs := i[environment+" ec2 describe-vpcs"]
	var out []string
	for _, command := range []string{"describe-network-acls", "describe-network-interfaces"} {
		what := environment + " ec2 " + command
		i[what] = slices.DeleteFunc(i[what], func(entry string) bool {
			fields := strings.Fields(entry)
			orphan := !slices.Contains(vpcs, fields[1]) && fields[len(fields)-1] != "false"
			if orphan {
				out = append(out, fields[0])
			}
			return orphan
		})
	}
	return out
}

// listKeys adds the KMS keys that are not waiting for deletion: AWS deletes a
// key a week after it was told to, at the earliest.
func listKeys(ctx context.Context, c verify.Collector, environment string, found inventory, guard *sync.Mutex) error {
	var keys, live []string
	if err := c.Ask(ctx, &keys, environment, "kms", "list-keys", "--query", "Keys[].KeyId"); err != nil {
		return err
	}
	for _, key := range keys {
		var state string
		if err := c.Ask(ctx, &state, environment, "kms", "describe-key", "--key-id", key, "--query", "KeyMetadata.KeyState"); err != nil {
			return err
		}
		if state != "PendingDeletion" {
			live = append(live, key)
		}
	}
	slices.Sort(live)
	guard.Lock()
	defer guard.Unlock()
	found[environment+" kms list-keys"] = live
	return nil
}

// count is how many things there are in all.
func (i inventory) count() int {
	total := 0
	for _, names := range i {
		total += len(names)
	}
	return total
}

// difference words what one inventory has and the other has not, "" when they
// agree.
func difference(before, after inventory) string {
	var text string
	for _, what := range sortedKeys(before, after) {
		if !slices.Equal(before[what], after[what]) {
			text += fmt.Sprintf("\n     %s: found %v, wanted %v as before", what, after[what], before[what])
		}
	}
	return text
}

func sortedKeys(a, b inventory) []string {
	var keys []string
	for _, m := range []inventory{a, b} {
		for key := range m {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
