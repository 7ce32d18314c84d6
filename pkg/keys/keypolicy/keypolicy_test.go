package keypolicy_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/keys/keypolicy"
	"aws-platform/pkg/policy"
	"aws-platform/pkg/policy/policytest"
)

var (
	dev   = keypolicy.Place{Environment: "dev", AccountID: "333333333333", Region: "eu-west-1", Partition: "aws"}
	every = []string{
		keypolicy.RDS, keypolicy.ElastiCache, keypolicy.MSK, keypolicy.OpenSearch, keypolicy.EBS, keypolicy.S3,
		keypolicy.Logs, keypolicy.Parameters, keypolicy.EKS, keypolicy.SNS, keypolicy.Backup, keypolicy.ECR, keypolicy.PlatformSNS,
	}
)

func statements(t *testing.T, document string) []policy.Statement {
	t.Helper()
	var read struct{ Statement []policy.Statement }
	require.NoError(t, json.Unmarshal([]byte(document), &read))
	return read.Statement
}

// use tells whether an action encrypts, decrypts, or lets somebody do so.
func use(action string) bool {
	for _, of := range []string{"*", "Encrypt", "Decrypt", "ReEncrypt", "GenerateDataKey", "GenerateMac", "Sign", "DeriveSharedSecret", "CreateGrant", "Create*"} {
		if strings.HasPrefix(strings.TrimPrefix(action, "kms:"), of) {
			return true
		}
	}
	return false
}

func TestAdministratorsCannotUseAKey(t *testing.T) {
	for _, service := range every {
		for _, document := range []string{keypolicy.Document(dev, service), keypolicy.MultiRegion(dev, service)} {
			administers := statements(t, document)[0]
			assert.Equal(t, map[string]any{"AWS": "arn:aws:iam::333333333333:root"}, administers.Principal)
			assert.Contains(t, administers.Action, "kms:PutKeyPolicy", "or KMS refuses the policy, and nobody can change it")
			assert.Contains(t, administers.Action, "kms:ScheduleKeyDeletion")
			for _, action := range administers.Action {
				assert.False(t, use(action), "%s: %s", service, action)
			}
		}
	}
	assert.True(t, use("kms:*") && use("kms:Create*") && use("kms:CreateGrant"), "the check sees what the key's default policy allows")
}

func TestEveryUseIsBoundToTheAccount(t *testing.T) {
	for _, service := range every {
		for _, statement := range statements(t, keypolicy.MultiRegion(dev, service))[2:] {
			assert.Equal(t, policy.Allow, statement.Effect)
			equal := statement.Condition["StringEquals"]
			switch {
			case statement.Sid == "CloudWatchLogsEncryptsLogGroups":
				assert.Contains(t, statement.Condition["ArnLike"]["kms:EncryptionContext:aws:logs:arn"], ":333333333333:")
			case equal["aws:SourceAccount"] != nil:
				assert.Equal(t, "333333333333", equal["aws:SourceAccount"], statement.Sid)
				assert.Contains(t, statement.Principal, "Service", statement.Sid)
			case statement.Sid == "MalwareProtectionReadsVolumes": // one role, and not through EC2
				assert.Equal(t, "333333333333", equal["kms:CallerAccount"])
				assert.Contains(t, statement.Condition["ArnEquals"]["aws:PrincipalArn"], ":333333333333:role/aws-service-role/malware-protection.guardduty.amazonaws.com/")
			default:
				assert.Equal(t, "333333333333", equal["kms:CallerAccount"], statement.Sid)
				assert.Contains(t, equal, "kms:ViaService", statement.Sid)
			}
		}
	}
}

func TestOnlyAMultiRegionKeyIsReplicated(t *testing.T) {
	assert.NotContains(t, keypolicy.Document(dev, keypolicy.Backup), "kms:ReplicateKey")
	replicates := statements(t, keypolicy.MultiRegion(dev, keypolicy.Backup))[1]
	assert.Equal(t, []string{"kms:ReplicateKey", "kms:UpdatePrimaryRegion"}, replicates.Action)
}

