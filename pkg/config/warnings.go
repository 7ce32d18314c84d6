package config

import (
	"fmt"
	"slices"

	"aws-platform/pkg/engines"
)

// Warnings returns what is right today and must be known: engine versions that leave
// standard support soon, and what cannot be undone. Sorted as [Problems] are.
func (e Environment) Warnings() Problems {
	var found Problems
	data := e.Data
	for _, use := range []struct {
		enabled       bool
		path, version string
		engine        engines.Engine
	}{
		{data.PostgreSQL.Enabled, postgresqlPath + "engineVersion", data.PostgreSQL.EngineVersion, engines.PostgreSQL},
		{data.Valkey.Enabled, valkeyPath + "engineVersion", data.Valkey.EngineVersion, engines.Engine(data.Valkey.Engine)},
		{data.Kafka.Enabled, kafkaPath + "kafkaVersion", data.Kafka.KafkaVersion, engines.Kafka},
		{data.OpenSearch.Enabled, openSearchPath + "engineVersion", data.OpenSearch.EngineVersion, engines.OpenSearch},
		{true, "cluster.version", e.Cluster.Version, engines.Kubernetes},
	} {
		version, _ := engines.Find(use.engine, use.version)
		if use.enabled && version.EndsWithin(e.today, engines.WarningDays) {
			others := slices.DeleteFunc(engines.Supported(use.engine, e.today), func(v engines.Version) bool {
				return v.EndsWithin(e.today, engines.WarningDays) || (use.engine == engines.Kubernetes && len(missingAddOns(v.Name)) > 0)
			})
			found.add(use.path, quoted(use.version), "leaves standard support on "+version.EndOfStandardSupport.Format(dateFormat)+" and is refused after that ("+engines.Source(use.engine)+")",
				"plan the upgrade to "+oneOf(versionNames(others)))
		}
	}
	if lock := e.Backup.Lock; lock.Compliance {
		found.add(lockPath+"compliance", "true", fmt.Sprintf("cannot be undone once graceDays are over, %d days after the lock is made: not by an administrator, not by AWS", lock.GraceDays),
			"be sure, or remove compliance and graceDays for governance mode")
	}
	return found.sorted()
}

func versionNames(versions []engines.Version) []string {
	names := make([]string, len(versions))
	for i, version := range versions {
		names[i] = version.Name
	}
	return names
}
