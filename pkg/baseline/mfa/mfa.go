// Package mfa is the policy by which a person who is an IAM user may do nothing without a
// second factor but set one up. It is pure.
//
// It is for a group of users, and never for a role. A condition on
// aws:MultiFactorAuthPresent works on a user, a group, a resource and the trust policy of a
// role (IAM User Guide, "AWS global condition context keys"). On a role it would deny
// everything to everybody, whatever they showed: "the temporary credentials returned by
// AssumeRole do not include MFA information in the context" (IAM User Guide, "Secure API
// access with MFA"), and a session of IAM Identity Center never has the key. So where a person
// comes to a role, its trust policy asks (pkg/cluster/access), or Identity Center does, which
// must be set to ask at each sign-in.
package mfa

import (
	"fmt"
	"slices"

	"aws-platform/pkg/policy"
)

const (
	// PolicyName is the policy's, in every account.
	PolicyName = "platform-require-mfa"
	// GroupName is the group that every person who is an IAM user belongs to.
	GroupName = "platform-people"
)

// PolicyARN is the policy's ARN in an account.
func PolicyARN(partition, account string) string {
	return fmt.Sprintf("arn:%s:iam::%s:policy/%s", partition, account, PolicyName)
}

// key tells how a request came: true with a second factor; false by a session without one,
// as that of the console is; absent with an access key.
const key = "aws:MultiFactorAuthPresent"

// registering are the actions that give a user a device.
var registering = []string{"iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ResyncMFADevice"}

// looking are those that show a user what he has; and a first password must be changed at
// the first sign-in, when there is no second factor yet (PCI DSS v4.0.1, requirement 8.3.5).
// That takes the old one.
var looking = []string{"iam:ChangePassword", "iam:GetMFADevice", "iam:GetUser", "iam:ListMFADevices"}

// listing are the same that know no resources.
var listing = []string{"iam:GetAccountPasswordPolicy", "iam:ListVirtualMFADevices"}

// Statements are the policy's in an account. The first two are what a user may do with his own
// devices, the others what he may not do without a second factor, whatever else allows it.
//
// It is the IAM User Guide's "Allows MFA-authenticated IAM users to manage their own
// credentials" but for three things: nobody else's device can be touched, a first password can
// be changed, and no device is registered with an access key. IAM takes eight devices a user,
// so a stolen key could otherwise give itself a second factor. A virtual device is named as its
// user, with a dash and more for a second one.
func Statements(partition, account string) []policy.Statement {
	own := []string{
		fmt.Sprintf("arn:%s:iam::%s:user/${aws:username}", partition, account),
		fmt.Sprintf("arn:%s:iam::%s:mfa/${aws:username}", partition, account),
		fmt.Sprintf("arn:%s:iam::%s:mfa/${aws:username}-*", partition, account), // a second device
	}
	everything := []string{"*"} // lists know no resources; a denial is of all that is not named
	setup := slices.Concat(registering, looking)
	without := policy.Condition{"BoolIfExists": {key: "false"}}
	return []policy.Statement{
		{Sid: "SetUpOwnDevice", Effect: policy.Allow, Action: setup, Resource: own},
		{Sid: "ListDevices", Effect: policy.Allow, Action: listing, Resource: everything},
		{Sid: "NothingElseWithout", Effect: policy.Deny, Resource: everything, Condition: without,
			NotAction: slices.Concat(setup, listing, []string{"sts:GetSessionToken"})},
		{Sid: "NobodyElsesWithout", Effect: policy.Deny, Action: setup, NotResource: own, Condition: without},
		{Sid: "NoDeviceByAccessKey", Effect: policy.Deny, Action: registering, Resource: everything, Condition: policy.Condition{"Null": {key: "true"}}},
	}
}
