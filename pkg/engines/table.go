package engines

import "time"

// line is what the table says of an engine.
type line struct {
	source    string
	preferred string // the version that configuration defaults to
	versions  []Version
}

var none time.Time

func on(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// table was compiled on 24 November 2026 from what AWS had published by September. A
// version is preferred when the sizes of this estate run it, and AWS recommends it or has
// had it for a year.
var table = map[Engine]line{
	PostgreSQL: {
		source:    "https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html",
		preferred: "17",
		versions: []Version{
			{"18", on(2031, time.February, 28), "postgres18"},
			{"17", on(2030, time.February, 28), "postgres17"},
			{"16", on(2029, time.February, 28), "postgres16"},
			{"15", on(2028, time.February, 29), "postgres15"},
			{"14", on(2027, time.February, 28), "postgres14"},
			{"13", on(2026, time.February, 28), "postgres13"},
			{"12", on(2025, time.February, 28), "postgres12"},
			{"11", on(2024, time.February, 29), "postgres11"},
		},
	},
	Valkey: {
		source:    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html",
		preferred: "8.1",
		versions: []Version{
			{"9.1", none, "valkey9"},
			{"9.0", none, "valkey9"},
			{"8.2", none, "valkey8"},
			{"8.1", none, "valkey8"},
			{"8.0", none, "valkey8"},
			{"7.2", none, "valkey7"},
		},
	},
	// Versions of which standard support ended long ago (4 and 5) know neither users nor IAM.
	Redis: {
		source:    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html",
		preferred: "7.1",
		versions: []Version{
			{"7.1", none, "redis7"},
			{"7.0", none, "redis7"},
			{"6.2", on(2027, time.January, 31), "redis6.x"},
			{"5.0.6", on(2026, time.January, 31), "redis5.0"},
			{"4.0.10", on(2026, time.January, 31), "redis4.0"},
		},
	},
	// KRaft only: versions with ZooKeeper end with 3.9. 3.9 is the last that runs on
	// kafka.t3.small.
	Kafka: {
		source:    "https://docs.aws.amazon.com/msk/latest/developerguide/supported-kafka-versions.html",
		preferred: "3.9.x.kraft",
		versions: []Version{
			{"4.2.x.kraft", none, ""},
			{"4.1.x.kraft", none, ""},
			{"4.0.x.kraft", none, ""},
			{"3.9.x.kraft", none, ""},
			{"3.8.x.kraft", none, ""},
			{"3.7.x.kraft", on(2026, time.September, 1), ""},
		},
	},
	OpenSearch: {
		source:    "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/what-is.html#choosing-version",
		preferred: "2.19",
		versions: []Version{
			{"3.5", none, ""},
			{"3.3", none, ""},
			{"3.1", none, ""},
			{"2.19", none, ""},
			{"2.17", none, ""},
			{"2.15", none, ""},
			{"2.13", none, ""},
			{"2.11", none, ""},
			{"2.9", on(2025, time.November, 7), ""},
			{"2.7", on(2025, time.November, 7), ""},
			{"2.5", on(2025, time.November, 7), ""},
			{"2.3", on(2025, time.November, 7), ""},
			{"1.3", none, ""},
			{"1.2", on(2025, time.November, 7), ""},
			{"1.1", on(2025, time.November, 7), ""},
			{"1.0", on(2025, time.November, 7), ""},
		},
	},
	// Each version has fourteen months of standard support: EKS has 1.36 since 2 June 2026,
	// 1.37 since 1 October 2026, from which its day is computed.
	Kubernetes: {
		source:    "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",
		preferred: "1.36",
		versions: []Version{
			{"1.37", on(2027, time.December, 1), ""},
			{"1.36", on(2027, time.August, 2), ""},
			{"1.35", on(2027, time.March, 27), ""},
			{"1.34", on(2026, time.December, 2), ""},
			{"1.33", on(2026, time.July, 29), ""},
			{"1.32", on(2026, time.March, 23), ""},
			{"1.31", on(2025, time.November, 26), ""},
			{"1.30", on(2025, time.July, 23), ""},
		},
	},
}
