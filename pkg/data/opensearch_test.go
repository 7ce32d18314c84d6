package data_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/config"
)

const domainType = "aws:opensearch/domain:Domain"

func TestTheDomainOfProduction(t *testing.T) {
	g := plan(t, config.Production, `{"opensearch": {"offPeakWindowStart": "22:30"}}`)
	domain := one(t, g, domainType, "production-opensearch")
	assert.True(t, domain.Protect)
	for property, want := range map[string]any{
		"domainName": "production-opensearch", "engineVersion": "OpenSearch_2.19",
		"clusterConfig.instanceType": "t3.medium.search", "clusterConfig.instanceCount": 3.0,
		"clusterConfig.dedicatedMasterEnabled": true, "clusterConfig.dedicatedMasterType": "t3.medium.search", "clusterConfig.dedicatedMasterCount": 3.0,
		"clusterConfig.zoneAwarenessEnabled": true, "clusterConfig.zoneAwarenessConfig.availabilityZoneCount": 3.0,
		"ebsOptions.ebsEnabled": true, "ebsOptions.volumeType": "gp3", "ebsOptions.volumeSize": 20.0,
		"encryptAtRest.enabled": true, "encryptAtRest.kmsKeyId": keyARN + "opensearch", "nodeToNodeEncryption.enabled": true,
		"domainEndpointOptions.enforceHttps": true, "domainEndpointOptions.tlsSecurityPolicy": "Policy-Min-TLS-1-2-PFS-2023-10",
		"advancedSecurityOptions.enabled": true, "advancedSecurityOptions.internalUserDatabaseEnabled": false, "advancedSecurityOptions.anonymousAuthEnabled": false,
		"advancedSecurityOptions.masterUserOptions.masterUserArn":      one(t, g, "aws:iam/role:Role", "production-opensearch-master").Outputs["arn"],
		"advancedSecurityOptions.masterUserOptions.masterUserName":     nil,
		"advancedSecurityOptions.masterUserOptions.masterUserPassword": nil,
		"offPeakWindowOptions.enabled":                                 true, "offPeakWindowOptions.offPeakWindow.windowStartTime.hours": 22.0,
		"offPeakWindowOptions.offPeakWindow.windowStartTime.minutes": 30.0,
		"softwareUpdateOptions.autoSoftwareUpdateEnabled":            true, "autoTuneOptions.desiredState": "DISABLED",
	} {
		is, _ := domain.Lookup(property)
		assert.Equal(t, want, is, property)
	}
	assert.Equal(t, []string{"subnet-us-east-1a", "subnet-us-east-1b", "subnet-us-east-1c"}, domain.Strings("vpcOptions.subnetIds"))
	assert.Equal(t, []string{"sg-opensearch"}, domain.Strings("vpcOptions.securityGroupIds"))
	logs := map[any]any{}
	for _, entry := range domain.Inputs["logPublishingOptions"].([]any) {
		option := entry.(map[string]any)
		assert.Equal(t, true, option["enabled"])
		logs[option["logType"]] = option["cloudwatchLogGroupArn"]
	}
	const group = "arn:aws:logs:us-east-1:444444444444:log-group:/aws/opensearch/production-opensearch/"
	assert.Equal(t, map[any]any{
		"SEARCH_SLOW_LOGS": group + "search-slow", "INDEX_SLOW_LOGS": group + "index-slow",
		"ES_APPLICATION_LOGS": group + "application", "AUDIT_LOGS": group + "audit",
	}, logs)
	assert.True(t, dependsOn(domain, one(t, g, "aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "production-opensearch")), "the domain is refused before")
}

func TestASmallDomainHasOneZoneAndNoMasters(t *testing.T) {
	domain := one(t, plan(t, config.Dev, `{}`), domainType, "dev-opensearch")
	for property, want := range map[string]any{
		"clusterConfig.instanceCount": 1.0, "clusterConfig.dedicatedMasterEnabled": false, "clusterConfig.dedicatedMasterCount": nil,
		"clusterConfig.zoneAwarenessEnabled": false, "clusterConfig.zoneAwarenessConfig": nil, "encryptAtRest.enabled": true,
	} {
		is, _ := domain.Lookup(property)
		assert.Equal(t, want, is, property)
	}
	assert.Equal(t, []string{"subnet-us-east-1a"}, domain.Strings("vpcOptions.subnetIds"))
	assert.Equal(t, []string{"subnet-us-east-1a", "subnet-us-east-1b"},
		one(t, plan(t, config.Staging, `{}`), domainType, "staging-opensearch").Strings("vpcOptions.subnetIds"))
}

func TestAutoTuneIsOnWhereTheTypeHasIt(t *testing.T) {
	domain := one(t, plan(t, config.Staging, `{"opensearch": {"instanceType": "m7g.large.search"}}`), domainType, "staging-opensearch")
	assert.Equal(t, "ENABLED", domain.String("autoTuneOptions.desiredState"))
}

// Whole documents: another action or principal is another opening.
func TestWhoMaySendRequestsToTheDomain(t *testing.T) {
	g := plan(t, config.Staging, `{}`)
	const inside = `"Resource": ["arn:aws:es:us-east-1:444444444444:domain/staging-opensearch/*"]`
	const methods = `"Action": ["es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPatch", "es:ESHttpPost", "es:ESHttpPut"]`
	assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [{"Sid": "AccountSendsRequests", "Effect": "Allow",
		"Principal": {"AWS": "arn:aws:iam::444444444444:root"}, "Action": ["es:ESHttp*"], `+inside+`}]}`,
		one(t, g, domainType, "staging-opensearch").String("accessPolicies"))
	assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [{"Sid": "UsesTheDomain", "Effect": "Allow", `+methods+`, `+inside+`}]}`,
		one(t, g, "aws:iam/policy:Policy", "staging-opensearch-access").String("policy"))
	master := one(t, g, "aws:iam/role:Role", "staging-opensearch-master")
	assert.Equal(t, "staging-opensearch-master", master.String("name"))
	assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRole"],
		"Principal": {"AWS": "arn:aws:iam::444444444444:root"}}]}`, master.String("assumeRolePolicy"))
	assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [{"Sid": "AdministersTheDomain", "Effect": "Allow", `+methods+`, `+inside+`}]}`,
		one(t, g, "aws:iam/rolePolicy:RolePolicy", "staging-opensearch-master").String("policy"))
}

func TestSnapshotsAreWrittenForThisDomainAlone(t *testing.T) {
	g := plan(t, config.Staging, `{}`)
	assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRole"],
		"Principal": {"Service": "es.amazonaws.com"}, "Condition": {"StringEquals": {"aws:SourceAccount": "444444444444"},
		"ArnLike": {"aws:SourceArn": "arn:aws:es:us-east-1:444444444444:domain/staging-opensearch"}}}]}`,
		one(t, g, "aws:iam/role:Role", "staging-opensearch-snapshots").String("assumeRolePolicy"))
	assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [
		{"Sid": "ListsSnapshots", "Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": ["arn:aws:s3:::staging-opensearch-snapshots-444444444444"]},
		{"Sid": "KeepsSnapshots", "Effect": "Allow", "Action": ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], "Resource": ["arn:aws:s3:::staging-opensearch-snapshots-444444444444/*"]},
		{"Sid": "EncryptsSnapshots", "Effect": "Allow", "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": ["`+keyARN+`s3"],
		 "Condition": {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}}]}`,
		one(t, g, "aws:iam/rolePolicy:RolePolicy", "staging-opensearch-snapshots").String("policy"))
}
