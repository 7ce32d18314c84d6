package tests

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/offline"
)

// atRest are the properties that name a customer-managed key of the environment,
// by type. A type that comes new, and holds data, gets its line here.
var atRest = map[string][]string{
	"aws:rds/instance:Instance":                         {"kmsKeyId", "masterUserSecretKmsKeyId"},
	"aws:elasticache/replicationGroup:ReplicationGroup": {"kmsKeyId"},
	"aws:msk/cluster:Cluster":                           {"encryptionInfo.encryptionAtRestKmsKeyArn"},
	"aws:opensearch/domain:Domain":                      {"encryptAtRest.kmsKeyId"},
	"aws:backup/vault:Vault":                            {"kmsKeyArn"},
	"aws:sns/topic:Topic":                               {"kmsMasterKeyId"},
	"aws:cloudwatch/logGroup:LogGroup":                  {"kmsKeyId"},
}

// always are the properties that a type has, whatever is configured; nil is absent.
var always = map[string]map[string]any{
	"aws:rds/instance:Instance": {
		"storageEncrypted": true, "publiclyAccessible": false, "iamDatabaseAuthenticationEnabled": true,
		"manageMasterUserPassword": true, "copyTagsToSnapshot": true, "password": nil,
	},
	"aws:elasticache/replicationGroup:ReplicationGroup": {
		"atRestEncryptionEnabled": true, "transitEncryptionEnabled": true, "transitEncryptionMode": "required", "authToken": nil,
	},
	"aws:msk/cluster:Cluster": {
		"encryptionInfo.encryptionInTransit.clientBroker": "TLS", "encryptionInfo.encryptionInTransit.inCluster": true,
		"clientAuthentication.unauthenticated": false, "clientAuthentication.sasl.iam": true,
		"clientAuthentication.sasl.scram": nil, "clientAuthentication.tls": nil,
	},
	"aws:opensearch/domain:Domain": {
		"encryptAtRest.enabled": true, "nodeToNodeEncryption.enabled": true,
		"domainEndpointOptions.enforceHttps": true, "domainEndpointOptions.tlsSecurityPolicy": "Policy-Min-TLS-1-2-PFS-2023-10",
		"advancedSecurityOptions.enabled": true, "advancedSecurityOptions.internalUserDatabaseEnabled": false,
	},
	"aws:kms/key:Key": {"enableKeyRotation": true, "deletionWindowInDays": float64(30)},
}

// protected are the types of which Pulumi deletes none.
var protected = []string{
	"aws:rds/instance:Instance", "aws:elasticache/replicationGroup:ReplicationGroup", "aws:msk/cluster:Cluster",
	"aws:opensearch/domain:Domain", "aws:backup/vault:Vault", "aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey",
}

// weaknesses says where the stores of an environment are less than they must be.
func weaknesses(g *graph.Graph) []string {
	var found []string
	for _, r := range g.Resources {
		for _, property := range atRest[r.Type] {
			if !ownKey(g, r.String(property)) {
				found = append(found, fmt.Sprintf("%s: %s: no key of the environment", r.Name, property))
			}
		}
		for property, want := range always[r.Type] {
			if is, _ := r.Lookup(property); is != want {
				found = append(found, fmt.Sprintf("%s: %s: %v", r.Name, property, is))
			}
		}
		if slices.Contains(protected, r.Type) && !r.Protect {
			found = append(found, r.Name+": is not protected")
		}
	}
	return append(found, misplaced(g)...)
}

// ownKey tells whether an ARN is that of a customer-managed key of the graph.
func ownKey(g *graph.Graph, arn string) bool {
	return slices.ContainsFunc(g.Select(func(r graph.Resource) bool {
		return r.Type == "aws:kms/key:Key" || r.Type == "aws:kms/replicaKey:ReplicaKey"
	}), func(key graph.Resource) bool { return arn != "" && key.Outputs["arn"] == arn })
}

