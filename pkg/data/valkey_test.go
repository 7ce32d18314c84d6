package data_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/config"
)

const groupType = "aws:elasticache/replicationGroup:ReplicationGroup"

func TestTheCacheOfProduction(t *testing.T) {
	g := plan(t, config.Production, `{}`)
	cache := one(t, g, groupType, "production-valkey")
	assert.True(t, cache.Protect)
	for property, want := range map[string]any{
		"replicationGroupId": "production-valkey", "engine": "valkey", "engineVersion": "8.1", "nodeType": "cache.t3.medium",
		"numCacheClusters": 3.0, "automaticFailoverEnabled": true, "multiAzEnabled": true, "port": 6379.0,
		"atRestEncryptionEnabled": true, "kmsKeyId": keyARN + "elasticache",
		"transitEncryptionEnabled": true, "transitEncryptionMode": "required", "authToken": nil,
		"snapshotRetentionLimit": 7.0, "snapshotWindow": "03:00-04:00", "maintenanceWindow": "sun:05:00-sun:06:00",
		"finalSnapshotIdentifier": "production-valkey-final", "parameterGroupName": "production-valkey-valkey8",
		"subnetGroupName": "production-valkey", "applyImmediately": false,
		"autoMinorVersionUpgrade": true,
	} {
		is, _ := cache.Lookup(property)
		assert.Equal(t, want, is, property)
	}
	assert.Equal(t, []string{"sg-valkey"}, cache.Strings("securityGroupIds"))
	assert.Equal(t, []string{"production-valkey"}, cache.Strings("userGroupIds"))
	assert.Equal(t, []any{
		map[string]any{"destination": "/aws/elasticache/production-valkey/slow-log", "destinationType": "cloudwatch-logs", "logFormat": "json", "logType": "slow-log"},
		map[string]any{"destination": "/aws/elasticache/production-valkey/engine-log", "destinationType": "cloudwatch-logs", "logFormat": "json", "logType": "engine-log"},
	}, cache.Inputs["logDeliveryConfigurations"])
	assert.True(t, dependsOn(cache, one(t, g, "aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "production-valkey")))
	subnets := one(t, g, "aws:elasticache/subnetGroup:SubnetGroup", "production-valkey")
	assert.Equal(t, []string{"subnet-us-east-1a", "subnet-us-east-1b", "subnet-us-east-1c"}, subnets.Strings("subnetIds"))
}

func TestOneNodeHasNobodyToFailOverTo(t *testing.T) {
	g := plan(t, config.Dev, `{"valkey": {"snapshotRetentionDays": 0}}`)
	cache := one(t, g, groupType, "dev-valkey")
	for property, want := range map[string]any{
		"numCacheClusters": 1.0, "automaticFailoverEnabled": false, "multiAzEnabled": false,
		"transitEncryptionEnabled": true, "transitEncryptionMode": "required", "authToken": nil,
		"atRestEncryptionEnabled": true, "kmsKeyId": keyARN + "elasticache", "finalSnapshotIdentifier": nil,
	} {
		is, _ := cache.Lookup(property)
		assert.Equal(t, want, is, property)
	}
	assert.NotContains(t, parameters(g), "/dev/valkey/readerEndpoint")
	assert.Contains(t, parameters(plan(t, config.Staging, `{}`)), "/staging/valkey/readerEndpoint")
}

// Nobody has a password: the application's user logs in by IAM, and Redis OSS's default user not at all.
func TestUsersHaveNoPasswords(t *testing.T) {
	for engine, want := range map[string]map[string][4]string{
		"valkey": {
			"staging-valkey-app": {"staging-valkey-app", "staging-valkey-app", "iam", "on ~* &* +@all -@admin -@dangerous +info"},
		},
		"redis": {
			"staging-valkey-app":     {"staging-valkey-app", "staging-valkey-app", "iam", "on ~* &* +@all -@admin -@dangerous +info"},
			"staging-valkey-default": {"staging-valkey-default", "default", "no-password-required", "off ~* -@all"},
		},
	} {
		g := plan(t, config.Staging, `{"valkey": {"engine": "`+engine+`"}}`)
		users := map[string][4]string{}
		var ids []string
		for _, user := range g.OfType("aws:elasticache/user:User") {
			users[user.Name] = [4]string{user.String("userId"), user.String("userName"), user.String("authenticationMode.type"), user.String("accessString")}
			ids = append(ids, user.String("userId"))
			assert.Equal(t, engine, user.String("engine"))
			assert.NotContains(t, user.Inputs, "passwords")
			assert.NotContains(t, user.Inputs["authenticationMode"], "passwords")
		}
		assert.Equal(t, want, users, engine)
		group := one(t, g, "aws:elasticache/userGroup:UserGroup", "staging-valkey")
		assert.Equal(t, ids, group.Strings("userIds"))
		assert.Equal(t, engine, group.String("engine"))
	}
}

func TestAnotherFamilyIsAnotherParameterGroup(t *testing.T) {
	group := one(t, plan(t, config.Staging, `{"valkey": {"engine": "redis", "engineVersion": "7.0"}}`), "aws:elasticache/parameterGroup:ParameterGroup", "staging-valkey")
	assert.Equal(t, []string{"redis7", "staging-valkey-redis7"}, []string{group.String("family"), group.String("name")})
	assert.Equal(t, []any{map[string]any{"name": "maxmemory-policy", "value": "allkeys-lru"}}, group.Inputs["parameters"])
}

func TestApplicationsConnectToTheCacheAsTheirUser(t *testing.T) {
	g := plan(t, config.Staging, `{}`)
	assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [{"Sid": "ConnectsToTheCache", "Effect": "Allow", "Action": ["elasticache:Connect"], "Resource": [
		"arn:aws:elasticache:us-east-1:444444444444:replicationgroup:staging-valkey",
		"arn:aws:elasticache:us-east-1:444444444444:user:staging-valkey-app"]}]}`, one(t, g, "aws:iam/policy:Policy", "staging-valkey-access").String("policy"))
}
