package archive_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// secretARN ends in what the offline graph made up of AWS's choice.
const secretARN = `arn:aws:secretsmanager:us-east-1:111111111111:secret:production/siem-[0-9a-f]{6}`

func TestTheSIEMIsSentLogsAndWhatItRefusesIsKept(t *testing.T) {
	g := plan(t, withSIEM())
	assert.Len(t, g.OfType(streamType), 2)
	stream := one(t, g, streamType, "production-siem")
	role := one(t, g, roleType, "production-siem-firehose")
	const http, s3 = "httpEndpointConfiguration.", "httpEndpointConfiguration.s3Configuration."
	values(t, stream, map[string]any{
		"name": "production-siem", "destination": "http_endpoint",
		"serverSideEncryption.enabled": true, "serverSideEncryption.keyType": "CUSTOMER_MANAGED_CMK", "serverSideEncryption.keyArn": logKey,
		http + "url": "https://siem.example.com/firehose", http + "accessKey": nil, http + "roleArn": role.Outputs["arn"],
		http + "secretsManagerConfiguration.enabled": true, http + "secretsManagerConfiguration.roleArn": role.Outputs["arn"],
		http + "retryDuration": 3600.0, http + "requestConfiguration.contentEncoding": "GZIP",
		http + "cloudwatchLoggingOptions.logGroupName": "/production/log-archive", http + "cloudwatchLoggingOptions.logStreamName": "siem",
		http + "s3BackupMode": "FailedDataOnly",
		s3 + "bucketArn":      bucketARN, s3 + "kmsKeyArn": s3Key, s3 + "roleArn": role.Outputs["arn"],
		s3 + "prefix": "siem/!{timestamp:yyyy/MM/dd/HH}/", s3 + "errorOutputPrefix": "siem/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
		s3 + "cloudwatchLoggingOptions.logStreamName": "siem-backup",
	})
	assert.Regexp(t, "^"+secretARN+"$", stream.String(http+"secretsManagerConfiguration.secretArn"))
	assert.Contains(t, stream.DependsOn, one(t, g, policyType, "production-siem-firehose").URN)
}

func TestTheStreamReadsOneSecret(t *testing.T) {
	g := plan(t, withSIEM())
	secret := one(t, g, streamType, "production-siem").String("httpEndpointConfiguration.secretsManagerConfiguration.secretArn")
	document := one(t, g, policyType, "production-siem-firehose").String("policy")
	assert.Equal(t, allowed, ask(document, "secretsmanager:GetSecretValue", secret, nil))
	assert.Equal(t, silent, ask(document, "secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:111111111111:secret:production/alarms/pagerduty-0a1b2c", nil))
	assert.Equal(t, silent, ask(document, "secretsmanager:PutSecretValue", secret, nil))
	const anyKey = "arn:aws:kms:us-east-1:111111111111:key/0a1b"
	via := func(service, secret string) map[string][]string {
		return map[string][]string{"kms:ViaService": {service + ".us-east-1.amazonaws.com"}, "kms:EncryptionContext:SecretARN": {secret}}
	}
	assert.Equal(t, allowed, ask(document, "kms:Decrypt", anyKey, via("secretsmanager", secret)), "whichever key it has")
	assert.Equal(t, silent, ask(document, "kms:Decrypt", anyKey, via("secretsmanager", "arn:another")), "of another secret")
	assert.Equal(t, silent, ask(document, "kms:Decrypt", anyKey, via("s3", secret)))

	archiving := one(t, g, policyType, "production-logs-firehose").String("policy")
	assert.Equal(t, silent, ask(archiving, "secretsmanager:GetSecretValue", secret, nil), "the other stream reads none")
}

// The endpoint's key is in no graph, and so in no state: nothing reads what is in the secret.
func TestTheEndpointsKeyIsNowhere(t *testing.T) {
	g := plan(t, withSIEM())
	text, err := json.Marshal(g)
	require.NoError(t, err)
	assert.NotContains(t, string(text), "made-up-by-the-offline-graph")
	assert.NotContains(t, string(text), "accessKey")
}
