package tests

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/account"
	"aws-platform/pkg/config"
	"aws-platform/pkg/environment"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/offline"
)

const sharedAccountID = "333333333333"

// sharedStacks records dev and staging as they are configured to live in one account, dev's.
func sharedStacks(t *testing.T) map[string]*graph.Graph {
	t.Helper()
	read := func(stack string) map[string]string {
		_, values, err := config.ReadStackFile(filepath.Join(root, offline.StackFile(stack)))
		require.NoError(t, err)
		return values
	}
	owner, dev, staging := read("account-dev"), read("dev"), read("staging")
	owner["platform-account:delivery"] = strings.Replace(owner["platform-account:delivery"], "{", `{"sharedWith": ["staging"], `, 1)
	for key, value := range staging {
		value = strings.ReplaceAll(value, "444444444444", sharedAccountID)
		staging[key] = regexp.MustCompile(`platform-(deploy|pipeline)\b`).ReplaceAllString(value, "platform-$1-staging")
	}
	recorded := map[string]*graph.Graph{}
	for stack, values := range map[string]map[string]string{"dev": dev, "staging": staging} {
		g, err := record.Run(environment.Program, record.Options{Project: config.ProjectName, Stack: stack, Config: values})
		require.NoError(t, err)
		recorded[stack] = g
	}
	g, err := record.Run(account.Program, record.Options{Project: config.AccountProjectName, Stack: "account-dev", Config: owner})
	require.NoError(t, err)
	recorded["account-dev"] = g
	return recorded
}

// nameKeys are the inputs that name a resource within an account and region.
var nameKeys = []string{"name", "bucket", "alarmName", "dashboardName", "policyName", "identifier", "clusterId", "replicationGroupId", "domainName", "userId", "configurationName"}

// unnamed are what is told by an ID, or by what it belongs to, and not by a name.
var unnamed = []string{"aws:ec2/", "aws:vpc/", "aws:route53/record:", "kubernetes:"}

// taken are the names that the resources of stacks take in an account: type, region and name.
func taken(recorded map[string]*graph.Graph) map[string][]string {
	names := map[string][]string{}
	for _, g := range recorded {
		regions := map[string]string{}
		for _, provider := range g.OfType("pulumi:providers:aws") {
			regions[provider.URN] = provider.String("region")
		}
		for _, r := range g.Resources {
			if !strings.HasPrefix(r.Type, "aws:") || hasPrefix(r.Type, unnamed) {
				continue
			}
			for _, key := range nameKeys {
				if name := r.String(key); name != "" {
					at := strings.Join([]string{r.Type, regions[r.Provider], key, name, scopeOf(r)}, " ")
					names[at] = append(names[at], r.URN)
				}
			}
		}
	}
	return names
}

func hasPrefix(text string, prefixes []string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return false
}

// scopeOf is within what a name is the only one: a policy within its role, a filter within
// its group of logs, a rule's target within the rule.
func scopeOf(r graph.Resource) string {
	var scope []string
	for _, key := range []string{"role", "logGroupName", "logGroup", "rule", "clusterName", "appName", "autoscalingGroupName", "groupName", "resourceId", "topic"} {
		scope = append(scope, r.String(key))
	}
	return strings.Join(scope, "/")
}

// Two environments in one account do not fight over what an account has once, nor over names.
func TestDevAndStagingInOneAccountTakeEachNameOnce(t *testing.T) {
	recorded := sharedStacks(t)
	names := taken(recorded)
	require.Greater(t, len(names), 200)
	for name, resources := range names {
		assert.Len(t, resources, 1, name)
	}
	for _, stack := range []string{"dev", "staging"} {
		provider, err := recorded[stack].One("pulumi:providers:aws", stack)
		require.NoError(t, err)
		assert.Equal(t, []string{sharedAccountID}, provider.Strings("allowedAccountIds"))
	}
}

// The check itself: an environment against itself takes every name twice.
func TestNamesThatTwoStacksTakeAreNoticed(t *testing.T) {
	recorded := sharedStacks(t)
	twice := taken(map[string]*graph.Graph{"dev": recorded["dev"], "staging": recorded["dev"]})
	collisions := 0
	for _, resources := range twice {
		if len(resources) > 1 {
			collisions++
		}
	}
	assert.Greater(t, collisions, 80)
}

// The roles that the shared account's stack makes are those that staging's file names.
func TestTheSharedAccountHasTheRolesOfBoth(t *testing.T) {
	recorded := sharedStacks(t)
	roles, _ := recorded["account-dev"].Outputs["roleArns"].(map[string]any)
	for _, name := range []string{"platform-deploy", "platform-deploy-staging", "platform-pipeline-staging", "platform-pipeline-ec2-staging"} {
		assert.Equal(t, "arn:aws:iam::"+sharedAccountID+":role/"+name, roles[name])
	}
	for _, role := range recorded["staging"].OfType("aws:iam/role:Role") {
		assert.Equal(t, recorded["account-dev"].Outputs["workloadBoundaryArn"], role.String("permissionsBoundary"), role.URN)
	}
}
