package detection_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/baseline/detection"
	"aws-platform/pkg/baseline/mfa"
	"aws-platform/pkg/config"
	"aws-platform/pkg/policy"
)

func TestEveryFeatureOfGuardDutyIsOn(t *testing.T) {
	g := plan(t, whole())
	detector := one(t, g, "aws:guardduty/detector:Detector", "x-guardduty")
	assert.Equal(t, true, detector.Inputs["enable"])
	assert.Equal(t, "FIFTEEN_MINUTES", detector.String("findingPublishingFrequency"))
	found := map[string]any{}
	for _, feature := range g.OfType("aws:guardduty/detectorFeature:DetectorFeature") {
		assert.Equal(t, "ENABLED", feature.String("status"), feature.Name)
		assert.Equal(t, detector.ID, feature.String("detectorId"))
		found[feature.String("name")] = feature.Inputs["additionalConfigurations"]
	}
	agent := func(name string) map[string]any { return map[string]any{"name": name, "status": "DISABLED"} }
	assert.Equal(t, map[string]any{
		"S3_DATA_EVENTS": nil, "EKS_AUDIT_LOGS": nil, "EBS_MALWARE_PROTECTION": nil, "RDS_LOGIN_EVENTS": nil, "LAMBDA_NETWORK_LOGS": nil,
		"RUNTIME_MONITORING": []any{agent("EKS_ADDON_MANAGEMENT"), agent("ECS_FARGATE_AGENT_MANAGEMENT"), agent("EC2_AGENT_MANAGEMENT")},
	}, found)
}

func TestOnlyTheAccountOfCardDataHasTheStandardOfThem(t *testing.T) {
	const fsbp, cis, pci = "aws-foundational-security-best-practices/v/1.0.0", "cis-aws-foundations-benchmark/v/5.0.0", "pci-dss/v/4.0.1"
	for has, want := range map[bool][]string{true: {fsbp, cis, pci}, false: {fsbp, cis}} {
		args := whole()
		args.PCI, args.Region, args.Partition = has, "us-gov-west-1", "aws-us-gov"
		g := plan(t, args)
		var arns, wanted []string
		hub := one(t, g, "aws:securityhub/account:Account", "x-security-hub")
		for _, standard := range g.OfType("aws:securityhub/standardsSubscription:StandardsSubscription") {
			arns = append(arns, standard.String("standardsArn"))
			assert.Contains(t, standard.DependsOn, hub.URN)
		}
		for _, path := range want {
			wanted = append(wanted, "arn:aws-us-gov:securityhub:us-gov-west-1::standards/"+path)
		}
		assert.ElementsMatch(t, wanted, arns)
		assert.Equal(t, false, hub.Inputs["enableDefaultStandards"], "they have an old CIS")
		assert.Equal(t, "SECURITY_CONTROL", hub.String("controlFindingGenerator"))
		assert.Equal(t, true, hub.Inputs["autoEnableControls"])
	}
}

func TestInspectorScansAllOfThisAccount(t *testing.T) {
	inspector := one(t, plan(t, whole()), "aws:inspector2/enabler:Enabler", "x-inspector")
	assert.Equal(t, []string{"222222222222"}, inspector.Strings("accountIds"))
	assert.ElementsMatch(t, []string{"EC2", "ECR", "LAMBDA"}, inspector.Strings("resourceTypes"))
}

func TestAccessIsAnalyzedFromOutsideAndByUse(t *testing.T) {
	g := plan(t, whole())
	external := one(t, g, "aws:accessanalyzer/analyzer:Analyzer", "x-external-access")
	assert.Equal(t, "ACCOUNT", external.String("type"))
	assert.Equal(t, "platform-external-access", external.String("analyzerName"))
	unused := one(t, g, "aws:accessanalyzer/analyzer:Analyzer", "x-unused-access")
	assert.Equal(t, "ACCOUNT_UNUSED_ACCESS", unused.String("type"))
	assert.Equal(t, map[string]any{"unusedAccess": map[string]any{"unusedAccessAge": 90.0}}, unused.Inputs["configuration"])
}

