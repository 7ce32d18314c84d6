package dataflow

import (
	"slices"

	"aws-platform/pkg/graph"
)

// The types that are places.
const (
	databaseType = "aws:rds/instance:Instance"
	cacheType    = "aws:elasticache/replicationGroup:ReplicationGroup"
	kafkaType    = "aws:msk/cluster:Cluster"
	searchType   = "aws:opensearch/domain:Domain"
	bucketType   = "aws:s3/bucketV2:BucketV2"
	vaultType    = "aws:backup/vault:Vault"
	balancerType = "aws:lb/loadBalancer:LoadBalancer"
	logGroupType = "aws:cloudwatch/logGroup:LogGroup"
)

// store is how a kind of data store says its security groups and its encryption.
type store struct {
	groups, key string
	// inTransit says how a client's connection is encrypted.
	inTransit func(g *graph.Graph, r graph.Resource) string
}

var stores = map[string]store{
	databaseType: {"vpcSecurityGroupIds", "kmsKeyId", databaseTLS},
	cacheType:    {"securityGroupIds", "kmsKeyId", cacheTLS},
	kafkaType:    {"brokerNodeGroupInfo.securityGroups", "encryptionInfo.encryptionAtRestKmsKeyArn", kafkaTLS},
	searchType:   {"vpcOptions.securityGroupIds", "encryptAtRest.kmsKeyId", searchTLS},
}

// storeBehind is the store that a security group stands before.
func (d *Diagram) storeBehind(group string) (graph.Resource, bool) {
	for _, r := range d.environment.Resources {
		if of, is := stores[r.Type]; is && slices.Contains(r.Strings(of.groups), group) {
			return r, true
		}
	}
	return graph.Resource{}, false
}

// storePlace adds a store and returns its name.
func (d *Diagram) storePlace(r graph.Resource) string {
	return d.place(Place{Name: r.Name, Kind: Store, In: d.Stack, Classification: tagOf(d.environment, r), Key: keyName(d.environment, r.String(stores[r.Type].key))})
}

// bucketPlace adds a bucket by its name and returns it.
func (d *Diagram) bucketPlace(g *graph.Graph, name string) string {
	p := Place{Name: name, Kind: Store, In: InAccount, Key: "none"}
	for _, bucket := range g.OfType(bucketType) {
		if bucket.String("bucket") == name {
			p.Classification = tagOf(g, bucket)
		}
	}
	for _, r := range g.OfType("aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2") {
		const rule = "rules[0].applyServerSideEncryptionByDefault."
		if r.String("bucket") == name {
			p.Key = "SSE-S3"
			if key := r.String(rule + "kmsMasterKeyId"); key != "" {
				p.Key = keyName(g, key)
			}
		}
	}
	return d.place(p)
}

// keyName is the alias of a key, "alias/production/rds"; its ARN where it has none.
func keyName(g *graph.Graph, arn string) string {
	for _, typ := range []string{"aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey"} {
		for _, key := range g.OfType(typ) {
			if key.Outputs["arn"] != arn {
				continue
			}
			for _, alias := range g.OfType("aws:kms/alias:Alias") {
				if alias.String("targetKeyId") == key.ID {
					return "KMS " + alias.String("name")
				}
			}
			return "KMS " + key.Name
		}
	}
	if arn == "" {
		return "none"
	}
	return "KMS " + arn
}

const plain = "none"

// databaseTLS reads rds.force_ssl (Amazon RDS User Guide, "Requiring an SSL connection to a
// PostgreSQL DB instance").
func databaseTLS(g *graph.Graph, r graph.Resource) string {
	for _, group := range g.OfType("aws:rds/parameterGroup:ParameterGroup") {
		parameters, _ := group.Inputs["parameters"].([]any)
		for _, parameter := range parameters {
			one := graph.Resource{Inputs: asMap(parameter)}
			if group.String("name") == r.String("parameterGroupName") && one.String("name") == "rds.force_ssl" && one.String("value") == "1" {
				return "TLS, forced by the server"
			}
		}
	}
	return plain
}

func cacheTLS(_ *graph.Graph, r graph.Resource) string {
	if r.Bool("transitEncryptionEnabled") && r.String("transitEncryptionMode") == "required" {
		return "TLS, required"
	}
	return plain
}

func kafkaTLS(_ *graph.Graph, r graph.Resource) string {
	if r.String("encryptionInfo.encryptionInTransit.clientBroker") == "TLS" {
		return "TLS, between brokers too"
	}
	return plain
}

func searchTLS(_ *graph.Graph, r graph.Resource) string {
	if r.Bool("domainEndpointOptions.enforceHttps") {
		return "TLS, " + r.String("domainEndpointOptions.tlsSecurityPolicy")
	}
	return plain
}

func asMap(value any) map[string]any {
	object, _ := value.(map[string]any)
	return object
}
