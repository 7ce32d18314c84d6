package config

import (
	"strings"
	"testing"
)

const (
	wouldIgnore = "the platform does not know it and would ignore it: "
	allKeys     = "remove it or correct its spelling (docs/configuration.md lists every key)"
	emptyValue  = ": none: is an empty value: give it a value or remove the key"
	asText      = `: is not a text: put it in quotes, as in "text"`
	asRange     = ": is not an IP range: write it in CIDR notation, as in 10.20.1.0/24"
	asList      = ": is not a list: write a list, as in [a, b]"
	asMap       = ": is not a map of keys: write keys and values below it"
	asNumber    = ": is not a whole number: write digits only, without quotes"
	noSecret    = ": [secret]: is an encrypted value; the configuration holds no secrets, so that it can be checked offline: write it in plain text, and keep a true secret in Secrets Manager"
)

var strictCases = []struct {
	reason, old, wrong string
	lines              []string
}{
	{"unknown section", "  platform:access:", "  platform:acess: {}\n  platform:access:", []string{"acess: unknown key: " + wouldIgnore +
		"remove it or correct its spelling: platform:network, platform:access, platform:compute, platform:data, platform:cluster, platform:observability, platform:backup, platform:cost, platform:tags"}},
	{"unknown key, and what was meant is missing", ", data: 10.20.22.0/24", ", Data: 10.20.22.0/24", []string{
		"network.zones[us-east-1b].Data: unknown key: " + wouldIgnore + allKeys,
		"network.zones[us-east-1b].data: none: is required: set the range of the zone's data subnet: every zone has all four tiers"}},
	{"unknown key of a section", "    domain:", "    dns: x\n    domain:", []string{"network.dns: unknown key: " + wouldIgnore + allKeys}},
	{"unknown key of a peer's zone", "app: 10.10.64.0/19", "app: 10.10.64.0/19, data: 10.10.21.0/24", []string{
		"network.peers[staging].zones[us-east-1a].data: unknown key: " + wouldIgnore + allKeys}},
	{"unknown key of the role", "    roleArn:", "    duration: 1h\n    roleArn:", []string{"aws:assumeRole.duration: unknown key: " + wouldIgnore + allKeys}},
	{"unknown key of a node group", "platform:cluster: {}", "platform:cluster: {nodeGroups: {default: {size: 3}}}", []string{
		"cluster.nodeGroups[default].size: unknown key: " + wouldIgnore + allKeys}},
	{"unknown key of an application", "platform:cluster: {}", "platform:cluster: {applications: {web: {image: registry.k8s.io/pause@sha256:0000000000000000000000000000000000000000000000000000000000000000, priority: 1, port: 80}}}", []string{
		"cluster.applications[web].port: unknown key: " + wouldIgnore + allKeys}},
	{"unknown key of an element of a list", "platform:cluster: {}", `platform:cluster: {access: {mappings: [{roleArn: "arn:aws:iam::111111111111:role/a", groups: [g], username: u}]}}`, []string{
		"cluster.access.mappings[0].username: unknown key: " + wouldIgnore + allKeys}},
	{"unknown key of an element of a list in a map", "platform:cluster: {}", "platform:cluster: {nodeGroups: {default: {taints: [{key: a, effect: NO_SCHEDULE}, {key: b, valeu: c, effect: NO_SCHEDULE}]}}}", []string{
		"cluster.nodeGroups[default].taints[1].valeu: unknown key: " + wouldIgnore + allKeys}},
	{"number for a version", "platform:cluster: {}", "platform:cluster: {version: 1.36}", []string{"cluster.version: 1.36" + asText}},
	{"text for the mappings", "platform:cluster: {}", "platform:cluster: {access: {mappings: x}}", []string{"cluster.access.mappings: x" + asList}},
	{"list for the node groups", "platform:cluster: {}", "platform:cluster: {nodeGroups: []}", []string{"cluster.nodeGroups: a list" + asMap}},
	{"text for an element of a list", "platform:cluster: {}", "platform:cluster: {access: {mappings: [x]}}", []string{"cluster.access.mappings[0]: x" + asMap}},
	{"empty application", "platform:cluster: {}", "platform:cluster: {applications: {web: null}}", []string{"cluster.applications[web]" + emptyValue}},
	{"key of the provider that nobody reads", "  aws:region:", "  aws:profile: me\n  aws:region:", []string{"aws:profile: unknown key: " +
		"would be ignored: the program uses explicit providers: remove it; set AWS_PROFILE, AWS_ENDPOINT_URL and the like in the shell"}},
	{"list for a text", "domain: example.internal", "domain: [example.internal]", []string{"network.domain: a list" + asText}},
	{"number for a text", `costCenter: "1234"`, `costCenter: 1234`, []string{"tags.costCenter: 1234" + asText}},
	{"number for an account", `["111111111111"]`, `[111111111111]`, []string{"aws:allowedAccountIds[0]: 111111111111" + asText}},
	{"text for a list", `["111111111111"]`, `"111111111111"`, []string{"aws:allowedAccountIds: 111111111111" + asList}},
	{"map for a list", "[203.0.113.0/24]", "{office: 203.0.113.0/24}", []string{"access.devopsIpRanges: a map" + asList}},
	{"list for a map", "platform:observability: {}", "platform:observability: {logs: [365]}", []string{"observability.logs: a list" + asMap}},
	{"text for a section", "platform:tags: {project: platform, costCenter: \"1234\", dataClassification: internal, owner: platform-team}", "platform:tags: x",
		[]string{"tags: x" + asMap}},
	{"text for a number", "platform:observability: {}", `platform:observability: {logs: {retentionDays: {audit: "365"}}}`, []string{auditDays + "365" + asNumber}},
	{"fraction for a whole number", "platform:observability: {}", "platform:observability: {logs: {retentionDays: {audit: 365.5}}}", []string{auditDays + "365.5" + asNumber}},
	{"boolean for a whole number", "platform:observability: {}", "platform:observability: {logs: {retentionDays: {audit: true}}}", []string{auditDays + "true" + asNumber}},
	{"every field of the SIEM", "platform:observability: {}", "platform:observability: {logs: {siem: {url: 1, secretName: production/siem, class: [audit], classes: audit}}}", []string{
		"observability.logs.siem.class: unknown key: " + wouldIgnore + allKeys, "observability.logs.siem.classes: audit: is not a list: write a list, as in [a, b]",
		"observability.logs.siem.url: 1" + asText}},
	{"no range", "data: 10.20.22.0/24", "data: 10.20.22.0", []string{"network.zones[us-east-1b].data: 10.20.22.0" + asRange}},
	{"number for a range", "data: 10.20.22.0/24", "data: 10", []string{"network.zones[us-east-1b].data: 10" + asRange}},
	{"text for a zone", "us-east-1b: {public: 10.20.2.0/24, loadbalancer: 10.20.6.0/24, app: 10.20.96.0/19, data: 10.20.22.0/24}", "us-east-1b: all",
		[]string{"network.zones[us-east-1b]: all" + asMap}},
	{"list for the zones of a peer", "us-east-1a: {app: 10.10.64.0/19, loadbalancer: 10.10.5.0/24}", "[]", []string{
		"network.peers[staging].zones: a list" + asMap}},
	{"text for a peer", "        ruleIndex: 3\n        cidr: 10.10.0.0/16\n        zones:\n          us-east-1a: {app: 10.10.64.0/19, loadbalancer: 10.10.5.0/24}\n", "        all\n",
		[]string{"network.peers[staging]: all" + asMap}},
	{"empty peer", "        ruleIndex: 3\n        cidr: 10.10.0.0/16\n        zones:\n          us-east-1a: {app: 10.10.64.0/19, loadbalancer: 10.10.5.0/24}\n", "        null\n",
		[]string{"network.peers[staging]" + emptyValue}},
	{"empty text", "domain: example.internal", "domain:", []string{"network.domain" + emptyValue}},
	{"empty range", "data: 10.20.22.0/24", "data: null", []string{"network.zones[us-east-1b].data" + emptyValue}},
	{"empty number", "ruleIndex: 3", "ruleIndex:", []string{"network.peers[staging].ruleIndex" + emptyValue}},
	{"empty list", "[203.0.113.0/24]", "", []string{"access.devopsIpRanges" + emptyValue}},
	{"empty element", "[203.0.113.0/24]", "[null]", []string{"access.devopsIpRanges[0]" + emptyValue}},
	{"unknown key of the fleet", baseName, baseName + ", fleet: {minimum: 3}", []string{"compute.fleet.minimum: unknown key: " + wouldIgnore + allKeys}},
	{"text for the fleet", baseName, baseName + ", fleet: small", []string{"compute.fleet: small" + asMap}},
	{"the fleet's own schedule of former versions", baseName, baseName + ", fleet: {schedule: {timeZone: UTC}}", []string{"compute.fleet.schedule: unknown key: " + wouldIgnore + allKeys}},
	{"text for the schedule", "platform:cost: {}", "platform:cost: {schedule: nights}", []string{"cost.schedule: nights" + asMap}},
	{"empty schedule", "platform:cost: {}", "platform:cost: {schedule: null}", []string{"cost.schedule" + emptyValue}},
	{"every field of a schedule", "platform:cost: {}", "platform:cost: {schedule: {stop: 20, start: [7], timezone: UTC}}", []string{
		"cost.schedule.start: a list" + asText, "cost.schedule.stop: 20" + asText,
		"cost.schedule.timeZone: none: is required: set an IANA time zone, as in Europe/Berlin",
		"cost.schedule.timezone: unknown key: " + wouldIgnore + allKeys}},
	{"text for an amount", "platform:cost: {}", `platform:cost: {budget: {monthlyUsd: "1300"}}`, []string{
		"cost.budget.monthlyUsd: 1300: is not a number: write digits, with a point before a fraction, without quotes"}},
	{"text for the costs", "platform:cost: {}", "platform:cost: little", []string{"cost: little" + asMap}},
	{"every field of the fleet", baseName, baseName + ", fleet: {min: three, instanceTypes: [t3.medium, 5], cpuPercent: 95}", []string{
		"compute.fleet.cpuPercent: 95" + notATarget + "10 to 90", "compute.fleet.instanceTypes[1]: 5" + asText, "compute.fleet.min: three" + asNumber}},
	{"text for a boolean", baseName, baseName + ", loadBalancer: {deletionProtection: \"no\"}", []string{
		"compute.loadBalancer.deletionProtection: no: is not a boolean: write true or false, without quotes"}},
	{"secret text", "domain: example.internal", "domain: {secure: AAAB}", []string{"network.domain" + noSecret}},
	{"secret section", "platform:tags: {project: platform, costCenter: \"1234\", dataClassification: internal, owner: platform-team}",
		"platform:tags: {secure: AAAB}", []string{"tags" + noSecret}},
	{"secret of the provider", "  aws:region: us-east-1\n", "  aws:region: {secure: AAAB}\n", []string{"aws:region" + noSecret}},
}

