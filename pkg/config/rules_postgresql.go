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

func postgresqlMultiAZProduction(env Environment, found *Problems) {
	if database := env.Data.PostgreSQL; database.Enabled && env.Production() && !database.MultiAZ {
		found.add(postgresqlPath+"multiAz", "false", "loses the database with its zone, and "+env.Name+" must survive that", "remove the key")
	}
}

// Names in PostgreSQL on RDS (CreateDBInstance in the RDS API reference: DBName, MasterUsername).
var (
	databaseName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,62}$`)
	reservedName = []string{"admin", "all", "analyse", "analyze", "db", "master", "public", "rdsadmin", "rds_superuser", "template0", "template1", "user"}
)

// mostMaster is the longest name of an administrator.
const mostMaster = 16

// ApplicationUser is the role in the database that applications log in as, by IAM
// authentication; what they may do in AWS names it.
const ApplicationUser = "app"

func postgresqlDatabase(env Environment, found *Problems) {
	if env.Data.PostgreSQL.Enabled {
		postgresqlName(postgresqlPath+"databaseName", env.Data.PostgreSQL.DatabaseName, found)
	}
}

func postgresqlMaster(env Environment, found *Problems) {
	const path = postgresqlPath + "masterUsername"
	database := env.Data.PostgreSQL
	switch name := database.MasterUsername; {
	case !database.Enabled:
	case name == ApplicationUser:
		found.add(path, name, "is the role of the applications, which would administer the database", "choose another")
	case len(name) > mostMaster:
		found.add(path, quoted(name), fmt.Sprintf("is longer than the %d characters that RDS takes", mostMaster), "choose a shorter one")
	default:
		postgresqlName(path, name, found)
	}
}

func postgresqlName(path, name string, found *Problems) {
	lower := strings.ToLower(name)
	switch {
	case !databaseName.MatchString(name):
		found.add(path, quoted(name), "is not a name in PostgreSQL", "begin with a letter, and use at most 63 letters, digits and underscores")
	case slices.Contains(reservedName, lower) || strings.HasPrefix(lower, "pg_"):
		found.add(path, quoted(name), "is reserved by RDS or PostgreSQL", "choose another")
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
