package config

const (
	notFalse = "`false`"
	notTrue  = "`true`"
	number   = "whole number"
	truth    = "boolean"
	word     = "text"
)

// overlapping words what is refused of a window.
const overlapping = "what is not a window; one that overlaps the other"

func postgresqlKeys() []Key {
	const path = "platform:data.postgresql."
	return []Key{
		{path + "enabled", truth, notTrue, "Whether there is the database.", ""},
		{path + "engineVersion", word, "`17`", "The major version; RDS chooses the minor one, and upgrades it in the maintenance window.",
			"what is not a major version in standard support; one that leaves it within 60 days is warned of"},
		{path + "instanceClass", word, "`db.t3.micro`", "The instance class.", "a class of another service; a family or size that RDS for PostgreSQL lacks for the versions in support"},
		{path + "multiAz", truth, "`true`, in dev `false`", "A standby in another zone.", "`false` in production and production-pci; `true` with fewer than two zones"},
		{path + "port", number, "`5432`", "The TCP port.", "what is not from 1150 to 65535; a port that another store, the application, RDP or the test listener has"},
		{path + "databaseName", word, "`platform`", "The first database.", "what is not a name in PostgreSQL; one that RDS or PostgreSQL reserves"},
		{path + "masterUsername", word, "`platform_admin`", "The administrator in the database.", "what is not a name in PostgreSQL, or longer than 16 characters; one that RDS or PostgreSQL reserves; `app`, the role of the applications"},
		{path + "manageMasterUserPassword", truth, notTrue, "RDS generates the administrator's password and keeps it in Secrets Manager. `false` only once the administrator has been moved to IAM authentication (runbooks/postgresql-iam-administrator.md).", ""},
		{path + "allocatedStorageGib", number, "`20`", "The gp3 storage at the beginning.", "what is not from 20 to 65536"},
		{path + "maxAllocatedStorageGib", number, "`100`", "How far the storage grows by itself.", "less than a tenth above allocatedStorageGib; more than 65536"},
		{path + "backupRetentionDays", number, "`35` in production-pci, `7` elsewhere", "How far back the database can be restored to any second.", "what is not from 1 to 35; what backup.lock does not allow"},
		{path + "backupWindow", word, "`03:00-04:00`", "When RDS backs up, daily, in UTC. AWS Backup takes it over.", overlapping + "; one shorter than 30 minutes"},
		{path + "maintenanceWindow", word, "`sun:05:00-sun:06:00`", "When RDS may interrupt, weekly, in UTC.", overlapping + "; one shorter than 30 minutes"},
		{path + "deletionProtection", truth, "`true`, in dev `false`", "RDS refuses to delete the database. Without it no final snapshot is taken.", "`false` in production and production-pci"},
		{path + "performanceInsights", truth, notTrue, "Watches the load of the database, in the standard mode of CloudWatch Database Insights.", ""},
		{path + "monitoringIntervalSeconds", number, "`60`", "The interval of Enhanced Monitoring; 0: none.", "what is not 0, 1, 5, 10, 15, 30 or 60"},
		{path + "slowStatementMilliseconds", number, "`1000`", "How long a statement runs before it is logged.", "what is not from 1 to 3600000"},
		{path + "caCertificate", word, "`rds-ca-rsa2048-g1`", "The certificate authority of the server's certificate.", "what is not one of RDS that is valid"},
		{path + "blueGreenUpdate", truth, notFalse, "Changes that would interrupt the database go by an RDS blue/green deployment.", "`true` beside manageMasterUserPassword"},
		{path + "readReplicas", number, "`0`", "How many read replicas there are.", "what is not from 0 to 15; any beside manageMasterUserPassword"},
		{path + "storageEncrypted", truth, notTrue, "Encryption at rest, which is never off.", notFalse},
		{path + "publiclyAccessible", truth, notFalse, "A public address, which the database never has.", notTrue},
	}
}