func TestStrict(t *testing.T) {
	for _, c := range strictCases {
		t.Run(c.reason, func(t *testing.T) {
			_, err := Decode(Production, ruleCase{rule: c.reason, old: c.old}.values(t, c.wrong))
			expect(t, err, c.lines)
		})
	}
}

// TestAllAtOnce: reading and validating report together, sorted, and nothing
// that only follows from a value that could not be read.
func TestAllAtOnce(t *testing.T) {
	text := base
	for old, wrong := range map[string]string{
		"cidr: 10.20.0.0/16":       "cidr: 10.20.0.0/16\n    sidr: 10.0.0.0/8",
		"data: 10.20.22.0/24":      "data: ten",
		"public: 10.20.3.0/24":     "public: 10.20.6.0/24",
		"natGateways: perZone":     "natGateways: single\n    natGatewayZone: us-east-1b",
		"[203.0.113.0/24]":         "[0.0.0.0/0, 10.0.0.0/16, x]",
		"owner: platform-team":     `owner: ""`,
		"app: 10.20.64.0/19, data": "app: 10.20.64.1/19, data",
	} {
		if strings.Count(text, old) != 1 {
			t.Fatalf("%q occurs %d times", old, strings.Count(text, old))
		}
		text = strings.Replace(text, old, wrong, 1)
	}
	_, err := Decode(Production, parse(t, Production, text))
	expect(t, err, []string{
		firstDevops + "0.0.0.0/0" + isWorld,
		"access.devopsIpRanges[1]: 10.0.0.0/16" + cannotCome,
		"access.devopsIpRanges[2]: x" + asRange,
		"network.natGateways: single: " + survive + "production must survive that: set perZone",
		"network.sidr: unknown key: " + wouldIgnore + allKeys,
		"network.zones[us-east-1a].app: 10.20.64.1/19: has host bits set: write 10.20.64.0/19",
		"network.zones[us-east-1b].data: ten" + asRange,
		"network.zones[us-east-1c].public: 10.20.6.0/24: overlaps network.zones[us-east-1b].loadbalancer (10.20.6.0/24)" + ownAddress,
		`tags.owner: "": is empty or missing: every resource carries this tag: give it a value`,
	})
}

