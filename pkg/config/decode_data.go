package config

import (
	"aws-platform/pkg/engines"
)

// The defaults of platform:data that are the same in every environment.
const (
	defaultPostgreSQLPort    = 5432
	defaultValkeyPort        = 6379
	defaultDatabase          = "platform"
	defaultMaster            = "platform_admin"
	defaultBackupWindow      = "03:00-04:00" //nolint:gosec // hours, not a credential
	defaultMaintenanceWindow = "sun:05:00-sun:06:00"
	defaultCA                = "rds-ca-rsa2048-g1"
	defaultEngine            = "valkey"
	tlsOnly                  = "TLS"
)

// data decodes platform:data.
func (r *reading) data(env Environment, value any) Data {
	data := defaultData(env)
	r.section("data", value, &data)
	if data.Valkey.EngineVersion == "" {
		data.Valkey.EngineVersion = engines.Default(engines.Engine(data.Valkey.Engine)).Name
	}
	if data.Kafka.Zones == nil {
		data.Kafka.Zones = kafkaZones(env)
	}
	if data.Kafka.Brokers == unset {
		data.Kafka.Brokers = len(data.Kafka.Zones)
	}
	return data
}

// defaultData are the defaults of an environment, but for what other keys decide.
func defaultData(env Environment) Data {
	return Data{
		PostgreSQL: defaultPostgreSQL(env), Valkey: defaultValkey(env), Kafka: defaultKafka(env), OpenSearch: defaultOpenSearch(env),
	}
}

func defaultPostgreSQL(env Environment) PostgreSQL {
	return PostgreSQL{
		Enabled: true, EngineVersion: engines.Default(engines.PostgreSQL).Name, InstanceClass: "db.t3.micro",
		MultiAZ: byEnvironment(env, true, true, true, false), Port: defaultPostgreSQLPort, DatabaseName: defaultDatabase,
		MasterUsername: defaultMaster, ManageMasterUserPassword: true,
		AllocatedStorageGiB: 20, MaxAllocatedStorageGiB: 100,
		BackupRetentionDays: byEnvironment(env, 35, 7, 7, 7),
		BackupWindow:        defaultBackupWindow, MaintenanceWindow: defaultMaintenanceWindow,
		DeletionProtection: byEnvironment(env, true, true, true, false), PerformanceInsights: true,
		MonitoringIntervalSeconds: 60, SlowStatementMilliseconds: 1000, CACertificate: defaultCA,
		StorageEncrypted: true,
	}
}

func defaultValkey(env Environment) Valkey {
	return Valkey{
		Enabled: true, Engine: defaultEngine,
		NodeType: byEnvironment(env, "cache.t3.medium", "cache.t3.medium", "cache.t3.micro", "cache.t3.micro"),
		Nodes:    byEnvironment(env, 3, 3, 2, 1), MultiAZ: byEnvironment(env, true, true, true, false), Port: defaultValkeyPort,
		SnapshotRetentionDays: byEnvironment(env, 35, 7, 7, 1),
		SnapshotWindow:        defaultBackupWindow, MaintenanceWindow: defaultMaintenanceWindow,
		AtRestEncryption: true, TransitEncryption: true,
	}
}

func defaultKafka(env Environment) Kafka {
	return Kafka{
		Enabled: true, KafkaVersion: engines.Default(engines.Kafka).Name, InstanceType: "kafka.t3.small", Brokers: unset,
		VolumeGiB: byEnvironment(env, 100, 100, 10, 10), MaxVolumeGiB: byEnvironment(env, 500, 500, 50, 50),
		EncryptionInTransit: tlsOnly,
	}
}

func defaultOpenSearch(env Environment) OpenSearch {
	return OpenSearch{
		Enabled: true, EngineVersion: engines.Default(engines.OpenSearch).Name,
		InstanceType: byEnvironment(env, "t3.medium.search", "t3.medium.search", "t3.small.search", "t3.small.search"),
		DataNodes:    byEnvironment(env, 3, 3, 2, 1), MasterInstanceType: "t3.medium.search",
		MasterNodes: byEnvironment(env, 3, 3, 0, 0), Zones: byEnvironment(env, 3, 3, 2, 1),
		VolumeGiB: 20, OffPeakWindowStart: "00:00",
		EncryptAtRest: true, NodeToNodeEncryption: true, EnforceHTTPS: true,
	}
}

// kafkaZones are the first zones by name: two in dev, three elsewhere.
func kafkaZones(env Environment) []string {
	zones := env.Network.ZoneNames()
	return zones[:min(len(zones), byEnvironment(env, 3, 3, 3, 2))]
}

// byEnvironment chooses for production-pci, production, staging and every other.
func byEnvironment[V any](env Environment, pci, production, staging, dev V) V {
	switch env.Name {
	case ProductionPCI:
		return pci
	case Production:
		return production
	case Staging:
		return staging
	default:
		return dev
	}
}
