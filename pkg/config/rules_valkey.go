package config

import (
	"strings"

	"aws-platform/pkg/engines"
)

var valkeyRules = []rule{
	valkeyEngine, valkeyVersion, valkeyIAM, valkeyNodeType, valkeyNodes, valkeyMultiAZ, valkeyMultiAZProduction,
	valkeySnapshots, valkeyWindows, valkeyWindowsApart, valkeyEncryption,
}

const valkeyPath = "data.valkey."

func valkeyEngine(env Environment, found *Problems) {
	if cache := env.Data.Valkey; cache.Enabled && cache.Engine != defaultEngine && cache.Engine != string(engines.Redis) {
		found.add(valkeyPath+"engine", quoted(cache.Engine), "is not an engine of a replication group", "set valkey or redis")
	}
}

func valkeyVersion(env Environment, found *Problems) {
	cache := env.Data.Valkey
	if cache.Enabled && (cache.Engine == defaultEngine || cache.Engine == string(engines.Redis)) {
		engineVersion(valkeyPath+"engineVersion", engines.Engine(cache.Engine), cache.EngineVersion, env.today, found)
	}
}

// valkeyIAM: Redis OSS knows users from 6 on, and IAM authentication from 7 on (Amazon
// ElastiCache User Guide, "Authenticating with IAM").
func valkeyIAM(env Environment, found *Problems) {
	cache := env.Data.Valkey
	if cache.Enabled && cache.Engine == string(engines.Redis) && strings.HasPrefix(cache.EngineVersion, "6.") {
		found.add(valkeyPath+"engineVersion", quoted(cache.EngineVersion), "has no IAM authentication, and there are no passwords here", "set 7.0 or newer, or the engine valkey")
	}
}

// cacheTypes are the node types of the current generation (Amazon ElastiCache User Guide,
// "Supported node types").
var cacheTypes = classes{
	prefix: "cache.", example: "set one of ElastiCache, as in cache.t3.medium", owner: "ElastiCache's current generation",
	families: map[string][]string{
		"t3": burstableSizes[:3], "t4g": burstableSizes[:3],
		"m5": cacheFifth, "r5": cacheFifth,
		"m6g": upTo16, "m7g": upTo16, "r6g": upTo16, "r7g": upTo16, "c7gn": upTo16,
		"r6gd": upTo16[1:],
	},
}

// cacheFifth are the sizes of the fifth generation, which has fewer than RDS's.
var cacheFifth = []string{"large", "xlarge", "2xlarge", "4xlarge", "12xlarge", "24xlarge"}

func valkeyNodeType(env Environment, found *Problems) {
	if cache := env.Data.Valkey; cache.Enabled {
		cacheTypes.check(valkeyPath+"nodeType", cache.NodeType, found)
	}
}

// valkeyNodes: a primary and at most five replicas (Amazon ElastiCache User Guide,
// "Understanding replication").
func valkeyNodes(env Environment, found *Problems) {
	if env.Data.Valkey.Enabled {
		between(valkeyPath+"nodes", env.Data.Valkey.Nodes, 1, 6, "is not a number of nodes that a replication group has", found)
	}
}

func valkeyMultiAZ(env Environment, found *Problems) {
	if cache := env.Data.Valkey; cache.Enabled && cache.MultiAZ && cache.Nodes == 1 {
		found.add(valkeyPath+"multiAz", "true", "needs a replica to fail over to, and nodes is 1", "set nodes to 2 or more, or multiAz to false")
	}
}

func valkeyMultiAZProduction(env Environment, found *Problems) {
	if cache := env.Data.Valkey; cache.Enabled && env.Production() && !cache.MultiAZ {
		found.add(valkeyPath+"multiAz", "false", "loses the cache with its zone, and "+env.Name+" must survive that", "remove the key")
	}
}

func valkeySnapshots(env Environment, found *Problems) {
	if env.Data.Valkey.Enabled {
		between(valkeyPath+"snapshotRetentionDays", env.Data.Valkey.SnapshotRetentionDays, 0, 35, "is not a retention of snapshots", found)
	}
}

// leastWindowElastiCache is the shortest window of ElastiCache, in minutes.
const leastWindowElastiCache = 60

func valkeyWindows(env Environment, found *Problems) {
	if cache := env.Data.Valkey; cache.Enabled {
		windows(valkeyPath+"snapshotWindow", cache.SnapshotWindow, valkeyPath+"maintenanceWindow", cache.MaintenanceWindow, leastWindowElastiCache, found)
	}
}

func valkeyWindowsApart(env Environment, found *Problems) {
	if cache := env.Data.Valkey; cache.Enabled {
		windowsApart(valkeyPath+"snapshotWindow", cache.SnapshotWindow, valkeyPath+"maintenanceWindow", cache.MaintenanceWindow, found)
	}
}

func valkeyEncryption(env Environment, found *Problems) {
	settled(valkeyPath+"atRestEncryption", env.Data.Valkey.AtRestEncryption, true, "is never so: every store is encrypted with a key of its own", found)
	settled(valkeyPath+"transitEncryption", env.Data.Valkey.TransitEncryption, true, "is never so: IAM authentication needs TLS", found)
}
