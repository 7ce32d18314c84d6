package simulated

import (
	"fmt"
	"slices"
	"strings"

	"aws-platform/sandbox/aws/internal/invent"
)

// Kept is every type that the emulator makes and cannot delete.
func Kept() []Type {
	return []Type{{"aws_elasticache_subnet_group", "moto 5.2.1: DeleteCacheSubnetGroup is not implemented", nil}}
}

// stores are the parts of the data stores that the emulator lacks.
func stores() []Type {
	return slices.Concat(elastiCache(), msk(), autoScaling())
}

func elastiCache() []Type {
	endpoint := func(role string) invent.Shape {
		return func(r invent.Resource) string {
			return fmt.Sprintf("%s.%s.%s.%s.cache.amazonaws.com", role, invent.Named("replication_group_id")(r), invent.UUID(r)[:6], r.Place.Region)
		}
	}
	return []Type{
		{
			"aws_elasticache_parameter_group",
			"moto 5.2.1: CreateCacheParameterGroup is not implemented",
			map[string]invent.Shape{"id": invent.Named("name"), "arn": invent.ARN("elasticache", "parametergroup:", "name")},
		},
		{
			"aws_elasticache_user_group",
			"moto 5.2.1: CreateUserGroup is not implemented",
			map[string]invent.Shape{"id": invent.Named("user_group_id"), "arn": invent.ARN("elasticache", "usergroup:", "user_group_id")},
		},
		{
			"aws_elasticache_replication_group",
			"moto 5.2.1: a group has no member clusters, for which the provider looks",
			map[string]invent.Shape{
				"id":                             invent.Named("replication_group_id"),
				"arn":                            invent.ARN("elasticache", "replicationgroup:", "replication_group_id"),
				"primary_endpoint_address":       endpoint("master"),
				"reader_endpoint_address":        endpoint("replica"),
				"configuration_endpoint_address": invent.Constant(""),
				"engine_version_actual":          func(r invent.Resource) string { return invent.Named("engine_version")(r) + ".0" },
				"cluster_mode":                   invent.Constant("disabled"),
				"global_replication_group_id":    invent.Constant(""),
				"ip_discovery":                   invent.Constant("ipv4"),
				"network_type":                   invent.Constant("ipv4"),
				"num_node_groups":                invent.Constant("1"),
			},
		},
	}
}

// msk is all of MSK but clusters that never become active.
func msk() []Type {
	named := func(kind, attribute string) invent.Shape {
		return func(r invent.Resource) string {
			return invent.ARN("kafka", kind+"/", attribute)(r) + "/" + invent.UUID(r)
		}
	}
	return []Type{
		{
			"aws_msk_configuration",
			"moto 5.2.1: CreateConfiguration answers 404",
			map[string]invent.Shape{
				"id": named("configuration", "name"), "arn": named("configuration", "name"), "latest_revision": invent.Constant("1"),
			},
		},
		{
			"aws_msk_cluster",
			"moto 5.2.1: a cluster is created for ever, and GetBootstrapBrokers is not implemented",
			map[string]invent.Shape{
				"id": named("cluster", "cluster_name"), "arn": named("cluster", "cluster_name"), "cluster_uuid": invent.UUID,
				"bootstrap_brokers_sasl_iam":   brokers,
				"bootstrap_brokers":            invent.Constant(""),
				"bootstrap_brokers_tls":        invent.Constant(""),
				"bootstrap_brokers_sasl_scram": invent.Constant(""),
				"zookeeper_connect_string":     invent.Constant(""), // KRaft has none
				"zookeeper_connect_string_tls": invent.Constant(""),
			},
		},
		{
			"aws_msk_cluster_policy",
			"moto 5.2.1: there is no cluster to have one",
			map[string]invent.Shape{"id": invent.Named("cluster_arn")},
		},
	}
}

// autoScaling is Application Auto Scaling, which AWS gives a service-linked role a service.
func autoScaling() []Type {
	return []Type{
		{
			"aws_appautoscaling_target",
			"moto 5.2.1: ListTagsForResource is not implemented",
			map[string]invent.Shape{
				"id": invent.Named("resource_id"),
				"arn": func(r invent.Resource) string {
					return invent.ARN("application-autoscaling", "scalable-target/")(r) + invent.UUID(r)
				},
				"role_arn": func(r invent.Resource) string {
					return "arn:aws:iam::" + r.Place.Account + ":role/aws-service-role/" + invent.Named("service_namespace")(r) +
						".application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling"
				},
			},
		},
		{
			"aws_appautoscaling_policy",
			"moto 5.2.1: a policy belongs to a target, and that is simulated",
			map[string]invent.Shape{
				"id": invent.Named("name"),
				"arn": func(r invent.Resource) string {
					return invent.ARN("autoscaling", "scalingPolicy:")(r) + invent.UUID(r) + ":resource/" +
						invent.Joined("/", "service_namespace", "resource_id")(r) + ":policyName/" + invent.Named("name")(r)
				},
			},
		},
	}
}

// brokers are three of MSK's: that is how many it names, of however many there are.
func brokers(r invent.Resource) string {
	names := make([]string, 3)
	for i := range names {
		names[i] = fmt.Sprintf("b-%d.%s.%s.c2.kafka.%s.amazonaws.com:9098", i+1,
			strings.ReplaceAll(invent.Named("cluster_name")(r), "-", ""), invent.UUID(r)[:6], r.Place.Region)
	}
	return strings.Join(names, ",")
}
