package environment

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/cluster/controlplane"
	"aws-platform/pkg/compute"
	"aws-platform/pkg/compute/balancer"
	"aws-platform/pkg/compute/color"
	"aws-platform/pkg/config"
	"aws-platform/pkg/data"
	"aws-platform/pkg/observability"
	"aws-platform/pkg/observability/archive"
	"aws-platform/pkg/observability/dashboards"
	"aws-platform/pkg/observability/slo"
	"aws-platform/pkg/schedule"
)

// sloArgs hold the load balancers to the objective. Without a certificate they forward
// nothing, and there is nothing to hold. What explains that requests fail is the load
// balancers' own alarms, and what explains those.
func sloArgs(env *config.Environment, of parts, watching *observability.Observability) slo.Args {
	return slo.Args{
		Environment: env.Name, RunbookURL: env.Observability.RunbookURL,
		AvailabilityPercent: env.Observability.SLO.AvailabilityPercent,
		Balancers:           forwarding(env, of.traffic),
		Explained:           slo.Explained(watching.Explanations[alarms.Balancers]),
		CriticalARN:         of.topics.ARNs[config.CriticalTopic], WarningARN: of.topics.ARNs[config.WarningTopic],
	}
}

// forwarding are the load balancers that forward requests, by name.
func forwarding(env *config.Environment, traffic *compute.Compute) map[string]pulumi.StringInput {
	if !env.Compute.HTTPS() {
		return nil
	}
	return map[string]pulumi.StringInput{
		string(balancer.Public): traffic.Balancer.Public.ArnSuffix, string(balancer.Internal): traffic.Balancer.Internal.ArnSuffix,
	}
}

// dashboardArgs show what there is of the environment, and what is watched of it.
func dashboardArgs(env *config.Environment, of parts, watching *observability.Observability, objective *slo.SLO) dashboards.Args {
	args := dashboards.Args{
		Environment: env.Name, Region: env.AWS.Region, AccountID: env.AWS.AccountID(), RunbookURL: env.Observability.RunbookURL,
		AvailabilityPercent: env.Observability.SLO.AvailabilityPercent,
		Alarms:              watching.Rows,
		PagingAlarmARNs:     pagingAlarms(watching, objective),
		NATGateways:         pulumi.StringMap{},
		CertificateARNs:     pulumi.StringMap(of.traffic.Balancer.Certificates),
		BackupVault:         pulumi.String(env.Name), // as package backup names it
		Cluster:             pulumi.String(controlplane.ClusterName(env.Name)),
		Applications:        slices.Sorted(maps.Keys(env.Cluster.Applications)),
	}
	for zone, gateway := range of.net.NATGateways {
		args.NATGateways[zone] = gateway.ID()
	}
	showTraffic(&args, env, of.traffic)
	showStores(&args, env, of.stores)
	showOperations(&args, env)
	return args
}

// pagingAlarms are the composite alarms that act: those of the outages in the order of the
// tables, and those of the objective; then the critical alarms that act by themselves.
func pagingAlarms(watching *observability.Observability, objective *slo.SLO) pulumi.StringArray {
	arns := pulumi.StringArray{}
	for _, composite := range watching.Composites {
		arns = append(arns, composite.Alarm.Arn)
	}
	for _, burn := range slo.Burns() {
		if alarm := objective.Composites[burn.Name]; alarm != nil {
			arns = append(arns, alarm.Arn)
		}
	}
	for _, alarm := range watching.Alarms {
		if alarm.Severity == alarms.Critical && !alarm.SpokenFor {
			arns = append(arns, alarm.ARN)
		}
	}
	return arns
}

// showTraffic shows the load balancers and the fleets.
func showTraffic(args *dashboards.Args, env *config.Environment, traffic *compute.Compute) {
	args.Balancers = pulumi.StringMap(forwarding(env, traffic))
	args.Groups, args.TargetGroups, args.ReleaseAlarmARNs = pulumi.StringMap{}, map[string]pulumi.StringMap{}, map[string]pulumi.StringArray{}
	for _, c := range color.Both() {
		name := string(c)
		args.Groups[name] = traffic.Fleet.Groups[c].Name
		args.ReleaseAlarmARNs[name] = pulumi.StringArray{traffic.Fleet.CompositeAlarms[c].Arn}
		for _, alarm := range traffic.Fleet.Alarms[c] {
			args.ReleaseAlarmARNs[name] = append(args.ReleaseAlarmARNs[name], alarm.Arn)
		}
		if len(args.Balancers) == 0 {
			continue
		}
		args.TargetGroups[name] = pulumi.StringMap{}
		for _, side := range balancer.Sides() {
			args.TargetGroups[name][string(side)] = traffic.Balancer.TargetGroups[side][c].ArnSuffix
		}
	}
}

// showOperations shows the archive of logs and the schedule, where there are any.
func showOperations(args *dashboards.Args, env *config.Environment) {
	if env.Observability.Logs.Archive.Enabled {
		args.LogStream = archive.StreamName(env.Name)
		args.LogFilters = []string{args.LogStream} // named like the stream
		if env.Observability.Logs.SIEM != nil {
			args.SIEMStream = archive.SIEMStreamName(env.Name)
			args.LogFilters = append(args.LogFilters, args.SIEMStream)
		}
	}
	if env.Cost.Schedule != nil {
		args.ScheduleGroup = schedule.GroupName(env.Name)
	}
}

// showStores shows the stores that there are.
func showStores(args *dashboards.Args, env *config.Environment, stores *data.Data) {
	if store := stores.PostgreSQL; store != nil {
		args.Databases = pulumi.StringArray{store.Instance.Identifier}
		for _, replica := range store.Replicas {
			args.Databases = append(args.Databases, replica.Identifier)
		}
	}
	if store := stores.Valkey; store != nil {
		// ElastiCache numbers the nodes of a replication group so, and they keep their
		// numbers when another becomes the primary.
		for node := range env.Data.Valkey.Nodes {
			args.ValkeyNodes = append(args.ValkeyNodes, pulumi.Sprintf("%s-%03d", store.Group.ReplicationGroupId, node+1))
		}
	}
	if store := stores.Kafka; store != nil {
		args.KafkaCluster, args.KafkaBrokers = store.Cluster.ClusterName, env.Data.Kafka.Brokers
	}
	if store := stores.OpenSearch; store != nil {
		args.OpenSearchDomain = store.Domain.DomainName
	}
}
