package alarms

const (
	kafkaNamespace = "AWS/Kafka"
	kafkaRunbook   = "kafka.md"
)

// kafkaRows are of the cluster and of each broker. All of them are at the monitoring level
// DEFAULT, which PER_BROKER has too (Amazon MSK Developer Guide, "Amazon MSK metrics for
// monitoring Standard brokers with CloudWatch"; AWS Big Data Blog, "Set up production-ready
// monitoring for Amazon MSK using CloudWatch alarms").
func kafkaRows() []Row {
	return append(kafkaClusterRows(), brokerRows()...)
}

func kafkaClusterRows() []Row {
	return []Row{
		{
			Kind: Kafka, Explains: true, Alarm: Alarm{
				Name: "offline-partitions", Says: "Partitions have no leader, and are neither read nor written.",
				Metrics:    one(kafkaNamespace, "OfflinePartitionsCount", Maximum),
				Comparison: Above, Threshold: 0, Unit: Count,
				PeriodSeconds: minute, Periods: 3, Datapoints: 3, Missing: NotBreaching, Severity: Critical, Runbook: kafkaRunbook,
			},
		},
		{
			// Each node says whether it is the one: the greatest is 1 if any is, however many
			// report. Brokers serve on without, for a while.
			Kind: Kafka, Alarm: Alarm{
				Name: "controller", Says: "No controller is active, and nobody chooses leaders.",
				Metrics:    one(kafkaNamespace, "ActiveControllerCount", Maximum),
				Comparison: Below, Threshold: 1, Unit: Count,
				PeriodSeconds: minute, Periods: 5, Datapoints: 5, Missing: Insufficient, Severity: Critical, Runbook: kafkaRunbook,
			},
		},
	}
}

func brokerRows() []Row {
	return []Row{
		{
			// MSK restarts one broker after the other to patch them, and replaces one that fails.
			Kind: KafkaBroker, Alarm: Alarm{
				Name: "silent", Says: "The broker has reported nothing for half an hour, and is not replaced.",
				Metrics:    one(kafkaNamespace, "KafkaDataLogsDiskUsed", SampleCount),
				Comparison: Below, Threshold: 1, Unit: Count,
				PeriodSeconds: 5 * minute, Periods: 6, Datapoints: 6, Missing: Breaching, Severity: Critical, Runbook: kafkaRunbook,
			},
		},
		{
			// From 85 % on, the guide wants somebody to act; volumes grow by themselves before.
			Kind: KafkaBroker, Alarm: Alarm{
				Name: "disk", Says: "The broker's volume is nearly full, and does not grow.",
				Metrics:    one(kafkaNamespace, "KafkaDataLogsDiskUsed", Maximum),
				Comparison: AtLeast, Threshold: 85, Unit: Percent,
				PeriodSeconds: 5 * minute, Periods: 3, Datapoints: 3, Missing: NotBreaching, Severity: Critical, Runbook: kafkaRunbook,
			},
		},
		{
			Kind: KafkaBroker, Alarm: Alarm{
				Name: "under-replicated", Says: "Partitions of the broker have had too few copies for half an hour.",
				Metrics:    one(kafkaNamespace, "UnderReplicatedPartitions", Maximum),
				Comparison: Above, Threshold: 0, Unit: Count,
				PeriodSeconds: 5 * minute, Periods: 6, Datapoints: 6, Missing: NotBreaching, Severity: Warning, Runbook: kafkaRunbook,
			},
		},
	}
}
