package config

// The data stores, by the names that parameters, security groups and errors use.
const (
	PostgreSQLStore = "postgresql"
	ValkeyStore     = "valkey"
	KafkaStore      = "kafka"
	OpenSearchStore = "opensearch"
)

// The ports that their services choose: MSK's brokers with IAM authentication, and
// OpenSearch Service's HTTPS. The others are configured.
const (
	KafkaPort      = 9098
	OpenSearchPort = 443
)

// Data is the configuration of the data stores.
type Data struct {
	// PostgreSQL is the relational database, on RDS.
	PostgreSQL PostgreSQL `mapstructure:"postgresql"`
	// Valkey is the cache, on ElastiCache.
	Valkey Valkey `mapstructure:"valkey"`
	// Kafka is the message broker, on MSK.
	Kafka Kafka `mapstructure:"kafka"`
	// OpenSearch is the search engine, on OpenSearch Service.
	OpenSearch OpenSearch `mapstructure:"opensearch"`
}

// PostgreSQL is an RDS DB instance. Storage is gp3 and grows by itself.
type PostgreSQL struct {
	// Enabled makes the database; true by default.
	Enabled bool `mapstructure:"enabled"`
	// EngineVersion is a major version, "17"; the preferred one of the engines table by default.
	// RDS chooses the minor version, and upgrades it in the maintenance window.
	EngineVersion string `mapstructure:"engineVersion"`
	// InstanceClass is db.t3.micro by default.
	InstanceClass string `mapstructure:"instanceClass"`
	// MultiAZ keeps a standby in another zone; true by default but in dev, and
	// required in production and production-pci.
	MultiAZ bool `mapstructure:"multiAz"`
	// Port is the TCP port, 5432 by default.
	Port int `mapstructure:"port"`
	// DatabaseName is the first database, "platform" by default.
	DatabaseName string `mapstructure:"databaseName"`
	// MasterUsername is the administrator in the database, "platform_admin" by default; not
	// ApplicationUser, and at most 16 characters.
	MasterUsername string `mapstructure:"masterUsername"`
	// ManageMasterUserPassword lets RDS generate the administrator's password and keep it
	// in Secrets Manager; true by default. False only for an instance whose
	// administrator has been moved to IAM authentication (docs/runbooks/postgresql-iam-administrator.md).
	ManageMasterUserPassword bool `mapstructure:"manageMasterUserPassword"`
	// AllocatedStorageGiB is the size at the beginning, 20 by default;
	// MaxAllocatedStorageGiB how far it grows, 100 by default.
	AllocatedStorageGiB    int `mapstructure:"allocatedStorageGib"`
	MaxAllocatedStorageGiB int `mapstructure:"maxAllocatedStorageGib"`
	// BackupRetentionDays is how far back the database can be restored to any second,
	// 1 to 35: 35 by default in production-pci, 7 elsewhere.
	BackupRetentionDays int `mapstructure:"backupRetentionDays"`
	// BackupWindow is daily and in UTC, "03:00-04:00" by default; MaintenanceWindow
	// weekly, "sun:05:00-sun:06:00" by default.
	BackupWindow      string `mapstructure:"backupWindow"`
	MaintenanceWindow string `mapstructure:"maintenanceWindow"`
	// DeletionProtection makes RDS refuse to delete the database; true by default but in
	// dev, and required in production and production-pci. Without it no final snapshot is taken.
	DeletionProtection bool `mapstructure:"deletionProtection"`
	// PerformanceInsights watches the load of the database, in the standard mode of
	// CloudWatch Database Insights; true by default. For PostgreSQL every instance class
	// has it, db.t3.micro too (RDS User Guide, "DB engine, Region, and instance class
	// support for Database Insights").
	PerformanceInsights bool `mapstructure:"performanceInsights"`
	// MonitoringIntervalSeconds is the interval of Enhanced Monitoring: 0 (off), 1, 5,
	// 10, 15, 30 or 60; 60 by default.
	MonitoringIntervalSeconds int `mapstructure:"monitoringIntervalSeconds"`
	// SlowStatementMilliseconds is how long a statement runs before it is logged; 1000 by default.
	SlowStatementMilliseconds int `mapstructure:"slowStatementMilliseconds"`
	// CACertificate is the certificate authority of the server's certificate, rds-ca-rsa2048-g1 by default.
	CACertificate string `mapstructure:"caCertificate"`
	// BlueGreenUpdate makes changes that would interrupt the database by an RDS blue/green
	// deployment; false by default. Not beside ManageMasterUserPassword.
	BlueGreenUpdate bool `mapstructure:"blueGreenUpdate"`
	// ReadReplicas are how many, 0 to 15; 0 by default. Not beside ManageMasterUserPassword.
	ReadReplicas int `mapstructure:"readReplicas"`
	// StorageEncrypted is always true, and PubliclyAccessible always false: the keys are
	// here to be refused by name.
	StorageEncrypted   bool `mapstructure:"storageEncrypted"`
	PubliclyAccessible bool `mapstructure:"publiclyAccessible"`
}

