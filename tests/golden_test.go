package tests

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/offline"
)

// root is the repository.
const root = ".."

// stacks are all stacks of the repository.
var stacks = []string{"dev", "staging", "production", "production-pci", offline.PeeringStack, offline.GitHubStack, "account-dev", "account-staging", "account-production", "account-production-pci"}

// deciding are the properties that decide who reaches what, as whom, and where.
var deciding = []string{
	"region", "allowedAccountIds", "assumeRole",
	"cidrBlock", "availabilityZone", "mapPublicIpOnLaunch", "vpcId", "subnetId", "subnetIds", "peerVpcId", "peerOwnerId", "peerRegion",
	"routeTableId", "defaultRouteTableId", "destinationCidrBlock", "gatewayId", "natGatewayId", "allocationId", "vpcPeeringConnectionId",
	"networkAclId", "egress", "ruleNumber", "ruleAction", "protocol", "fromPort", "toPort", "icmpType", "icmpCode",
	"securityGroupId", "securityGroupIds", "referencedSecurityGroupId", "ipProtocol", "cidrIpv4", "cidrIpv6",
	"serviceName", "vpcEndpointType", "vpcEndpointId", "privateDnsEnabled", "policy", "assumeRolePolicy",
	"enableDnsSupport", "enableDnsHostnames", "domainName", "domainNameServers", "dhcpOptionsId", "name", "vpcs", "zoneId",
	"loadBalancerType", "internal", "securityGroups", "subnets", "port", "sslPolicy", "certificateArn", "defaultActions", "loadBalancerArn",
	"enableDeletionProtection", "dropInvalidHeaderFields", "desyncMitigationMode", "accessLogs", "connectionLogs",
	"healthCheck", "targetType", "targetGroupArns", "vpcZoneIdentifiers", "minSize", "maxSize", "desiredCapacity", "suspendedProcesses",
	"mixedInstancesPolicy", "metadataOptions", "blockDeviceMappings", "networkInterfaces", "vpcSecurityGroupIds", "iamInstanceProfile", "role",
	"autoscalingGroups", "deploymentStyle", "loadBalancerInfo", "autoRollbackConfiguration", "alarmConfiguration", "alarmRule",
	"resourceArn", "redactedFields", "domain", "subjectAlternativeNames", "records", "aliases", "bucket", "versioningConfiguration",
	"blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets", "recurrence", "timeZone",
	"routes", "ingress", "requester", "accepter", "autoAccept", "trafficType", "logDestination", "logFormat", "retentionInDays", "kmsKeyId",
	"identifier", "engine", "engineVersion", "instanceClass", "multiAz", "storageEncrypted", "publiclyAccessible", "username", "dbName",
	"iamDatabaseAuthenticationEnabled", "manageMasterUserPassword", "masterUserSecretKmsKeyId", "backupRetentionPeriod", "deletionProtection",
	"caCertIdentifier", "parameters", "dbSubnetGroupName", "parameterGroupName", "skipFinalSnapshot",
	"replicationGroupId", "nodeType", "numCacheClusters", "multiAzEnabled", "atRestEncryptionEnabled", "transitEncryptionEnabled", "userGroupIds",
	"accessString", "authenticationMode", "userId", "userName", "userIds", "snapshotRetentionLimit",
	"kafkaVersion", "numberOfBrokerNodes", "brokerNodeGroupInfo", "clientAuthentication", "encryptionInfo", "serverProperties", "maxCapacity",
	"clusterConfig", "vpcOptions", "encryptAtRest", "nodeToNodeEncryption", "domainEndpointOptions", "advancedSecurityOptions", "accessPolicies",
	"policyDocument", "type", "keyId", "enableKeyRotation", "multiRegion", "kmsMasterKeyId", "kmsKeyArn", "primaryKeyArn",
	"minRetentionDays", "maxRetentionDays", "changeableForDays", "rules", "selectionTags", "policyArn",
	"endpointPrivateAccess", "endpointPublicAccess", "clusterSecurityGroup", "serviceRole", "privateSubnetIds", "publicAccessCidrs", "enabledClusterLogTypes", "encryptionConfigKeyArn",
	"principalArn", "kubernetesGroups", "accessScope", "maxSessionDuration", "namespace", "serviceAccount", "podIdentityAssociations",
	"version", "addonVersion", "configurationValues", "amiType", "capacityType", "instanceTypes", "scalingConfig", "updateConfig", "taints",
	"chart", "repositoryOpts", "values", "metadata", "spec", "roleRef", "subjects", "provisioner", "priority", "conditions", "actions",
	"permissionsBoundary", "url", "clientIdLists", "imageTagMutability", "imageScanningConfiguration", "encryptionConfigurations", "scanType", "replicationConfiguration",
	"owner", "visibility", "allowSquashMerge", "allowMergeCommit", "allowRebaseMerge", "securityAndAnalysis", "allowedActions", "allowedActionsConfig", "accessLevel", "useDefault",
	"privacy", "createDefaultMaintainer", "permission", "target", "enforcement", "bypassActors", "environment", "reviewers", "preventSelfReview", "canAdminsBypass",
	"waitTimer", "deploymentBranchPolicy", "branchPattern", "variableName",
	"alarmActions", "actionsSuppressor", "threshold", "treatMissingData", "filterPattern", "pattern", "topic", "destinationArn", "eventPattern",
	"enableLogFileValidation", "isMultiRegionTrail", "advancedEventSelectors", "rule", "recordingGroup", "standardsArn", "resourceTypes", "status",
	"minimumPasswordLength", "httpTokens", "state", "s3JobDefinition", "limitAmount", "costFilters", "notifications", "thresholdExpression",
	"scheduleExpression", "scheduleExpressionTimezone", "extendedS3Configuration", "serverSideEncryption",
}

