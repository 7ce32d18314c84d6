package alarms

import "slices"

// Tier is a part of an environment whose outage is one outage.
type Tier string

// The tiers.
const (
	Network      Tier = "network"
	Data         Tier = "data"
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
	// Says is what is wrong when any critical alarm of the tier is in ALARM, a sentence.
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
	// Explains tells that nothing works on the thing while the row's alarm is in ALARM: what
	// the tiers above show then, pages nobody.
	Explains bool
}

// Key names a row among all: `<kind>-<name>`.
func (r Row) Key() string { return string(r.Kind) + "-" + r.Name }

// Tables are all tables, a tier before those that depend on it.
func Tables() []Table {
	return []Table{
		{
			Tier: Network, Runbook: "nat-gateway.md", Rows: networkRows(),
			Says: "The app tier does not reach the internet as it should.",
		},
		{
			Tier: Data, Runbook: "incident-response.md", Rows: dataRows(),
			Says: "A data store is down or about to be: the alarm of the store that is in ALARM has its runbook.",
		},
		{
			Tier: Cluster, Below: []Tier{Network, Data}, Runbook: "cluster.md", Rows: clusterRows(),
			Says: "The Kubernetes cluster is down in part.",
		},
		{
			Tier: Compute, Below: []Tier{Network, Data}, Runbook: "fleet.md", Rows: fleetRows(),
			Says: "A fleet that should serve does not.",
		},
		{
			Tier: Balancers, Below: []Tier{Network, Data, Cluster, Compute}, Runbook: "load-balancers.md", Rows: balancerRows(),
			Says: "Requests fail at a load balancer.",
		},
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
