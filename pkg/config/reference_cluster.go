package config

func clusterKeys() []Key {
	const path = "platform:cluster."
	const group = path + "nodeGroups.<group>."
	return []Key{
		{path + "version", word, "`1.36`", "The Kubernetes version.", "what is older than 1.35 or out of standard support; a version for which the add-ons are not known. One that leaves standard support within 60 days is warned of"},
		{path + "publicAccessCidrs", "list of IPv4 ranges", "none: there is no public endpoint", "Who may reach the public endpoint of the Kubernetes API.",
			"the world and what is wider than /16; private ranges; IPv6; host bits; a range listed twice; more than 40; any in production-pci"},
		{path + "deletionProtection", truth, "`true` in production and production-pci, `false` elsewhere", "Protects the cluster in Pulumi's state: `pulumi destroy` refuses.", "`false` in production and production-pci"},
		{path + "guardDuty", truth, "`true` in production and production-pci, `false` elsewhere", "Installs GuardDuty's agent, where GuardDuty is on.", "`false` in production-pci"},
		{path + "addOns", "map of text", "none", "Versions of add-ons that differ from the platform's table, by the add-on's name.", "an add-on that the platform does not install; a version that is not in the table for the Kubernetes version"},
		{path + "nodeGroups", "map by name", "one group, `default`", "The EKS managed node groups.", "none; a name that is not of lower-case letters, digits and hyphens, at most 20; in production and production-pci, fewer nodes at least than zones"},
		{group + "instanceTypes", "list of text", "`[t3.medium]`", "What may be launched.", "none; what is not an instance type; one listed twice; two architectures"},
		{group + "image", "`AL2023` or `BOTTLEROCKET`", "`AL2023`", "The operating system.", "any other"},
		{group + "capacity", "`ON_DEMAND` or `SPOT`", "`ON_DEMAND` in production and production-pci, `SPOT` elsewhere", "How instances are bought.", "`SPOT` in production and production-pci"},
		{group + "min", number, "`3` in production and production-pci, `2` in staging, `1` in dev", "The fewest nodes.", "sizes out of order"},
		{group + "desired", number, "the default of min", "The nodes to begin with; from then on whoever scales the group decides.", "sizes out of order"},
		{group + "max", number, "`6` in production and production-pci, `4` in staging, `3` in dev", "The most nodes.", "sizes out of order; more than 450"},
		{group + "volumeGib", number, "`50`", "The size of the encrypted gp3 volume.", "what is not from 20 to 16384"},
		{group + "maxUnavailable", number, "`1`", "How many nodes an update replaces at once.", "what is not from 1 to 100"},
		{group + "labels", "map of text", "none", "Kubernetes labels of the nodes.", "what is not a label; names that Kubernetes keeps for itself"},
		{group + "taints", "list", "none", "Taints, which keep pods away that do not tolerate them.", "a key and effect listed twice"},
		{group + "taints[].key", word, required, "The key of a taint.", "what is no key of Kubernetes"},
		{group + "taints[].value", word, "none", "Its value.", "what is no value of Kubernetes"},
		{group + "taints[].effect", word, required, "`NO_SCHEDULE`, `NO_EXECUTE` or `PREFER_NO_SCHEDULE`.", "any other"},
	}
}

func clusterAccessKeys() []Key {
	const path = "platform:cluster.access."
	const arns = "list of text"
	const people = "; of people, a role that is not of a permission set of IAM Identity Center, for its sessions show no second factor"
	const refused = "what is not the ARN of an IAM role or user; wildcards, sessions and account roots; another partition; an account that is neither the environment's nor trusted; one listed twice; the cluster's own roles"
	return []Key{
		{path + "trustedAccounts", arns, "none", "Accounts, beside the environment's own, whose principals may be named.", "what is not twelve digits in quotes; the environment's own; one listed twice"},
		{path + "devops", arns, "none: nobody may", "Who may assume `<environment>-eks-devops`, which administers the cluster.", refused + people},
		{path + "developer", arns, "none: nobody may", "Who may assume `<environment>-eks-developer`, which reads it.", refused + people},
		{path + "deployer", arns, "none: nobody may", "The pipelines' roles that may assume `<environment>-eks-deployer`, which updates Rollouts in the applications' namespaces.", refused},
		{path + "breakGlass", arns, "none: nobody may", "Who may assume `<environment>-eks-breakglass` in an emergency. Its use is alarmed.", refused + people},
		{path + "mappings", "list", "none", "Further IAM roles that EKS maps to Kubernetes groups.", "a role listed twice, or that is the cluster's own"},
		{path + "mappings[].roleArn", word, required, "The role.", "a user; a foreign account that is not trusted"},
		{path + "mappings[].groups", "list of text", required, "The groups. What they may do is said by RBAC objects that are not of this program.", "none; a group that begins with `system:`, `eks:`, `aws:`, `amazon:` or `iam:`"},
	}
}

func applicationKeys() []Key {
	const path = "platform:cluster.applications.<application>."
	return []Key{
		{"platform:cluster.applications", "map by name", "none", "Workloads that are rolled out blue/green, each in the namespace of its name.", "what is not a namespace's name, or is one of the platform's; a name that makes a target group's name longer than 32 characters"},
		{path + "image", word, required, "The container image by digest, to begin with; from then on releases change it. It must run as a user other than root and write to /tmp alone.", "an image without a registry or a digest"},
		{path + "args", "list of text", "the image's own", "The container's arguments, to begin with.", ""},
		{path + "replicas", number, "`3` in production and production-pci, `2` elsewhere", "The number of pods.", "more than 100; fewer than 2 in production and production-pci"},
		{path + "cpuMillis", number, "`100`", "The share of a processor that a pod requests, in thousandths: in the container to begin with, in the namespace's quota always.", "what is not from 10 to 16000"},
		{path + "memoryMib", number, "`128`", "The memory that a pod requests, and has at most: likewise.", "what is not from 32 to 65536"},
		{path + "loadBalancer", "`internal` or `public`", "`internal`", "The load balancer that serves it. Where there is no HTTPS, as in dev without a domain, none does.", "any other"},
		{path + "path", word, "`/<application>`", "Its path there; what is below belongs to it.", "what is not a path; wildcards; that of another application, or one below it"},
		{path + "priority", number, required, "The priority of its listener rules.", "what is not from 1 to 50000; that of another application"},
		{path + "protocol", "`HTTPS` or `HTTP`", "`HTTPS`", "How load balancers talk to its pods. A load balancer takes any certificate.", "`HTTP` in production and production-pci"},
		{path + "healthCheckPath", word, "`/healthz`", "What load balancers ask for, and probes to begin with.", "what is not a path"},
		{path + "stores", "list of text", "none", "The data stores that it may use, of postgresql, valkey, kafka, opensearch and parameters.", "what is not a store of the environment; one listed twice"},
	}
}
