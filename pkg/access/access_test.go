package access_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"aws-platform/pkg/access"
	"aws-platform/pkg/config"
)

// question is one line of tests/testdata/access-cases.yaml.
type question struct {
	Role, Verb, Resource, Name, Namespace, Why string
	Allowed                                    *bool // an answer that is left out is none
}

func questions(t *testing.T) []question {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "tests", "testdata", "access-cases.yaml"))
	require.NoError(t, err)
	var list []question
	require.NoError(t, yaml.Unmarshal(raw, &list))
	return list
}

// allows is RBAC: a rule lets what all of its lists name, and nothing else. A rule of
// named objects lets nobody ask for all of them.
func allows(rules []access.Rule, verb, resource, object string) bool {
	resource, subresource, _ := strings.Cut(resource, "/")
	name, group, _ := strings.Cut(resource, ".")
	if subresource != "" {
		name += "/" + subresource
	}
	return slices.ContainsFunc(rules, func(rule access.Rule) bool {
		return slices.Contains(rule.APIGroups, group) && slices.Contains(rule.Resources, name) && slices.Contains(rule.Verbs, verb) &&
			(len(rule.Names) == 0 || slices.Contains(rule.Names, object))
	})
}

func TestTheRulesAnswerEveryQuestion(t *testing.T) {
	list := questions(t)
	require.GreaterOrEqual(t, len(list), 60)
	asked := map[string]int{}
	for _, q := range list {
		var got bool
		switch q.Role {
		case access.DevOps, access.BreakGlass:
			got = true // AmazonEKSClusterAdminPolicy, see TestTable
		case access.Developer:
			got = allows(access.ViewOnly(), q.Verb, q.Resource, q.Name)
		case access.Deployer: // a Role in the application's namespace
			got = q.Namespace == "web" && allows(access.Deploying("web"), q.Verb, q.Resource, q.Name)
		case "unmapped":
		default:
			t.Errorf("%+v: no such role", q)
		}
		require.NotNil(t, q.Allowed, "%+v", q)
		assert.Equal(t, *q.Allowed, got, "%+v", q)
		asked[q.Role]++
		assert.NotEmpty(t, q.Why, "%+v", q)
	}
	for role, least := range map[string]int{access.Developer: 60, access.Deployer: 20, access.DevOps: 8, access.BreakGlass: 8, "unmapped": 4} {
		assert.GreaterOrEqual(t, asked[role], least, role)
	}
}

// What no rule of either role may ever hold, whoever adds to them.
func TestNoRuleLeadsFurther(t *testing.T) {
	for _, rule := range append(access.ViewOnly(), access.Deploying("web")...) {
		for _, list := range [][]string{rule.APIGroups, rule.Resources, rule.Verbs} {
			assert.NotContains(t, list, "*", "%+v", rule)
		}
		for _, resource := range rule.Resources {
			name, subresource, _ := strings.Cut(resource, "/")
			assert.NotContains(t, []string{"secrets", "serviceaccounts", "roles", "clusterroles", "rolebindings", "clusterrolebindings"}, name)
			assert.Contains(t, []string{"", "status", "log"}, subresource, "%+v", rule)
		}
	}
	for _, rule := range access.ViewOnly() {
		for _, verb := range rule.Verbs {
			assert.Contains(t, []string{"get", "list", "watch"}, verb, "%+v", rule)
		}
	}
}

func environment(name string) config.Environment {
	return config.Environment{Name: name, AWS: config.AWS{Region: "us-east-1", AllowedAccountIDs: []string{"111111111111"}}, Cluster: config.Cluster{
		Access: config.ClusterAccess{DevOps: []string{"arn:aws:iam::111111111111:role/admins"}, Mappings: []config.ClusterMapping{
			{RoleARN: "arn:aws:iam::111111111111:role/auditors", Groups: []string{"auditors"}},
		}},
	}}
}

func TestTable(t *testing.T) {
	for name, session := range map[string]int{config.Production: 3600, config.ProductionPCI: 3600, config.Staging: 14400, config.Dev: 14400} {
		table := access.Table(environment(name))
		require.Len(t, table, 5)
		devops, developer, deployer, glass, mapped := table[0], table[1], table[2], table[3], table[4]
		assert.Equal(t, name+"-eks-devops", devops.RoleName)
		assert.Equal(t, "arn:aws:iam::111111111111:role/"+name+"-eks-devops", devops.RoleARN)
		assert.Equal(t, access.ClusterAdminPolicy, devops.Policy)
		assert.Empty(t, devops.Groups)
		assert.Equal(t, []string{"platform:developers"}, developer.Groups)
		assert.Empty(t, developer.Policy, "RBAC alone says what a developer may")
		assert.Equal(t, []string{"platform:deployers"}, deployer.Groups)
		assert.False(t, deployer.People)
		assert.Equal(t, access.ClusterAdminPolicy, glass.Policy)
		for _, mapping := range []access.Mapping{devops, developer, deployer} {
			assert.Equal(t, session, mapping.SessionSeconds, mapping.Name)
		}
		assert.Equal(t, 3600, glass.SessionSeconds)
		assert.Equal(t, []string{"auditors"}, mapped.Groups)
		assert.Empty(t, mapped.RoleName, "somebody else's role")
	}
}

func TestWhoComesByIdentityCenter(t *testing.T) {
	assert.True(t, access.ByIdentityCenter("arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Admin_0123456789abcdef"))
	assert.True(t, access.ByIdentityCenter("arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef"))
	assert.False(t, access.ByIdentityCenter("arn:aws:iam::111111111111:role/admins"))
	assert.False(t, access.ByIdentityCenter("arn:aws:iam::111111111111:role/AWSReservedSSO_Admin"), "a name alone proves nothing")
}
