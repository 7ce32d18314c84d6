package data_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
)

const (
	instanceType = "aws:rds/instance:Instance"
	given        = `{"postgresql": {"manageMasterUserPassword": false, "readReplicas": 2, "blueGreenUpdate": true}}`
)

func TestTheDatabaseOfProduction(t *testing.T) {
	g := plan(t, config.Production, `{}`)
	database := one(t, g, instanceType, "production-postgresql")
	assert.True(t, database.Protect)
	for property, want := range map[string]any{
		"identifier": "production-postgresql", "engine": "postgres", "engineVersion": "17", "instanceClass": "db.t3.micro",
		"multiAz": true, "storageType": "gp3", "allocatedStorage": 20.0, "maxAllocatedStorage": 100.0,
		"storageEncrypted": true, "kmsKeyId": keyARN + "rds", "publiclyAccessible": false,
		"manageMasterUserPassword": true, "masterUserSecretKmsKeyId": keyARN + "rds", "iamDatabaseAuthenticationEnabled": true,
		"performanceInsightsEnabled": true, "performanceInsightsKmsKeyId": keyARN + "rds", "performanceInsightsRetentionPeriod": 7.0,
		"monitoringInterval": 60.0, "copyTagsToSnapshot": true, "autoMinorVersionUpgrade": true, "applyImmediately": false,
		"deletionProtection": true, "skipFinalSnapshot": false, "finalSnapshotIdentifier": "production-postgresql-final",
		"deleteAutomatedBackups": false, "backupRetentionPeriod": 7.0, "backupWindow": "03:00-04:00",
		"maintenanceWindow": "sun:05:00-sun:06:00", "caCertIdentifier": "rds-ca-rsa2048-g1", "port": 5432.0,
		"dbName": "platform", "username": "platform_admin", "dbSubnetGroupName": "production-postgresql",
		"parameterGroupName": "production-postgresql-postgres17", "tags.Backup": "production",
	} {
		is, _ := database.Lookup(property)
		assert.Equal(t, want, is, property)
	}
	assert.Equal(t, []string{"sg-postgresql"}, database.Strings("vpcSecurityGroupIds"))
	assert.Equal(t, []string{"postgresql", "upgrade"}, database.Strings("enabledCloudwatchLogsExports"))
	assert.Equal(t, []string{"backupWindow"}, database.IgnoreChanges, "AWS Backup owns it")
	assert.NotContains(t, database.Inputs, "password")
	assert.NotContains(t, database.Inputs, "blueGreenUpdate")
	for _, log := range []string{"postgresql", "upgrade"} {
		group := one(t, g, "aws:cloudwatch/logGroup:LogGroup", "production-postgresql-"+log)
		assert.Equal(t, "/aws/rds/instance/production-postgresql/"+log, group.String("name"))
		assert.True(t, dependsOn(database, group), "RDS would make the group without key and retention")
	}
}

func TestTheDatabaseOfDevIsSmallAndGoesWithoutASnapshot(t *testing.T) {
	database := one(t, plan(t, config.Dev, `{"postgresql": {"monitoringIntervalSeconds": 0, "performanceInsights": false}}`), instanceType, "dev-postgresql")
	for property, want := range map[string]any{
		"multiAz": false, "deletionProtection": false, "skipFinalSnapshot": true, "deleteAutomatedBackups": true,
		"storageEncrypted": true, "monitoringInterval": 0.0, "performanceInsightsEnabled": false,
		"monitoringRoleArn": nil, "performanceInsightsKmsKeyId": nil, "finalSnapshotIdentifier": nil,
	} {
		is, _ := database.Lookup(property)
		assert.Equal(t, want, is, property)
	}
}

func TestAPCIDatabaseIsKeptFor35Days(t *testing.T) {
	database := one(t, plan(t, config.ProductionPCI, `{}`), instanceType, "production-pci-postgresql")
	assert.Equal(t, 35, database.Int("backupRetentionPeriod"))
}

