package verify

import (
	"encoding/json"
	"fmt"
	"slices"
)

// bucketsClosed: versioned, encrypted, public to nobody, over TLS alone. Elastic
// Load Balancing cannot write to a bucket with a KMS key (its User Guide, "Access
// logs"), so that the log bucket has S3's own encryption.
func bucketsClosed(n Network) (int, []Finding) {
	var findings []Finding
	for _, want := range [][2]string{{logBucket(n.Environment), "AES256"}, {deploymentBucket(n.Environment), underKMS}} {
		name, algorithm := want[0], want[1]
		bucket, found := n.Compute.Buckets[name]
		if !found {
			findings = append(findings, Finding{"bucket " + name, nothing, "a bucket"})
			continue
		}
		findings = append(findings, differences("bucket "+name, [][3]string{
			{"versioning", bucket.Versioning, "Enabled"},
			{"encryption", bucket.algorithm(), algorithm},
			{"plain HTTP denied", fmt.Sprint(deniesPlainHTTP(bucket.Policy, "arn:aws:s3:::"+name)), yes},
			{"public access", fmt.Sprintf("%+v", bucket.PublicAccess), fmt.Sprintf("%+v", PublicAccess{true, true, true, true})},
		})...)
	}
	return len(n.Compute.Buckets), findings
}

// underKMS is how S3 spells encryption with a KMS key.
const underKMS = "aws:kms"

// algorithm words how new objects are encrypted; a KMS key that is not named
// would be AWS's own.
func (b Bucket) algorithm() string {
	if len(b.Encryption) != 1 {
		return ""
	}
	byDefault := b.Encryption[0].ApplyServerSideEncryptionByDefault
	if byDefault.SSEAlgorithm == underKMS && byDefault.KMSMasterKeyID == "" {
		return "aws:kms without a key"
	}
	return byDefault.SSEAlgorithm
}

// deniesPlainHTTP finds the statement that denies everybody everything, on the
// bucket and its objects, whatever else the policy says.
func deniesPlainHTTP(policy, arn string) bool {
	var document struct {
		Statement []struct {
			Effect                      string
			Principal, Action, Resource any
			Condition                   map[string]map[string]any
		}
	}
	if json.Unmarshal([]byte(policy), &document) != nil {
		return false
	}
	for _, s := range document.Statement {
		insecure := texts(s.Condition["Bool"]["aws:SecureTransport"])
		everything := slices.Contains(texts(s.Action), "s3:*") &&
			slices.Contains(texts(s.Resource), arn) && slices.Contains(texts(s.Resource), arn+"/*")
		// One condition, with one key: another would narrow the denial.
		alone := len(s.Condition) == 1 && len(s.Condition["Bool"]) == 1
		if s.Effect == "Deny" && s.Principal == "*" && everything && alone && slices.Equal(insecure, []string{"false"}) {
			return true
		}
	}
	return false
}

// texts reads what a policy may write as one value or as a list.
func texts(value any) []string {
	list, isList := value.([]any)
	if !isList {
		list = []any{value}
	}
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = fmt.Sprint(v)
	}
	return out
}
