package mfa_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/baseline/mfa"
	"aws-platform/pkg/policy"
	"aws-platform/pkg/policy/policytest"
)

const iam = "arn:aws:iam::111111111111:"

// How a request of the user jane came.
var (
	withMFA    = map[string][]string{"aws:username": {"jane"}, "aws:MultiFactorAuthPresent": {"true"}}
	byPassword = map[string][]string{"aws:username": {"jane"}, "aws:MultiFactorAuthPresent": {"false"}}
	byKey      = map[string][]string{"aws:username": {"jane"}}
)

// The user may do everything by another policy, so that an answer is this policy's.
func ask(action, resource string, came map[string][]string) policytest.Answer {
	administrator := policy.Statement{Effect: policy.Allow, Action: []string{"*"}, Resource: []string{"*"}}
	return policytest.AskStatements(append(mfa.Statements("aws", "111111111111"), administrator),
		policytest.Request{Action: action, Resource: resource, Context: came})
}

func TestNothingIsDoneWithoutASecondFactor(t *testing.T) {
	for _, action := range []string{
		"s3:GetObject", "ec2:TerminateInstances", "iam:CreateAccessKey", "iam:ListUsers", "iam:DeactivateMFADevice", "iam:DeleteVirtualMFADevice",
		"iam:UpdateLoginProfile", "iam:DetachGroupPolicy", "iam:RemoveUserFromGroup", "sts:AssumeRole", "sts:GetFederationToken", "eks:DescribeCluster",
	} {
		assert.Equal(t, policytest.Denied, ask(action, "*", byKey), action)
		assert.Equal(t, policytest.Denied, ask(action, "*", byPassword), action)
		assert.Equal(t, policytest.Allowed, ask(action, "*", withMFA), action)
	}
}

// Break-glass comes so: AssumeRole with the device's code, or GetSessionToken with it first.
func TestASecondFactorCanBeShown(t *testing.T) {
	assert.Equal(t, policytest.Allowed, ask("sts:GetSessionToken", "*", byKey))
	assert.Equal(t, policytest.Allowed, ask("sts:AssumeRole", iam+"role/production-eks-breakglass", withMFA))
	assert.Equal(t, policytest.Denied, ask("sts:AssumeRole", iam+"role/production-eks-breakglass", byKey))
}

func TestADeviceIsSetUpForOneselfAlone(t *testing.T) {
	for _, c := range []struct{ action, own, others string }{
		{"iam:CreateVirtualMFADevice", "mfa/jane", "mfa/joe"},
		{"iam:CreateVirtualMFADevice", "mfa/jane-2", "mfa/jane2"},
		{"iam:EnableMFADevice", "user/jane", "user/joe"},
		{"iam:ResyncMFADevice", "user/jane", "user/joe"},
		{"iam:GetUser", "user/jane", "user/joe"},
		{"iam:ChangePassword", "user/jane", "user/joe"},
		{"iam:ListMFADevices", "user/jane", "user/jane2"},
		{"iam:GetMFADevice", "user/jane", "user/joe"},
	} {
		assert.Equal(t, policytest.Allowed, ask(c.action, iam+c.own, byPassword), c.action)
		assert.Equal(t, policytest.Denied, ask(c.action, iam+c.others, byPassword), c.action)
		assert.Equal(t, policytest.Denied, ask(c.action, iam+c.others, byKey), c.action)
		assert.Equal(t, policytest.Allowed, ask(c.action, iam+c.others, withMFA), "whoever administers users shows his own first")
	}
	for _, action := range []string{"iam:ListVirtualMFADevices", "iam:GetAccountPasswordPolicy"} {
		assert.Equal(t, policytest.Allowed, ask(action, "*", byPassword), action)
	}
}

// The policy by itself allows one's own device and nothing more.
func TestThePolicyAllowsNoMore(t *testing.T) {
	alone := func(action, resource string) policytest.Answer {
		return policytest.AskStatements(mfa.Statements("aws", "111111111111"), policytest.Request{Action: action, Resource: resource, Context: withMFA})
	}
	assert.Equal(t, policytest.Allowed, alone("iam:EnableMFADevice", iam+"user/jane"))
	assert.Equal(t, policytest.Silent, alone("iam:EnableMFADevice", iam+"user/joe"))
	assert.Equal(t, policytest.Silent, alone("iam:DeactivateMFADevice", iam+"user/jane"))
	assert.Equal(t, policytest.Silent, alone("s3:GetObject", "*"))
}

func TestAStolenAccessKeyGivesItselfNoSecondFactor(t *testing.T) {
	for _, action := range []string{"iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ResyncMFADevice"} {
		for _, resource := range []string{"user/jane", "mfa/jane"} {
			assert.Equal(t, policytest.Denied, ask(action, iam+resource, byKey), action)
		}
	}
	assert.Equal(t, policytest.Allowed, ask("iam:ListMFADevices", iam+"user/jane", byKey), "one may look")
}

func TestNames(t *testing.T) {
	assert.Equal(t, "arn:aws-us-gov:iam::111111111111:policy/platform-require-mfa", mfa.PolicyARN("aws-us-gov", "111111111111"))
	assert.Less(t, len(policy.Document(mfa.Statements("aws-us-gov", "111111111111")...)), 6144, "what IAM takes")
}
