package config

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"aws-platform/pkg/engines"
)

var openSearchRules = []rule{
	openSearchVersion, openSearchType, openSearchMasterType, openSearchMasters, openSearchZones, openSearchNodes,
	openSearchMastersProduction, openSearchZonesProduction, openSearchVolume, openSearchWindow, openSearchEncryption,
}

const openSearchPath = "data.opensearch."

func openSearchVersion(env Environment, found *Problems) {
	if env.Data.OpenSearch.Enabled {
		engineVersion(openSearchPath+"engineVersion", engines.OpenSearch, env.Data.OpenSearch.EngineVersion, env.today, found)
	}
}

// searchFamilies are the instance types with EBS volumes and all that the domain uses
// (Amazon OpenSearch Service Developer Guide, "Supported instance types"). Not among
// them: t2, which has no encryption at rest, m3 and r3, and those with instance storage.
var searchFamilies = []string{
	"t3", "m5", "m6g", "m7g", "m7i", "m8g", "c5", "c6g", "c7g", "c7i", "c8g", "r5", "r6g", "r7g", "r7i", "r8g", "or1", "or2", "om2",
}

var searchType = regexp.MustCompile(`^([a-z0-9]+)\.(?:small|medium|large|(?:[1-9][0-9]*)?xlarge)\.search$`)

func openSearchType(env Environment, found *Problems) {
	if env.Data.OpenSearch.Enabled {
		searchInstance(openSearchPath+"instanceType", env.Data.OpenSearch.InstanceType, found)
	}
}

func openSearchMasterType(env Environment, found *Problems) {
	if domain := env.Data.OpenSearch; domain.Enabled && domain.MasterNodes > 0 {
		searchInstance(openSearchPath+"masterInstanceType", domain.MasterInstanceType, found)
	}
}

func searchInstance(path, instance string, found *Problems) {
	part := searchType.FindStringSubmatch(instance)
	switch {
	case !strings.HasSuffix(instance, ".search"):
		found.add(path, quoted(instance), otherService(instance), "set one of OpenSearch Service, as in t3.medium.search")
	case part == nil || !slices.Contains(searchFamilies, part[1]):
		found.add(path, quoted(instance), "is not an instance type that has all that the domain uses",
			"set <family>.<size>.search with the family "+oneOf(searchFamilies))
	}
}

// openSearchMasters: an even number elects nobody after a split (Amazon OpenSearch
// Service Developer Guide, "Dedicated master nodes").
func openSearchMasters(env Environment, found *Problems) {
	if domain := env.Data.OpenSearch; domain.Enabled && !slices.Contains([]int{0, 3, 5}, domain.MasterNodes) {
		found.add(openSearchPath+"masterNodes", strconv.Itoa(domain.MasterNodes), "is not a number of dedicated masters that can elect one", "set 3 or 5, or 0 for none")
	}
}

func openSearchZones(env Environment, found *Problems) {
	least := leastZones
	if env.Production() {
		least = leastZonesProduction
	}
	zones := len(env.Network.Zones)
	if env.Data.OpenSearch.Enabled && zones >= least { // fewer are refused already
		between(openSearchPath+"zones", env.Data.OpenSearch.Zones, 1, min(3, zones), "is not a number of zones that the domain can have here", found)
	}
}

// openSearchNodes: with zone awareness, each zone needs as many nodes as the others, or
// a copy of every shard does not fit (Amazon OpenSearch Service Developer Guide,
// "Configuring a multi-AZ domain").
func openSearchNodes(env Environment, found *Problems) {
	domain := env.Data.OpenSearch
	if domain.Enabled && domain.Zones > 0 && (domain.DataNodes < domain.Zones || domain.DataNodes%domain.Zones != 0) {
		found.add(openSearchPath+"dataNodes", strconv.Itoa(domain.DataNodes), fmt.Sprintf("is not a multiple of the %d zones", domain.Zones),
			fmt.Sprintf("set %d or %d, for example", domain.Zones, 2*domain.Zones))
	}
}

func openSearchMastersProduction(env Environment, found *Problems) {
	if domain := env.Data.OpenSearch; domain.Enabled && env.Production() && domain.MasterNodes == 0 {
		found.add(openSearchPath+"masterNodes", "0", "leaves the data nodes to elect a master when a zone fails, and "+env.Name+" must survive that", "set 3")
	}
}

func openSearchZonesProduction(env Environment, found *Problems) {
	if domain := env.Data.OpenSearch; domain.Enabled && env.Production() && domain.Zones == 1 {
		found.add(openSearchPath+"zones", "1", "loses the domain with its zone, and "+env.Name+" must survive that", "set 3")
	}
}

// openSearchVolume: gp3 from 10 GiB; the smallest types have the smallest limits (Amazon
// OpenSearch Service Developer Guide, "EBS volume size quotas").
func openSearchVolume(env Environment, found *Problems) {
	domain := env.Data.OpenSearch
	if !domain.Enabled {
		return
	}
	most := 24576
	switch domain.InstanceType {
	case "t3.small.search":
		most = 100
	case "t3.medium.search":
		most = 200
	}
	between(openSearchPath+"volumeGib", domain.VolumeGiB, 10, most, "is not a size of a gp3 volume of "+domain.InstanceType+" in GiB", found)
}

var clockPattern = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)

func openSearchWindow(env Environment, found *Problems) {
	if domain := env.Data.OpenSearch; domain.Enabled && !clockPattern.MatchString(domain.OffPeakWindowStart) {
		found.add(openSearchPath+"offPeakWindowStart", quoted(domain.OffPeakWindowStart), "is not a time of day", `write it in UTC, as in "00:00"`)
	}
}

func openSearchEncryption(env Environment, found *Problems) {
	domain := env.Data.OpenSearch
	settled(openSearchPath+"encryptAtRest", domain.EncryptAtRest, true, "is never so: every store is encrypted with a key of its own", found)
	settled(openSearchPath+"nodeToNodeEncryption", domain.NodeToNodeEncryption, true, "is never so: fine-grained access control needs it", found)
	settled(openSearchPath+"enforceHttps", domain.EnforceHTTPS, true, "is never so: fine-grained access control needs it", found)
}
