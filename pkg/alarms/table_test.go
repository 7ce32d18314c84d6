package alarms_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/alarms"
)

// capacity is a target's that has all that any row asks of it.
var capacity = alarms.Capacity{alarms.Memory: 1 << 30, alarms.Storage: 20 << 30, alarms.Connections: 100}

func eachRow(t *testing.T, do func(table alarms.Table, row alarms.Row)) {
	t.Helper()
	rows := 0
	for _, table := range alarms.Tables() {
		for _, row := range table.Rows {
			rows++
			do(table, row)
		}
	}
	require.Greater(t, rows, 40)
}

func TestEveryRowIsAnAlarmThatCloudWatchTakes(t *testing.T) {
	eachRow(t, func(_ alarms.Table, row alarms.Row) {
		alarm, err := row.For(capacity)
		require.NoError(t, err, row.Key())
		assert.NoError(t, alarm.Validate(), row.Key())
		assert.NotEqual(t, alarms.Release, row.Severity, "%s: nobody would hear of it", row.Key())
		if names, known := row.Kind.Dimensions(); assert.True(t, known, row.Key()) {
			assert.True(t, slices.IsSorted(names))
			assert.Equal(t, len(names) == 0, row.Pattern != "", "%s: what has no dimension is counted in a log", row.Key())
		}
	})
}

func TestKeysAreUniqueAndFound(t *testing.T) {
	keys := alarms.Keys()
	assert.Len(t, slices.Compact(slices.Clone(keys)), len(keys))
	for _, key := range keys {
		row, tier, known := alarms.Find(key)
		assert.True(t, known)
		assert.Equal(t, key, row.Key())
		assert.NotEmpty(t, tier)
	}
	_, tier, known := alarms.Find("backup-copy-failed")
	assert.True(t, known)
	assert.Equal(t, alarms.Backups, tier)
	_, _, known = alarms.Find("backup")
	assert.False(t, known)
}

// What an environment must have watched, by what CloudWatch calls it.
func TestWhatIsWatched(t *testing.T) {
	watched := map[string]bool{}
	eachRow(t, func(_ alarms.Table, row alarms.Row) {
		for _, metric := range row.Metrics {
			watched[string(row.Kind)+" "+metric.Namespace+" "+metric.Name+" "+metric.Statistic] = true
		}
	})
	for _, want := range []string{
		"load-balancer AWS/ApplicationELB HTTPCode_ELB_5XX_Count Sum", "load-balancer AWS/ApplicationELB HTTPCode_Target_5XX_Count Sum",
		"load-balancer AWS/ApplicationELB TargetResponseTime p99", "load-balancer AWS/ApplicationELB RejectedConnectionCount Sum",
		"target-group AWS/ApplicationELB UnHealthyHostCount Maximum",
		"fleet AWS/EC2 CPUUtilization Average", "fleet AWS/AutoScaling GroupInServiceInstances Maximum", "fleet AWS/EC2 StatusCheckFailed Maximum",
		"postgresql AWS/RDS CPUUtilization Average", "postgresql AWS/RDS FreeStorageSpace Minimum", "postgresql AWS/RDS DatabaseConnections Maximum",
		"postgresql AWS/RDS FreeableMemory Average", "postgresql-replica AWS/RDS ReplicaLag Maximum", "postgresql-log Platform/Logs deadlocks Sum",
		"valkey AWS/ElastiCache EngineCPUUtilization Average", "valkey AWS/ElastiCache DatabaseMemoryUsagePercentage Maximum",
		"valkey AWS/ElastiCache Evictions Sum", "valkey-replica AWS/ElastiCache ReplicationLag Maximum", "valkey AWS/ElastiCache CurrConnections Maximum",
		"kafka AWS/Kafka OfflinePartitionsCount Maximum", "kafka-broker AWS/Kafka UnderReplicatedPartitions Maximum",
		"kafka-broker AWS/Kafka KafkaDataLogsDiskUsed Maximum", "kafka AWS/Kafka ActiveControllerCount Maximum",
		"opensearch AWS/ES ClusterStatus.red Maximum", "opensearch AWS/ES ClusterStatus.yellow Maximum", "opensearch AWS/ES JVMMemoryPressure Maximum",
		"opensearch AWS/ES FreeStorageSpace Minimum", "opensearch AWS/ES AutomatedSnapshotFailure Maximum",
		"opensearch AWS/ES ClusterIndexWritesBlocked Maximum", "opensearch AWS/ES KMSKeyError Maximum",
		"siem-stream AWS/Firehose DeliveryToHttpEndpoint.DataFreshness Maximum", "eks ContainerInsights cluster_node_count SampleCount",
		"eks AWS/EKS apiserver_request_total_5XX Sum", "eks ContainerInsights cluster_failed_node_count Maximum",
		"eks ContainerInsights pod_number_of_container_restarts Sum",
		"nat-gateway AWS/NATGateway ErrorPortAllocation Sum", "nat-gateway AWS/NATGateway PacketsDropCount Sum",
		"certificate AWS/CertificateManager DaysToExpiry Minimum",
		"backup AWS/Backup NumberOfBackupJobsFailed Sum", "backup AWS/Backup NumberOfRestoreJobsFailed Sum", "backup-copy AWS/Backup NumberOfCopyJobsFailed Sum",
		"log-stream AWS/Firehose DeliveryToS3.DataFreshness Maximum", "log-subscription AWS/Logs DeliveryErrors Sum", "log-subscription AWS/Logs DeliveryThrottling Sum",
		"schedule AWS/Scheduler TargetErrorCount Sum", "schedule AWS/Scheduler InvocationDroppedCount Sum",
	} {
		assert.True(t, watched[want], want)
	}
}

