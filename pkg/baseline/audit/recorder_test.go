package audit_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/baseline/audit"
	"aws-platform/pkg/policy"
	"aws-platform/pkg/policy/policytest"
)

func TestTheRecorderRecordsAllAndIsOn(t *testing.T) {
	g := plan(t, asItIs)
	recorder := one(t, g, recorderType, "production-config")
	assert.Equal(t, "default", recorder.String("name"), "one that is there is taken over")
	assert.True(t, recorder.Bool("recordingGroup.allSupported"))
	assert.True(t, recorder.Bool("recordingGroup.includeGlobalResourceTypes"), "IAM is global")
	const role = "arn:aws:iam::111111111111:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"
	assert.Equal(t, role, recorder.String("roleArn"), "Security Hub's control Config.1 takes no other")
	linked := one(t, g, linkedType, "production-config")
	assert.Equal(t, "config.amazonaws.com", linked.String("awsServiceName"))
	assert.True(t, linked.RetainOnDelete, "the account has one, and others use it")
	assert.Contains(t, recorder.DependsOn, linked.URN)

	status := one(t, g, statusType, "production-config")
	assert.True(t, status.Bool("isEnabled"))
	assert.Contains(t, status.DependsOn, one(t, g, channelType, "production-config").URN, "AWS Config starts none without a channel")

	without := plan(t, func(a *audit.Args) { a.Config.Config.CreateRole = false })
	assert.Equal(t, role, one(t, without, recorderType, "production-config").String("roleArn"), "the same role, whoever made it")
}

func TestHistoryIsDeliveredEncryptedToItsBucket(t *testing.T) {
	g := plan(t, asItIs)
	channel := one(t, g, channelType, "production-config")
	assert.Equal(t, "platform-config-111111111111", channel.String("s3BucketName"))
	assert.Equal(t, one(t, g, keyType, "production-config").Outputs["arn"], channel.Outputs["s3KmsKeyArn"])
	assert.Equal(t, "TwentyFour_Hours", channel.String("snapshotDeliveryProperties.deliveryFrequency"))
	assert.Contains(t, channel.DependsOn, one(t, g, policyType, "production-config").URN, "AWS Config tries whether it may write")
	assert.Contains(t, channel.DependsOn, one(t, g, recorderType, "production-config").URN)

	const bucket, service = "platform-config-111111111111", "config.amazonaws.com"
	full := map[string][]string{"aws:SourceAccount": {"111111111111"}, "s3:x-amz-acl": {"bucket-owner-full-control"}}
	other := map[string][]string{"aws:SourceAccount": {"222222222222"}, "s3:x-amz-acl": {"bucket-owner-full-control"}}
	for name, c := range map[string]struct {
		action, resource string
		context          map[string][]string
		want             policytest.Answer
	}{
		"delivers":                {"s3:PutObject", bucket + "/AWSLogs/111111111111/Config/x", full, policytest.Allowed},
		"for another account":     {"s3:PutObject", bucket + "/AWSLogs/111111111111/Config/x", other, policytest.Silent},
		"elsewhere":               {"s3:PutObject", bucket + "/x", full, policytest.Silent},
		"looks whether it exists": {"s3:ListBucket", bucket, full, policytest.Allowed},
		"reads":                   {"s3:GetObject", bucket + "/AWSLogs/111111111111/Config/x", full, policytest.Silent},
	} {
		assert.Equal(t, c.want, ask(t, g, "production-config", service, c.action, c.resource, c.context), name)
	}
	assert.Equal(t, policytest.Silent, ask(t, g, "production-config", "cloudtrail.amazonaws.com", "s3:PutObject", bucket+"/AWSLogs/111111111111/Config/x", full))
}

func TestThePackIsThatOfTheAccount(t *testing.T) {
	for name, pci := range map[string]bool{"platform-pci-dss": true, "platform-baseline": false} {
		g := plan(t, func(a *audit.Args) { a.PCI = pci })
		pack := one(t, g, packType, "production-config")
		assert.Equal(t, name, pack.String("name"))
		assert.Contains(t, pack.String("templateBody"), "REQUIRED_TAGS")
		assert.Equal(t, pci, len(pack.String("templateBody")) > 20_000)
		assert.Contains(t, pack.DependsOn, one(t, g, statusType, "production-config").URN, "rules need a recorder that runs")
	}
}

func TestSessionsAreRecordedEncryptedAndEnd(t *testing.T) {
	g := plan(t, func(a *audit.Args) { a.Config.SessionManager.IdleMinutes, a.Config.SessionManager.MaxMinutes = 5, 30 })
	document := one(t, g, documentType, "production-sessions")
	assert.Equal(t, "SSM-SessionManagerRunShell", document.String("name"), "Session Manager looks for no other")
	assert.Equal(t, "Session", document.String("documentType"))
	assert.Contains(t, document.DependsOn, one(t, g, groupType, "production-sessions").URN)
	var preferences struct {
		SchemaVersion, SessionType string
		Inputs                     map[string]any
	}
	require.NoError(t, json.Unmarshal([]byte(document.String("content")), &preferences))
	assert.Equal(t, "1.0", preferences.SchemaVersion)
	assert.Equal(t, "Standard_Stream", preferences.SessionType)
	for name, want := range map[string]any{
		"cloudWatchLogGroupName": policy.SessionLogGroup, "cloudWatchEncryptionEnabled": true, "cloudWatchStreamingEnabled": true,
		"kmsKeyId": one(t, g, keyType, "production-sessions").Outputs["arn"], "runAsEnabled": false, "idleSessionTimeout": "5", "maxSessionDuration": "30",
	} {
		assert.Equal(t, want, preferences.Inputs[name], name)
	}
	assert.Equal(t, policy.SessionKeyAlias, one(t, g, aliasType, "production-sessions").String("name"), "by which instances know the key")
	assert.Equal(t, policy.SessionLogGroup, one(t, g, groupType, "production-sessions").String("name"))
}
