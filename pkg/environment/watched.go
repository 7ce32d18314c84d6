package environment

import (
	"maps"
	"slices"
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/cluster"
	"aws-platform/pkg/cluster/controlplane"
	"aws-platform/pkg/compute/balancer"
	"aws-platform/pkg/compute/color"
	"aws-platform/pkg/config"
	"aws-platform/pkg/data"
	"aws-platform/pkg/observability"
	"aws-platform/pkg/observability/archive"
	"aws-platform/pkg/schedule"
)

// observabilityArgs say what is watched of the environment, and who hears of it.
func observabilityArgs(env *config.Environment, of parts, kubernetes *cluster.Cluster) observability.Args {
	return observability.Args{
		Environment: env.Name, Config: env.Observability,
		Topics: map[alarms.Severity]pulumi.StringInput{
			alarms.Critical: of.topics.ARNs[config.CriticalTopic], alarms.Warning: of.topics.ARNs[config.WarningTopic],
		},
		Targets: watched(env, of, kubernetes),
	}
}

// watched is everything of the environment that alarms watch.
func watched(env *config.Environment, of parts, kubernetes *cluster.Cluster) []observability.Target {
	targets := slices.Concat(
		watchedNATGateways(of), watchedBalancers(env, of, kubernetes), watchedFleets(of),
		watchedDatabase(env, of.stores.PostgreSQL), watchedCache(env, of.stores.Valkey), watchedBrokers(env, of.stores.Kafka),
	)
	if store := of.stores.OpenSearch; store != nil {
		targets = append(targets, watchedSearch(env, store))
	}
	targets = append(targets,
		watchedCluster(env),
		// Both vaults have the environment's name, and copies count for the one they go to.
		target(alarms.Backup, "backup", pulumi.String(env.Name)),
	)
	if env.Backup.CopyRegion != "" {
		targets = append(targets, target(alarms.BackupCopy, "backup-copy", pulumi.String(env.Name)))
	}
	if env.Cost.Schedule != nil {
		targets = append(targets, target(alarms.Schedule, "hours", pulumi.String(schedule.GroupName(env.Name))))
	}
	return append(targets, watchedLogs(env)...)
}

// target is one whose metrics have one dimension.
func target(kind alarms.Kind, name string, value pulumi.StringInput) observability.Target {
	names, _ := kind.Dimensions() // package observability refuses a kind that is none
	return observability.Target{Kind: kind, Name: name, Dimensions: pulumi.StringMap{names[0]: value}}
}

// watchedLogs are the streams to the archive and to the SIEM, and the subscription filters
// that feed them, which are named like the streams.
func watchedLogs(env *config.Environment) (targets []observability.Target) {
	if !env.Observability.Logs.Archive.Enabled {
		return nil
	}
	stream := pulumi.String(archive.StreamName(env.Name))
	targets = []observability.Target{target(alarms.LogStream, "logs", stream), target(alarms.LogSubscription, "logs", stream)}
	if env.Observability.Logs.SIEM != nil {
		const siem = "siem"
		stream := pulumi.String(archive.SIEMStreamName(env.Name))
		targets = append(targets, target(alarms.SIEMStream, siem, stream), target(alarms.LogSubscription, siem, stream))
	}
	return targets
}

// watchedCluster is the Kubernetes cluster. Where a schedule takes its nodes, it is silent for
// nights, and that is no outage.
func watchedCluster(env *config.Environment) observability.Target {
	made := target(alarms.EKS, "eks", pulumi.String(controlplane.ClusterName(env.Name)))
	if env.Cost.Schedule != nil {
		made.Without = []string{"silent"}
	}
	return made
}

func watchedNATGateways(of parts) (targets []observability.Target) {
	for _, zone := range slices.Sorted(maps.Keys(of.net.NATGateways)) {
		targets = append(targets, target(alarms.NATGateway, "nat-"+zone, of.net.NATGateways[zone].ID()))
	}
	return targets
}

// watchedBalancers are the load balancers, their certificates, and the target groups to
// which they forward: none without a certificate. The version of an application that is
// only tried is not watched.
func watchedBalancers(env *config.Environment, of parts, kubernetes *cluster.Cluster) (targets []observability.Target) {
	balancers := map[balancer.Side]*lb.LoadBalancer{balancer.Public: of.traffic.Balancer.Public, balancer.Internal: of.traffic.Balancer.Internal}
	for _, side := range balancer.Sides() {
		targets = append(targets, target(alarms.LoadBalancer, "balancer-"+string(side), balancers[side].ArnSuffix))
	}
	if !env.Compute.HTTPS() {
		return targets
	}
	group := func(name string, side balancer.Side, group *lb.TargetGroup) {
		targets = append(targets, observability.Target{Kind: alarms.TargetGroup, Name: "targets-" + name, Dimensions: pulumi.StringMap{
			"LoadBalancer": balancers[side].ArnSuffix, "TargetGroup": group.ArnSuffix,
		}})
	}
	for _, side := range balancer.Sides() {
		for _, c := range color.Both() {
			group(string(side)+"-"+string(c), side, of.traffic.Balancer.TargetGroups[side][c])
		}
	}
	for _, application := range slices.Sorted(maps.Keys(kubernetes.Ways)) {
		side := balancer.Internal
		if env.Cluster.Applications[application].LoadBalancer == config.PublicLoadBalancer {
			side = balancer.Public
		}
		group("app-"+application, side, kubernetes.Ways[application].Active)
	}
	for _, name := range slices.Sorted(maps.Keys(of.traffic.Balancer.Certificates)) {
		targets = append(targets, target(alarms.Certificate, "certificate-"+name, of.traffic.Balancer.Certificates[name]))
	}
	return targets
}

