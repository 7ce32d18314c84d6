package record

import (
	"fmt"
	"strings"

	"aws-platform/pkg/graph"
)

const (
	rdsARN         = "arn:$partition:rds:$region:$account:"
	elastiCacheARN = "arn:$partition:elasticache:$region:$account:"
	mskARN         = "arn:$partition:kafka:$region:$account:"
)

// dataRules are the rules of the data stores and their parameters.
var dataRules = map[string]rule{
	"aws:rds/subnetGroup:SubnetGroup":       {"$in.name", map[string]string{"arn": rdsARN + "subgrp:$in.name"}},
	"aws:rds/parameterGroup:ParameterGroup": {"$in.name", map[string]string{"arn": rdsARN + "pg:$in.name"}},
	"aws:rds/instance:Instance": {"db-$urn16", map[string]string{
		"arn": rdsARN + "db:$in.identifier", "resourceId": "db-$urn16",
		"address": "$in.identifier.$urn7.$region.rds.amazonaws.com", "endpoint": "$in.identifier.$urn7.$region.rds.amazonaws.com:$in.port",
	}},
	"aws:elasticache/subnetGroup:SubnetGroup":       {"$in.name", map[string]string{"arn": elastiCacheARN + "subnetgroup:$in.name"}},
	"aws:elasticache/parameterGroup:ParameterGroup": {"$in.name", map[string]string{"arn": elastiCacheARN + "parametergroup:$in.name"}},
	"aws:elasticache/user:User":                     {"$in.userId", map[string]string{"arn": elastiCacheARN + "user:$in.userId"}},
	"aws:elasticache/userGroup:UserGroup":           {"$in.userGroupId", map[string]string{"arn": elastiCacheARN + "usergroup:$in.userGroupId"}},
	"aws:elasticache/replicationGroup:ReplicationGroup": {"$in.replicationGroupId", map[string]string{
		"arn":                    elastiCacheARN + "replicationgroup:$in.replicationGroupId",
		"primaryEndpointAddress": "master.$in.replicationGroupId.$urn7.use1.cache.amazonaws.com",
		"readerEndpointAddress":  "replica.$in.replicationGroupId.$urn7.use1.cache.amazonaws.com",
	}},
	"aws:msk/configuration:Configuration": {mskARN + "configuration/$in.name/$uuid", map[string]string{"arn": "$id"}},
	"aws:msk/cluster:Cluster": {mskARN + "cluster/$in.clusterName/$uuid", map[string]string{
		"arn": "$id", "clusterUuid": "$uuid", "bootstrapBrokersSaslIam": "$in.clusterName.$urn7.c2.kafka.$region.amazonaws.com:9098",
	}},
	"aws:msk/clusterPolicy:ClusterPolicy": {"$in.clusterArn", map[string]string{"currentVersion": "K$urn17"}},
	"aws:appautoscaling/target:Target":    {"$in.resourceId", map[string]string{"arn": "arn:$partition:application-autoscaling:$region:$account:scalable-target/$urn17"}},
	"aws:appautoscaling/policy:Policy":    {"$in.name", map[string]string{"arn": "arn:$partition:autoscaling:$region:$account:scalingPolicy:$uuid:resource/$in.serviceNamespace/$in.resourceId:policyName/$in.name"}},
	"aws:opensearch/domain:Domain": {"arn:$partition:es:$region:$account:domain/$in.domainName", map[string]string{
		"arn": "$id", "domainId": "$account/$in.domainName", "endpoint": "vpc-$in.domainName-$urn17.$region.es.amazonaws.com",
	}},
	"aws:ssm/parameter:Parameter": {"$in.name", map[string]string{"arn": "arn:$partition:ssm:$region:$account:parameter$in.name"}},
	"aws:iam/policy:Policy":       {"arn:$partition:iam::$account:policy/$in.name", map[string]string{"arn": "$id", "policyId": "ANPA$urn17"}},
}

// managedSecret is the secret that RDS makes where it manages the password.
func managedSecret(r graph.Resource, id string, outputs map[string]any) string {
	if r.Bool("manageMasterUserPassword") {
		instance := fmt.Sprint(outputs["arn"])
		place, _, _ := strings.Cut(strings.Replace(instance, ":rds:", ":secretsmanager:", 1), ":db:")
		outputs["masterUserSecrets"] = []any{map[string]any{
			"secretArn": place + ":secret:rds!" + id + "-" + hash(r.URN, 6), "secretStatus": "active", "kmsKeyId": r.String("masterUserSecretKmsKeyId"),
		}}
	}
	return id
}

// firstRevision numbers the revision that a new configuration has.
func firstRevision(_ graph.Resource, id string, outputs map[string]any) string {
	outputs["latestRevision"] = 1
	return id
}