// places are where the stores' interfaces are: by type, the property with the subnets.
var places = map[string]string{
	"aws:rds/subnetGroup:SubnetGroup":         "subnetIds",
	"aws:elasticache/subnetGroup:SubnetGroup": "subnetIds",
	"aws:msk/cluster:Cluster":                 "brokerNodeGroupInfo.clientSubnets",
	"aws:opensearch/domain:Domain":            "vpcOptions.subnetIds",
}

// misplaced are the stores that have an interface outside the data tier.
func misplaced(g *graph.Graph) []string {
	var found []string
	for typ, property := range places {
		for _, r := range g.OfType(typ) {
			subnets := r.Strings(property)
			if len(subnets) == 0 {
				found = append(found, r.Name+": is in no subnet")
			}
			for _, id := range subnets {
				if subnet, known := g.ByID("aws:ec2/subnet:Subnet", id); !known || subnet.String("tags.Tier") != "data" {
					found = append(found, r.Name+": is outside the data tier: "+id)
				}
			}
		}
	}
	return found
}

func TestEveryStoreIsEncryptedPrivateAndProtected(t *testing.T) {
	for _, name := range config.EnvironmentNames() {
		g, err := offline.Environment(root, name)
		require.NoError(t, err)
		for typ := range places {
			assert.Len(t, g.OfType(typ), 1, "%s: %s", name, typ)
		}
		assert.Empty(t, weaknesses(g), name)
	}
}

// What the property above would say of a graph with one thing changed.
func TestAWeaknessIsFound(t *testing.T) {
	whole, err := offline.Environment(root, config.Production)
	require.NoError(t, err)
	for typ, properties := range always {
		for property := range properties {
			t.Run(typ+" "+property, func(t *testing.T) {
				found := weaknesses(changed(whole, typ, func(r *graph.Resource) { set(r, property, "another") }))
				assert.Contains(t, strings.Join(found, "\n"), ": "+property+": another")
			})
		}
	}
	for typ, properties := range atRest {
		for _, property := range properties {
			t.Run(typ+" "+property, func(t *testing.T) {
				found := weaknesses(changed(whole, typ, func(r *graph.Resource) { set(r, property, "arn:aws:kms:us-east-1:111111111111:key/another") }))
				assert.Contains(t, strings.Join(found, "\n"), ": "+property+": no key of the environment")
			})
		}
	}
	for _, typ := range protected {
		found := weaknesses(changed(whole, typ, func(r *graph.Resource) { r.Protect = false }))
		assert.Contains(t, strings.Join(found, "\n"), ": is not protected", typ)
	}
	app := whole.Select(func(r graph.Resource) bool {
		return r.Type == "aws:ec2/subnet:Subnet" && r.String("tags.Tier") == "app"
	})[0]
	for typ, property := range places {
		found := weaknesses(changed(whole, typ, func(r *graph.Resource) { set(r, property, []any{app.ID}) }))
		assert.Contains(t, strings.Join(found, "\n"), ": is outside the data tier: "+app.ID, typ)
	}
}

// changed is the graph with every resource of a type changed.
func changed(g *graph.Graph, typ string, change func(*graph.Resource)) *graph.Graph {
	other := *g
	other.Resources = slices.Clone(g.Resources)
	for i := range other.Resources {
		if other.Resources[i].Type == typ {
			change(&other.Resources[i])
		}
	}
	return &other
}

// set puts a value at a path of a resource's inputs and outputs, and leaves the original alone.
func set(r *graph.Resource, path string, value any) {
	r.Inputs, r.Outputs = with(r.Inputs, strings.Split(path, "."), value), with(r.Outputs, strings.Split(path, "."), value)
}

func with(tree map[string]any, path []string, value any) map[string]any {
	tree = maps.Clone(tree)
	if tree == nil {
		tree = map[string]any{}
	}
	if len(path) == 1 {
		tree[path[0]] = value
		return tree
	}
	below, _ := tree[path[0]].(map[string]any)
	tree[path[0]] = with(below, path[1:], value)
	return tree
}
