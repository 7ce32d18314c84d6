package tests

import (
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/offline"
)

// environments reads the configuration of every environment.
func environments(t *testing.T) map[string]*config.Environment {
	t.Helper()
	all := map[string]*config.Environment{}
	for _, name := range config.EnvironmentNames() {
		stack, values, err := config.ReadStackFile(filepath.Join(root, "Pulumi."+name+".yaml"))
		require.NoError(t, err)
		all[name], err = config.Decode(stack, values)
		require.NoError(t, err)
	}
	require.Len(t, all, 4)
	return all
}

func TestNoTwoEnvironmentsShareAnAddressOrAnAccount(t *testing.T) {
	all := environments(t)
	names := slices.Sorted(maps.Keys(all))
	for i, a := range names {
		for _, b := range names[i+1:] {
			assert.False(t, all[a].Network.CIDR.Overlaps(all[b].Network.CIDR), "%s and %s", a, b)
			assert.NotEqual(t, all[a].AWS.AccountID(), all[b].AWS.AccountID(), "%s and %s", a, b)
		}
	}
}

// What an environment's network ACLs believe of a peer must be what the peer is.
func TestWhatAnEnvironmentSaysOfAPeerIsTrue(t *testing.T) {
	all := environments(t)
	seen := 0
	for name, env := range all {
		for peerName, peer := range env.Network.Peers {
			seen++
			truth := all[peerName].Network
			assert.Equal(t, truth.CIDR, peer.CIDR, "%s: network.peers[%s].cidr", name, peerName)
			assert.Equal(t, truth.ZoneNames(), slices.Sorted(maps.Keys(peer.Zones)))
			for zone, subnets := range peer.Zones {
				assert.Equal(t, truth.Zones[zone].App, subnets.App, "%s: network.peers[%s].zones[%s].app", name, peerName, zone)
				assert.Equal(t, truth.Zones[zone].LoadBalancer, subnets.LoadBalancer, "%s: network.peers[%s].zones[%s].loadbalancer", name, peerName, zone)
			}
		}
	}
	assert.Equal(t, 2, seen, "production and production-pci name each other")
}

func TestDevopsRanges(t *testing.T) {
	all := environments(t)
	prefixes := func(texts ...string) (list []netip.Prefix) {
		for _, text := range texts {
			list = append(list, netip.MustParsePrefix(text))
		}
		return list
	}
	assert.ElementsMatch(t, prefixes("203.0.113.0/24", "198.51.100.0/24", "192.0.2.0/24"), all["production"].Access.DevopsIPRanges)
	assert.Equal(t, prefixes("203.0.113.0/24"), all["production-pci"].Access.DevopsIPRanges)
}

func TestEveryResourceIsOnAnExplicitProviderOfItsOwnAccount(t *testing.T) {
	all := environments(t)
	seen := 0
	for name, env := range all {
		g, err := offline.Environment(root, name)
		require.NoError(t, err)
		for _, r := range g.Resources {
			if !r.Custom || r.Type == "pulumi:providers:aws" {
				continue
			}
			seen++
			provider, known := g.ByURN(r.Provider)
			require.True(t, known, r.URN)
			assert.Equal(t, env.AWS.AllowedAccountIDs, provider.Strings("allowedAccountIds"), r.URN)
		}
	}
	assert.Greater(t, seen, 400)
}

func TestGeneratedPagesAreNotStale(t *testing.T) {
	pages, err := offline.Pages(root)
	require.NoError(t, err)
	require.NotEmpty(t, pages)
	for _, page := range pages {
		found, err := os.ReadFile(filepath.Join(root, page.Path))
		require.NoError(t, err)
		assert.Equal(t, page.Text, string(found), "%s is stale: write it anew with `make docs`", page.Path)
	}
}
