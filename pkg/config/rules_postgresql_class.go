package config

import "slices"

// postgresqlClasses are the classes that RDS for PostgreSQL has for a single instance and
// the versions in support (RDS User Guide, "Supported DB engines for DB instance classes").
// Not among them: db.t2, db.m4 and db.r4, which end with version 12; db.c6gd, which is
// for Multi-AZ DB clusters; and families of other engines, as db.x1e, db.x2idn and db.z1d.
var postgresqlClasses = classes{
	prefix: "db.", example: "set one of RDS, as in db.t3.micro", owner: "RDS for PostgreSQL",
	families: map[string][]string{
		"t3": burstableSizes, "t4g": burstableSizes,
		"m5": upTo24, "m5d": upTo24, "r5": upTo24, "r5b": upTo24, "r5d": upTo24,
		"m6g": upTo16, "m6gd": upTo16, "m7g": upTo16, "r6g": upTo16, "r6gd": upTo16, "r7g": upTo16, "x2g": upTo16,
		"m6i": upTo32, "m6id": upTo32, "m6idn": upTo32, "m6in": upTo32, "r6i": upTo32, "r6id": upTo32, "r6idn": upTo32, "r6in": upTo32,
		"m7i": upTo48, "m8g": upTo48, "m8gd": upTo48, "r7i": upTo48, "r8g": upTo48, "r8gd": upTo48,
		"x2iedn": {"xlarge", "2xlarge", "4xlarge", "8xlarge", "16xlarge", "24xlarge", "32xlarge"},
	},
}

// The sizes that several families share, named by the largest.
var (
	burstableSizes = []string{"micro", "small", "medium", "large", "xlarge", "2xlarge"}
	upTo16         = []string{"large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"}
	upTo24         = append(slices.Clone(upTo16), "24xlarge")
	upTo32         = append(slices.Clone(upTo24), "32xlarge")
	upTo48         = append(slices.Clone(upTo24), "48xlarge")
)

func postgresqlClass(env Environment, found *Problems) {
	if database := env.Data.PostgreSQL; database.Enabled {
		postgresqlClasses.check(postgresqlPath+"instanceClass", database.InstanceClass, found)
	}
}
