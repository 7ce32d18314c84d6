// Package engines is the table of the versions that the data stores and the cluster may
// run, with the day on which AWS ends the standard support of each, and of the versions
// of the cluster's add-ons. It is pure.
package engines

import (
	"slices"
	"time"
)

// Engine is a database engine of an AWS service.
type Engine string

// The engines.
const (
	PostgreSQL Engine = "postgresql" // RDS for PostgreSQL
	Valkey     Engine = "valkey"     // ElastiCache for Valkey
	Redis      Engine = "redis"      // ElastiCache for Redis OSS
	Kafka      Engine = "kafka"      // MSK, in KRaft mode
	OpenSearch Engine = "opensearch" // OpenSearch Service
	Kubernetes Engine = "kubernetes" // EKS
)

// WarningDays is how long before the end of its standard support a version is warned of.
const WarningDays = 60

// Version is one version of an engine.
type Version struct {
	// Name is the version as configuration writes it: "17", "8.1", "3.9.x.kraft", "2.19".
	Name string
	// EndOfStandardSupport is the last day of it; zero where AWS has announced none.
	EndOfStandardSupport time.Time
	// Family is the parameter group family, "postgres17"; empty where the service has none.
	Family string
}

// Ended tells whether standard support is over.
func (v Version) Ended(today time.Time) bool {
	return !v.EndOfStandardSupport.IsZero() && day(today).After(v.EndOfStandardSupport)
}

// EndsWithin tells whether standard support, which is not over, ends within so many days.
func (v Version) EndsWithin(today time.Time, days int) bool {
	return !v.EndOfStandardSupport.IsZero() && !v.Ended(today) && !day(today).AddDate(0, 0, days).Before(v.EndOfStandardSupport)
}

// day is the day of a time, in UTC.
func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// Versions returns the versions of an engine, the newest first, those that have left
// standard support too: a refusal says since when.
func Versions(engine Engine) []Version { return slices.Clone(table[engine].versions) }

// Find returns the version of an engine with the name.
func Find(engine Engine, name string) (Version, bool) {
	for _, version := range table[engine].versions {
		if version.Name == name {
			return version, true
		}
	}
	return Version{}, false
}

// Default returns what configuration defaults to; the zero version of an unknown engine.
func Default(engine Engine) Version {
	version, _ := Find(engine, table[engine].preferred)
	return version
}

// Supported returns the versions of an engine that are in standard support, the newest first.
func Supported(engine Engine, today time.Time) []Version {
	return slices.DeleteFunc(Versions(engine), func(v Version) bool { return v.Ended(today) })
}

// Source is where AWS publishes the dates of an engine.
func Source(engine Engine) string { return table[engine].source }
