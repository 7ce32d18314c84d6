package permissions_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/delivery/permissions"
	"aws-platform/pkg/policy/policytest"
)

// shared is the account of dev, in which staging lives too.
func shared() permissions.Place {
	place := place()
	place.Environment, place.Shared, place.PeerAccounts = "dev", []string{"staging"}, nil
	return place
}

func sharedRole(t *testing.T, name string) permissions.Role {
	t.Helper()
	roles := permissions.Roles(shared())
	at := slices.IndexFunc(roles, func(role permissions.Role) bool { return role.Name == name })
	require.GreaterOrEqual(t, at, 0, name)
	return roles[at]
}

func TestTheRolesOfASharedAccountAreApart(t *testing.T) {
	var names []string
	for _, role := range permissions.Roles(shared()) {
		names = append(names, role.Name)
	}
	assert.Equal(t, []string{
		"platform-preview", "platform-deploy", "platform-pipeline", "platform-pipeline-ec2",
		"platform-deploy-staging", "platform-pipeline-staging", "platform-pipeline-ec2-staging", "platform-build",
	}, names)
	for _, q := range []struct {
		reason, role, action, resource string
		want                           bool
	}{
		{"its own group of logs", "platform-deploy", "logs:DeleteLogGroup", "arn:aws:logs:us-east-1:111111111111:log-group:/dev/x", true},
		{"the other's", "platform-deploy", "logs:DeleteLogGroup", "arn:aws:logs:us-east-1:111111111111:log-group:/staging/x", false},
		{"staging its own", "platform-deploy-staging", "logs:DeleteLogGroup", "arn:aws:logs:us-east-1:111111111111:log-group:/staging/x", true},
		{"staging dev's", "platform-deploy-staging", "logs:DeleteLogGroup", "arn:aws:logs:us-east-1:111111111111:log-group:/dev/x", false},
		{"staging its state", "platform-deploy-staging", "s3:PutObject", "arn:aws:s3:::example-state/.pulumi/stacks/platform/staging.json", true},
		{"staging dev's state", "platform-deploy-staging", "s3:PutObject", "arn:aws:s3:::example-state/.pulumi/stacks/platform/dev.json", false},
		{"staging itself", "platform-deploy-staging", "sts:AssumeRole", iam + "role/platform-deploy-staging", true},
		{"staging as dev", "platform-deploy-staging", "sts:AssumeRole", iam + "role/platform-deploy", false},
		{"dev as staging", "platform-deploy", "sts:AssumeRole", iam + "role/platform-deploy-staging", false},
		{"staging's pipeline its deployer", "platform-pipeline-staging", "sts:AssumeRole", iam + "role/staging-eks-deployer", true},
		{"staging's pipeline dev's", "platform-pipeline-staging", "sts:AssumeRole", iam + "role/dev-eks-deployer", false},
		{"staging's pipeline without a document", "platform-pipeline-ec2-staging", "codedeploy:CreateDeployment", "arn:aws:codedeploy:us-east-1:111111111111:deploymentgroup:staging/staging-blue", false},
		{"a preview both states", "platform-preview", "s3:GetObject", "arn:aws:s3:::example-state/.pulumi/stacks/platform/staging.json", true},
		{"a preview the account's", "platform-preview", "s3:GetObject", "arn:aws:s3:::example-state/.pulumi/stacks/platform-account/account-dev.json", true},
		{"a preview both parameters", "platform-preview", "ssm:GetParameter", "arn:aws:ssm:us-east-1:111111111111:parameter/staging/kafka/port", true},
	} {
		assert.Equal(t, q.want, may(sharedRole(t, q.role), policytest.Request{Action: q.action, Resource: q.resource}), q.reason)
	}
}
