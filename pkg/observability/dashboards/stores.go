package dashboards

import (
	"strconv"

	"aws-platform/pkg/alarms"
)

// The namespaces of the stores.
const (
	databaseMetrics = "AWS/RDS"         // Amazon RDS User Guide, "Amazon CloudWatch metrics for Amazon RDS"
	cacheMetrics    = "AWS/ElastiCache" // Amazon ElastiCache User Guide, "Metrics for Valkey and Redis OSS"
	brokerMetrics   = "AWS/Kafka"       // Amazon MSK Developer Guide, "Metrics for monitoring Standard brokers with CloudWatch"
	searchMetrics   = "AWS/ES"          // Amazon OpenSearch Service Developer Guide, "Monitoring OpenSearch cluster metrics with Amazon CloudWatch"
	backupMetrics   = "AWS/Backup"      // AWS Backup Developer Guide, "Monitoring AWS Backup metrics with CloudWatch"
)

// stores show the data tier. A store that is switched off has no section.
func stores(of facts) []section {
	return []section{
		{title: "Data of " + of.environment, tiles: []tile{of.origin()}},
		{title: "PostgreSQL", tiles: of.postgresql()},
		{title: "Valkey", tiles: of.valkey()},
		{title: "Kafka", tiles: of.brokerTiles()},
		{title: "OpenSearch", tiles: of.search()},
		{title: "Backups", tiles: of.backups()},
	}
}

// postgresql shows the primary and its replicas.
func (f facts) postgresql() []tile {
	if len(f.databases) == 0 {
		return nil
	}
	of := func(names ...string) (lines []series) {
		for _, database := range f.databases {
			for _, name := range names {
				lines = append(lines, metric(databaseMetrics, name, dimension{"DBInstanceIdentifier", database}).labeled(database+" "+name))
			}
		}
		return lines
	}
	tiles := []tile{
		f.percent("Processor, percent", alarms.Average, of("CPUUtilization")...),
		f.graph("Connections", alarms.Average, of("DatabaseConnections")...),
		f.graph("Memory that is free, bytes", alarms.Average, of("FreeableMemory")...),
		f.graph("Storage that is free, bytes", alarms.Average, of("FreeStorageSpace")...),
		f.graph("Latency of storage, seconds", alarms.Average, of("ReadLatency", "WriteLatency")...),
		f.graph("Operations of storage a second", alarms.Average, of("ReadIOPS", "WriteIOPS")...),
	}
	if len(f.databases) > 1 {
		tiles = append(tiles, f.graph("Lag of replicas, seconds", alarms.Maximum, of("ReplicaLag")...))
	}
	return tiles
}

// valkey shows the nodes of the cache.
func (f facts) valkey() []tile {
	if len(f.valkeyNodes) == 0 {
		return nil
	}
	of := func(names ...string) (lines []series) {
		for _, node := range f.valkeyNodes {
			for _, name := range names {
				lines = append(lines, metric(cacheMetrics, name, dimension{"CacheClusterId", node}).labeled(node+" "+name))
			}
		}
		return lines
	}
	tiles := []tile{
		f.percent("Processor of the engine, percent", alarms.Average, of("EngineCPUUtilization")...),
		f.percent("Processors of the node, percent", alarms.Average, of("CPUUtilization")...),
		f.percent("Memory in use, percent", alarms.Average, of("DatabaseMemoryUsagePercentage")...),
		f.graph("Connections", alarms.Average, of("CurrConnections")...),
		f.graph("Keys evicted", alarms.Sum, of("Evictions")...),
		f.graph("Keys found and not found", alarms.Sum, of("CacheHits", "CacheMisses")...),
	}
	if len(f.valkeyNodes) > 1 {
		tiles = append(tiles, f.graph("Lag of replicas, seconds", alarms.Maximum, of("ReplicationLag")...))
	}
	return tiles
}

// brokerTiles show Kafka, as a whole and by broker. Brokers are numbered from 1.
func (f facts) brokerTiles() []tile {
	if f.kafka == "" {
		return nil
	}
	cluster := dimension{"Cluster Name", f.kafka}
	whole := func(name string) series { return metric(brokerMetrics, name, cluster).labeled(name) }
	of := func(names ...string) (lines []series) {
		for broker := 1; broker <= f.brokers; broker++ {
			id := strconv.Itoa(broker)
			for _, name := range names {
				lines = append(lines, metric(brokerMetrics, name, cluster, dimension{"Broker ID", id}).labeled(id+" "+name))
			}
		}
		return lines
	}
	return []tile{
		f.graph("Controllers and partitions without a leader", alarms.Maximum, whole("ActiveControllerCount"), whole("OfflinePartitionsCount")),
		f.graph("Partitions with too few replicas", alarms.Maximum, of("UnderReplicatedPartitions")...),
		f.percent("Log volume in use, percent", alarms.Maximum, of("KafkaDataLogsDiskUsed")...),
		f.percent("Processor, percent", alarms.Average, of("CpuUser", "CpuSystem")...),
		f.graph("Bytes in and out a second", alarms.Average, of("BytesInPerSec", "BytesOutPerSec")...),
		f.graph("Messages in a second", alarms.Average, of("MessagesInPerSec")...),
	}
}

// search shows the OpenSearch domain.
func (f facts) search() []tile {
	if f.openSearch == "" {
		return nil
	}
	of := func(names ...string) (lines []series) {
		for _, name := range names {
			lines = append(lines, metric(searchMetrics, name, dimension{"DomainName", f.openSearch}, dimension{"ClientId", f.account}).labeled(name))
		}
		return lines
	}
	return []tile{
		f.graph("Red and yellow", alarms.Maximum, of("ClusterStatus.red", "ClusterStatus.yellow")...),
		f.graph("Writes blocked, key out of reach, snapshots failed", alarms.Maximum, of("ClusterIndexWritesBlocked", "KMSKeyError", "KMSKeyInaccessible", "AutomatedSnapshotFailure")...),
		f.percent("Memory pressure of the JVM, percent", alarms.Maximum, of("JVMMemoryPressure")...),
		f.graph("Storage that is free on the fullest node, megabytes", alarms.Minimum, of("FreeStorageSpace")...),
		f.percent("Processor, percent", alarms.Average, of("CPUUtilization")...),
		f.graph("Nodes", alarms.Minimum, of("Nodes")...),
		f.graph("Latency, milliseconds", alarms.Average, of("SearchLatency", "IndexingLatency")...),
	}
}

// backups show the jobs of the vault.
func (f facts) backups() []tile {
	if f.vault == "" {
		return nil
	}
	jobs := func(title, kind string, states ...string) tile {
		var lines []series
		for _, state := range states {
			lines = append(lines, metric(backupMetrics, "NumberOf"+kind+"Jobs"+state, dimension{"BackupVaultName", f.vault}).labeled(state))
		}
		return f.graph(title, alarms.Sum, lines...)
	}
	const completed, failed, expired = "Completed", "Failed", "Expired"
	return []tile{
		jobs("Backups made", "Backup", completed, failed, expired),
		jobs("Backups copied", "Copy", completed, failed),
		jobs("Backups restored", "Restore", completed, failed),
	}
}
