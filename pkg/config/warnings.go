package config

import (
	"fmt"
	"slices"

	"aws-platform/pkg/engines"
)

// Warnings returns what is right today and must be known: engine versions that leave
// standard support soon, what cannot be undone, and alarms that nobody hears. Sorted as [Problems] are.
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
	nobodyHears(e, &found)
	e.costWarnings(&found)
	return found.sorted()
}

// nobodyHears tells of a production whose critical alarms reach nobody.
func nobodyHears(env Environment, found *Problems) {
	of := env.Observability.Subscriptions[CriticalTopic]
	if env.Production() && len(of.Email)+len(of.HTTPS)+len(of.Slack) == 0 {
		found.add(subscriptionsPath+"["+CriticalTopic+"]", none, "has no subscriber: when customers are cut off, the alarm goes off and nobody hears it",
			"name the endpoint of the service that pages, or an address")
	}
}

func versionNames(versions []engines.Version) []string {
	names := make([]string, len(versions))
	for i, version := range versions {
		names[i] = version.Name
	}
	return names
}