func valkeyKeys() []Key {
	const path = "platform:data.valkey."
	return []Key{
		{path + "enabled", truth, notTrue, "Whether there is the cache.", ""},
		{path + "engine", word, "`valkey`", "`valkey` or `redis`.", "another engine"},
		{path + "engineVersion", word, "`8.1`, `7.1` of redis", "The version.", "what is not a version in standard support, or without IAM authentication; one that leaves support within 60 days is warned of"},
		{path + "nodeType", word, "`cache.t3.medium` in production and production-pci, `cache.t3.micro` elsewhere", "The node type.", "a type of another service, not of the current generation, or of a size that its family lacks"},
		{path + "nodes", number, "`3` in production and production-pci, `2` in staging, `1` in dev", "The primary and its replicas.", "what is not from 1 to 6; 1 with multiAz"},
		{path + "multiAz", truth, "`true`, in dev `false`", "Nodes in several zones, and failover between them.", "`false` in production and production-pci; `true` with one node or fewer than two zones"},
		{path + "port", number, "`6379`", "The TCP port.", "what is not from 1024 to 65535; a port that another store, the application, RDP or the test listener has"},
		{path + "snapshotRetentionDays", number, "`35` in production-pci, `7` in production and staging, `1` in dev", "How long daily snapshots are kept; 0: none.", "what is not from 0 to 35"},
		{path + "snapshotWindow", word, "`03:00-04:00`", "When the snapshot is made, daily, in UTC.", overlapping + "; one shorter than 60 minutes"},
		{path + "maintenanceWindow", word, "`sun:05:00-sun:06:00`", "When ElastiCache may interrupt, weekly, in UTC.", overlapping + "; one shorter than 60 minutes"},
		{path + "atRestEncryption", truth, notTrue, "Encryption at rest, which is never off.", notFalse},
		{path + "transitEncryption", truth, notTrue, "TLS, which is never off.", notFalse},
	}
}

func kafkaKeys() []Key {
	const path = "platform:data.kafka."
	return []Key{
		{path + "enabled", truth, notTrue, "Whether there is the cluster.", ""},
		{path + "kafkaVersion", word, "`3.9.x.kraft`", "The version, in KRaft mode.", "what is not a KRaft version in support; one that leaves it within 60 days is warned of"},
		{path + "instanceType", word, "`kafka.t3.small`", "The broker size.", "a type of another service; an Express broker; `kafka.t3.small` with Kafka 4"},
		{path + "zones", "list of text", "the first three zones by name, in dev two", "The zones of the brokers. Changing them replaces the cluster.", "what is not two or three of network.zones, in production and production-pci three; a duplicate"},
		{path + "brokers", number, "one a zone", "The number of brokers.", "what is not a multiple of zones, or more than 60"},
		{path + "volumeGib", number, "`100` in production and production-pci, `10` elsewhere", "A broker's volume at the beginning.", "what is not from 1 to 16384"},
		{path + "maxVolumeGib", number, "`500` in production and production-pci, `50` elsewhere", "How far the volume grows by itself.", "what is not above volumeGib, or more than 16384"},
		{path + "encryptionInTransit", word, "`TLS`", "What clients speak, which is never anything else.", "anything but `TLS`"},
		{path + "publicAccess", truth, notFalse, "Public addresses, which brokers never have.", notTrue},
	}
}

func openSearchKeys() []Key {
	const path = "platform:data.opensearch."
	const instance = "a type of another service; one without encryption at rest or EBS volumes"
	return []Key{
		{path + "enabled", truth, notTrue, "Whether there is the domain.", ""},
		{path + "engineVersion", word, "`2.19`", "The version of OpenSearch.", "what is not a version in standard support; one that leaves it within 60 days is warned of"},
		{path + "instanceType", word, "`t3.medium.search` in production and production-pci, `t3.small.search` elsewhere", "The type of the data nodes.", instance},
		{path + "dataNodes", number, "`3` in production and production-pci, `2` in staging, `1` in dev", "The number of data nodes.", "what is not a multiple of zones"},
		{path + "masterInstanceType", word, "`t3.medium.search`", "The type of the dedicated masters.", instance},
		{path + "masterNodes", number, "`3` in production and production-pci, `0` elsewhere", "The number of dedicated masters.", "what is not 0, 3 or 5; 0 in production and production-pci"},
		{path + "zones", number, "`3` in production and production-pci, `2` in staging, `1` in dev", "Over how many zones the data nodes are spread, the first by name.", "what is not from 1 to 3, or more than network.zones; 1 in production and production-pci"},
		{path + "volumeGib", number, "`20`", "The gp3 volume of a data node.", "less than 10; more than the type takes: 100 of t3.small, 200 of t3.medium, 24576"},
		{path + "offPeakWindowStart", word, "`00:00`", "When the ten hours begin in which AWS updates the domain, in UTC.", "what is not a time of day"},
		{path + "encryptAtRest", truth, notTrue, "Encryption at rest, which is never off.", notFalse},
		{path + "nodeToNodeEncryption", truth, notTrue, "TLS between nodes, which is never off.", notFalse},
		{path + "enforceHttps", truth, notTrue, "HTTPS alone, which is never off.", notFalse},
	}
}