func TestTheServerForcesTLSAndLogsWhoCame(t *testing.T) {
	group := one(t, plan(t, config.Production, `{"postgresql": {"slowStatementMilliseconds": 250, "engineVersion": "16"}}`),
		"aws:rds/parameterGroup:ParameterGroup", "production-postgresql")
	assert.Equal(t, "postgres16", group.String("family"))
	assert.Equal(t, "production-postgresql-postgres16", group.String("name"), "another family is another group")
	settings := map[string]string{}
	for _, entry := range group.Inputs["parameters"].([]any) {
		setting := entry.(map[string]any)
		settings[setting["name"].(string)] = setting["value"].(string)
		assert.Equal(t, "immediate", setting["applyMethod"], "none of them needs a restart")
	}
	assert.Equal(t, map[string]string{
		"rds.force_ssl": "1", "log_connections": "1", "log_disconnections": "1", "log_statement": "ddl", "log_min_duration_statement": "250",
	}, settings)
}

func TestTheSubnetGroupHoldsTheDataSubnets(t *testing.T) {
	group := one(t, plan(t, config.Production, `{}`), "aws:rds/subnetGroup:SubnetGroup", "production-postgresql")
	assert.Equal(t, []string{"subnet-us-east-1a", "subnet-us-east-1b", "subnet-us-east-1c"}, group.Strings("subnetIds"))
}

func TestMonitoringIsForThisDatabaseAlone(t *testing.T) {
	g := plan(t, config.Production, `{}`)
	role := one(t, g, "aws:iam/role:Role", "production-postgresql-monitoring")
	assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRole"],
		"Principal": {"Service": "monitoring.rds.amazonaws.com"}, "Condition": {
		"StringEquals": {"aws:SourceAccount": "444444444444"},
		"ArnLike": {"aws:SourceArn": "arn:aws:rds:us-east-1:444444444444:db:production-postgresql*"}}}]}`, role.String("assumeRolePolicy"))
	database := one(t, g, instanceType, "production-postgresql")
	assert.Equal(t, role.Outputs["arn"], database.String("monitoringRoleArn"))
	assert.True(t, dependsOn(database, one(t, g, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "production-postgresql-monitoring")))
}

// With the password given up there are replicas and blue/green deployments, and still no password.
func TestReplicasAndBlueGreenComeWithoutAPassword(t *testing.T) {
	g := plan(t, config.Production, given)
	database := one(t, g, instanceType, "production-postgresql")
	assert.Equal(t, map[string]any{"enabled": true}, database.Inputs["blueGreenUpdate"])
	for _, property := range []string{"password", "manageMasterUserPassword", "masterUserSecretKmsKeyId"} {
		assert.NotContains(t, database.Inputs, property)
	}
	for _, name := range []string{"production-postgresql-replica-1", "production-postgresql-replica-2"} {
		replica := one(t, g, instanceType, name)
		assert.True(t, replica.Protect)
		for property, want := range map[string]any{
			"identifier": name, "replicateSourceDb": "production-postgresql", "publiclyAccessible": false, "storageEncrypted": true,
			"iamDatabaseAuthenticationEnabled": true, "skipFinalSnapshot": true, "deletionProtection": true,
			// the source's: RDS refuses them in its region
			"username": nil, "dbName": nil, "engine": nil, "kmsKeyId": nil, "dbSubnetGroupName": nil, "allocatedStorage": nil, "tags.Backup": nil,
		} {
			is, _ := replica.Lookup(property)
			assert.Equal(t, want, is, property)
		}
		assert.Equal(t, []string{"sg-postgresql"}, replica.Strings("vpcSecurityGroupIds"))
	}
	assert.NotContains(t, parameters(g), "/production/postgresql/secretArn")
	assert.Contains(t, parameters(g), "/production/postgresql/replica2Endpoint")
	assert.Len(t, users(t, g), 3, "the primary and both replicas")
}

// users are the database users that applications log in as.
func users(t *testing.T, g *graph.Graph) []any {
	t.Helper()
	document := object(t, one(t, g, "aws:iam/policy:Policy", "production-postgresql-access").String("policy")).(map[string]any)
	statement := document["Statement"].([]any)[0].(map[string]any)
	assert.Equal(t, []any{"rds-db:connect"}, statement["Action"])
	return statement["Resource"].([]any)
}

func TestApplicationsLogInAsOneUser(t *testing.T) {
	g := plan(t, config.Production, `{}`)
	resource := one(t, g, instanceType, "production-postgresql").Outputs["resourceId"].(string)
	assert.Equal(t, []any{"arn:aws:rds-db:us-east-1:444444444444:dbuser:" + resource + "/app"}, users(t, g))
}
