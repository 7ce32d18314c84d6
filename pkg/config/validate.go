package config

import "slices"

// A rule looks at one thing that can be wrong with an environment. It says
// nothing of a value that is not there; the rule that requires the value does.
type rule func(env Environment, found *Problems)

var environmentRules = slices.Concat(
	placeRules, dataRules, postgresqlRules, valkeyRules, kafkaRules, openSearchRules, backupRules,
	clusterRules, clusterAccessRules, nodeGroupRules, applicationRules,
	alarmRules, subscriptionRules, logRules, costRules, sloRules,
)

// placeRules are those of the account, the network, the load balancers and the fleet.
var placeRules = []rule{
	knownEnvironment,
	regionFormat, oneAccount, accountFormat, roleFormat, rolePartition, roleAccount, roleSession, defaultTagKeys, defaultTagText,
	vpcRequired, vpcHostBits, vpcSize, vpcPrivate,
	domainFormat,
	zoneOfRegion, zoneCount, tierRequired, subnetHostBits, subnetSize, subnetInside, subnetOverlap,
	natMode, natSingleInProduction, natZone, aclQuota,
	endpointFormat, endpointGateway, endpointDuplicate,
	peerName, peerRuleIndex, peerRuleIndexUnique, peerRequired, peerHostBits, peerSize, peerPrivate, peerOverlap,
	peerZoneName, peerSubnetInside, peerSubnetOverlap,
	devopsRequired, devopsHostBits, devopsWorld, devopsWide, devopsPrivate, devopsDuplicate,
	adminPortsPCI, adminPortsRanges,
	certificateOrDomain, computeDomainFormat, computeDomainPublic, computeDomainHidden, certificateNameLength, publicZoneFormat, publicZoneUse,
	certificateFormat, certificateService, certificatePartition, certificateRegion, certificateAccount, internalCertificate, internalCertificateUse,
	applicationPortReserved, applicationPortRange, applicationPortEphemeral, healthCheckPath,
	internetRequired, internetSource, internetPrefixList, internetIPv4, internetHostBits, internetPrivate, internetOverlap,
	idleTimeout, rateLimit,
	instanceTypeRequired, instanceTypeFormat, instanceTypeDuplicate, instanceTypeCount, instanceTypeArchitecture, imageParameterFormat, imageArchitecture,
	rootVolume, fleetSizes, fleetOrder, fleetProduction, spotShare, spotProduction, cpuTarget, requestsTarget,
	approverRequired, approverFormat, approverPartition, approverAccount, approverDeploys, approverDuplicate, approverCount, approvalWindow, keepWindow,
	tagRequired,
}

// Validate returns everything that is wrong with the environment, sorted.
func (e Environment) Validate() Problems {
	var found Problems
	for _, rule := range environmentRules {
		rule(e, &found)
	}
	return found.sorted()
}
