package config

import "net/netip"

// The capacity types of a node group, as EKS spells them.
const (
	OnDemand = "ON_DEMAND"
	Spot     = "SPOT"
)

// The operating systems of nodes.
const (
	AmazonLinux2023 = "AL2023"
	Bottlerocket    = "BOTTLEROCKET"
)

// The load balancers that can serve an application, and how they talk to it.
const (
	InternalLoadBalancer = "internal"
	PublicLoadBalancer   = "public"
	HTTPS                = "HTTPS"
	HTTP                 = "HTTP"
)

// ParametersStore is what an application names to read the parameters.
const ParametersStore = "parameters"

// DevelopersGroup and DeployersGroup are the platform's own groups of Kubernetes.
const (
	DevelopersGroup = "platform:developers"
	DeployersGroup  = "platform:deployers"
)

// Cluster is the configuration of the EKS cluster.
type Cluster struct {
	// Version is the Kubernetes version, "1.36"; the preferred one of the engines table by default.
	Version string `mapstructure:"version"`
	// PublicAccessCIDRs may reach the public endpoint of the Kubernetes API; none by
	// default, and then there is no public endpoint. Refused in production-pci, and the
	// world is refused everywhere.
	PublicAccessCIDRs []netip.Prefix `mapstructure:"publicAccessCidrs"`
	// DeletionProtection makes Pulumi refuse to delete the cluster; true by default in
	// production and production-pci, and required there. EKS's own is another one, which
	// version 6 of pulumi-aws does not know (docs/cluster.md).
	DeletionProtection bool `mapstructure:"deletionProtection"`
	// GuardDuty installs GuardDuty's agent on the nodes; true by default in production
	// and production-pci, where GuardDuty is on. It brings the interface endpoint guardduty-data.
	GuardDuty bool `mapstructure:"guardDuty"`
	// Access says who may assume the roles that EKS knows.
	Access ClusterAccess `mapstructure:"access"`
	// NodeGroups are by name; one named "default" by default.
	NodeGroups map[string]NodeGroup `mapstructure:"nodeGroups"`
	// AddOns are versions of managed add-ons that differ from the engines table's, by the add-on's name.
	AddOns map[string]string `mapstructure:"addOns"`
	// Applications run in the cluster, each in the namespace of its name; none by default.
	Applications map[string]Application `mapstructure:"applications"`
}

// ClusterAccess says who may assume the roles that EKS knows, and what other roles it knows.
type ClusterAccess struct {
	// TrustedAccounts are accounts, other than the environment's own, whose principals
	// may be named; none by default.
	TrustedAccounts []string `mapstructure:"trustedAccounts"`
	// DevOps, Developer, Deployer and BreakGlass are the ARNs of the IAM roles and users
	// that may assume each role; none by default, and then nobody may.
	DevOps     []string `mapstructure:"devops"`
	Developer  []string `mapstructure:"developer"`
	Deployer   []string `mapstructure:"deployer"`
	BreakGlass []string `mapstructure:"breakGlass"`
	// Mappings are existing IAM roles that EKS maps to Kubernetes groups; none by default.
	Mappings []ClusterMapping `mapstructure:"mappings"`
}

// ClusterMapping maps an existing IAM role to groups of Kubernetes. What a group may do
// is said by RBAC objects that are not of this program, but for the platform's own groups.
type ClusterMapping struct {
	// RoleARN is the role, arn:aws:iam::<account>:role/<name>; one entry a role.
	RoleARN string `mapstructure:"roleArn"`
	// Groups are names of Kubernetes groups; at least one.
	Groups []string `mapstructure:"groups"`
}

// NodeGroup is an EKS managed node group.
type NodeGroup struct {
	// InstanceTypes are what may be launched; t3.medium by default.
	InstanceTypes []string `mapstructure:"instanceTypes"`
	// Image is AL2023 or BOTTLEROCKET; AL2023 by default.
	Image string `mapstructure:"image"`
	// Capacity is ON_DEMAND or SPOT: ON_DEMAND by default in production and
	// production-pci, and required there; SPOT elsewhere.
	Capacity string `mapstructure:"capacity"`
	// Min, Desired and Max are numbers of nodes: 3, 3 and 6 by default in production
	// and production-pci, 2, 2 and 4 in staging, 1, 1 and 3 in dev.
	Min     int `mapstructure:"min"`
	Desired int `mapstructure:"desired"`
	Max     int `mapstructure:"max"`
	// VolumeGiB is the size of the encrypted gp3 volume; 50 by default.
	VolumeGiB int `mapstructure:"volumeGib"`
	// MaxUnavailable is how many nodes an update replaces at once; 1 by default.
	MaxUnavailable int `mapstructure:"maxUnavailable"`
	// Labels are Kubernetes labels of the nodes; none by default.
	Labels map[string]string `mapstructure:"labels"`
	// Taints keep pods away that do not tolerate them; none by default.
	Taints []Taint `mapstructure:"taints"`
}

// Taint is a Kubernetes taint.
type Taint struct {
	Key   string `mapstructure:"key"`
	Value string `mapstructure:"value"`
	// Effect is NO_SCHEDULE, NO_EXECUTE or PREFER_NO_SCHEDULE, as EKS spells them.
	Effect string `mapstructure:"effect"`
}

// Application is a workload that is rolled out blue/green in the namespace of its name.
type Application struct {
	// Image is the container image by digest, repository@sha256:<64 hex digits>; required.
	// Its process must not run as root, nor write outside /tmp. It is where the application
	// begins, like Args, CPUMillis, MemoryMiB and HealthCheckPath as far as the container has
	// them: what a container is, releases change from then on (docs/runbooks/bluegreen-app.md).
	Image string `mapstructure:"image"`
	// Args are the container's arguments; the image's own by default.
	Args []string `mapstructure:"args"`
	// Replicas is the number of pods: 3 by default in production and production-pci, 2 elsewhere.
	Replicas int `mapstructure:"replicas"`
	// CPUMillis and MemoryMiB are requested for a pod, and memory is its limit too: 100
	// thousandths of a processor and 128 MiB by default.
	CPUMillis int `mapstructure:"cpuMillis"`
	MemoryMiB int `mapstructure:"memoryMib"`
	// LoadBalancer is who serves it, "internal" or "public"; internal by default.
	LoadBalancer string `mapstructure:"loadBalancer"`
	// Path is its path there, "/<name>" by default; what is below belongs to it.
	Path string `mapstructure:"path"`
	// Priority is of its listener rules, 1 to 50000; required, one an application.
	Priority int `mapstructure:"priority"`
	// Protocol is how the load balancer talks to the pods, HTTPS or HTTP: HTTPS by
	// default, and required in production and production-pci. The load balancer takes any
	// certificate.
	Protocol string `mapstructure:"protocol"`
	// HealthCheckPath is what load balancers and probes ask for; /healthz by default.
	HealthCheckPath string `mapstructure:"healthCheckPath"`
	// Stores are the data stores that it uses: postgresql, valkey, kafka, opensearch,
	// parameters; none by default.
	Stores []string `mapstructure:"stores"`
}
