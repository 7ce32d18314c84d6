package tests

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/checklist"
	"aws-platform/pkg/config"
	"aws-platform/pkg/dataflow"
	"aws-platform/pkg/offline"
)

// withoutTLS are the flows that may be so, by how their encryption begins, and why.
var withoutTLS = map[string]string{
	"none: DNS":                           "names are no data, and the resolver speaks no TLS inside a VPC",
	"none: redirects to HTTPS":            "the load balancer answers itself and forwards nothing",
	"none: answers a fixed text":          "the load balancer answers itself and forwards nothing",
	"none: nobody listens":                "there is no listener",
	"none that is assured: e-mail":        "an alarm has no data of customers",
	"pods: TLS; fleet: none, HTTP inside": "accepted, see docs/checklist.md",
}

// unencrypted are the flows that say nothing of their encryption, or none where it must be.
func unencrypted(d *dataflow.Diagram) []string {
	var found []string
	for _, flow := range d.Flows {
		excepted := false
		for beginning := range withoutTLS {
			excepted = excepted || strings.HasPrefix(flow.Encryption, beginning)
		}
		if !excepted && !strings.Contains(flow.Encryption, "TLS") || strings.Contains(flow.Encryption, "unknown") {
			found = append(found, flow.From+" to "+flow.To+": "+flow.Protocol+": "+flow.Encryption)
		}
	}
	return found
}

func TestEveryFlowSaysHowItIsEncrypted(t *testing.T) {
	all := estate(t)
	for _, name := range config.EnvironmentNames() {
		d, err := dataflow.Of(all, name)
		require.NoError(t, err)
		assert.Greater(t, len(d.Flows), 40, name)
		assert.Empty(t, unencrypted(d), name)
		assert.Empty(t, d.Missing(), name)
		for _, flow := range d.Flows {
			assert.NotEmpty(t, flow.What, "%s: %s to %s", name, flow.From, flow.To)
			assert.NotEmpty(t, flow.To, "%s: %s", name, flow.From)
		}
	}
}

func TestAFlowWithoutEncryptionIsFound(t *testing.T) {
	all := estate(t)
	for want, change := range map[string]wrongGraph{
		"production-pci-app to production-pci-postgresql: tcp 5432: none":    {change: setting("aws:rds/parameterGroup:ParameterGroup", "parameters", []any{})},
		"production-pci-app to production-pci-valkey: tcp 6379: none":        {change: setting("aws:elasticache/replicationGroup:ReplicationGroup", "transitEncryptionMode", "preferred")},
		"production-pci-app to production-pci-kafka: tcp 9098: none":         {change: setting("aws:msk/cluster:Cluster", "encryptionInfo.encryptionInTransit.clientBroker", "PLAINTEXT")},
		"production-pci-app to production-pci-opensearch: tcp 443: none":     {change: setting("aws:opensearch/domain:Domain", "domainEndpointOptions.enforceHttps", false)},
		"production-pci-public to production-pci-app: tcp 8080: pods: none;": {change: setting("aws:lb/targetGroup:TargetGroup", "protocol", "HTTP")},
	} {
		other := checklist.Estate{}
		for stack, g := range all {
			other[stack] = g
		}
		other[pci] = change.change(all[pci])
		d, err := dataflow.Of(other, pci)
		require.NoError(t, err)
		assert.Contains(t, strings.Join(unencrypted(d), "\n"), want)
	}
}

// Where the peering leads nowhere, nobody of another environment is drawn.
func TestWithoutAPeeringRouteNoOtherEnvironmentIsDrawn(t *testing.T) {
	all := estate(t)
	peers := func(all checklist.Estate) int {
		d, err := dataflow.Of(all, pci)
		require.NoError(t, err)
		found := 0
		for _, place := range d.Places {
			if place.In == dataflow.InPeer {
				found++
			}
		}
		return found
	}
	assert.Equal(t, 2, peers(all), "production's app tier and its internal load balancer")
	all[offline.PeeringStack] = without("aws:ec2/route:Route")(all[offline.PeeringStack])
	assert.Zero(t, peers(all))
}

// Cardholder data is where the program says so, and in no other environment.
func TestOnlyProductionPCIKeepsCardholderData(t *testing.T) {
	all := estate(t)
	for _, name := range config.EnvironmentNames() {
		d, err := dataflow.Of(all, name)
		require.NoError(t, err)
		kept := 0
		for _, place := range d.Places {
			if place.Classification == "" {
				continue
			}
			kept++
			assert.Equal(t, name == config.ProductionPCI, place.Classification == dataflow.CardholderData, place.Name)
			assert.NotEqual(t, "none", place.Key, "%s: %s is encrypted", name, place.Name)
		}
		assert.Greater(t, kept, 10, name)
	}
}