// TestNothingConfigured names what a stack needs at least.
func TestNothingConfigured(t *testing.T) {
	_, err := Decode(Production, map[string]string{"pulumi:disable-default-providers": `["*"]`})
	expect(t, err, []string{
		"access: none: is required: set platform:access in the stack file",
		`aws:allowedAccountIds: none: is required: set the environment's one account, as in ["111111111111"]`,
		"aws:region: none: is required: set the region, as in us-east-1",
		"backup: none: is required: set platform:backup in the stack file",
		"cluster: none: is required: set platform:cluster in the stack file",
		"compute: none: is required: set platform:compute in the stack file",
		"cost: none: is required: set platform:cost in the stack file",
		"data: none: is required: set platform:data in the stack file",
		"network: none: is required: set platform:network in the stack file",
		"observability: none: is required: set platform:observability in the stack file",
		"tags: none: is required: set platform:tags in the stack file",
	})
}

// TestZonesUnread: a zone that is named elsewhere cannot be held against zones
// that could not be read.
func TestZonesUnread(t *testing.T) {
	network := `{"cidr":"10.0.0.0/16","domain":"example.internal","natGateways":"single","natGatewayZone":"us-east-1a","zones":"all"}`
	values := parse(t, Dev, base)
	values["platform:network"] = network
	_, err := Decode(Dev, values)
	expect(t, err, []string{"network.zones: all" + asMap})
}
