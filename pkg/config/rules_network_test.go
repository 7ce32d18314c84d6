package config

const (
	baseNAT       = "natGateways: perZone"
	baseEndpoints = "interfaceEndpoints: [ssm, ecr.api]"
	notAService   = ": is not the short name of a service: write what follows com.amazonaws.<region>, as in ssm or ecr.api"
	atNoCharge    = ": has a gateway endpoint in every environment already, at no charge: remove it"
	survive       = "takes every zone's way out with it when its zone fails, and "
	notAQuota     = `: is not a quota that an account can have: write the account's quota "Rules per network ACL", 20 to 40`
)

var natCases = []ruleCase{
	{
		rule: "natMode", old: baseNAT, wrong: "natGateways: two", right: baseNAT,
		lines: []string{`network.natGateways: two: is not a number of NAT gateways that the platform knows: set perZone or single`},
	},
	{
		rule: "natMode", old: "    " + baseNAT + "\n", wrong: "", right: "    " + baseNAT + "\n",
		lines: []string{`network.natGateways: none: is required: set perZone or single`},
	},
	{
		rule: "natSingleInProduction", old: baseNAT, wrong: "natGateways: single\n    natGatewayZone: us-east-1a", right: baseNAT,
		lines: []string{`network.natGateways: single: ` + survive + `production must survive that: set perZone`},
	},
	{
		rule: "natSingleInProduction", stack: ProductionPCI, old: baseNAT, wrong: "natGateways: single\n    natGatewayZone: us-east-1a", right: baseNAT,
		lines: []string{`network.natGateways: single: ` + survive + `production-pci must survive that: set perZone`},
	},
	{
		rule: "natZone", stack: Dev, old: baseNAT, wrong: "natGateways: single", right: "natGateways: single\n    natGatewayZone: us-east-1b",
		lines: []string{`network.natGatewayZone: none: is required: name the zone of the single NAT gateway, so that a new zone cannot move it`},
	},
	{
		rule: "natZone", stack: Dev, old: baseNAT, wrong: "natGateways: single\n    natGatewayZone: us-east-1d", right: "natGateways: single\n    natGatewayZone: us-east-1c",
		lines: []string{`network.natGatewayZone: us-east-1d: is not one of network.zones: name one of us-east-1a, us-east-1b, us-east-1c`},
	},
	{
		rule: "natZone", old: baseNAT, wrong: baseNAT + "\n    natGatewayZone: us-east-1a", right: baseNAT,
		lines: []string{`network.natGatewayZone: us-east-1a: means nothing with a NAT gateway in each zone: remove the key, or set natGateways to single`},
	},
	{
		rule: "aclQuota", old: baseNAT, wrong: baseNAT + "\n    rulesPerNetworkAcl: 19", right: baseNAT + "\n    rulesPerNetworkAcl: 40",
		lines: []string{`network.rulesPerNetworkAcl: 19` + notAQuota},
	},
	{
		rule: "aclQuota", old: baseNAT, wrong: baseNAT + "\n    rulesPerNetworkAcl: 41", right: baseNAT + "\n    rulesPerNetworkAcl: 20",
		lines: []string{`network.rulesPerNetworkAcl: 41` + notAQuota},
	},
	{
		rule: "endpointFormat", old: baseEndpoints, wrong: "interfaceEndpoints: [com.amazonaws.us-east-1.ssm]", right: "interfaceEndpoints: [kms-fips, ecr.dkr]",
		lines: []string{`network.interfaceEndpoints[0]: com.amazonaws.us-east-1.ssm` + notAService},
	},
	{
		rule: "endpointFormat", old: baseEndpoints, wrong: `interfaceEndpoints: ["", SSM, ssm.]`, right: "interfaceEndpoints: []",
		lines: []string{`network.interfaceEndpoints[0]: ""` + notAService, `network.interfaceEndpoints[1]: SSM` + notAService, `network.interfaceEndpoints[2]: ssm.` + notAService},
	},
	{
		rule: "endpointGateway", old: baseEndpoints, wrong: "interfaceEndpoints: [ssm, s3, dynamodb]", right: "interfaceEndpoints: [ssm, s3tables]",
		lines: []string{`network.interfaceEndpoints[1]: s3` + atNoCharge, `network.interfaceEndpoints[2]: dynamodb` + atNoCharge},
	},
	{
		rule: "endpointDuplicate", old: baseEndpoints, wrong: "interfaceEndpoints: [ssm, kms, ssm]", right: "interfaceEndpoints: [ssm, kms, ssmmessages]",
		lines: []string{`network.interfaceEndpoints[2]: ssm: is listed already, at network.interfaceEndpoints[0]: remove one`},
	},
}
