package config

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"aws-platform/pkg/engines"
)

var postgresqlRules = []rule{
	postgresqlVersion, postgresqlClass, postgresqlMultiAZProduction, postgresqlDatabase, postgresqlMaster,
	postgresqlStorage, postgresqlStorageGrowth, postgresqlRetention, postgresqlWindows, postgresqlWindowsApart,
	postgresqlDeletionProtection, postgresqlMonitoring, postgresqlSlow, postgresqlCA, postgresqlReplicas,
	postgresqlManagedPassword, postgresqlEncryption, postgresqlPublic,
}

const postgresqlPath = "data.postgresql."

func postgresqlVersion(env Environment, found *Problems) {
	if env.Data.PostgreSQL.Enabled {
		engineVersion(postgresqlPath+"engineVersion", engines.PostgreSQL, env.Data.PostgreSQL.EngineVersion, env.today, found)
	}
}

// postgresqlFamilies are the instance classes that RDS for PostgreSQL has for the
// versions in support (RDS User Guide, "Supported DB engines for DB instance classes").
// Not among them: db.t2, db.m4 and db.r4, which end with version 12, and the
// families of other engines, as db.x1, db.x1e and db.z1d.
var postgresqlFamilies = []string{
	"t3", "t4g", "m5", "m5d", "m6g", "m6gd", "m6i", "m6id", "m6idn", "m6in", "m7g", "m7i", "m8g", "m8gd",
	"r5", "r5b", "r5d", "r6g", "r6gd", "r6i", "r6id", "r6idn", "r6in", "r7g", "r7i", "r8g", "r8gd", "x2g", "x2idn", "x2iedn", "c6gd",
}

var databaseClass = regexp.MustCompile(`^db\.([a-z0-9]+)\.(?:micro|small|medium|large|(?:[1-9][0-9]*)?xlarge)$`)

func postgresqlClass(env Environment, found *Problems) {
	if !env.Data.PostgreSQL.Enabled {
		return
	}
	class := env.Data.PostgreSQL.InstanceClass
	part := databaseClass.FindStringSubmatch(class)
	switch {
	case !strings.HasPrefix(class, "db."):
		found.add(postgresqlPath+"instanceClass", quoted(class), otherService(class), "set one of RDS, as in db.t3.micro")
	case part == nil || !slices.Contains(postgresqlFamilies, part[1]):
		found.add(postgresqlPath+"instanceClass", quoted(class), "is not a class that RDS for PostgreSQL has",
			"set db.<family>.<size> with the family "+oneOf(postgresqlFamilies))
	}
}

func postgresqlMultiAZProduction(env Environment, found *Problems) {
	if database := env.Data.PostgreSQL; database.Enabled && env.Production() && !database.MultiAZ {
		found.add(postgresqlPath+"multiAz", "false", "loses the database with its zone, and "+env.Name+" must survive that", "remove the key")
	}
}

