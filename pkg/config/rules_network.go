package config

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

const (
	natPath     = "network.natGateways"
	natZonePath = "network.natGatewayZone"
)

func natMode(env Environment, found *Problems) {
	switch mode := env.Network.NATGateways; mode {
	case NATPerZone, NATSingle:
	case "":
		found.missing(natPath, "set perZone or single")
	default:
		found.add(natPath, quoted(string(mode)), "is not a number of NAT gateways that the platform knows", "set perZone or single")
	}
}

func natSingleInProduction(env Environment, found *Problems) {
	if env.Production() && env.Network.NATGateways == NATSingle {
		found.add(natPath, string(NATSingle), "takes every zone's way out with it when its zone fails, and "+env.Name+" must survive that", "set perZone")
	}
}

// natZone pins the single NAT gateway, and keeps the key away where it means nothing.
func natZone(env Environment, found *Problems) {
	zone := env.Network.NATGatewayZone
	_, known := env.Network.Zones[zone]
	switch env.Network.NATGateways {
	case NATSingle:
		if zone == "" {
			found.missing(natZonePath, "name the zone of the single NAT gateway, so that a new zone cannot move it")
		} else if !known && env.Network.Zones != nil {
			found.add(natZonePath, quoted(zone), "is not one of network.zones", "name one of "+strings.Join(env.Network.ZoneNames(), ", "))
		}
	case NATPerZone:
		if zone != "" {
			found.add(natZonePath, quoted(zone), "means nothing with a NAT gateway in each zone", "remove the key, or set natGateways to single")
		}
	}
}

// The quota "Rules per network ACL" of an account: what every account has, and
// the most that AWS grants.
const (
	leastACLRules = 20
	mostACLRules  = 40
)

func aclQuota(env Environment, found *Problems) {
	if quota := env.Network.RulesPerNetworkACL; quota < leastACLRules || quota > mostACLRules {
		found.add("network.rulesPerNetworkAcl", strconv.Itoa(quota), "is not a quota that an account can have",
			fmt.Sprintf("write the account's quota \"Rules per network ACL\", %d to %d", leastACLRules, mostACLRules))
	}
}

// endpointPattern is the name of a service behind com.amazonaws.<region>.
var endpointPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$`)

func endpointPath(i int) string { return "network.interfaceEndpoints[" + strconv.Itoa(i) + "]" }

func endpointFormat(env Environment, found *Problems) {
	for i, service := range env.Network.InterfaceEndpoints {
		if !endpointPattern.MatchString(service) || strings.HasPrefix(service, "com.amazonaws.") || strings.HasPrefix(service, "cn.com.amazonaws.") {
			found.add(endpointPath(i), quoted(service), "is not the short name of a service", "write what follows com.amazonaws.<region>, as in ssm or ecr.api")
		}
	}
}

func endpointGateway(env Environment, found *Problems) {
	for i, service := range env.Network.InterfaceEndpoints {
		if service == "s3" || service == "dynamodb" {
			found.add(endpointPath(i), service, "has a gateway endpoint in every environment already, at no charge", "remove it")
		}
	}
}

func endpointDuplicate(env Environment, found *Problems) {
	noneTwice(env.Network.InterfaceEndpoints, endpointPath, found)
}
