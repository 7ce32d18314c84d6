package alarms

import "slices"

// LogNamespace is of the metrics that metric filters make of an environment's logs.
const LogNamespace = "Platform/Logs"

const (
	databaseNamespace = "AWS/RDS"
	databaseRunbook   = "database.md"
)

// databaseRows are of the database and its replicas (Amazon RDS User Guide, "Amazon
// CloudWatch metrics for Amazon RDS"; thresholds as in the Amazon CloudWatch User Guide,
// "Best practice alarm recommendations for AWS services", where it has any).
func databaseRows() []Row {
	silent := Row{
		// An instance that is there reports every minute; a failover to the standby ends before.
		Kind: PostgreSQL, Explains: true, Alarm: Alarm{
			Name: "silent", Says: "The database has reported nothing for five minutes: it is down, or stopped.",
			Metrics:    one(databaseNamespace, "CPUUtilization", SampleCount),
			Comparison: Below, Threshold: 1, Unit: Count,
			PeriodSeconds: minute, Periods: 5, Datapoints: 5, Missing: Breaching, Severity: Critical, Runbook: databaseRunbook,
		},
	}
	primary := append([]Row{silent}, instanceRows()...)
	replica := of(PostgreSQLReplica, primary)
	replica[0].Explains = false // the primary serves without it
	return slices.Concat(primary, []Row{deadlocks()}, append(replica, replicaLag()))
}

// instanceRows are of an instance, whatever it is. What it can hold depends on its class.
func instanceRows() []Row {
	return []Row{
		{
			Kind: PostgreSQL, Alarm: Alarm{
				Name: "cpu", Says: "The database's processors are busy.",
				Metrics:    one(databaseNamespace, "CPUUtilization", Average),
				Comparison: AtLeast, Threshold: 90, Unit: Percent,
				PeriodSeconds: 5 * minute, Periods: 3, Datapoints: 3, Missing: NotBreaching, Severity: Warning, Runbook: databaseRunbook,
			},
		},
		{
			// Storage grows by itself where a tenth is free, but not beyond its maximum and
			// not within six hours of the last time (Amazon RDS User Guide, "Managing capacity
			// automatically with Amazon RDS storage autoscaling"). A database that is full stops.
			Kind: PostgreSQL, Share: 10, Of: Storage, Alarm: Alarm{
				Name: "free-storage", Says: "The database's storage is nearly full, and does not grow.",
				Metrics:    one(databaseNamespace, "FreeStorageSpace", Minimum),
				Comparison: Below, Unit: Bytes,
				PeriodSeconds: 5 * minute, Periods: 6, Datapoints: 6, Missing: NotBreaching, Severity: Critical, Runbook: databaseRunbook,
			},
		},
		{
			// Of the formula with all of the memory: a small class takes three quarters of it.
			Kind: PostgreSQL, Share: 60, Of: Connections, Alarm: Alarm{
				Name: "connections", Says: "The database has nearly as many connections as it takes.",
				Metrics:    one(databaseNamespace, "DatabaseConnections", Maximum),
				Comparison: AtLeast, Unit: Count,
				PeriodSeconds: minute, Periods: 5, Datapoints: 5, Missing: NotBreaching, Severity: Warning, Runbook: databaseRunbook,
			},
		},
		{
			// PostgreSQL leaves memory to the page cache, which counts as freeable.
			Kind: PostgreSQL, Share: 5, Of: Memory, Alarm: Alarm{
				Name: "memory", Says: "The database has hardly any memory left, and is about to swap.",
				Metrics:    one(databaseNamespace, "FreeableMemory", Average),
				Comparison: Below, Unit: Bytes,
				PeriodSeconds: 5 * minute, Periods: 3, Datapoints: 3, Missing: NotBreaching, Severity: Warning, Runbook: databaseRunbook,
			},
		},
	}
}

// deadlocks are counted in the log: RDS for PostgreSQL has no such metric, as Aurora has.
// Database Insights counts them too, but to alarm on that CloudWatch makes itself a
// service-linked role, and a database may be without it (Amazon CloudWatch User Guide, "Using
// service-linked roles for CloudWatch"). PostgreSQL always logs a deadlock, as an error.
func deadlocks() Row {
	return Row{Kind: PostgreSQLLog, Alarm: Alarm{
		Name: "deadlocks", Says: "Transactions lock each other out, and PostgreSQL ends some of them.",
		Metrics: one(LogNamespace, "deadlocks", Sum), Pattern: `"deadlock detected"`,
		Comparison: AtLeast, Threshold: 5, Unit: Count,
		PeriodSeconds: 15 * minute, Periods: 1, Datapoints: 1, Missing: NotBreaching, Severity: Warning, Runbook: databaseRunbook,
	}}
}

func replicaLag() Row {
	return Row{Kind: PostgreSQLReplica, Alarm: Alarm{
		Name: "lag", Says: "The replica is more than a minute behind the database.",
		Metrics:    one(databaseNamespace, "ReplicaLag", Maximum),
		Comparison: Above, Threshold: 60, Unit: Seconds,
		PeriodSeconds: minute, Periods: 10, Datapoints: 10, Missing: NotBreaching, Severity: Warning, Runbook: databaseRunbook,
	}}
}
