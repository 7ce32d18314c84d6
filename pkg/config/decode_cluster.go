package config

import (
	"slices"

	"aws-platform/pkg/engines"
)

// cluster decodes platform:cluster, its node groups and applications element by element.
func (r *reading) cluster(env Environment, value any) Cluster {
	cluster := defaultCluster(env)
	tree, ok := value.(map[string]any)
	if !ok || isSecret(tree) {
		r.section("cluster", value, &cluster)
		return cluster
	}
	groups, hasGroups := take(tree, "nodeGroups")
	applications, hasApplications := take(tree, "applications")
	r.into("cluster", tree, &cluster)
	if hasGroups {
		cluster.NodeGroups = each(r, "cluster.nodeGroups", groups, func() NodeGroup { return defaultNodeGroup(env) })
	}
	if hasApplications {
		cluster.Applications = each(r, "cluster.applications", applications, func() Application { return defaultApplication(env) })
	}
	cluster.defaultLists()
	return cluster
}

// defaultCluster are the defaults of an environment, but for lists.
func defaultCluster(env Environment) Cluster {
	return Cluster{
		Version:            engines.Default(engines.Kubernetes).Name,
		DeletionProtection: env.Production(),
		GuardDuty:          env.Production(),
		NodeGroups:         map[string]NodeGroup{"default": defaultNodeGroup(env)},
	}
}

func defaultNodeGroup(env Environment) NodeGroup {
	return NodeGroup{
		Image:    AmazonLinux2023,
		Capacity: byEnvironment(env, OnDemand, OnDemand, Spot, Spot),
		Min:      byEnvironment(env, 3, 3, 2, 1), Desired: byEnvironment(env, 3, 3, 2, 1), Max: byEnvironment(env, 6, 6, 4, 3),
		VolumeGiB: 50, MaxUnavailable: 1,
	}
}

func defaultApplication(env Environment) Application {
	return Application{
		Replicas: byEnvironment(env, 3, 3, 2, 2), CPUMillis: 100, MemoryMiB: 128,
		LoadBalancer: InternalLoadBalancer, Protocol: HTTPS, HealthCheckPath: defaultHealthCheckPath,
	}
}

// defaultLists fills what was not given. Before decoding, lists would be merged with
// those that are, element by element.
func (c *Cluster) defaultLists() {
	for name, group := range c.NodeGroups {
		if group.InstanceTypes == nil {
			group.InstanceTypes = []string{"t3.medium"}
			c.NodeGroups[name] = group
		}
	}
	for name, application := range c.Applications {
		if application.Path == "" {
			application.Path = "/" + name
			c.Applications[name] = application
		}
	}
}

// Uses tells whether the application uses a store, or the parameters.
func (a Application) Uses(store string) bool { return slices.Contains(a.Stores, store) }