// A tier depends on those before it, so that no two can explain each other.
func TestTiersDependOnThoseBeforeThem(t *testing.T) {
	var before []alarms.Tier
	for _, table := range alarms.Tables() {
		assert.NotContains(t, before, table.Tier)
		assert.Subset(t, before, table.Below)
		before = append(before, table.Tier)
	}
}

// What explains must be grave, or nobody would hear of what it silences.
func TestOnlyACriticalAlarmExplains(t *testing.T) {
	explains := map[alarms.Tier]int{}
	eachRow(t, func(table alarms.Table, row alarms.Row) {
		if row.Explains {
			explains[table.Tier]++
			assert.Equal(t, alarms.Critical, row.Severity, row.Key())
		}
	})
	for _, tier := range []alarms.Tier{alarms.Network, alarms.Database, alarms.Brokers, alarms.Search, alarms.Cluster, alarms.Compute, alarms.Balancers} {
		assert.Positive(t, explains[tier], "nothing explains an outage of %s", tier)
	}
}

// All nodes down: what is counted on them is silent, and so must be an alarm.
func TestAClusterWithoutANodeIsAnOutage(t *testing.T) {
	row, tier, known := alarms.Find("eks-silent")
	require.True(t, known)
	assert.Equal(t, alarms.Cluster, tier)
	assert.True(t, row.Explains)
	assert.Equal(t, alarms.Breaching, row.Missing)
	assert.Equal(t, 900, row.Seconds())
}

// What may be so for days is no outage: its alarm pages by itself.
func TestWhatLastsForDaysExplainsNothing(t *testing.T) {
	for _, key := range []string{
		"postgresql-free-storage", "postgresql-replica-silent", "valkey-silent", "kafka-controller", "kafka-broker-silent", "kafka-broker-disk",
		"eks-api-errors", "certificate-expiring-soon",
	} {
		row, _, known := alarms.Find(key)
		require.True(t, known, key)
		assert.Equal(t, alarms.Critical, row.Severity, key)
		assert.False(t, row.Explains, key)
	}
}
