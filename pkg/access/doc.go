// Package access is the one table of who may do what in a cluster: which IAM role there
// is, who may assume it, and what EKS or RBAC lets it do. The IAM roles, the access
// entries, the RBAC objects and docs/access.md are made from it. It is pure.
package access

// The names of the mappings.
const (
	DevOps     = "devops"
	Developer  = "developer"
	Deployer   = "deployer"
	BreakGlass = "breakglass"
)

// ClusterAdminPolicy is EKS's access policy of administrators. It can be taken away
// again, unlike the group system:masters, which an access entry cannot name either.
const ClusterAdminPolicy = "AmazonEKSClusterAdminPolicy"
