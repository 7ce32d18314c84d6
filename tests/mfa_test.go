package tests

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/baseline/mfa"
	"aws-platform/pkg/policy"
	"aws-platform/pkg/policy/policytest"
)

// withoutFactor are the principals of a trust policy that are IAM users and of whom no second
// factor is asked. A whole account stands for what IAM lets there, and that asks a user for it
// by the policy of his group.
func withoutFactor(statements []policy.Statement) []string {
	var found []string
	for _, statement := range statements {
		of, _ := statement.Principal.(map[string]any)
		asked := slices.Equal(policytest.Texts(statement.Condition["Bool"]["aws:MultiFactorAuthPresent"]), []string{"true"})
		for _, principal := range policytest.Texts(of["AWS"]) {
			if strings.Contains(principal, ":user/") && !asked {
				found = append(found, principal)
			}
		}
	}
	return found
}

// A session of a role has no sign of a second factor, so that the role's trust policy is the one
// place that can ask for it, and the policy that asks is no role's (pkg/baseline/mfa).
func TestUsersComeToRolesWithASecondFactor(t *testing.T) {
	users := 0
	for stack, g := range graphs(t) {
		for _, role := range g.OfType("aws:iam/role:Role") {
			document := role.String("assumeRolePolicy")
			assert.Empty(t, withoutFactor(statementsOf(t, document)), "%s: %s", stack, role.Name)
			users += strings.Count(document, ":user/")
		}
		for _, attached := range g.OfType("aws:iam/rolePolicyAttachment:RolePolicyAttachment") {
			assert.NotContains(t, attached.String("policyArn"), mfa.PolicyName, "%s: %s: would be denied everything", stack, attached.Name)
		}
	}
	assert.GreaterOrEqual(t, users, 4, "break-glass of each environment")
}

func TestUsersWithoutASecondFactorAreNoticed(t *testing.T) {
	statement := func(principal, operator, value string) []policy.Statement {
		return []policy.Statement{{
			Effect: policy.Allow, Principal: map[string]any{"AWS": []any{principal}}, Action: []string{"sts:AssumeRole"},
			Condition: policy.Condition{operator: {"aws:MultiFactorAuthPresent": value}},
		}}
	}
	const user = "arn:aws:iam::111111111111:user/jane"
	assert.Empty(t, withoutFactor(statement(user, "Bool", "true")))
	assert.Empty(t, withoutFactor(statement("arn:aws:iam::111111111111:role/x", "Bool", "false")))
	assert.Equal(t, []string{user}, withoutFactor(statement(user, "Bool", "false")))
	assert.Equal(t, []string{user}, withoutFactor(statement(user, "BoolIfExists", "true")), "an access key has no such sign")
	assert.Equal(t, []string{user}, withoutFactor(statement(user, "Null", "false")))
}