// golden writes a graph as text: a block a resource with its URN, options and
// deciding properties; made-up IDs are replaced by the resources' names.
func golden(g *graph.Graph, others ...*graph.Graph) string {
	var names []string
	for _, of := range append(others, g) {
		for _, r := range of.Resources {
			if len(r.ID) > 8 && !adopted(r) && !isName(r) {
				names = append(names, r.ID, "<"+r.Type[strings.LastIndex(r.Type, ":")+1:]+" "+r.Name+">")
			}
		}
	}
	readable := strings.NewReplacer(names...)
	var text strings.Builder
	for _, r := range g.Resources {
		fmt.Fprintln(&text, r.URN)
		options := map[string]any{
			"parent": r.Parent, "provider": r.Provider, "protect": r.Protect, "retainOnDelete": r.RetainOnDelete,
			"deleteBeforeReplace": r.DeleteBeforeReplace, "ignoreChanges": r.IgnoreChanges, "aliases": r.Aliases, "dependsOn": r.DependsOn,
		}
		for _, name := range []string{"parent", "provider", "protect", "retainOnDelete", "deleteBeforeReplace", "ignoreChanges", "aliases", "dependsOn"} {
			if value := fmt.Sprint(options[name]); value != "" && value != "false" && value != "[]" {
				fmt.Fprintf(&text, "  [%s] %s\n", name, value)
			}
		}
		for _, name := range deciding {
			if value, has := r.Inputs[name]; has {
				encoded, _ := json.Marshal(value)
				fmt.Fprintf(&text, "  %s: %s\n", name, readable.Replace(string(encoded)))
			}
		}
	}
	return text.String()
}

// adopted tells whether a resource has its ID from another one, as the accepter
// of a peering has the connection's, and a registry its account's.
func adopted(r graph.Resource) bool {
	if strings.HasPrefix(r.Type, "aws:ecr/") {
		return true
	}
	for _, value := range r.Inputs {
		if value == r.ID {
			return true
		}
	}
	return false
}

// isName tells an ID that nobody made up: all that Kubernetes has are names, and at
// GitHub what is not a number.
func isName(r graph.Resource) bool {
	return strings.HasPrefix(r.Type, "kubernetes:") || strings.HasPrefix(r.Type, "github:") && strings.Contains(r.ID, ":")
}

func TestGolden(t *testing.T) {
	graphs := map[string]*graph.Graph{}
	var environments []*graph.Graph
	for _, stack := range stacks {
		g, err := offline.Graph(root, stack)
		require.NoError(t, err)
		graphs[stack] = g
		environments = append(environments, g)
	}
	for _, stack := range stacks {
		t.Run(stack, func(t *testing.T) {
			file := filepath.Join("testdata", stack+".golden")
			found := golden(graphs[stack], environments...)
			want, err := os.ReadFile(file)
			if os.Getenv("UPDATE_GOLDEN") != "" && string(want) != found {
				require.NoError(t, os.WriteFile(file, []byte(found), 0o600))
				t.Fatalf("%s: written anew: read its difference before you commit it, and run the tests again", file)
			}
			require.NoError(t, err)
			if report := explain(string(want), found); report != "" {
				t.Fatalf("the graph of %s is not the one in %s:\n%s\nIf all of this is meant, accept it with `make golden`.", stack, file, report)
			}
		})
	}
}

// blocks splits a golden into its resources by URN.
func blocks(text string) map[string]string {
	byURN := map[string]string{}
	urn := ""
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if strings.HasPrefix(line, "urn:") {
			urn = line
		}
		byURN[urn] += line + "\n"
	}
	return byURN
}

// explain says what a difference would do to live infrastructure.
func explain(want, found string) string {
	before, after := blocks(want), blocks(found)
	var lines []string
	for urn, block := range before {
		switch now, stays := after[urn]; {
		case !stays:
			lines = append(lines, "DELETE "+urn+"\n    a removed or renamed resource is deleted in every account that has it; a rename needs an alias")
		case now != block:
			lines = append(lines, "CHANGE "+urn+changedLines(block, now))
		}
	}
	for urn := range after {
		if _, was := before[urn]; !was {
			lines = append(lines, "CREATE "+urn)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func changedLines(before, after string) string {
	var text strings.Builder
	for _, side := range []struct{ sign, one, other string }{{"-", before, after}, {"+", after, before}} {
		for _, line := range strings.Split(strings.TrimSpace(side.one), "\n") {
			if !strings.Contains(side.other, line+"\n") {
				fmt.Fprintf(&text, "\n    %s %s", side.sign, strings.TrimSpace(line))
			}
		}
	}
	return text.String()
}

func TestExplainTeachesThatARemovedNameIsADeletion(t *testing.T) {
	want := "urn:a\n  x: 1\n  y: 2\nurn:b\n  x: 1\n"
	report := explain(want, "urn:a\n  x: 3\n  y: 2\nurn:c\n  x: 1\n")
	require.Contains(t, report, "DELETE urn:b\n    a removed or renamed resource is deleted")
	require.Contains(t, report, "CREATE urn:c")
	require.Contains(t, report, "CHANGE urn:a\n    - x: 1\n    + x: 3")
	require.Empty(t, explain(want, want))
}
