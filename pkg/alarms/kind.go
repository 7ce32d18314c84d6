package alarms

// Kind is a kind of thing that is watched: all of one kind report the same metrics.
type Kind string

// The kinds.
const (
	// LoadBalancer is an Application Load Balancer, and TargetGroup one of its target groups.
	LoadBalancer Kind = "load-balancer"
	TargetGroup  Kind = "target-group"
	// Fleet is an auto scaling group.
	Fleet Kind = "fleet"
	// PostgreSQL is the RDS DB instance, PostgreSQLReplica a read replica of it, and
	// PostgreSQLLog the log group that the instance writes.
	PostgreSQL        Kind = "postgresql"
	PostgreSQLReplica Kind = "postgresql-replica"
	PostgreSQLLog     Kind = "postgresql-log"
	// Valkey is a node of the cache, and ValkeyReplica one of a cache that has replicas: any
	// node is a replica after a failover.
	Valkey        Kind = "valkey"
	ValkeyReplica Kind = "valkey-replica"
	// Kafka is the MSK cluster, and KafkaBroker a broker of it.
	Kafka       Kind = "kafka"
	KafkaBroker Kind = "kafka-broker"
	// OpenSearch is the domain.
	OpenSearch Kind = "opensearch"
	// EKS is the Kubernetes cluster, by its control plane and by Container Insights.
	EKS Kind = "eks"
	// NATGateway is one NAT gateway.
	NATGateway Kind = "nat-gateway"
	// Certificate is a certificate of AWS Certificate Manager.
	Certificate Kind = "certificate"
	// Backup is a vault of AWS Backup, and BackupCopy one into which copies go.
	Backup     Kind = "backup"
	BackupCopy Kind = "backup-copy"
	// LogStream is a stream of Amazon Data Firehose to the archive of logs, SIEMStream one to
	// the SIEM's endpoint, and LogSubscription the subscription filters of one name, of all
	// log groups.
	LogStream       Kind = "log-stream"
	SIEMStream      Kind = "siem-stream"
	LogSubscription Kind = "log-subscription"
	// Schedule is a group of schedules of EventBridge Scheduler.
	Schedule Kind = "schedule"
)

// dimensions are the names of the dimensions by which each kind's metrics are published.
// A log group has none: what it reports is made by a metric filter. Those of a row that
// adds up are not all that its metrics have (Alarm.Across).
var dimensions = map[Kind][]string{
	LoadBalancer:      {"LoadBalancer"},
	TargetGroup:       {"LoadBalancer", "TargetGroup"},
	Fleet:             {"AutoScalingGroupName"},
	PostgreSQL:        {"DBInstanceIdentifier"},
	PostgreSQLReplica: {"DBInstanceIdentifier"},
	PostgreSQLLog:     {},
	Valkey:            {"CacheClusterId"},
	ValkeyReplica:     {"CacheClusterId"},
	Kafka:             {"Cluster Name"},
	KafkaBroker:       {"Broker ID", "Cluster Name"},
	OpenSearch:        {"ClientId", "DomainName"},
	EKS:               {"ClusterName"},
	NATGateway:        {"NatGatewayId"},
	Certificate:       {"CertificateArn"},
	Backup:            {"BackupVaultName"},
	BackupCopy:        {"BackupVaultName"},
	LogStream:         {"DeliveryStreamName"},
	SIEMStream:        {"DeliveryStreamName"},
	LogSubscription:   {"FilterName"},
	Schedule:          {"ScheduleGroup"},
}

// Dimensions are the names of the dimensions of the kind's metrics, sorted; false for what
// is no kind.
func (k Kind) Dimensions() (names []string, known bool) {
	names, known = dimensions[k]
	return names, known
}
