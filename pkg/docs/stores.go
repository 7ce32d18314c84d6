package docs

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"aws-platform/pkg/graph"
)

// fact is one line of a table: what a property of the cloud's resource says.
type fact struct{ label, property string }

// store is a kind of data store and what the page says of it.
type store struct {
	title, kind string
	facts       []fact
}

var storeKinds = []store{
	{"PostgreSQL (RDS)", "aws:rds/instance:Instance", []fact{
		{"identifier", "identifier"}, {"engine version", "engineVersion"}, {"instance class", "instanceClass"}, {"Multi-AZ", "multiAz"}, {"port", "port"},
		{"storage, GiB", "allocatedStorage"}, {"grows to, GiB", "maxAllocatedStorage"}, {"automated backups, days", "backupRetentionPeriod"},
		{"backup window, UTC", "backupWindow"}, {"maintenance window, UTC", "maintenanceWindow"}, {"deletion protection", "deletionProtection"},
	}},
	{"Valkey (ElastiCache)", "aws:elasticache/replicationGroup:ReplicationGroup", []fact{
		{"identifier", "replicationGroupId"}, {"engine", "engine"}, {"engine version", "engineVersion"}, {"node type", "nodeType"}, {"nodes", "numCacheClusters"}, {"Multi-AZ", "multiAzEnabled"},
		{"port", "port"}, {"snapshots, days", "snapshotRetentionLimit"}, {"snapshot window, UTC", "snapshotWindow"}, {"maintenance window, UTC", "maintenanceWindow"},
	}},
	{"Kafka (MSK)", "aws:msk/cluster:Cluster", []fact{
		{"name", "clusterName"}, {"version", "kafkaVersion"}, {"instance type", "brokerNodeGroupInfo.instanceType"}, {"brokers", "numberOfBrokerNodes"},
		{"volume, GiB", "brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize"}, {"monitoring", "enhancedMonitoring"},
	}},
	{"OpenSearch", "aws:opensearch/domain:Domain", []fact{
		{"domain", "domainName"}, {"engine version", "engineVersion"}, {"data nodes", "clusterConfig.instanceCount"}, {"type", "clusterConfig.instanceType"},
		{"dedicated masters", "clusterConfig.dedicatedMasterCount"}, {"type of the masters", "clusterConfig.dedicatedMasterType"},
		{"zones", "clusterConfig.zoneAwarenessConfig.availabilityZoneCount"}, {"volume, GiB", "ebsOptions.volumeSize"},
	}},
	{"Backup vault", "aws:backup/vault:Vault", []fact{{"vault", "name"}}},
	{"Vault lock", "aws:backup/vaultLockConfiguration:VaultLockConfiguration", []fact{
		{"backups are kept at least, days", "minRetentionDays"}, {"and at most, days", "maxRetentionDays"}, {"days until it is for ever", "changeableForDays"},
	}},
}

// Stores returns docs/stores.md: the data stores of every environment, what is
// published of them, and the keys.
func Stores(environments ...*graph.Graph) string {
	var page strings.Builder
	page.WriteString(`# Data stores

<!-- Written by ` + "`platform docs`" + ` from the resource graph; do not edit. -->

What each environment has, as the program registers it. How to use it: [data.md](data.md).
A dash: the environment has none, or the service's own default.
`)
	for _, kind := range storeKinds {
		fmt.Fprintf(&page, "\n## %s\n\n%s", kind.title, heading("", environments))
		for _, f := range kind.facts {
			row(&page, f.label, environments, func(g *graph.Graph) string { return values(g, kind.kind, f.property) })
		}
	}
	writeParameters(&page, environments)
	writeKeys(&page, environments)
	return page.String()
}

// heading begins a table with a column an environment.
func heading(first string, environments []*graph.Graph) string {
	line, rule := "| "+first+" |", "|---|"
	for _, g := range environments {
		line, rule = line+" "+g.Stack+" |", rule+"---|"
	}
	return line + "\n" + rule + "\n"
}

func row(page *strings.Builder, label string, environments []*graph.Graph, cell func(*graph.Graph) string) {
	page.WriteString("| " + label + " |")
	for _, g := range environments {
		page.WriteString(" " + cell(g) + " |")
	}
	page.WriteString("\n")
}

// values are a property of all resources of a type, each value once; a dash for none.
func values(g *graph.Graph, kind, property string) string {
	var found []string
	for _, r := range g.OfType(kind) {
		if value := r.String(property); value != "" && !slices.Contains(found, value) {
			found = append(found, value)
		}
	}
	if len(found) == 0 {
		return "-"
	}
	return strings.Join(found, ", ")
}

const parameterType = "aws:ssm/parameter:Parameter"

// writeParameters lists what is published, by the part of the name after the environment.
func writeParameters(page *strings.Builder, environments []*graph.Graph) {
	fmt.Fprintf(page, "\n## Parameters\n\nBelow `/<environment>/`; the type where the environment has it.\n\n%s", heading("name", environments))
	descriptions, byName := map[string]string{}, map[string]map[string]string{}
	for _, g := range environments {
		for _, r := range g.OfType(parameterType) {
			name := strings.TrimPrefix(r.String("name"), "/"+g.Stack+"/")
			if byName[name] == nil {
				byName[name] = map[string]string{}
			}
			byName[name][g.Stack], descriptions[name] = r.String("type"), r.String("description")
		}
	}
	names := sortedNames(byName)
	for _, name := range names {
		row(page, "`"+name+"`", environments, func(g *graph.Graph) string { return orDash(byName[name][g.Stack]) })
	}
	page.WriteString("\n")
	for _, name := range names {
		fmt.Fprintf(page, "- `%s`: %s\n", name, descriptions[name])
	}
}

// writeKeys lists the keys by alias.
func writeKeys(page *strings.Builder, environments []*graph.Graph) {
	fmt.Fprintf(page, "\n## Keys\n\nBy the last part of the alias, `alias/<environment>/...`. All rotate yearly.\n\n%s", heading("key", environments))
	regions := map[string]map[string]string{}
	for _, g := range environments {
		for _, alias := range g.OfType("aws:kms/alias:Alias") {
			name := strings.TrimPrefix(alias.String("name"), "alias/"+g.Stack+"/")
			if regions[name] == nil {
				regions[name] = map[string]string{}
			}
			if key, known := g.ByID("aws:kms/key:Key", alias.String("targetKeyId")); known {
				regions[name][g.Stack] = "one region"
				if key.Bool("multiRegion") {
					regions[name][g.Stack] = "multi-region"
				}
			}
		}
	}
	for _, name := range sortedNames(regions) {
		row(page, name, environments, func(g *graph.Graph) string { return orDash(regions[name][g.Stack]) })
	}
}

func sortedNames[V any](byName map[string]V) []string { return slices.Sorted(maps.Keys(byName)) }

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}
