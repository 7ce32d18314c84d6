package identity

import (
	"fmt"
	"regexp"
	"strings"

	"aws-platform/sandbox/internal/kubernetes"
)

// clusterAdmin is the ARN of the one access policy that the sandbox knows.
var clusterAdmin = regexp.MustCompile(`^arn:aws[a-z-]*:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy$`)

// reserved begin the names of groups and users that EKS's API refuses (Amazon EKS User
// Guide, "Set a custom username" and "Create access entries").
var reserved = []string{"system:", "eks:", "aws:", "amazon:", "iam:"}

// groups are those of an entry, and that of its access policy.
func (e entry) allGroups() ([]string, error) {
	if start := reservedStart(e.user); start != "" {
		return nil, fmt.Errorf("user name %q: begins with %s, which EKS refuses", e.user, start)
	}
	var groups []string
	for _, group := range e.groups {
		if start := reservedStart(group); start != "" {
			return nil, fmt.Errorf("group %q: begins with %s, which EKS refuses", group, start)
		}
		groups = append(groups, group)
	}
	for _, policy := range e.policies {
		if !clusterAdmin.MatchString(policy.arn) || policy.scope != "cluster" {
			return nil, fmt.Errorf("access policy %s, scope %s: the sandbox knows AmazonEKSClusterAdminPolicy alone, for the whole cluster", policy.arn, policy.scope)
		}
		groups = append(groups, kubernetes.AdministratorsGroup)
	}
	return groups, nil
}

// reservedStart is what of reserved a name begins with, "" when nothing.
func reservedStart(name string) string {
	for _, start := range reserved {
		if strings.HasPrefix(name, start) {
			return start
		}
	}
	return ""
}