// Valkey is an ElastiCache replication group of one primary and its replicas.
type Valkey struct {
	// Enabled makes the cache; true by default.
	Enabled bool `mapstructure:"enabled"`
	// Engine is "valkey", the default, or "redis".
	Engine string `mapstructure:"engine"`
	// EngineVersion is "8.1" as in the engines table; the preferred one of the engine by default.
	EngineVersion string `mapstructure:"engineVersion"`
	// NodeType is cache.t3.medium by default in production and production-pci, cache.t3.micro elsewhere.
	NodeType string `mapstructure:"nodeType"`
	// Nodes are the primary and its replicas, 1 to 6: 3 by default in production and
	// production-pci, 2 in staging, 1 in dev.
	Nodes int `mapstructure:"nodes"`
	// MultiAZ spreads the nodes over zones and fails over between them; true by default
	// but in dev, and required in production and production-pci.
	MultiAZ bool `mapstructure:"multiAz"`
	// Port is the TCP port, 6379 by default.
	Port int `mapstructure:"port"`
	// SnapshotRetentionDays is how long daily snapshots are kept, 0 (none) to 35: 35 by
	// default in production-pci, 7 in production and staging, 1 in dev.
	SnapshotRetentionDays int `mapstructure:"snapshotRetentionDays"`
	// SnapshotWindow is daily and in UTC, "03:00-04:00" by default; MaintenanceWindow
	// weekly, "sun:05:00-sun:06:00" by default.
	SnapshotWindow    string `mapstructure:"snapshotWindow"`
	MaintenanceWindow string `mapstructure:"maintenanceWindow"`
	// AtRestEncryption and TransitEncryption are always true: the keys are here to be refused by name.
	AtRestEncryption  bool `mapstructure:"atRestEncryption"`
	TransitEncryption bool `mapstructure:"transitEncryption"`
}

// Kafka is an MSK cluster in KRaft mode.
type Kafka struct {
	// Enabled makes the cluster; true by default.
	Enabled bool `mapstructure:"enabled"`
	// KafkaVersion is a KRaft version of the engines table; the preferred one by default.
	KafkaVersion string `mapstructure:"kafkaVersion"`
	// InstanceType is kafka.t3.small by default.
	InstanceType string `mapstructure:"instanceType"`
	// Zones are the zones of the brokers, two or three of network.zones: by default the
	// first three by name, the first two in dev. Changing them replaces the cluster.
	Zones []string `mapstructure:"zones"`
	// Brokers are how many, a multiple of the zones; one a zone by default.
	Brokers int `mapstructure:"brokers"`
	// VolumeGiB is the volume of a broker at the beginning, and MaxVolumeGiB how far it
	// grows: 100 and 500 by default in production and production-pci, 10 and 50 elsewhere.
	VolumeGiB    int `mapstructure:"volumeGib"`
	MaxVolumeGiB int `mapstructure:"maxVolumeGib"`
	// EncryptionInTransit is always TLS, and PublicAccess always false: the keys are here
	// to be refused by name.
	EncryptionInTransit string `mapstructure:"encryptionInTransit"`
	PublicAccess        bool   `mapstructure:"publicAccess"`
}

// OpenSearch is an OpenSearch Service domain.
type OpenSearch struct {
	// Enabled makes the domain; true by default.
	Enabled bool `mapstructure:"enabled"`
	// EngineVersion is "2.19" as in the engines table; the preferred one by default.
	EngineVersion string `mapstructure:"engineVersion"`
	// InstanceType of the data nodes is t3.medium.search by default in production and
	// production-pci, t3.small.search elsewhere.
	InstanceType string `mapstructure:"instanceType"`
	// DataNodes are 3 by default in production and production-pci, 2 in staging, 1 in dev.
	DataNodes int `mapstructure:"dataNodes"`
	// MasterInstanceType is of the dedicated master nodes, t3.medium.search by default.
	MasterInstanceType string `mapstructure:"masterInstanceType"`
	// MasterNodes are 0, 3 or 5: 3 by default in production and production-pci, 0 elsewhere.
	MasterNodes int `mapstructure:"masterNodes"`
	// Zones are over how many zones the data nodes are spread, 1, 2 or 3: 3 by default in
	// production and production-pci, 2 in staging, 1 in dev. The zones are the first by name.
	Zones int `mapstructure:"zones"`
	// VolumeGiB is the gp3 volume of a data node: 20 by default, at least 10.
	VolumeGiB int `mapstructure:"volumeGib"`
	// OffPeakWindowStart is when the ten hours begin in which AWS updates the domain,
	// UTC, "00:00" by default.
	OffPeakWindowStart string `mapstructure:"offPeakWindowStart"`
	// EncryptAtRest, NodeToNodeEncryption and EnforceHTTPS are always true: the keys are
	// here to be refused by name.
	EncryptAtRest        bool `mapstructure:"encryptAtRest"`
	NodeToNodeEncryption bool `mapstructure:"nodeToNodeEncryption"`
	EnforceHTTPS         bool `mapstructure:"enforceHttps"`
}

// StorePort is a data store and the TCP port on which it listens.
type StorePort struct {
	Store string
	Port  int
	// Enabled tells whether the environment has the store.
	Enabled bool
}

// Ports are the stores with their ports, those that are switched off too, always in
// the same order: the numbers of network ACL rules follow it.
func (d Data) Ports() []StorePort {
	return []StorePort{
		{PostgreSQLStore, d.PostgreSQL.Port, d.PostgreSQL.Enabled},
		{ValkeyStore, d.Valkey.Port, d.Valkey.Enabled},
		{KafkaStore, KafkaPort, d.Kafka.Enabled},
		{OpenSearchStore, OpenSearchPort, d.OpenSearch.Enabled},
	}
}
