package alarms

import "slices"

// Tier is a part of an environment whose outage is one outage.
type Tier string

// The tiers.
const (
	Network Tier = "network"
	// Database, Cache, Brokers and Search are the stores: each fails by itself.
	Database     Tier = "postgresql"
	Cache        Tier = "valkey"
	Brokers      Tier = "kafka"
	Search       Tier = "opensearch"
	Cluster      Tier = "cluster"
	Compute      Tier = "fleet"
	Balancers    Tier = "balancers"
	Certificates Tier = "certificates"
	Backups      Tier = "backups"
	Logs         Tier = "logs"
	Hours        Tier = "hours"
)

// Table is what is watched of a tier.
type Table struct {
	Tier Tier
	// Below are the tiers that this one depends on: what is wrong there shows here too.
	Below []Tier
	// EachTarget tells that the tier's targets fail each by itself, so that each pages by itself.
	EachTarget bool
	// Says is what is wrong when an outage of the tier is in ALARM, a sentence.
	Says string
	// Runbook is a file in docs/runbooks.
	Runbook string
	Rows    []Row
}

// Row is an alarm of every target of a kind.
type Row struct {
	Kind Kind
	Alarm
	// Share is the threshold, as a percentage of what Of measures of the target; zero for a
	// threshold that is the same for all.
	Share float64
	Of    Measure
	// Explains tells that the row is of an outage: nothing works on the thing while its alarm
	// is in ALARM, and what is seen above then pages nobody. Only a critical alarm explains.
	Explains bool
}

// Key names a row among all: `<kind>-<name>`.
func (r Row) Key() string { return string(r.Kind) + "-" + r.Name }

// Tables are all tables, a tier before those that depend on it.
func Tables() []Table {
	return slices.Concat(infrastructureTables(), servingTables(), upkeepTables())
}

// infrastructureTables are of what nothing is below.
func infrastructureTables() []Table {
	return []Table{
		{
			Tier: Network, Runbook: "nat-gateway.md", Rows: networkRows(),
			Says: "The app tier does not reach the internet as it should.",
		},
		{
			Tier: Database, Runbook: databaseRunbook, Rows: databaseRows(),
			Says: "The database is down.",
		},
		{
			Tier: Cache, Runbook: valkeyRunbook, Rows: valkeyRows(),
			Says: "The cache is down.",
		},
		{
			Tier: Brokers, Runbook: kafkaRunbook, Rows: kafkaRows(),
			Says: "Kafka is down, all or part of it.",
		},
		{
			Tier: Search, Runbook: searchRunbook, Rows: openSearchRows(),
			Says: "OpenSearch is down, or refuses part of what it is asked.",
		},
	}
}

// servingTables are of what serves requests, and depends on what is above here.
func servingTables() []Table {
	below := []Tier{Network, Database, Cache, Brokers, Search}
	return []Table{
		{
			Tier: Cluster, Below: below, Runbook: clusterRunbook, Rows: clusterRows(),
			Says: "The Kubernetes cluster is down in part.",
		},
		{
			Tier: Compute, Below: below, Runbook: "fleet.md", Rows: fleetRows(),
			Says: "A fleet that should serve does not.",
		},
		{
			Tier: Balancers, Below: append(slices.Clone(below), Cluster, Compute), EachTarget: true,
			Runbook: balancersRunbook, Rows: balancerRows(),
			Says: "Requests fail at a load balancer.",
		},
	}
}

// upkeepTables are of what is no outage yet: each critical alarm there pages by itself.
func upkeepTables() []Table {
	return []Table{
		{
			Tier: Certificates, Runbook: "certificates.md", Rows: certificateRows(),
			Says: "A certificate is about to expire.",
		},
		{
			Tier: Backups, Runbook: "backup-jobs.md", Rows: backupRows(),
			Says: "Backups are not made, or cannot be restored.",
		},
		{
			Tier: Logs, Runbook: "log-archive.md", Rows: logRows(),
			Says: "Logs do not reach the archive.",
		},
		{
			Tier: Hours, Runbook: "cost.md", Rows: hourRows(),
			Says: "The environment is not stopped, or not started, as its schedule says.",
		},
	}
}

// Find is the row with the key, and its tier; false for a key that no table has.
func Find(key string) (row Row, tier Tier, known bool) {
	for _, table := range Tables() {
		if i := slices.IndexFunc(table.Rows, func(row Row) bool { return row.Key() == key }); i >= 0 {
			return table.Rows[i], table.Tier, true
		}
	}
	return Row{}, "", false
}

// Keys are those of all rows, sorted.
func Keys() []string {
	var keys []string
	for _, table := range Tables() {
		for _, row := range table.Rows {
			keys = append(keys, row.Key())
		}
	}
	slices.Sort(keys)
	return keys
}

// of are rows of one more kind, which reports what another does.
func of(kind Kind, rows []Row) []Row {
	copied := slices.Clone(rows)
	for i := range copied {
		copied[i].Kind = kind
	}
	return copied
}

// one is the metric of an alarm that has no expression.
func one(namespace, name, statistic string) []Metric {
	return []Metric{{Namespace: namespace, Name: name, Statistic: statistic}}
}

// minute is the period of most metrics, in seconds: no service of AWS that is watched
// here reports more often.
const minute = 60
