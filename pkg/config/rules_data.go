package config

import (
	"fmt"
	"strconv"
)

var dataRules = []rule{storePort, storePortCollision, storeMultiAZZones}

const (
	postgresqlPortPath = "data.postgresql.port"
	valkeyPortPath     = "data.valkey.port"
)

// The ports that the services take: RDS from 1150 (CreateDBInstance in its API
// reference), ElastiCache those without privileges.
const (
	leastPortRDS  = 1150
	highestPort   = 65535
	fewestZonesAZ = 2
)

// configuredPort is a port that is configured, of a store that is on.
type configuredPort struct {
	path        string
	port, least int
	enabled     bool
}

func configuredPorts(env Environment) []configuredPort {
	return []configuredPort{
		{postgresqlPortPath, env.Data.PostgreSQL.Port, leastPortRDS, env.Data.PostgreSQL.Enabled},
		{valkeyPortPath, env.Data.Valkey.Port, leastPort, env.Data.Valkey.Enabled},
	}
}

func storePort(env Environment, found *Problems) {
	for _, store := range configuredPorts(env) {
		if store.enabled {
			between(store.path, store.port, store.least, highestPort, "is not a port that the service takes", found)
		}
	}
}

// storePortCollision: each port means one thing in the groups and network ACLs.
func storePortCollision(env Environment, found *Problems) {
	for i, store := range configuredPorts(env) {
		taken := map[int]string{
			rdpPort: "RDP's, which network ACLs deny", KafkaPort: "Kafka's", testListenerPort: "the test listener's",
		}
		if _, refused := reservedPorts[env.Compute.ApplicationPort]; !refused {
			taken[env.Compute.ApplicationPort] = "compute.applicationPort"
		}
		for _, earlier := range configuredPorts(env)[:i] {
			if earlier.enabled {
				taken[earlier.port] = earlier.path
			}
		}
		if owner, collides := taken[store.port]; collides && store.enabled {
			found.add(store.path, strconv.Itoa(store.port), "collides with "+owner, "choose another")
		}
	}
}

// storeMultiAZZones: a standby in the same zone would be none.
func storeMultiAZZones(env Environment, found *Problems) {
	zones := len(env.Network.Zones)
	for _, store := range []struct {
		path    string
		multiAZ bool
	}{
		{"data.postgresql.multiAz", env.Data.PostgreSQL.Enabled && env.Data.PostgreSQL.MultiAZ},
		{"data.valkey.multiAz", env.Data.Valkey.Enabled && env.Data.Valkey.MultiAZ},
	} {
		if store.multiAZ && zones < fewestZonesAZ {
			found.add(store.path, "true", fmt.Sprintf("needs two zones, and network.zones has %d", zones), "add a zone, or set false")
		}
	}
}
