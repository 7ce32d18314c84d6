package engines_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/engines"
)

var all = []engines.Engine{engines.PostgreSQL, engines.Valkey, engines.Redis, engines.Kafka, engines.OpenSearch, engines.Kubernetes}

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

func TestStandardSupportEndsAfterItsLastDay(t *testing.T) {
	fourteen, known := engines.Find(engines.PostgreSQL, "14") // until 28 February 2027
	require.True(t, known)
	for _, test := range []struct {
		today         string
		ended, warned bool
	}{
		{"2026-12-29T23:59:59Z", false, false},
		{"2026-12-30T00:00:00Z", false, true}, // 60 days before
		{"2027-02-28T23:59:59Z", false, true},
		{"2027-02-28T23:30:00-05:00", true, false}, // already March in UTC
		{"2027-03-01T00:00:00Z", true, false},
	} {
		assert.Equal(t, test.ended, fourteen.Ended(at(test.today)), test.today)
		assert.Equal(t, test.warned, fourteen.EndsWithin(at(test.today), engines.WarningDays), test.today)
	}
}

func TestAVersionWithoutADateNeverEnds(t *testing.T) {
	version, known := engines.Find(engines.Valkey, "8.1")
	require.True(t, known)
	assert.False(t, version.Ended(at("2100-01-01T00:00:00Z")))
	assert.False(t, version.EndsWithin(at("2100-01-01T00:00:00Z"), engines.WarningDays))
}

func TestWhatHasEndedIsKnownAndNotSupported(t *testing.T) {
	today := at("2026-11-24T00:00:00Z")
	for engine, ended := range map[engines.Engine]string{
		engines.PostgreSQL: "13", engines.Redis: "5.0.6", engines.Kafka: "3.7.x.kraft", engines.OpenSearch: "2.9",
	} {
		version, known := engines.Find(engine, ended)
		require.True(t, known, ended)
		assert.True(t, version.Ended(today), ended)
		assert.NotContains(t, engines.Supported(engine, today), version)
	}
	assert.Len(t, engines.Supported(engines.PostgreSQL, today), 5)
}

// TestASupportedVersionCanBeOlderThanOneThatEnded: AWS keeps the last minor version of
// OpenSearch 1 longer than the first ones of OpenSearch 2.
func TestASupportedVersionCanBeOlderThanOneThatEnded(t *testing.T) {
	names := make([]string, 0, 8)
	for _, version := range engines.Supported(engines.OpenSearch, at("2026-11-24T00:00:00Z")) {
		names = append(names, version.Name)
	}
	assert.Equal(t, []string{"3.5", "3.3", "3.1", "2.19", "2.17", "2.15", "2.13", "2.11", "1.3"}, names)
}

func TestTheDefaultIsSupported(t *testing.T) {
	for _, engine := range all {
		assert.False(t, engines.Default(engine).Ended(at("2026-11-24T00:00:00Z")), engine)
	}
}

func TestTheFamilyIsOfTheMajorVersion(t *testing.T) {
	for _, test := range []struct {
		engine       engines.Engine
		name, family string
	}{
		{engines.PostgreSQL, "18", "postgres18"},
		{engines.Valkey, "9.0", "valkey9"},
		{engines.Valkey, "8.1", "valkey8"},
		{engines.Valkey, "7.2", "valkey7"},
		{engines.Redis, "7.1", "redis7"},
		{engines.Redis, "6.2", "redis6.x"},
	} {
		found, known := engines.Find(test.engine, test.name)
		require.True(t, known, test.name)
		assert.Equal(t, test.family, found.Family, test.name)
	}
}

func TestTheTableIsWhole(t *testing.T) {
	for _, engine := range all {
		versions := engines.Versions(engine)
		require.NotEmpty(t, versions, engine)
		assert.Contains(t, versions, engines.Default(engine), engine)
		assert.Contains(t, engines.Source(engine), "https://docs.aws.amazon.com/", engine)
		seen := map[string]bool{}
		for i, version := range versions {
			assert.False(t, seen[version.Name], "%s %s", engine, version.Name)
			seen[version.Name] = true
			needsFamily := engine == engines.PostgreSQL || engine == engines.Valkey || engine == engines.Redis
			assert.Equal(t, needsFamily, version.Family != "", "%s %s", engine, version.Name)
			if i > 0 && !version.EndOfStandardSupport.IsZero() && !versions[i-1].EndOfStandardSupport.IsZero() {
				assert.False(t, version.EndOfStandardSupport.After(versions[i-1].EndOfStandardSupport), "%s %s ends after a newer one", engine, version.Name)
			}
		}
	}
}

func TestAnUnknownVersionIsNotFound(t *testing.T) {
	_, known := engines.Find(engines.PostgreSQL, "17.1")
	assert.False(t, known)
	_, known = engines.Find("mysql", "8.0")
	assert.False(t, known)
	assert.Zero(t, engines.Default("mysql"))
}

func TestTheTableCannotBeChangedFromOutside(t *testing.T) {
	engines.Versions(engines.Kafka)[0].Name = "another"
	assert.NotEqual(t, "another", engines.Versions(engines.Kafka)[0].Name)
}
