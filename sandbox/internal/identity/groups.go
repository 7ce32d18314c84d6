package identity

import (
	"fmt"
	"strings"

	"aws-platform/sandbox/internal/kubernetes"
)

// clusterAdminPolicy ends the ARN of the one access policy that the sandbox knows.
const clusterAdminPolicy = "cluster-access-policy/AmazonEKSClusterAdminPolicy"

// reserved begin the names of groups that EKS's API refuses (Amazon EKS API Reference,
// CreateAccessEntry, kubernetesGroups).
var reserved = []string{"system:", "eks:", "aws:", "amazon:", "iam:"}

// groups are those of an entry, and that of its access policy.
func (e entry) allGroups() ([]string, error) {
	var groups []string
	for _, group := range e.groups {
		for _, start := range reserved {
			if strings.HasPrefix(group, start) {
				return nil, fmt.Errorf("group %q: begins with %s, which EKS refuses", group, start)
			}
		}
		groups = append(groups, group)
	}
	for _, policy := range e.policies {
		if !strings.HasSuffix(policy, clusterAdminPolicy) {
			return nil, fmt.Errorf("access policy %s: the sandbox knows AmazonEKSClusterAdminPolicy alone", policy)
		}
		groups = append(groups, kubernetes.AdministratorsGroup)
	}
	return groups, nil
}