func TestMacieLooksWhereCardDataMayBe(t *testing.T) {
	g := plan(t, whole())
	job := one(t, g, "aws:macie2/classificationJob:ClassificationJob", "x-macie-cardholder-data")
	assert.Equal(t, "SCHEDULED", job.String("jobType"))
	assert.Equal(t, map[string]any{"weeklySchedule": "MONDAY"}, job.Inputs["scheduleFrequency"])
	assert.Equal(t, map[string]any{"bucketCriteria": map[string]any{"includes": map[string]any{"ands": []any{map[string]any{"tagCriterion": map[string]any{
		"comparator": "EQ", "tagValues": []any{map[string]any{"key": "DataClassification", "value": "cardholder-data"}},
	}}}}}}, job.Inputs["s3JobDefinition"])
	assert.Contains(t, job.DependsOn, one(t, g, "aws:macie2/account:Account", "x-macie").URN)

	tagged := config.Account{Environment: "production-pci", Tags: config.Tags{DataClassification: "cardholder-data"}}.ProviderTags()
	assert.Equal(t, "cardholder-data", tagged["DataClassification"], "the tag that the account's buckets have")
}

func TestAccountDefaults(t *testing.T) {
	g := plan(t, whole())
	for name, c := range map[string]struct {
		typ    string
		inputs map[string]any
	}{
		"x-ebs-encryption":    {"aws:ebs/encryptionByDefault:EncryptionByDefault", map[string]any{"enabled": true}},
		"x-ebs-snapshots":     {"aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess", map[string]any{"state": "block-all-sharing"}},
		"x-images":            {"aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess", map[string]any{"state": "block-new-sharing"}},
		"x-instance-metadata": {"aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", map[string]any{"httpTokens": "required", "httpPutResponseHopLimit": 1.0}},
		"x-serial-console":    {"aws:ec2/serialConsoleAccess:SerialConsoleAccess", map[string]any{"enabled": false}},
		"x-s3": {"aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", map[string]any{
			"accountId": "222222222222", "blockPublicAcls": true, "blockPublicPolicy": true, "ignorePublicAcls": true, "restrictPublicBuckets": true,
		}},
		"x-passwords": {"aws:iam/accountPasswordPolicy:AccountPasswordPolicy", map[string]any{
			"minimumPasswordLength": 14.0, "passwordReusePrevention": 24.0, "maxPasswordAge": 90.0, "hardExpiry": false, "allowUsersToChangePassword": true,
			"requireLowercaseCharacters": true, "requireUppercaseCharacters": true, "requireNumbers": true, "requireSymbols": true,
		}},
	} {
		assert.Equal(t, c.inputs, one(t, g, c.typ, name).Inputs, name)
	}
}

// The policy is a group's. On a role it would deny everything, see package mfa.
func TestThePolicyOfTheSecondFactorIsAGroups(t *testing.T) {
	g := plan(t, whole())
	made := one(t, g, "aws:iam/policy:Policy", "x-require-mfa")
	assert.Equal(t, mfa.PolicyARN("aws", "222222222222"), made.Outputs["arn"])
	assert.JSONEq(t, policy.Document(mfa.Statements("aws", "222222222222")...), made.String("policy"))
	attached := g.OfType("aws:iam/groupPolicyAttachment:GroupPolicyAttachment")
	require.Len(t, attached, 1)
	assert.Equal(t, mfa.GroupName, attached[0].String("group"))
	assert.Equal(t, made.Outputs["arn"], attached[0].Inputs["policyArn"])
	assert.Empty(t, g.OfType("aws:iam/rolePolicyAttachment:RolePolicyAttachment"))
}

func TestCostsAreToldApartByTagsThatEverythingHas(t *testing.T) {
	tags := config.Account{Environment: "dev", Tags: config.Tags{Project: "p", CostCenter: "c", DataClassification: "d", Owner: "o"}}.ProviderTags()
	found := plan(t, whole()).OfType("aws:costexplorer/costAllocationTag:CostAllocationTag")
	assert.Len(t, found, 4)
	for _, tag := range found {
		assert.Contains(t, tags, tag.String("tagKey"))
		assert.Equal(t, "Active", tag.String("status"))
	}
}

func TestRulesAreKnownBeforehand(t *testing.T) {
	args := whole()
	names := map[string]bool{}
	for _, hub := range []bool{true, false} {
		args.Config.SecurityHub.Enabled = hub
		for _, rule := range plan(t, args).OfType("aws:cloudwatch/eventRule:EventRule") {
			names[rule.String("name")] = true
			assert.Contains(t, detection.RuleARNs("aws", "us-east-1", "222222222222"), rule.Outputs["arn"])
		}
	}
	assert.Len(t, detection.RuleNames(), len(names))
	for _, name := range detection.RuleNames() {
		assert.True(t, names[name], name)
	}
}
