package config

import "slices"

// Key documents one key of the configuration.
type Key struct {
	// Path is the key; <zone>, <peer> and the like stand for a name of one's own, [] for a list's elements.
	Path string
	// Type is what the value is.
	Type string
	// Default is the value of a key that is not given; "required" if there is none.
	Default string
	// Says is what the key does.
	Says string
	// Refused is what is not accepted, beside a value of another type.
	Refused string
}

const required = "required"

// Reference lists every key of an environment's stack file. A key is documented
// here and nowhere else; docs/configuration.md is written from it.
func Reference() []Key {
	return slices.Concat(awsKeys(), networkKeys(), accessKeys(), computeKeys(), fleetKeys(), releaseKeys(),
		postgresqlKeys(), valkeyKeys(), kafkaKeys(), openSearchKeys(), clusterKeys(), clusterAccessKeys(), applicationKeys(),
		observabilityKeys(), alarmKeys(), subscriptionKeys("platform:observability.subscriptions.<topic>."), logKeys(), sloKeys(), backupKeys(), costKeys(), tagKeys(ProjectName))
}

// PeeringReference lists every key of the peering stack's file.
func PeeringReference() []Key {
	keys := []Key{
		{"platform-peering:peers", "map by environment", required, "The environments that can be peered. One that the matrix does not name need not be deployed.",
			"a name that is not of lower-case letters, digits and dashes"},
		{"platform-peering:peers.<environment>.stack", "text", required, "The environment's stack in the project `platform`, or `<organization>/<project>/<stack>`.",
			"a stack under two names"},
		{"platform-peering:peers.<environment>.region", "text", required, "The environment's region.", "what is not a region's code"},
		{"platform-peering:peers.<environment>.roleArn", "text", "the shell's own credentials", "The role to assume for that side of the peering.",
			"what is not the ARN of an IAM role; a role of another partition than the region's"},
		{"platform-peering:peers.<environment>.dnsResolution", "boolean", "`true`", "Whether the public DNS names of this environment's instances resolve to private addresses for the peer. The private zones are shared either way.", ""},
		{"platform-peering:peers.<environment>.additionalRoutes", "boolean", "`true`",
			"Whether this environment's app tier gets routes to the internal load balancers of its peers. `false` closes that way; the other one stays as the peer's own key says.", ""},
		{"platform-peering:matrix", "map of lists", required, "By the environment that requests a peering, those that accept it.",
			"an environment that is not one of peers; one with itself; a pair listed twice or in both directions; more than 125 peerings of one VPC (AWS quota \"Active VPC peering connections per VPC\")"},
	}
	return append(keys, tagKeys(PeeringProjectName)...)
}

func awsKeys() []Key {
	return []Key{
		{"aws:region", "text", required, "The region.", "what is not a region's code of AWS or AWS GovCloud; AWS China, whose names the program does not write"},
		{"aws:allowedAccountIds", "list of text", required, "The one account that the environment lives in; its provider touches no other.",
			"none, or more than one; what is not twelve digits in quotes"},
		{"aws:assumeRole.roleArn", "text", "required with aws:assumeRole", "The role to deploy as. Without aws:assumeRole the shell's own credentials must do.",
			"what is not the ARN of an IAM role; a role of another account than allowedAccountIds, or of another partition than the region's"},
		{"aws:assumeRole.externalId", "text", "none", "What the role's trust policy asks for.", "what STS does not take"},
		{"aws:assumeRole.sessionName", "text", "`pulumi-<stack>`", "What CloudTrail shows.", "what STS does not take"},
		{"aws:defaultTags.tags", "map of text", "none", "Further tags of every resource.", "a tag that the platform sets; a key that begins with `aws:`; a key or value that AWS does not take"},
	}
}