func watchedFleets(of parts) (targets []observability.Target) {
	for _, c := range color.Both() {
		targets = append(targets, target(alarms.Fleet, "fleet-"+string(c), of.traffic.Fleet.Groups[c].Name))
	}
	return targets
}

// watchedDatabase is the instance, its log and its replicas, which are of its class. One
// that a schedule stops is silent for nights, and that is no outage.
func watchedDatabase(env *config.Environment, store *data.PostgreSQL) []observability.Target {
	if store == nil {
		return nil
	}
	settings := env.Data.PostgreSQL
	memory, _ := alarms.MemoryBytes(settings.InstanceClass) // package config knows no class without
	capacity := alarms.Capacity{
		alarms.Memory: memory, alarms.Connections: alarms.PostgreSQLConnections(memory),
		alarms.Storage: float64(settings.AllocatedStorageGiB) * alarms.Gibibyte,
	}
	var without []string
	if env.Cost.Schedule != nil {
		without = []string{"silent"}
	}
	instance := func(kind alarms.Kind, name string, identifier pulumi.StringInput) observability.Target {
		made := target(kind, name, identifier)
		made.Capacity, made.Without = capacity, without
		return made
	}
	targets := []observability.Target{
		instance(alarms.PostgreSQL, config.PostgreSQLStore, store.Instance.Identifier),
		{Kind: alarms.PostgreSQLLog, Name: config.PostgreSQLStore, LogGroup: store.LogGroups[config.PostgreSQLStore+"-postgresql"].Name},
	}
	for i, replica := range store.Replicas {
		targets = append(targets, instance(alarms.PostgreSQLReplica, config.PostgreSQLStore+"-replica-"+strconv.Itoa(i+1), replica.Identifier))
	}
	return targets
}

// watchedCache is each node: ElastiCache numbers those of a replication group, and they
// keep their numbers when another becomes the primary.
func watchedCache(env *config.Environment, store *data.Valkey) (targets []observability.Target) {
	if store == nil {
		return nil
	}
	for n := 1; n <= env.Data.Valkey.Nodes; n++ {
		name, id := config.ValkeyStore+"-"+strconv.Itoa(n), pulumi.Sprintf("%s-%03d", store.Group.ReplicationGroupId, n)
		node := target(alarms.Valkey, name, id)
		node.Capacity = alarms.Capacity{alarms.Connections: alarms.ValkeyConnections}
		targets = append(targets, node)
		if env.Data.Valkey.Nodes > 1 {
			targets = append(targets, target(alarms.ValkeyReplica, name, id))
		}
	}
	return targets
}

// watchedBrokers is the cluster and each broker, which MSK numbers from 1 on.
func watchedBrokers(env *config.Environment, store *data.Kafka) []observability.Target {
	if store == nil {
		return nil
	}
	targets := []observability.Target{target(alarms.Kafka, config.KafkaStore, store.Cluster.ClusterName)}
	for n := 1; n <= env.Data.Kafka.Brokers; n++ {
		targets = append(targets, observability.Target{Kind: alarms.KafkaBroker, Name: config.KafkaStore + "-" + strconv.Itoa(n), Dimensions: pulumi.StringMap{
			"Cluster Name": store.Cluster.ClusterName, "Broker ID": pulumi.String(strconv.Itoa(n)),
		}})
	}
	return targets
}

// watchedSearch is the domain. A single data node has no other for a replica shard, and the
// domain is yellow all the time.
func watchedSearch(env *config.Environment, store *data.OpenSearch) observability.Target {
	settings := env.Data.OpenSearch
	made := observability.Target{
		Kind: alarms.OpenSearch, Name: config.OpenSearchStore,
		Dimensions: pulumi.StringMap{"DomainName": store.Domain.DomainName, "ClientId": pulumi.String(env.AWS.AccountID())},
		Capacity:   alarms.Capacity{alarms.Storage: float64(settings.VolumeGiB) * alarms.GibibyteMegabytes},
	}
	if settings.DataNodes == 1 {
		made.Without = []string{"yellow"}
	}
	return made
}
