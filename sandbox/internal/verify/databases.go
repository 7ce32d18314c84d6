package verify

import (
	"fmt"
	"slices"
	"strings"
)

// keyOf tells whether a key's ARN or ID is that of the environment's service.
func (n Network) keyOf(service, key string) string {
	id := n.Stores.Keys[service].ID
	if id != "" && (key == id || strings.HasSuffix(key, ":key/"+id)) {
		return service
	}
	return orNothing(key)
}

// tiersOf words the tiers of subnets, each once: "data" when all is well.
func (n Network) tiersOf(ids []string) string {
	var tiers []string
	for _, id := range ids {
		at := slices.IndexFunc(n.Subnets, func(s Subnet) bool { return s.SubnetId == id })
		tier := "no subnet of the VPC"
		if at >= 0 {
			tier = tag(n.Subnets[at].Tags, "Tier")
		}
		if !slices.Contains(tiers, tier) {
			tiers = append(tiers, tier)
		}
	}
	slices.Sort(tiers)
	return orNothing(strings.Join(tiers, ", "))
}

func idsOf(subnets []SubnetOfGroup) []string {
	ids := make([]string, len(subnets))
	for i, subnet := range subnets {
		ids[i] = subnet.SubnetIdentifier
	}
	return ids
}

// databaseSafe: encrypted with its own key, no public address, reached by its own group,
// its password kept by AWS, and as available and as well kept as the plan says.
func databaseSafe(n Network) (int, []Finding) {
	want := plans[n.Environment]
	name := n.Environment + "-postgresql"
	at := slices.IndexFunc(n.Stores.Databases, func(d Database) bool { return d.DBInstanceIdentifier == name })
	if at < 0 {
		return 1, []Finding{{"database " + name, nothing, "a database"}}
	}
	d := n.Stores.Databases[at]
	var groups []string
	for _, group := range d.VpcSecurityGroups {
		groups = append(groups, group.VpcSecurityGroupId)
	}
	exports := slices.Sorted(slices.Values(d.EnabledCloudwatchLogsExports))
	return 1, differences("database "+name, [][3]string{
		{"encrypted", fmt.Sprint(d.StorageEncrypted), yes},
		{"key", n.keyOf("rds", d.KmsKeyId), "rds"},
		{"public", fmt.Sprint(d.PubliclyAccessible), "false"},
		{"Multi-AZ", fmt.Sprint(d.MultiAZ), fmt.Sprint(want.multiAZ)},
		{"IAM authentication", fmt.Sprint(d.IAMDatabaseAuthenticationEnabled), yes},
		{"the secret's key", n.keyOf("rds", d.MasterUserSecret.KmsKeyId), "rds"},
		{"deletion protection", fmt.Sprint(d.DeletionProtection), fmt.Sprint(want.multiAZ)},
		{"days of backups", fmt.Sprint(d.BackupRetentionPeriod), fmt.Sprint(want.backupDays)},
		{"logs", strings.Join(exports, ", "), "postgresql, upgrade"},
		{"security groups", strings.Join(n.groupNames(groups), ", "), n.Environment + "-data-postgresql"},
		{"subnets of its group", n.tiersOf(idsOf(d.DBSubnetGroup.Subnets)), data},
	})
}

// subnetGroupsPlaced: what ElastiCache would place nodes in.
func subnetGroupsPlaced(n Network) (int, []Finding) {
	name := n.Environment + "-valkey"
	at := slices.IndexFunc(n.Stores.CacheSubnetGroups, func(g CacheSubnetGroup) bool { return g.CacheSubnetGroupName == name })
	if at < 0 {
		return 1, []Finding{{"cache subnet group " + name, nothing, "a subnet group"}}
	}
	return 1, differences("cache subnet group "+name, [][3]string{
		{"subnets", n.tiersOf(idsOf(n.Stores.CacheSubnetGroups[at].Subnets)), data},
	})
}

// searchSafe: in the data tier, encrypted everywhere, no users of its own.
func searchSafe(n Network) (int, []Finding) {
	name := n.Environment + "-opensearch"
	d := n.Stores.Search
	if d == nil {
		return 1, []Finding{{"domain " + name, nothing, "a domain"}}
	}
	return 1, differences("domain "+name, [][3]string{
		{"subnets", n.tiersOf(d.VPCOptions.SubnetIds), data},
		{"security groups", strings.Join(n.groupNames(d.VPCOptions.SecurityGroupIds), ", "), n.Environment + "-data-opensearch"},
		{"encrypted", fmt.Sprint(d.EncryptionAtRestOptions.Enabled), yes},
		{"key", n.keyOf("opensearch", d.EncryptionAtRestOptions.KmsKeyId), "opensearch"},
		{"encrypted between nodes", fmt.Sprint(d.NodeToNodeEncryptionOptions.Enabled), yes},
		{"HTTPS alone", fmt.Sprint(d.DomainEndpointOptions.EnforceHTTPS), yes},
		{"TLS policy", d.DomainEndpointOptions.TLSSecurityPolicy, "Policy-Min-TLS-1-2-PFS-2023-10"},
		{"fine-grained access control", fmt.Sprint(d.AdvancedSecurityOptions.Enabled), yes},
		{"users of its own", fmt.Sprint(d.AdvancedSecurityOptions.InternalUserDatabaseEnabled), "false"},
	})
}
