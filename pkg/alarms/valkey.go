package alarms

const (
	cacheNamespace = "AWS/ElastiCache"
	valkeyRunbook  = "valkey.md"
)

// valkeyRows are of each node (Amazon ElastiCache User Guide, "Metrics for Valkey and Redis
// OSS" and "Which Metrics Should I Monitor?").
func valkeyRows() []Row {
	return append(nodeRows(), memoryRows()...)
}

func nodeRows() []Row {
	return []Row{
		{
			// A primary that is lost is replaced by a replica within a minute or two, and a node
			// by a new one later: nothing explains that there is none.
			Kind: Valkey, Alarm: Alarm{
				Name: "silent", Says: "The cache node has reported nothing for a quarter of an hour, and is not replaced.",
				Metrics:    one(cacheNamespace, "EngineCPUUtilization", SampleCount),
				Comparison: Below, Threshold: 1, Unit: Count,
				PeriodSeconds: minute, Periods: 15, Datapoints: 15, Missing: Breaching, Severity: Critical, Runbook: valkeyRunbook,
			},
		},
		{
			// The engine has one thread, and all of one processor.
			Kind: Valkey, Alarm: Alarm{
				Name: "engine-cpu", Says: "The cache's engine thread is busy.",
				Metrics:    one(cacheNamespace, "EngineCPUUtilization", Average),
				Comparison: AtLeast, Threshold: 90, Unit: Percent,
				PeriodSeconds: 5 * minute, Periods: 3, Datapoints: 3, Missing: NotBreaching, Severity: Warning, Runbook: valkeyRunbook,
			},
		},
		{
			// Of a node of two processors, the guide wants the whole host watched.
			Kind: Valkey, Alarm: Alarm{
				Name: "cpu", Says: "The cache node's processors are busy.",
				Metrics:    one(cacheNamespace, "CPUUtilization", Average),
				Comparison: AtLeast, Threshold: 90, Unit: Percent,
				PeriodSeconds: 5 * minute, Periods: 3, Datapoints: 3, Missing: NotBreaching, Severity: Warning, Runbook: valkeyRunbook,
			},
		},
		{
			Kind: Valkey, Share: 80, Of: Connections, Alarm: Alarm{
				Name: "connections", Says: "The cache node has nearly as many connections as it takes.",
				Metrics:    one(cacheNamespace, "CurrConnections", Maximum),
				Comparison: AtLeast, Unit: Count,
				PeriodSeconds: minute, Periods: 5, Datapoints: 5, Missing: NotBreaching, Severity: Warning, Runbook: valkeyRunbook,
			},
		},
		{
			Kind: ValkeyReplica, Alarm: Alarm{
				Name: "lag", Says: "The cache's replica is half a minute behind its primary.",
				Metrics:    one(cacheNamespace, "ReplicationLag", Maximum),
				Comparison: Above, Threshold: 30, Unit: Seconds,
				PeriodSeconds: minute, Periods: 5, Datapoints: 5, Missing: NotBreaching, Severity: Warning, Runbook: valkeyRunbook,
			},
		},
	}
}

// memoryRows: a cache that is full lets go of what nobody asks for (maxmemory-policy), so
// that to be full is no outage; to let go of much is what callers notice.
func memoryRows() []Row {
	return []Row{
		{
			Kind: Valkey, Alarm: Alarm{
				Name: "memory", Says: "The cache is nearly full.",
				Metrics:    one(cacheNamespace, "DatabaseMemoryUsagePercentage", Maximum),
				Comparison: AtLeast, Threshold: 90, Unit: Percent,
				PeriodSeconds: 5 * minute, Periods: 3, Datapoints: 3, Missing: NotBreaching, Severity: Warning, Runbook: valkeyRunbook,
			},
		},
		{
			Kind: Valkey, Alarm: Alarm{
				Name: "evictions", Says: "The cache lets go of many keys because it is full.",
				Metrics:    one(cacheNamespace, "Evictions", Sum),
				Comparison: AtLeast, Threshold: 1000, Unit: Count,
				PeriodSeconds: 5 * minute, Periods: 3, Datapoints: 3, Missing: NotBreaching, Severity: Warning, Runbook: valkeyRunbook,
			},
		},
	}
}