func networkKeys() []Key {
	const subnet = "host bits; a size outside /16 to /28; a range outside the VPC; one that overlaps another subnet, of whatever zone"
	keys := []Key{
		{"platform:network.cidr", "IPv4 range", required, "The VPC's range.",
			"host bits; a size outside /16 to /28; what is not within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10"},
		{"platform:network.domain", "text", required, "The private domain; the VPC's zone is `<environment>.<domain>`.", "what is not a domain name in lower case, of two labels or more"},
		{"platform:network.natGateways", "`perZone` or `single`", required, "A NAT gateway in each zone, or one for all.", "`single` in production and production-pci"},
		{"platform:network.natGatewayZone", "text", "required with `single`", "The zone of the single NAT gateway, pinned so that a new zone cannot move it.",
			"what is not one of zones; any value with `perZone`"},
		{"platform:network.zones", "map by availability zone", required, "The subnets. Adding, removing or reordering zones touches no other.",
			"what is not an availability zone of the region; fewer than two, in production and production-pci fewer than three"},
		{"platform:network.zones.<zone>.public", "IPv4 range", required, "The subnet of internet-facing load balancers and the NAT gateway.", subnet},
		{"platform:network.zones.<zone>.loadbalancer", "IPv4 range", required, "The subnet of internal load balancers.", subnet},
		{"platform:network.zones.<zone>.app", "IPv4 range", required, "The subnet of instances, nodes and pods.", subnet},
		{"platform:network.zones.<zone>.data", "IPv4 range", required, "The subnet of databases, caches, brokers and search.", subnet},
		{"platform:network.interfaceEndpoints", "list of text", "none", "AWS services that are reached by an interface endpoint, by short name (`ssm`, `ecr.api`).",
			"what is not a short name; `s3` and `dynamodb`, which have gateway endpoints always; a duplicate"},
	}
	keys = append(keys, Key{
		"platform:network.rulesPerNetworkAcl", "whole number", "`20`", "The account's quota \"Rules per network ACL\", which counts AWS's own last rule too. More rules are refused.",
		"less than 20 or more than 40, which is all that AWS grants",
	})
	return append(keys, peerKeys()...)
}

func peerKeys() []Key {
	const subnet = "host bits; a size outside /16 to /28; a range outside the peer's; one that overlaps another of the peer"
	return []Key{
		{"platform:network.peers", "map by environment", "none", "The environments that may be peered. The network ACLs deny them but for the zones named here.",
			"what is not an environment; the environment itself"},
		{"platform:network.peers.<environment>.ruleIndex", "whole number", required, "The peer's place among the rule numbers of the network ACLs. Never change it.", "what is not from 0 to 39; the index of another peer"},
		{"platform:network.peers.<environment>.cidr", "IPv4 range", required, "The range of the peer's VPC.",
			"host bits; a size outside /16 to /28; a public range; one that overlaps the VPC or another peer"},
		{"platform:network.peers.<environment>.zones", "map by availability zone", "none", "The peer's subnets that take part.", "what is not an availability zone; zones of two regions"},
		{"platform:network.peers.<environment>.zones.<zone>.app", "IPv4 range", required, "The peer's app subnet, which may call our internal load balancers.", subnet},
		{"platform:network.peers.<environment>.zones.<zone>.loadbalancer", "IPv4 range", required, "The peer's loadbalancer subnet, which our app tier may call.", subnet},
	}
}

func accessKeys() []Key {
	return []Key{
		{"platform:access.devopsIpRanges", "list of IP ranges", "none",
			"The public ranges from which administrators come. They may reach the test listener of the public load balancer (8443) and, with adminPorts, 22 and 3389 of the app tier. Session Manager needs none.",
			"`0.0.0.0/0` and `::/0`; wider than /16 (IPv4) or /32 (IPv6); host bits; a private or reserved range; a duplicate"},
		{"platform:access.adminPorts", "boolean", "`false`", "Whether 22 and 3389 of the app tier are open to devopsIpRanges.",
			"`true` in production-pci, without a range, or with more than 29, which are 58 of the 60 rules of a security group"},
	}
}

func tagKeys(project string) []Key {
	const refused = "an empty text; what AWS does not take in a tag"
	return []Key{
		{project + ":tags.project", "text", required, "The tag Project of every resource.", refused},
		{project + ":tags.costCenter", "text", required, "The tag CostCenter of every resource.", refused},
		{project + ":tags.dataClassification", "text", required, "The tag DataClassification of every resource: the most sensitive data there.", refused},
		{project + ":tags.owner", "text", required, "The tag Owner of every resource: the team to call.", refused},
	}
}
