package verify

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Dev has one NAT gateway for all zones, and must leave by that and no other.
func TestOneNATGatewayServesEveryZoneOfDev(t *testing.T) {
	n := soundNetwork("production", "production-pci", Peering{})
	n.Environment = "dev"
	for i := range n.RouteTables {
		for j := range n.RouteTables[i].Routes {
			if n.RouteTables[i].Routes[j].NatGatewayId != "" {
				n.RouteTables[i].Routes[j].NatGatewayId = "nat-us-east-1a"
			}
		}
	}
	_, findings := ownNAT(n)
	assert.Empty(t, findings)
	n.table("rtb-app-us-east-1b").Routes[1].NatGatewayId = "nat-us-east-1b"
	_, findings = ownNAT(n)
	assert.Len(t, findings, 1)
}
