package tests

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/delivery/permissions"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/offline"
	"aws-platform/pkg/policy"
	"aws-platform/pkg/policy/policytest"
)

// identityPolicies are the types whose document says what a principal may do.
var identityPolicies = []string{"aws:iam/policy:Policy", "aws:iam/rolePolicy:RolePolicy"}

func statementsOf(t *testing.T, document string) []policy.Statement {
	t.Helper()
	var read struct{ Statement []policy.Statement }
	require.NoError(t, json.Unmarshal([]byte(document), &read))
	return read.Statement
}

// wildcards are the actions of a document that are a pattern which an action that grants matches.
func wildcards(statements []policy.Statement) []string {
	var found []string
	for _, statement := range statements {
		for _, action := range statement.Action {
			grants := slices.ContainsFunc(permissions.Granting(), func(granting string) bool { return policy.Matches(action, granting) })
			if statement.Effect == policy.Allow && policy.Wildcard(action) && grants {
				found = append(found, action)
			}
		}
	}
	return found
}

// unbounded are the actions of a document that grant, on everything and without a condition.
func unbounded(statements []policy.Statement) []string {
	var found []string
	for _, statement := range statements {
		if statement.Effect == policy.Allow && slices.Contains(statement.Resource, "*") && len(statement.Condition) == 0 {
			for _, action := range statement.Action {
				if slices.Contains(permissions.Granting(), action) {
					found = append(found, action)
				}
			}
		}
	}
	return found
}

// boundaries are the documents that are a role's permissions boundary: they cap, and allow
// nothing by themselves. That they let nothing pass that grants is asked in pkg/delivery/permissions.
func isBoundary(name string) bool { return strings.HasSuffix(name, "-boundary") }

func graphs(t *testing.T) map[string]*graph.Graph {
	t.Helper()
	all := map[string]*graph.Graph{}
	for _, stack := range append(config.EnvironmentNames(), offline.AccountStacks()...) {
		g, err := offline.Graph(root, stack)
		require.NoError(t, err)
		all[stack] = g
	}
	return all
}

// withoutLevel are actions that grant and that IAM knows on everything alone. Policies of
// CloudWatch Logs let AWS's services write logs, and nobody read.
var withoutLevel = []string{"logs:PutResourcePolicy"}

func TestNoPolicyAllowsByAWildcardWhatGrants(t *testing.T) {
	seen := 0
	for stack, g := range graphs(t) {
		for _, typ := range identityPolicies {
			for _, r := range g.OfType(typ) {
				statements := statementsOf(t, r.String("policy"))
				require.NotEmpty(t, statements, r.URN)
				seen++
				if isBoundary(r.String("name")) {
					continue
				}
				assert.Empty(t, wildcards(statements), "%s: %s", stack, r.Name)
				for _, action := range unbounded(statements) {
					assert.Contains(t, withoutLevel, action, "%s: %s: on everything, without a condition", stack, r.Name)
				}
			}
		}
	}
	assert.Greater(t, seen, 100)
}

func TestWildcardsThatGrantAreNoticed(t *testing.T) {
	statement := func(effect, action, resource string) []policy.Statement {
		return []policy.Statement{{Effect: effect, Action: []string{action}, Resource: []string{resource}}}
	}
	for _, action := range []string{"*", "iam:*", "iam:Create*", "iam:*Role", "iam:Pass?ole", "sts:*", "kms:*", "kms:Create*", "s3:Put*", "IAM:PUT*", "eks:*", "sns:Add*"} {
		assert.NotEmpty(t, wildcards(statement(policy.Allow, action, "arn:x")), action)
		assert.Empty(t, wildcards(statement(policy.Deny, action, "arn:x")), action)
	}
	for _, action := range []string{"iam:CreateRole", "ec2:Describe*", "s3:Get*", "iam:Get*", "kms:GenerateDataKey*"} {
		assert.Empty(t, wildcards(statement(policy.Allow, action, "*")), action)
	}
	assert.NotEmpty(t, unbounded(statement(policy.Allow, "iam:PassRole", "*")))
	assert.Empty(t, unbounded(statement(policy.Allow, "iam:PassRole", "arn:x")))
	assert.Empty(t, unbounded(statement(policy.Allow, "ec2:RunInstances", "*")))
}

// short is a type as permissions calls it.
func short(typ string) string {
	name, isAWS := strings.CutPrefix(typ, "aws:")
	if !isAWS {
		return typ
	}
	name, _, _ = strings.Cut(name, ":")
	return name
}

// What the environments have and the role that deploys them, are held against each other.
func TestDeployKnowsEveryTypeOfTheEnvironments(t *testing.T) {
	found := map[string]bool{}
	for stack, g := range graphs(t) {
		if offline.IsAccount(stack) {
			continue
		}
		for _, r := range g.Resources {
			if strings.HasPrefix(r.Type, "aws:") || r.Type == "eks:index:Cluster" {
				found[short(r.Type)] = true
			}
		}
	}
	require.Greater(t, len(found), 80)
	known := permissions.DeployedTypes()
	for typ := range found {
		assert.Contains(t, known, typ, "an environment has one, and platform-deploy could not make it: add it to a need in pkg/delivery/permissions")
	}
	for _, typ := range known {
		assert.Contains(t, found, typ, "platform-deploy may make one, and no environment has any: remove it")
	}
	assert.Len(t, slices.Compact(slices.Sorted(slices.Values(known))), len(known), "a type is listed twice")
}

