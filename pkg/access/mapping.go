package access

import (
	"strings"

	"aws-platform/pkg/config"
)

// Mapping is an IAM role and what it may do in the cluster.
type Mapping struct {
	// Name is one of this package's names, or "mapping" for a role that configuration maps.
	Name string
	// RoleARN is the role; RoleName its name where the program makes it, empty for an existing one.
	RoleARN, RoleName string
	// AssumedBy are the ARNs of who may assume a role that the program makes.
	AssumedBy []string
	// People is true when they are people, who must have come with a second factor.
	People bool
	// SessionSeconds is how long a session lasts at most.
	SessionSeconds int
	// Groups are Kubernetes groups, bound by RBAC; Policy is EKS's access policy, at
	// cluster scope. A mapping has one of the two.
	Groups []string
	Policy string
	// Purpose says what for, in a sentence without its full stop.
	Purpose string
}

// How long a session lasts, in seconds: the shortest that IAM takes in production and
// production-pci, half a working day elsewhere.
const (
	hour     = 3600
	halfADay = 4 * hour
)

// RoleName is the physical name of a role of an environment.
func RoleName(environment, name string) string { return environment + "-eks-" + name }

// Table returns the mappings of an environment: the four roles of the platform, then
// those of configuration.
func Table(env config.Environment) []Mapping {
	session := halfADay
	if env.Production() {
		session = hour
	}
	access := env.Cluster.Access
	table := []Mapping{
		{Name: DevOps, AssumedBy: access.DevOps, People: true, Policy: ClusterAdminPolicy, Purpose: "administers the cluster"},
		{Name: Developer, AssumedBy: access.Developer, People: true, Groups: []string{config.DevelopersGroup}, Purpose: "reads everything but secrets, and logs"},
		{Name: Deployer, AssumedBy: access.Deployer, Groups: []string{config.DeployersGroup}, Purpose: "lets pipelines release: updates Rollouts in the namespaces of the applications"},
		{Name: BreakGlass, AssumedBy: access.BreakGlass, People: true, Policy: ClusterAdminPolicy, Purpose: "administers the cluster when nobody else can; its use is alarmed"},
	}
	for i := range table {
		table[i].RoleName = RoleName(env.Name, table[i].Name)
		table[i].RoleARN = "arn:" + env.AWS.Partition() + ":iam::" + env.AWS.AccountID() + ":role/" + table[i].RoleName
		table[i].SessionSeconds = session
	}
	// Nobody needs an emergency for longer.
	table[len(table)-1].SessionSeconds = hour
	for _, mapping := range access.Mappings {
		table = append(table, Mapping{Name: "mapping", RoleARN: mapping.RoleARN, Groups: mapping.Groups, Purpose: "is mapped by configuration"})
	}
	return table
}

// ByIdentityCenter tells whether a principal is a role of a permission set of IAM
// Identity Center. Its sessions carry no aws:MultiFactorAuthPresent, whatever factors
// the person showed: Identity Center itself asks for them (IAM User Guide, "Compare AWS
// STS credentials": AssumeRoleWithSAML has no MFA support).
func ByIdentityCenter(arn string) bool { return strings.Contains(arn, config.IdentityCenterPath) }
