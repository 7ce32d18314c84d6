package policy_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/policy"
	"aws-platform/pkg/policy/policytest"
)

func TestAnInstanceRecordsSessionsAndReadsNone(t *testing.T) {
	const (
		key   = "arn:aws:kms:us-east-1:111111111111:key/0a1b"
		group = "arn:aws:logs:us-east-1:111111111111:log-group:"
	)
	alias := func(name string) map[string][]string { return map[string][]string{"kms:ResourceAliases": {name}} }
	for name, c := range map[string]struct {
		action, resource string
		context          map[string][]string
		want             policytest.Answer
	}{
		"decrypts a session":         {"kms:Decrypt", key, alias(policy.SessionKeyAlias), policytest.Allowed},
		"with another key":           {"kms:Decrypt", key, alias("alias/production/rds"), policytest.Silent},
		"with a key without aliases": {"kms:Decrypt", key, nil, policytest.Silent},
		"a key of another account":   {"kms:Decrypt", "arn:aws:kms:us-east-1:222222222222:key/0a1b", alias(policy.SessionKeyAlias), policytest.Silent},
		"encrypts":                   {"kms:GenerateDataKey", key, alias(policy.SessionKeyAlias), policytest.Silent},
		"writes what is typed":       {"logs:PutLogEvents", group + "/platform/sessions:log-stream:x", nil, policytest.Allowed},
		"reads what was typed":       {"logs:GetLogEvents", group + "/platform/sessions:log-stream:x", nil, policytest.Silent},
		"deletes it":                 {"logs:DeleteLogStream", group + "/platform/sessions:log-stream:x", nil, policytest.Silent},
		"writes the trail":           {"logs:PutLogEvents", group + "/platform/trail:log-stream:x", nil, policytest.Silent},
		"looks for the group":        {"logs:DescribeLogGroups", group + ":log-stream:", nil, policytest.Allowed},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, policytest.AskStatements(policy.RecordedSessions("aws", "us-east-1", "111111111111"),
				policytest.Request{Action: c.action, Resource: c.resource, Context: c.context}))
		})
	}
}
