package permissions_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/delivery/permissions"
	"aws-platform/pkg/policy"
)

// byName are the actions that a role's policies allow, and those of them that are no pattern.
func byName(role permissions.Role) (all, named []string) {
	for _, document := range role.Policies {
		for _, statement := range document.Statements {
			if statement.Effect == policy.Allow {
				all = append(all, statement.Action...)
			}
		}
	}
	return all, slices.DeleteFunc(slices.Clone(all), policy.Wildcard)
}

// passes tells whether statements allow an action somewhere: no denial of it is without
// a condition and for everything.
func passes(statements []policy.Statement, action string) bool {
	allowed := false
	for _, statement := range statements {
		if !slices.ContainsFunc(statement.Action, func(pattern string) bool { return policy.Matches(pattern, action) }) {
			continue
		}
		if statement.Effect == policy.Allow {
			allowed = true
		} else if len(statement.Condition) == 0 && slices.Equal(statement.Resource, []string{"*"}) {
			return false
		}
	}
	return allowed
}

// A boundary is no wider than the role where it matters, and never narrower.
func TestBoundariesFitTheirRoles(t *testing.T) {
	for _, role := range permissions.Roles(place()) {
		all, named := byName(role)
		assert.NotEmpty(t, all)
		for _, action := range all {
			assert.True(t, passes(role.Boundary, action), "%s: the boundary does not let %s pass", role.Name, action)
		}
		for _, action := range permissions.Granting() {
			if passes(role.Boundary, action) {
				assert.Contains(t, named, action, "%s: the boundary lets it pass, and no policy needs it", role.Name)
			}
		}
	}
}

func TestWideBoundariesAreNoticed(t *testing.T) {
	statement := func(effect string, actions ...string) policy.Statement {
		return policy.Statement{Effect: effect, Action: actions, Resource: []string{"*"}}
	}
	assert.True(t, passes([]policy.Statement{statement(policy.Allow, "iam:*")}, "iam:CreateUser"))
	assert.True(t, passes([]policy.Statement{statement(policy.Allow, "*")}, "iam:CreateUser"))
	assert.False(t, passes([]policy.Statement{statement(policy.Allow, "*"), statement(policy.Deny, "iam:Create*")}, "iam:CreateUser"))
	narrowed := statement(policy.Deny, "iam:*")
	narrowed.Resource = []string{"arn:x"}
	assert.True(t, passes([]policy.Statement{statement(policy.Allow, "*"), narrowed}, "iam:CreateUser"), "a denial for one resource leaves the others")
}

// Whatever is attached to a role later, it leaves the delivery alone.
func TestNoRoleTouchesTheDelivery(t *testing.T) {
	for _, role := range permissions.Roles(place()) {
		role.Policies = []permissions.Policy{{Statements: []policy.Statement{{Effect: policy.Allow, Action: []string{"*"}, Resource: []string{"*"}}}}}
		for _, q := range []question{
			{"", "iam:UpdateAssumeRolePolicy", iam + "role/platform-build", nil, false},
			{"", "iam:AttachRolePolicy", iam + "role/platform-pipeline", nil, false},
			{"", "iam:PutRolePermissionsBoundary", iam + "role/platform-preview", nil, false},
			{"", "iam:CreatePolicyVersion", iam + "policy/platform-deploy-identity", nil, false},
			{"", "iam:UpdateOpenIDConnectProviderThumbprint", iam + "oidc-provider/token.actions.githubusercontent.com", nil, false},
			{"", "iam:DeleteRolePermissionsBoundary", iam + "role/production-fleet", nil, false},
			{"", "sts:AssumeRole", iam + "role/admin", nil, role.Name != permissions.Build && role.Name != permissions.PipelineEC2},
			{"", "cloudtrail:StopLogging", "*", nil, false},
			{"", "organizations:LeaveOrganization", "*", nil, false},
		} {
			// A boundary of actions caps what is done, and not to what: that a role may assume
			// only some is its policies' to say, and the trust of the others.
			assert.Equal(t, q.want, mayRequest(role, q), "%s: %s", role.Name, q.action)
		}
	}
}

func TestWorkloadsCanGrantNothing(t *testing.T) {
	boundary := permissions.Workload(place())
	needed := []string{"iam:CreateServiceLinkedRole", "iam:PassRole", "kms:CreateGrant"}
	for _, action := range permissions.Granting() {
		assert.Equal(t, slices.Contains(needed, action), passes(boundary, action), action)
	}
	workload := permissions.Role{Boundary: boundary, Policies: []permissions.Policy{{Statements: []policy.Statement{{Effect: policy.Allow, Action: []string{"*"}, Resource: []string{"*"}}}}}}
	for _, q := range []question{
		{"", "ec2:DescribeInstances", "*", nil, true},
		{"", "iam:PassRole", iam + "role/production-fleet", nil, true},
		{"", "iam:PassRole", iam + "role/platform-deploy", nil, false},
		{"", "iam:CreateRole", iam + "role/x", nil, false},
		{"", "sts:AssumeRole", iam + "role/platform-deploy", nil, false},
		{"", "s3:GetObject", "arn:aws:s3:::example-state/.pulumi/stacks/platform/production.json", nil, false},
		{"", "s3:GetObject", "arn:aws:s3:::production-deployments-111111111111/x", nil, true},
		{"", "kms:Decrypt", "arn:aws:kms:us-east-1:111111111111:key/state", nil, false},
		{"", "organizations:LeaveOrganization", "*", nil, false},
	} {
		assert.Equal(t, q.want, mayRequest(workload, q), q.action)
	}
}

func TestGrantingActionsAreNamesOfActions(t *testing.T) {
	actions := permissions.Granting()
	assert.Greater(t, len(actions), 90)
	for _, action := range actions {
		assert.False(t, policy.Wildcard(action))
		assert.Len(t, strings.Split(action, ":"), 2, action)
	}
	for _, action := range []string{
		"iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:PassRole", "iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion",
		"iam:UpdateAssumeRolePolicy", "iam:DeleteRolePermissionsBoundary", "iam:CreateUser", "iam:CreateAccessKey", "sts:AssumeRole", "kms:CreateGrant",
		"kms:PutKeyPolicy", "lambda:AddPermission", "s3:PutBucketPolicy", "eks:CreateAccessEntry", "eks:AssociateAccessPolicy",
		"ecr:SetRepositoryPolicy", "secretsmanager:PutResourcePolicy", "sns:AddPermission",
	} {
		assert.Contains(t, actions, action)
	}
}