func TestTheServicesAreThoseOfTheKeysRegion(t *testing.T) {
	there := dev
	there.Region = "eu-central-1"
	assert.NotContains(t, keypolicy.Document(there, keypolicy.Backup), "eu-west-1")
	assert.Contains(t, keypolicy.Document(there, keypolicy.Backup), "rds.eu-central-1.amazonaws.com")
}

// Who publishes to a topic uses its key, for the account and no other.
func TestWhoPublishesUsesTheKeysOfTopics(t *testing.T) {
	services := map[string][]string{
		keypolicy.SNS:         {"backup", "budgets", "cloudwatch", "costalerts", "events.rds"},
		keypolicy.PlatformSNS: {"cloudwatch"},
	}
	ask := func(key, principal string, context map[string][]string) policytest.Answer {
		return policytest.Ask(keypolicy.Document(dev, key), policytest.Request{Principal: principal, Action: "kms:GenerateDataKey", Context: context})
	}
	own, other := map[string][]string{"aws:SourceAccount": {"333333333333"}}, map[string][]string{"aws:SourceAccount": {"111111111111"}}
	for key, publishers := range services {
		for _, name := range []string{"backup", "budgets", "chatbot", "cloudwatch", "costalerts", "events", "events.rds", "sns"} {
			want := policytest.Silent
			if slices.Contains(publishers, name) {
				want = policytest.Allowed
			}
			assert.Equal(t, want, ask(key, name+".amazonaws.com", own), "%s: %s", key, name)
			assert.Equal(t, policytest.Silent, ask(key, name+".amazonaws.com", other), "%s: %s of another account", key, name)
			assert.Equal(t, policytest.Silent, ask(key, name+".amazonaws.com", nil), "%s: %s of nobody", key, name)
		}
		role := "arn:aws:iam::333333333333:role/platform-events"
		via := map[string][]string{"kms:CallerAccount": {"333333333333"}, "kms:ViaService": {"sns.eu-west-1.amazonaws.com"}}
		assert.Equal(t, policytest.Allowed, ask(key, role, via), "a role, by SNS, if IAM lets it")
		assert.Equal(t, policytest.Silent, ask(key, role, map[string][]string{"kms:CallerAccount": {"333333333333"}}), "a role by itself")
	}
}

// Logs are archived by streams that the logs' key encrypts: whoever makes one, and whoever
// writes to it, uses the key through Amazon Data Firehose, and nowhere else.
func TestTheLogsKeyIsUsedThroughFirehoseAlone(t *testing.T) {
	const role = "arn:aws:iam::333333333333:role/dev-logs-cloudwatch"
	document := keypolicy.Document(dev, keypolicy.Logs)
	ask := func(action string, context map[string][]string) policytest.Answer {
		return policytest.Ask(document, policytest.Request{Principal: role, Action: action, Context: context})
	}
	via := func(service, account string) map[string][]string {
		return map[string][]string{"kms:CallerAccount": {account}, "kms:ViaService": {service + ".eu-west-1.amazonaws.com"}, "kms:GrantIsForAWSResource": {"true"}}
	}
	for _, action := range []string{"kms:GenerateDataKey", "kms:Decrypt", "kms:CreateGrant"} {
		assert.Equal(t, policytest.Allowed, ask(action, via("firehose", "333333333333")), action)
		assert.Equal(t, policytest.Silent, ask(action, via("firehose", "111111111111")), "%s: of another account", action)
		assert.Equal(t, policytest.Silent, ask(action, via("s3", "333333333333")), "%s: through another service", action)
		assert.Equal(t, policytest.Silent, ask(action, map[string][]string{"kms:CallerAccount": {"333333333333"}}), "%s: by itself", action)
	}
	own := via("firehose", "333333333333")
	own["kms:GrantIsForAWSResource"] = []string{"false"}
	assert.Equal(t, policytest.Silent, ask("kms:CreateGrant", own), "a grant for oneself")
}
