package policytest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/policy"
	"aws-platform/pkg/policy/policytest"
)

func TestAsk(t *testing.T) {
	document := policy.Document(
		policy.Statement{Effect: policy.Allow, Action: []string{"s3:Get*"}, Resource: []string{"arn:aws:s3:::a-*"}},
		policy.Statement{Effect: policy.Deny, Action: []string{"s3:*"}, Resource: []string{"*"}, Condition: policy.Condition{"Bool": {"x": "true"}}},
		policy.Statement{Effect: policy.Allow, Action: []string{"kms:ScheduleKeyDeletion"}, Resource: []string{"*"}, Condition: policy.Condition{"NumericLessThan": {"days": "30"}}},
		policy.Statement{Effect: policy.Allow, Action: []string{"ecr:PutImage"}, Resource: []string{"*"}, Condition: policy.Condition{"ArnNotLike": {"arn": "arn:b*"}}},
	)
	for name, c := range map[string]struct {
		action, resource string
		context          map[string][]string
		want             policytest.Answer
	}{
		"by a wildcard":           {"s3:GetObject", "arn:aws:s3:::a-b", nil, policytest.Allowed},
		"another resource":        {"s3:GetObject", "arn:aws:s3:::b-a-", nil, policytest.Silent},
		"another action":          {"s3:PutObject", "arn:aws:s3:::a-b", nil, policytest.Silent},
		"in other letters":        {"S3:getobject", "arn:aws:s3:::a-b", nil, policytest.Allowed},
		"a denial beats":          {"s3:GetObject", "arn:aws:s3:::a-b", map[string][]string{"x": {"true"}}, policytest.Denied},
		"its condition is unmet":  {"s3:GetObject", "arn:aws:s3:::a-b", map[string][]string{"x": {"false"}}, policytest.Allowed},
		"less":                    {"kms:ScheduleKeyDeletion", "k", map[string][]string{"days": {"7"}}, policytest.Allowed},
		"not less":                {"kms:ScheduleKeyDeletion", "k", map[string][]string{"days": {"30"}}, policytest.Silent},
		"a key that is not there": {"kms:ScheduleKeyDeletion", "k", nil, policytest.Silent},
		"negated":                 {"ecr:PutImage", "r", map[string][]string{"arn": {"arn:a"}}, policytest.Allowed},
		"negated, and it is":      {"ecr:PutImage", "r", map[string][]string{"arn": {"arn:bc"}}, policytest.Silent},
		"negated, without a key":  {"ecr:PutImage", "r", nil, policytest.Allowed},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, policytest.Ask(document, policytest.Request{Action: c.action, Resource: c.resource, Context: c.context}))
		})
	}
}

func TestEverythingButWhatIsNamed(t *testing.T) {
	document := policy.Document(
		policy.Statement{Effect: policy.Allow, Action: []string{"*"}, Resource: []string{"*"}},
		policy.Statement{Effect: policy.Deny, NotAction: []string{"iam:Get*"}, Resource: []string{"*"}, Condition: policy.Condition{"BoolIfExists": {"mfa": "false"}}},
		policy.Statement{Effect: policy.Deny, Action: []string{"iam:GetUser"}, NotResource: []string{"user/${aws:username}"}},
		policy.Statement{Effect: policy.Deny, Action: []string{"iam:GetGroup"}, Resource: []string{"*"}, Condition: policy.Condition{"Null": {"mfa": "true"}}},
	)
	jane := []string{"jane"}
	for name, c := range map[string]struct {
		action, resource string
		context          map[string][]string
		want             policytest.Answer
	}{
		"another action, false":              {"s3:GetObject", "x", map[string][]string{"mfa": {"false"}}, policytest.Denied},
		"another action, without the key":    {"s3:GetObject", "x", nil, policytest.Denied},
		"another action, true":               {"s3:GetObject", "x", map[string][]string{"mfa": {"true"}}, policytest.Allowed},
		"a named action":                     {"iam:GetRole", "x", nil, policytest.Allowed},
		"the named resource":                 {"iam:GetUser", "user/jane", map[string][]string{"aws:username": jane}, policytest.Allowed},
		"another resource":                   {"iam:GetUser", "user/joe", map[string][]string{"aws:username": jane}, policytest.Denied},
		"a variable without a value":         {"iam:GetUser", "user/jane", nil, policytest.Denied},
		"a key that is not there, of Null":   {"iam:GetGroup", "x", nil, policytest.Denied},
		"a key that is there, of Null":       {"iam:GetGroup", "x", map[string][]string{"mfa": {"false"}}, policytest.Allowed},
		"a name that is no more than begins": {"iam:GetUser", "user/jane2", map[string][]string{"aws:username": jane}, policytest.Denied},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, policytest.Ask(document, policytest.Request{Action: c.action, Resource: c.resource, Context: c.context}))
		})
	}
}

func TestPrincipals(t *testing.T) {
	document := policy.Document(policy.Statement{Effect: policy.Allow, Action: []string{"sts:AssumeRole"}, Principal: map[string]any{"AWS": "arn:aws:iam::1:root"}})
	for arn, want := range map[string]policytest.Answer{
		"arn:aws:iam::1:role/x": policytest.Allowed, "arn:aws:iam::11:role/x": policytest.Silent, "arn:aws:iam::1:role-x": policytest.Silent,
	} {
		assert.Equal(t, want, policytest.Ask(document, policytest.Request{Principal: arn, Action: "sts:AssumeRole"}), arn)
	}
}

func TestAnUnknownOperatorIsNoSilentYes(t *testing.T) {
	document := policy.Document(policy.Statement{Effect: policy.Allow, Action: []string{"a:b"}, Resource: []string{"*"}, Condition: policy.Condition{"IpAddress": {"x": "y"}}})
	assert.Panics(t, func() { policytest.Ask(document, policytest.Request{Action: "a:b"}) })
}
