package alarms

// searchNamespace is older than the service's name.
const (
	searchNamespace = "AWS/ES"
	searchRunbook   = "opensearch.md"
)

// openSearchRows are of the domain, with the thresholds of the Amazon OpenSearch Service
// Developer Guide, "Recommended CloudWatch alarms for Amazon OpenSearch Service".
func openSearchRows() []Row {
	return append(statusRows(), upkeepRows()...)
}

// statusRows are whether the domain answers.
func statusRows() []Row {
	return []Row{
		{
			Kind: OpenSearch, Explains: true, Alarm: Alarm{
				Name: "silent", Says: "The domain has reported nothing for five minutes.",
				Metrics:    one(searchNamespace, "Nodes", SampleCount),
				Comparison: Below, Threshold: 1, Unit: Count,
				PeriodSeconds: minute, Periods: 5, Datapoints: 5, Missing: Breaching, Severity: Critical, Runbook: searchRunbook,
			},
		},
		{
			Kind: OpenSearch, Explains: true, Alarm: Alarm{
				Name: "red", Says: "A primary shard and its replicas are on no node: part of the data cannot be read.",
				Metrics:    one(searchNamespace, "ClusterStatus.red", Maximum),
				Comparison: AtLeast, Threshold: 1, Unit: Count,
				PeriodSeconds: minute, Periods: 1, Datapoints: 1, Missing: NotBreaching, Severity: Critical, Runbook: searchRunbook,
			},
		},
		{
			Kind: OpenSearch, Alarm: Alarm{
				Name: "yellow", Says: "A replica shard is on no node: the loss of another node may lose data.",
				Metrics:    one(searchNamespace, "ClusterStatus.yellow", Maximum),
				Comparison: AtLeast, Threshold: 1, Unit: Count,
				PeriodSeconds: minute, Periods: 5, Datapoints: 5, Missing: NotBreaching, Severity: Warning, Runbook: searchRunbook,
			},
		},
		{
			Kind: OpenSearch, Explains: true, Alarm: Alarm{
				Name: "writes-blocked", Says: "The domain refuses to index.",
				Metrics:    one(searchNamespace, "ClusterIndexWritesBlocked", Maximum),
				Comparison: AtLeast, Threshold: 1, Unit: Count,
				PeriodSeconds: 5 * minute, Periods: 1, Datapoints: 1, Missing: NotBreaching, Severity: Critical, Runbook: searchRunbook,
			},
		},
		{
			// A domain whose key is gone for good is lost.
			Kind: OpenSearch, Explains: true, Alarm: Alarm{
				Name: "kms-key", Says: "The domain cannot use its KMS key: it is disabled, deleted, or its grants are revoked.",
				Metrics: []Metric{
					{"disabled", searchNamespace, "KMSKeyError", Maximum},
					{"inaccessible", searchNamespace, "KMSKeyInaccessible", Maximum},
				},
				Expression: "FILL(disabled, 0) + FILL(inaccessible, 0)",
				Comparison: AtLeast, Threshold: 1, Unit: Count,
				PeriodSeconds: minute, Periods: 1, Datapoints: 1, Missing: NotBreaching, Severity: Critical, Runbook: searchRunbook,
			},
		},
	}
}

// upkeepRows are what becomes an outage if nobody acts.
func upkeepRows() []Row {
	return []Row{
		{
			Kind: OpenSearch, Alarm: Alarm{
				Name: "jvm-memory", Says: "The Java heap of a data node is nearly full; above 92 % for half an hour the domain refuses to index.",
				Metrics:    one(searchNamespace, "JVMMemoryPressure", Maximum),
				Comparison: AtLeast, Threshold: 95, Unit: Percent,
				PeriodSeconds: minute, Periods: 3, Datapoints: 3, Missing: NotBreaching, Severity: Warning, Runbook: searchRunbook,
			},
		},
		{
			// A quarter of a node's volume; the metric's least is the fullest node's.
			Kind: OpenSearch, Share: 25, Of: Storage, Alarm: Alarm{
				Name: "free-storage", Says: "A data node's volume is three quarters full; the domain refuses to index when it is full.",
				Metrics:    one(searchNamespace, "FreeStorageSpace", Minimum),
				Comparison: AtMost, Unit: Megabytes,
				PeriodSeconds: 5 * minute, Periods: 3, Datapoints: 3, Missing: NotBreaching, Severity: Warning, Runbook: searchRunbook,
			},
		},
		{
			Kind: OpenSearch, Alarm: Alarm{
				Name: "snapshot-failed", Says: "There has been no automated snapshot for 36 hours.",
				Metrics:    one(searchNamespace, "AutomatedSnapshotFailure", Maximum),
				Comparison: AtLeast, Threshold: 1, Unit: Count,
				PeriodSeconds: minute, Periods: 1, Datapoints: 1, Missing: NotBreaching, Severity: Warning, Runbook: "opensearch-snapshots.md",
			},
		},
	}
}