// deployAllows asks the recorded policies of an account's deploying role.
func deployAllows(g *graph.Graph, request policytest.Request) bool {
	allowed := false
	for _, r := range g.OfType("aws:iam/policy:Policy") {
		name := r.String("name")
		if !strings.HasPrefix(name, permissions.Deploy+"-") {
			continue
		}
		answer := policytest.Ask(r.String("policy"), request)
		if answer == policytest.Denied || isBoundary(name) && answer != policytest.Allowed {
			return false
		}
		allowed = allowed || !isBoundary(name) && answer == policytest.Allowed
	}
	return allowed
}

func TestDeployMakesEveryRoleOfItsEnvironment(t *testing.T) {
	all := graphs(t)
	seen := 0
	for _, name := range config.EnvironmentNames() {
		account := all[config.AccountStackPrefix+name]
		boundary := map[string][]string{"iam:PermissionsBoundary": {account.Outputs["workloadBoundaryArn"].(string)}}
		for _, role := range all[name].OfType("aws:iam/role:Role") {
			seen++
			arn, _ := role.Outputs["arn"].(string)
			assert.True(t, deployAllows(account, policytest.Request{Action: "iam:CreateRole", Resource: arn, Context: boundary}), arn)
			assert.False(t, deployAllows(account, policytest.Request{Action: "iam:CreateRole", Resource: arn}), arn)
			for _, statement := range statementsOf(t, role.String("assumeRolePolicy")) {
				services, _ := statement.Principal.(map[string]any)
				for _, service := range policytest.Texts(services["Service"]) {
					assert.True(t, deployAllows(account, policytest.Request{
						Action: "iam:PassRole", Resource: arn, Context: map[string][]string{"iam:PassedToService": {service}},
					}), "%s to %s", arn, service)
				}
			}
		}
		for _, attachment := range all[name].OfType("aws:iam/rolePolicyAttachment:RolePolicyAttachment") {
			assert.True(t, deployAllows(account, policytest.Request{
				Action: "iam:AttachRolePolicy", Resource: "arn:aws:iam::" + strings.Split(boundary["iam:PermissionsBoundary"][0], ":")[4] + ":role/" + attachment.String("role"),
				Context: map[string][]string{"iam:PermissionsBoundary": boundary["iam:PermissionsBoundary"], "iam:PolicyARN": {attachment.String("policyArn")}},
			}), attachment.URN)
		}
	}
	assert.Greater(t, seen, 60)
}

// The stack files name roles that the accounts' stacks make.
func TestTheRolesThatStackFilesNameExist(t *testing.T) {
	all := graphs(t)
	for name, env := range environments(t) {
		roles, _ := all[config.AccountStackPrefix+name].Outputs["roleArns"].(map[string]any)
		assert.Equal(t, env.AWS.AssumeRole.RoleARN, roles[permissions.Deploy], name)
		for _, deployer := range env.Cluster.Access.Deployer {
			assert.Equal(t, deployer, roles[permissions.Pipeline], name)
		}
		account, err := offline.Graph(root, config.AccountStackPrefix+name)
		require.NoError(t, err)
		provider, err := account.One("pulumi:providers:aws", name)
		require.NoError(t, err)
		assert.Equal(t, env.AWS.AllowedAccountIDs, provider.Strings("allowedAccountIds"), "the account of %s", name)
	}
	_, values, err := config.ReadStackFile("../" + offline.StackFile(offline.PeeringStack))
	require.NoError(t, err)
	peering, err := config.DecodePeering(values)
	require.NoError(t, err)
	require.NotEmpty(t, peering.Peers)
	for name, peer := range peering.Peers {
		roles, _ := all[config.AccountStackPrefix+name].Outputs["roleArns"].(map[string]any)
		assert.Equal(t, peer.RoleARN, roles[permissions.Peering], name)
	}
}

// asked are the requests that the policies of an environment allow by themselves.
func asked(t *testing.T, g *graph.Graph) []policytest.Request {
	t.Helper()
	var requests []policytest.Request
	for _, typ := range identityPolicies {
		for _, r := range g.OfType(typ) {
			for _, statement := range statementsOf(t, r.String("policy")) {
				for _, action := range statement.Action {
					for _, resource := range statement.Resource {
						requests = append(requests, policytest.Request{Action: action, Resource: resource})
					}
				}
			}
		}
	}
	return requests
}

// Every role of an environment carries the boundary, and the boundary lets all pass that
// the roles' own policies allow.
func TestRolesOfTheEnvironmentsAreBounded(t *testing.T) {
	all := graphs(t)
	roles, requests := 0, 0
	for _, name := range config.EnvironmentNames() {
		account := all[config.AccountStackPrefix+name]
		boundary, err := account.One("aws:iam/policy:Policy", name+"-workload-boundary")
		require.NoError(t, err)
		for _, role := range all[name].OfType("aws:iam/role:Role") {
			roles++
			assert.Equal(t, account.Outputs["workloadBoundaryArn"], role.String("permissionsBoundary"), role.URN)
		}
		for _, request := range asked(t, all[name]) {
			requests++
			assert.Equal(t, policytest.Allowed, policytest.Ask(boundary.String("policy"), request), "%s: %s on %s", name, request.Action, request.Resource)
		}
	}
	assert.Greater(t, roles, 60)
	assert.Greater(t, requests, 400)
}
