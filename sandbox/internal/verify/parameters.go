package verify

import (
	"slices"
	"strings"
)

// published are the parameters of every environment, below /<environment>/; a cache of
// one node has no reader endpoint.
var published = []string{
	"kafka/bootstrapBrokers", "kafka/clusterArn", "kafka/port",
	"opensearch/endpoint", "opensearch/masterRoleArn", "opensearch/port", "opensearch/snapshotBucket", "opensearch/snapshotRoleArn",
	"postgresql/database", "postgresql/endpoint", "postgresql/port", "postgresql/secretArn", "postgresql/username",
	"valkey/endpoint", "valkey/port", "valkey/readerEndpoint", "valkey/replicationGroupId", "valkey/username",
}

// sensitive is the one that is encrypted.
const sensitive = "postgresql/secretArn"

// parametersResolve: all are there with a value, and the sensitive one is encrypted
// under the parameters' key; the database's is where the database is.
func parametersResolve(n Network) (int, []Finding) {
	var findings []Finding
	looked := 0
	for _, name := range published {
		if name == "valkey/readerEndpoint" && !plans[n.Environment].multiAZ {
			continue
		}
		looked++
		path := "/" + n.Environment + "/" + name
		at := slices.IndexFunc(n.Stores.Parameters, func(p Parameter) bool { return p.Name == path })
		if at < 0 {
			findings = append(findings, Finding{"parameter " + path, nothing, "a parameter"})
			continue
		}
		p := n.Stores.Parameters[at]
		kind, key := "String", nothing
		if name == sensitive {
			kind, key = "SecureString", "parameters"
		}
		findings = append(findings, differences("parameter "+path, [][3]string{
			{"type", p.Type, kind},
			{"key", n.keyOf("parameters", n.Stores.ParameterKeys[path]), key},
		})...)
		if wrong := n.unresolved(name, p.Value); wrong != "" {
			findings = append(findings, Finding{"parameter " + path, wrong, "what the store answers to"})
		}
	}
	return looked, findings
}

// unresolved says what is wrong with a value, without showing one that is sensitive.
func (n Network) unresolved(name, value string) string {
	switch {
	case value == "":
		return "an empty value"
	case name == sensitive && !strings.HasPrefix(value, "arn:aws:secretsmanager:"):
		return "what is no ARN of a secret"
	case name == "postgresql/endpoint" && !slices.ContainsFunc(n.Stores.Databases, func(d Database) bool { return d.Endpoint.Address == value }):
		return value
	}
	return ""
}
