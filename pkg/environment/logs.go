package environment

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/cluster"
	"aws-platform/pkg/config"
	"aws-platform/pkg/data"
	"aws-platform/pkg/observability/archive"
)

// logGroups are all log groups of an environment, by their logical names without the
// environment's, each with the class by which it is kept.
func logGroups(of parts, kubernetes *cluster.Cluster) map[string]archive.LogGroup {
	groups := map[string]archive.LogGroup{
		"flow-logs": {Name: of.net.FlowLogGroup.Name, Class: config.NetworkLogs},
		"waf":       {Name: of.traffic.WebACL.LogGroup.Name, Class: config.NetworkLogs},
		"fleet":     {Name: of.traffic.Fleet.LogGroup.Name, Class: config.ApplicationLogs},
		"eks":       {Name: kubernetes.ControlPlane.LogGroup.Name, Class: config.AuditLogs},
	}
	for name, group := range kubernetes.InsightsLogGroups {
		groups["insights-"+name] = archive.LogGroup{Name: group.Name, Class: config.ApplicationLogs}
	}
	for name, group := range of.stores.LogGroups {
		class := config.DataLogs
		if name == data.OpenSearchAuditLog {
			class = config.AuditLogs
		}
		groups[name] = archive.LogGroup{Name: group.Name, Class: class}
	}
	return groups
}

// archiveArgs hand the archive every log group and its keys.
func archiveArgs(env *config.Environment, of parts, kubernetes *cluster.Cluster) archive.Args {
	return archive.Args{
		Environment: env.Name, AccountID: env.AWS.AccountID(), Region: env.AWS.Region, Partition: env.AWS.Partition(),
		Config:   env.Observability.Logs,
		S3KeyARN: of.keys.S3.Arn, LogKeyARN: of.keys.Logs.Arn,
		LogGroups: logGroups(of, kubernetes),
	}
}

// archiveLogs makes the archive, where there is to be one.
func archiveLogs(ctx *pulumi.Context, env *config.Environment, of parts, kubernetes *cluster.Cluster) error {
	if !env.Observability.Logs.Archive.Enabled {
		return nil
	}
	_, err := archive.New(ctx, env.Name, archiveArgs(env, of, kubernetes), pulumi.Provider(of.aws))
	return err
}
