package config

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"aws-platform/pkg/engines"
)

var kafkaRules = []rule{
	kafkaVersion, kafkaInstanceType, kafkaInstanceVersion, kafkaZoneCount, kafkaZoneKnown, kafkaZoneDuplicate, kafkaZonesProduction,
	kafkaBrokers, kafkaVolume, kafkaVolumeGrowth, kafkaEncryption, kafkaPublic,
}

const kafkaPath = "data.kafka."

func kafkaVersion(env Environment, found *Problems) {
	if env.Data.Kafka.Enabled {
		engineVersion(kafkaPath+"kafkaVersion", engines.Kafka, env.Data.Kafka.KafkaVersion, env.today, found)
	}
}

// smallestBroker is the one size of its family (Amazon MSK Developer Guide, "Amazon MSK broker sizes").
const smallestBroker = "kafka.t3.small"

var brokerType = regexp.MustCompile(`^kafka\.(?:m5|m7g)\.(?:large|(?:[1-9][0-9]*)?xlarge)$`)

func kafkaInstanceType(env Environment, found *Problems) {
	if !env.Data.Kafka.Enabled {
		return
	}
	broker := env.Data.Kafka.InstanceType
	switch {
	case broker == smallestBroker || brokerType.MatchString(broker):
	case strings.HasPrefix(broker, "express."):
		found.add(kafkaPath+"instanceType", quoted(broker), "is an Express broker, which has no volumes to encrypt and scale, and is of another kind of cluster", "set kafka.t3.small, kafka.m5.<size> or kafka.m7g.<size>")
	case !strings.HasPrefix(broker, "kafka."):
		found.add(kafkaPath+"instanceType", quoted(broker), otherService(broker), "set one of MSK, as in kafka.t3.small")
	default:
		found.add(kafkaPath+"instanceType", quoted(broker), "is not a broker size of MSK", "set kafka.t3.small, kafka.m5.<size> or kafka.m7g.<size>")
	}
}

// kafkaInstanceVersion: CreateCluster answered "Unsupported InstanceType" to kafka.t3.small
// with 4.1.x.kraft in September 2026; AWS documents it nowhere.
func kafkaInstanceVersion(env Environment, found *Problems) {
	cluster := env.Data.Kafka
	if cluster.Enabled && cluster.InstanceType == smallestBroker && strings.HasPrefix(cluster.KafkaVersion, "4.") {
		found.add(kafkaPath+"instanceType", smallestBroker, "does not run Kafka "+cluster.KafkaVersion, "set kafka.m5.large or larger, or a kafkaVersion of 3")
	}
}

// kafkaZoneCount: MSK spreads brokers over two or three zones.
func kafkaZoneCount(env Environment, found *Problems) {
	zones := env.Data.Kafka.Zones
	if env.Data.Kafka.Enabled && len(env.Network.Zones) >= leastZones && (len(zones) < 2 || len(zones) > 3) {
		found.add(kafkaPath+"zones", strconv.Itoa(len(zones)), "is not a number of zones that MSK spreads brokers over", "name two or three")
	}
}

func kafkaZonePath(i int) string { return kafkaPath + "zones[" + strconv.Itoa(i) + "]" }

func kafkaZoneKnown(env Environment, found *Problems) {
	if !env.Data.Kafka.Enabled {
		return
	}
	for i, zone := range env.Data.Kafka.Zones {
		if _, known := env.Network.Zones[zone]; !known {
			found.add(kafkaZonePath(i), quoted(zone), "is not one of network.zones", "name "+oneOf(env.Network.ZoneNames()))
		}
	}
}

func kafkaZoneDuplicate(env Environment, found *Problems) {
	if env.Data.Kafka.Enabled {
		noneTwice(env.Data.Kafka.Zones, kafkaZonePath, found)
	}
}

// kafkaZonesProduction: with two zones, the loss of one stops what must be written to two.
func kafkaZonesProduction(env Environment, found *Problems) {
	zones := env.Data.Kafka.Zones
	if env.Data.Kafka.Enabled && env.Production() && len(env.Network.Zones) >= leastZonesProduction && len(zones) == 2 {
		found.add(kafkaPath+"zones", "2", "stops writes when a zone fails, and "+env.Name+" must survive that", "name three")
	}
}

// mostBrokers is the quota of a cluster in KRaft mode (Amazon MSK Developer Guide, "Quota").
const mostBrokers = 60

func kafkaBrokers(env Environment, found *Problems) {
	cluster := env.Data.Kafka
	zones := len(cluster.Zones)
	if !cluster.Enabled || zones == 0 {
		return
	}
	if cluster.Brokers < zones || cluster.Brokers > mostBrokers || cluster.Brokers%zones != 0 {
		found.add(kafkaPath+"brokers", strconv.Itoa(cluster.Brokers), fmt.Sprintf("is not a multiple of the %d zones, at most %d", zones, mostBrokers),
			fmt.Sprintf("set %d, %d or %d, for example", zones, 2*zones, 3*zones))
	}
}

// mostVolume is the largest volume of a broker, in GiB.
const mostVolume = 16384

func kafkaVolume(env Environment, found *Problems) {
	if env.Data.Kafka.Enabled {
		between(kafkaPath+"volumeGib", env.Data.Kafka.VolumeGiB, 1, mostVolume, "is not a size of a broker's volume in GiB", found)
	}
}

func kafkaVolumeGrowth(env Environment, found *Problems) {
	cluster := env.Data.Kafka
	if cluster.Enabled && (cluster.MaxVolumeGiB <= cluster.VolumeGiB || cluster.MaxVolumeGiB > mostVolume) {
		found.add(kafkaPath+"maxVolumeGib", strconv.Itoa(cluster.MaxVolumeGiB), "leaves nothing to grow, or is more than a broker has",
			fmt.Sprintf("set more than %d, %d at most", cluster.VolumeGiB, mostVolume))
	}
}

func kafkaEncryption(env Environment, found *Problems) {
	if is := env.Data.Kafka.EncryptionInTransit; is != tlsOnly {
		found.add(kafkaPath+"encryptionInTransit", quoted(is), "is never so: brokers speak TLS only", "remove the key")
	}
}

func kafkaPublic(env Environment, found *Problems) {
	settled(kafkaPath+"publicAccess", env.Data.Kafka.PublicAccess, false, "is never so: the data tier has no way from or to the internet", found)
}
