package config

// dataCase puts keys into platform:data, and backupCase into platform:backup.
func dataCase(rule, wrong, right string, lines ...string) ruleCase {
	return ruleCase{rule: rule, old: "platform:data: {}", wrong: "platform:data: {" + wrong + "}", right: "platform:data: {" + right + "}", lines: lines}
}

func backupCase(rule, wrong, right string, lines ...string) ruleCase {
	return ruleCase{rule: rule, old: "platform:backup: {}", wrong: "platform:backup: {" + wrong + "}", right: "platform:backup: {" + right + "}", lines: lines}
}

var storeCases = []ruleCase{
	{rule: "storeMultiAZZones", old: baseZones, wrong: oneZone, right: baseZones, lines: []string{
		"data.postgresql.multiAz: true: needs two zones, and network.zones has 1: add a zone, or set false",
		"data.valkey.multiAz: true: needs two zones, and network.zones has 1: add a zone, or set false",
		"network.zones: 1 zones: is fewer than the 3 that production needs: add zones, each with its own subnets",
	}},
	dataCase("storePort", "postgresql: {port: 1149}", "postgresql: {port: 1150}",
		"data.postgresql.port: 1149: is not a port that the service takes: set 1150 to 65535"),
	dataCase("storePort", "postgresql: {port: 65536}", "postgresql: {port: 65535}",
		"data.postgresql.port: 65536: is not a port that the service takes: set 1150 to 65535"),
	dataCase("storePort", "valkey: {port: 1023}", "valkey: {port: 1024}",
		"data.valkey.port: 1023: is not a port that the service takes: set 1024 to 65535"),
	dataCase("storePortCollision", "postgresql: {port: 6379}", "postgresql: {port: 6379}, valkey: {port: 6380}",
		"data.valkey.port: 6379: collides with data.postgresql.port: choose another"),
	dataCase("storePortCollision", "postgresql: {port: 6379}", "postgresql: {port: 6379, enabled: false}",
		"data.valkey.port: 6379: collides with data.postgresql.port: choose another"),
	dataCase("storePortCollision", "postgresql: {port: 8080}", "postgresql: {port: 8081}",
		"data.postgresql.port: 8080: collides with compute.applicationPort: choose another"),
	dataCase("storePortCollision", "postgresql: {port: 9098}", "postgresql: {port: 9099}",
		"data.postgresql.port: 9098: collides with Kafka's: choose another"),
	dataCase("storePortCollision", "valkey: {port: 3389}", "valkey: {port: 3390}",
		"data.valkey.port: 3389: collides with RDP's, which network ACLs deny: choose another"),
	dataCase("storePortCollision", "valkey: {port: 8443}", "valkey: {port: 8444}",
		"data.valkey.port: 8443: collides with the test listener's: choose another"),
}
