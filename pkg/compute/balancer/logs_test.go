package balancer_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/policy"
)

const logsBucket = "production-load-balancer-logs-111111111111"

func TestBothLoadBalancersLogRequestsAndConnections(t *testing.T) {
	g := plan(t, whole())
	attached := one(t, g, "aws:s3/bucketPolicy:BucketPolicy", "production-logs")
	for _, side := range []string{"public", "internal"} {
		made := one(t, g, loadBalancerType, "production-"+side)
		for _, kind := range []string{"access", "connection"} {
			assert.Equal(t, logsBucket, made.String(kind+"Logs.bucket"))
			assert.Equal(t, kind+"/"+side, made.String(kind+"Logs.prefix"))
			assert.True(t, made.Bool(kind+"Logs.enabled"))
		}
		assert.Contains(t, made.DependsOn, attached.URN, "AWS tries the bucket when the load balancer is made")
	}
}

func TestWhoMayWriteTheLogs(t *testing.T) {
	var document struct{ Statement []policy.Statement }
	attached := one(t, plan(t, whole()), "aws:s3/bucketPolicy:BucketPolicy", "production-logs")
	require.NoError(t, json.Unmarshal([]byte(attached.String("policy")), &document))
	allowed := 0
	for _, statement := range document.Statement {
		if statement.Effect != policy.Allow {
			continue
		}
		allowed++
		assert.Equal(t, map[string]any{"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}, statement.Principal)
		assert.Equal(t, []string{"s3:PutObject"}, statement.Action)
		assert.Equal(t, policy.Condition{"ArnLike": {
			"aws:SourceArn": []any{
				"arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/production-public/*",
				"arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/production-internal/*",
			},
		}}, statement.Condition)
		const arn = "arn:aws:s3:::" + logsBucket
		assert.Equal(t, []string{
			arn + "/access/public/AWSLogs/111111111111/*", arn + "/access/internal/AWSLogs/111111111111/*",
			arn + "/connection/public/AWSLogs/111111111111/*", arn + "/connection/internal/AWSLogs/111111111111/*",
		}, statement.Resource)
	}
	assert.Equal(t, 1, allowed)
}

func TestTheLogBucketIsOneThatLoadBalancersCanWriteTo(t *testing.T) {
	g := plan(t, whole())
	encryption := one(t, g, "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2", "production-logs")
	assert.Equal(t, "AES256", encryption.String("rules[0].applyServerSideEncryptionByDefault.sseAlgorithm"))
	assert.True(t, one(t, g, "aws:s3/bucketV2:BucketV2", "production-logs").Protect)
	lifecycle := one(t, g, "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2", "production-logs")
	assert.Equal(t, 90, lifecycle.Int("rules[0].expiration.days"))
	assert.Equal(t, 30, lifecycle.Int("rules[0].noncurrentVersionExpiration.noncurrentDays"))
}
