package verify

import "strings"

// key changes the key of a service.
func key(service string, with func(*Key)) func(*Network) {
	return func(n *Network) {
		k := n.Stores.Keys[service]
		with(&k)
		n.Stores.Keys[service] = k
	}
}

// guardBreakages let somebody into a store, a key or a parameter.
func guardBreakages() []breakage {
	policy := func(service, old, with string) func(*Network) {
		return key(service, func(k *Key) {
			if !strings.Contains(k.Policy, old) {
				panic("the sound policy has no " + old)
			}
			k.Policy = strings.Replace(k.Policy, old, with, 1)
		})
	}
	linked := func(arn string) func(*Network) { // by a role in place of a service
		return policy("rds", `,"kms:ViaService":"rds.us-east-1.amazonaws.com"}`, `},"ArnEquals":{"aws:PrincipalArn":"`+arn+`"}`)
	}
	value := func(text string) func(*Network) { return func(n *Network) { n.Stores.Parameters[0].Value = text } }
	stores, guard, harmless := []string{storeCheck, matrixCheck}, []string{guardCheck}, []string{harmlessCheck}
	return []breakage{
		{"a database for the VPC", func(n *Network) { n.admit("data-postgresql", 5432, "10.20.0.0/16") }, stores, "ingress tcp 5432 10.20.0.0/16"},
		{"a cache for the load balancer", func(n *Network) { n.admit("data-valkey", 6379, "production-public") }, stores, "6379 production-public"},
		{"brokers without TLS", func(n *Network) { n.admit("data-kafka", 9092, "production-app") }, stores, "ingress tcp 9092"},
		{"a domain on another port", func(n *Network) { *n.securityGroup("data-opensearch").IpPermissions[0].FromPort = 80 }, stores, "ingress tcp 80 production-app"},
		{"a store that nobody reaches", func(n *Network) { n.securityGroup("data-kafka").IpPermissions = nil }, stores, "found no such rule"},
		{"a database that calls out", func(n *Network) {
			n.securityGroup("data-postgresql").IpPermissionsEgress = []Permission{{IpProtocol: "-1", IpRanges: []IPv4Peer{{anywhere, ""}}}}
		}, stores, "all 0.0.0.0/0"},
		{"a store without a group", func(n *Network) { n.securityGroup("data-valkey").Tags = nil }, stores, "production-data-valkey: found 0 of the name"},

		{"a key without its policy", key("s3", func(k *Key) { k.Policy = "" }), guard, "no statement"},
		{"a key for every account", policy("s3", `"kms:CallerAccount":"111111111111",`, ""), guard, "allows * without"},
		{"a key for another account", policy("s3", `"kms:CallerAccount":"111111111111"`, `"kms:CallerAccount":"999999999999"`), guard, "allows * without"},
		{"a key for calls of KMS itself", policy("rds", `,"kms:ViaService":"rds.us-east-1.amazonaws.com"`, ""), guard, "allows * without"},
		{"a key for any role", linked("arn:aws:iam::111111111111:role/anybody"), guard, "allows * without"},
		{"a key for another account's service", linked("arn:aws:iam::999999999999:role/aws-service-role/x.amazonaws.com/X"), guard, "allows * without"},
		{"a key for every service", linked("arn:aws:iam::111111111111:role/aws-service-role/*"), guard, "allows * without"},
		{"a key for everybody", policy("msk", `"Principal":{"AWS":"arn:aws:iam::111111111111:root"}`, `"Principal":"*"`), guard, "allows * without"},
		{"another account administers", policy("msk", "111111111111:root", "999999999999:root"), guard, "999999999999:root"},
		{"all but one", policy("msk", `"Action"`, `"NotAction"`), guard, "all but some"},
		{"administrators decrypt", policy("backup", `"kms:DescribeKey"`, `"kms:Decrypt"`), guard, "lets administrators use"},
		{"administrators may everything", policy("backup", `"kms:DescribeKey"`, `"kms:*"`), guard, "lets administrators use"},
		{"logs of any account", policy("logs", "us-east-1:111111111111:", "us-east-1:*:"), guard, "for any account"},
		{"a service for any account", policy("sns", `"aws:SourceAccount":"111111111111"`, `"aws:SourceAccount":"*"`), guard, "for any account"},

		{"an access key in a parameter", value("AKIA" + "IOSFODNN7EXAMPLE"), harmless, "an access key of AWS"},
		{"a private key in a parameter", value("-----BEGIN RSA " + "PRIVATE KEY-----"), harmless, "a private key"},
		{"a URL with a password", value("postgres://app:" + "hunter2@db"), harmless, "a URL with a password"},
		{"a connection string", value("host=db " + "password=hunter2"), harmless, "a password"},
		{"a token", value(strings.Repeat("aB3dE", 9)), harmless, "a random text"},
	}
}
