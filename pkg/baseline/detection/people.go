package detection

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/baseline/mfa"
	"aws-platform/pkg/policy"
)

// What a password of an IAM user must be like: the stricter of the CIS AWS Foundations
// Benchmark (14 characters, none of the last 24) and PCI DSS v4.0.1 (8.3.6: 12 characters,
// digits and letters; 8.3.7: none of the last four; 8.3.9: changed after 90 days).
const (
	passwordLength = 14
	passwordReuse  = 24
	passwordDays   = 90
)

// passwords are those of IAM users; those of IAM Identity Center are its own. A password
// that is too old can still be changed by whoever has it: with hardExpiry an administrator
// must, and break-glass would be shut when it is needed.
func (b builder) passwords() error {
	_, err := iam.NewAccountPasswordPolicy(b.ctx, b.name+"-passwords", &iam.AccountPasswordPolicyArgs{
		MinimumPasswordLength:      pulumi.Int(passwordLength),
		PasswordReusePrevention:    pulumi.Int(passwordReuse),
		MaxPasswordAge:             pulumi.Int(passwordDays),
		HardExpiry:                 pulumi.Bool(false),
		AllowUsersToChangePassword: pulumi.Bool(true),
		RequireLowercaseCharacters: pulumi.Bool(true),
		RequireUppercaseCharacters: pulumi.Bool(true),
		RequireNumbers:             pulumi.Bool(true),
		RequireSymbols:             pulumi.Bool(true),
	}, b.child()...)
	return err
}

// mfa makes the policy and the group that carries it. Who is in the group is not said
// here: users are made by people (docs/runbooks/mfa.md), and there should be few beside
// break-glass.
func (b builder) mfa() error {
	required, err := iam.NewPolicy(b.ctx, b.name+"-require-mfa", &iam.PolicyArgs{
		Name:        pulumi.String(mfa.PolicyName),
		Description: pulumi.String("Without a second factor an IAM user may do nothing but set one up"),
		Policy:      pulumi.String(policy.Document(mfa.Statements(b.args.Partition, b.args.AccountID)...)),
		Tags:        tags(mfa.PolicyName),
	}, b.child()...)
	if err != nil {
		return err
	}
	people, err := iam.NewGroup(b.ctx, b.name+"-people", &iam.GroupArgs{Name: pulumi.String(mfa.GroupName)}, b.child()...)
	if err != nil {
		return err
	}
	_, err = iam.NewGroupPolicyAttachment(b.ctx, b.name+"-people-require-mfa", &iam.GroupPolicyAttachmentArgs{
		Group: people.Name, PolicyArn: required.Arn,
	}, b.child()...)
	return err
}