// Names in PostgreSQL on RDS (CreateDBInstance in the RDS API reference: DBName, MasterUsername).
var (
	databaseName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,62}$`)
	reservedName = []string{"admin", "all", "analyse", "analyze", "db", "master", "postgres", "public", "rdsadmin", "rds_superuser", "template0", "template1", "user"}
)

func postgresqlDatabase(env Environment, found *Problems) {
	postgresqlName(env, "databaseName", env.Data.PostgreSQL.DatabaseName, found)
}

func postgresqlMaster(env Environment, found *Problems) {
	postgresqlName(env, "masterUsername", env.Data.PostgreSQL.MasterUsername, found)
}

func postgresqlName(env Environment, key, name string, found *Problems) {
	switch {
	case !env.Data.PostgreSQL.Enabled:
	case !databaseName.MatchString(name):
		found.add(postgresqlPath+key, quoted(name), "is not a name in PostgreSQL", "begin with a letter, and use at most 63 letters, digits and underscores")
	case slices.Contains(reservedName, strings.ToLower(name)) || strings.HasPrefix(strings.ToLower(name), "pg_"):
		found.add(postgresqlPath+key, quoted(name), "is reserved by RDS or PostgreSQL", "choose another")
	}
}

// The limits of gp3 storage for PostgreSQL, in GiB (RDS User Guide, "Amazon RDS DB instance storage").
const (
	leastStorage = 20
	mostStorage  = 65536
)

func postgresqlStorage(env Environment, found *Problems) {
	if env.Data.PostgreSQL.Enabled {
		between(postgresqlPath+"allocatedStorageGib", env.Data.PostgreSQL.AllocatedStorageGiB, leastStorage, mostStorage, "is not a size of gp3 storage in GiB", found)
	}
}

// postgresqlStorageGrowth: RDS wants room to grow of a tenth at least (RDS User Guide,
// "Managing capacity automatically with storage autoscaling").
func postgresqlStorageGrowth(env Environment, found *Problems) {
	database := env.Data.PostgreSQL
	least := database.AllocatedStorageGiB + (database.AllocatedStorageGiB+9)/10
	if database.Enabled && (database.MaxAllocatedStorageGiB < least || database.MaxAllocatedStorageGiB > mostStorage) {
		found.add(postgresqlPath+"maxAllocatedStorageGib", strconv.Itoa(database.MaxAllocatedStorageGiB),
			"leaves less than a tenth to grow, or is more than RDS has", fmt.Sprintf("set %d to %d", least, mostStorage))
	}
}

func postgresqlRetention(env Environment, found *Problems) {
	if env.Data.PostgreSQL.Enabled {
		between(postgresqlPath+"backupRetentionDays", env.Data.PostgreSQL.BackupRetentionDays, 1, 35, "is not a retention of automated backups, which are never off", found)
	}
}

// leastWindowRDS is the shortest window of RDS, in minutes.
const leastWindowRDS = 30

func postgresqlWindows(env Environment, found *Problems) {
	if database := env.Data.PostgreSQL; database.Enabled {
		windows(postgresqlPath+"backupWindow", database.BackupWindow, postgresqlPath+"maintenanceWindow", database.MaintenanceWindow, leastWindowRDS, found)
	}
}

func postgresqlWindowsApart(env Environment, found *Problems) {
	if database := env.Data.PostgreSQL; database.Enabled {
		windowsApart(postgresqlPath+"backupWindow", database.BackupWindow, postgresqlPath+"maintenanceWindow", database.MaintenanceWindow, found)
	}
}

func postgresqlDeletionProtection(env Environment, found *Problems) {
	if database := env.Data.PostgreSQL; database.Enabled && env.Production() && !database.DeletionProtection {
		found.add(postgresqlPath+"deletionProtection", "false", "lets one call delete the database of "+env.Name, "remove the key; docs/data.md says how protection is lifted on purpose")
	}
}

// monitoringIntervals are those of Enhanced Monitoring, in seconds.
var monitoringIntervals = []int{0, 1, 5, 10, 15, 30, 60}

func postgresqlMonitoring(env Environment, found *Problems) {
	if database := env.Data.PostgreSQL; database.Enabled && !slices.Contains(monitoringIntervals, database.MonitoringIntervalSeconds) {
		found.add(postgresqlPath+"monitoringIntervalSeconds", strconv.Itoa(database.MonitoringIntervalSeconds),
			"is not an interval of Enhanced Monitoring", "set 1, 5, 10, 15, 30 or 60, or 0 for none")
	}
}

func postgresqlSlow(env Environment, found *Problems) {
	if env.Data.PostgreSQL.Enabled {
		between(postgresqlPath+"slowStatementMilliseconds", env.Data.PostgreSQL.SlowStatementMilliseconds, 1, 3600000,
			"is not a time after which a statement is slow: 0 would log every statement with the data in it", found)
	}
}

// certificateAuthorities are those that RDS signs servers' certificates with (RDS User
// Guide, "Using SSL/TLS to encrypt a connection"); rds-ca-2019 expired.
var certificateAuthorities = []string{"rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"}

func postgresqlCA(env Environment, found *Problems) {
	if database := env.Data.PostgreSQL; database.Enabled && !slices.Contains(certificateAuthorities, database.CACertificate) {
		found.add(postgresqlPath+"caCertificate", quoted(database.CACertificate), "is not a certificate authority of RDS", "set "+oneOf(certificateAuthorities))
	}
}

func postgresqlReplicas(env Environment, found *Problems) {
	if env.Data.PostgreSQL.Enabled {
		between(postgresqlPath+"readReplicas", env.Data.PostgreSQL.ReadReplicas, 0, 15, "is not a number of read replicas that RDS makes", found)
	}
}

// postgresqlManagedPassword: RDS makes neither beside a password that it manages (RDS
// User Guide, "Password management with Amazon RDS and AWS Secrets Manager" and
// "Limitations for blue/green deployments").
func postgresqlManagedPassword(env Environment, found *Problems) {
	const (
		fact   = "is what RDS refuses of a database whose password it manages"
		remedy = "move the administrator to IAM authentication first, then set manageMasterUserPassword to false: docs/runbooks/postgresql-iam-administrator.md"
	)
	database := env.Data.PostgreSQL
	if !database.Enabled || !database.ManageMasterUserPassword {
		return
	}
	if database.ReadReplicas > 0 {
		found.add(postgresqlPath+"readReplicas", strconv.Itoa(database.ReadReplicas), fact, remedy)
	}
	if database.BlueGreenUpdate {
		found.add(postgresqlPath+"blueGreenUpdate", "true", fact, remedy)
	}
}

func postgresqlEncryption(env Environment, found *Problems) {
	settled(postgresqlPath+"storageEncrypted", env.Data.PostgreSQL.StorageEncrypted, true, "is never so: every store is encrypted with a key of its own", found)
}

func postgresqlPublic(env Environment, found *Problems) {
	settled(postgresqlPath+"publiclyAccessible", env.Data.PostgreSQL.PubliclyAccessible, false, "is never so: the data tier has no way from or to the internet", found)
}
