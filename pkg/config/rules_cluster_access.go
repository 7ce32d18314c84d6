package config

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var clusterAccessRules = []rule{
	trustedAccountFormat, trustedAccountOwn, trustedAccountDuplicate,
	principalFormat, principalPartition, principalAccount, principalDuplicate, principalOwn, principalFactor,
	mappingRole, mappingPartition, mappingAccount, mappingDuplicate, mappingOwn, mappingGroups, mappingGroupReserved,
}

const clusterAccessPath = clusterPath + "access."

// principalPattern is the ARN of an IAM role or user, with its path.
var principalPattern = regexp.MustCompile(`^arn:(aws|aws-us-gov|aws-cn):iam::([0-9]{12}):(role|user)/([A-Za-z0-9+=,.@_-]+/)*[A-Za-z0-9+=,.@_-]{1,64}$`)

// principal is one entry of the lists of who may assume a role.
type principal struct{ path, arn string }

// principals are those of all roles, in the order of the roles.
func (a ClusterAccess) principals() []principal {
	var all []principal
	for _, role := range []struct {
		key  string
		list []string
	}{{"devops", a.DevOps}, {"developer", a.Developer}, {"deployer", a.Deployer}, {"breakGlass", a.BreakGlass}} {
		for i, arn := range role.list {
			all = append(all, principal{clusterAccessPath + role.key + "[" + strconv.Itoa(i) + "]", arn})
		}
	}
	return all
}

func trustedAccountPath(i int) string {
	return clusterAccessPath + "trustedAccounts[" + strconv.Itoa(i) + "]"
}

func trustedAccountFormat(env Environment, found *Problems) {
	for i, account := range env.Cluster.Access.TrustedAccounts {
		if !accountPattern.MatchString(account) {
			found.add(trustedAccountPath(i), quoted(account), "is not an account ID", "write twelve digits, in quotes")
		}
	}
}

func trustedAccountOwn(env Environment, found *Problems) {
	for i, account := range env.Cluster.Access.TrustedAccounts {
		if account != "" && account == env.AWS.AccountID() {
			found.add(trustedAccountPath(i), account, "is the environment's own account, which needs no mention", "remove it")
		}
	}
}

func trustedAccountDuplicate(env Environment, found *Problems) {
	noneTwice(env.Cluster.Access.TrustedAccounts, trustedAccountPath, found)
}

func principalFormat(env Environment, found *Problems) {
	for _, p := range env.Cluster.Access.principals() {
		if fact := notPrincipal(p.arn); fact != "" {
			found.add(p.path, quoted(p.arn), fact, "write the ARN of an IAM role, arn:aws:iam::<account>:role/<name>")
		}
	}
}

// notPrincipal says why a text is not the ARN of a role or a user; empty when it is one.
func notPrincipal(arn string) string {
	switch {
	case principalPattern.MatchString(arn):
		return ""
	case strings.ContainsAny(arn, "*?"):
		return "has a wildcard, which would let in whoever makes a role of such a name"
	case strings.HasSuffix(arn, ":root"):
		return "is everybody of an account whom its policies let"
	case strings.Contains(arn, ":assumed-role/"):
		return "is a session and not the role itself"
	default:
		return "is not the ARN of an IAM role or user"
	}
}

// accountOf is the account of a principal's ARN; false for what is none.
func accountOf(arn string) (partition, account string, ok bool) {
	part := principalPattern.FindStringSubmatch(arn)
	if part == nil {
		return "", "", false
	}
	return part[1], part[2], true
}

func principalPartition(env Environment, found *Problems) {
	for _, p := range env.Cluster.Access.principals() {
		checkPartition(env, p, found)
	}
}

func checkPartition(env Environment, p principal, found *Problems) {
	if partition, _, ok := accountOf(p.arn); ok && partition != env.AWS.Partition() {
		found.add(p.path, quoted(p.arn), "is in another partition than "+env.AWS.Region, "name a principal of the partition "+env.AWS.Partition())
	}
}

func principalAccount(env Environment, found *Problems) {
	for _, p := range env.Cluster.Access.principals() {
		checkTrusted(env, p, found)
	}
}

// checkTrusted refuses who is neither of the environment's account nor of one that is trusted.
func checkTrusted(env Environment, p principal, found *Problems) {
	_, account, ok := accountOf(p.arn)
	if ok && account != env.AWS.AccountID() && !slices.Contains(env.Cluster.Access.TrustedAccounts, account) {
		found.add(p.path, quoted(p.arn), "is of account "+account+", which is neither the environment's nor trusted",
			"name a principal of account "+env.AWS.AccountID()+", or add the account to "+clusterAccessPath+"trustedAccounts")
	}
}

func principalDuplicate(env Environment, found *Problems) {
	seen := map[string]string{}
	for _, p := range env.Cluster.Access.principals() {
		list, _, _ := strings.Cut(p.path, "[")
		if first, twice := seen[list+p.arn]; twice {
			found.add(p.path, quoted(p.arn), "is listed already, at "+first, "remove one")
			continue
		}
		seen[list+p.arn] = p.path
	}
}

// principalOwn: whoever may assume one of the cluster's roles would come on to the others.
func principalOwn(env Environment, found *Problems) {
	for _, p := range env.Cluster.Access.principals() {
		if ownRole(env, p.arn) {
			found.add(p.path, quoted(p.arn), "is one of the cluster's own roles", "name who may assume that role")
		}
	}
}

// IdentityCenterPath is the path of the roles of IAM Identity Center's permission sets,
// in which nobody else makes roles.
const IdentityCenterPath = ":role/aws-reserved/sso.amazonaws.com/"

// principalFactor: people show a second factor to IAM, as users, or to IAM Identity
// Center. The session of any other role carries no sign of it, so that the role could
// never be assumed (IAM User Guide, "Secure API access with MFA": the credentials that
// AssumeRole returns do not include MFA information).
func principalFactor(env Environment, found *Problems) {
	for _, p := range env.Cluster.Access.principals() {
		machine := strings.HasPrefix(p.path, clusterAccessPath+"deployer")
		if _, _, ok := accountOf(p.arn); ok && !machine && strings.Contains(p.arn, ":role/") && !strings.Contains(p.arn, IdentityCenterPath) {
			found.add(p.path, quoted(p.arn), "is a role, whose sessions cannot show a second factor",
				"name a permission set's role of IAM Identity Center (arn:aws:iam::<account>:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_...), or an IAM user")
		}
	}
}

// ownRole tells whether an ARN is of a role that the program makes for the cluster.
func ownRole(env Environment, arn string) bool {
	_, account, ok := accountOf(arn)
	return ok && account == env.AWS.AccountID() && strings.HasPrefix(arn[strings.LastIndex(arn, "/")+1:], env.Name+"-eks-")
}

func mappingPath(i int) string { return clusterAccessPath + "mappings[" + strconv.Itoa(i) + "]." }

// mapped are the roles of the mappings.
func (a ClusterAccess) mapped() []principal {
	roles := make([]principal, len(a.Mappings))
	for i, mapping := range a.Mappings {
		roles[i] = principal{mappingPath(i) + "roleArn", mapping.RoleARN}
	}
	return roles
}

func mappingRole(env Environment, found *Problems) {
	for _, p := range env.Cluster.Access.mapped() {
		fact := notPrincipal(p.arn)
		if fact == "" && strings.Contains(p.arn, ":user/") {
			fact = "is a user, whose keys do not expire"
		}
		if fact == "" && strings.Contains(p.arn, ":role/aws-service-role/") {
			fact = "is a service-linked role, for which EKS makes no access entry"
		}
		if fact != "" {
			found.add(p.path, quoted(p.arn), fact, "write the ARN of an IAM role, arn:aws:iam::<account>:role/<name>")
		}
	}
}

func mappingPartition(env Environment, found *Problems) {
	for _, p := range env.Cluster.Access.mapped() {
		checkPartition(env, p, found)
	}
}

func mappingAccount(env Environment, found *Problems) {
	for _, p := range env.Cluster.Access.mapped() {
		checkTrusted(env, p, found)
	}
}

// mappingDuplicate: EKS takes one access entry a role.
func mappingDuplicate(env Environment, found *Problems) {
	roles := env.Cluster.Access.mapped()
	arns := make([]string, len(roles))
	for i, p := range roles {
		arns[i] = p.arn
	}
	noneTwice(arns, func(i int) string { return roles[i].path }, found)
}

func mappingOwn(env Environment, found *Problems) {
	for _, p := range env.Cluster.Access.mapped() {
		if ownRole(env, p.arn) {
			found.add(p.path, quoted(p.arn), "is one of the cluster's own roles, which are mapped already", "remove the entry")
		}
		if role := env.AWS.AssumeRole; role != nil && p.arn == role.RoleARN {
			found.add(p.path, quoted(p.arn), "is the role that makes the cluster, whose administrator it is already", "remove the entry")
		}
	}
}

func mappingGroups(env Environment, found *Problems) {
	for i, mapping := range env.Cluster.Access.Mappings {
		path := mappingPath(i) + "groups"
		if len(mapping.Groups) == 0 {
			found.missing(path, "name a Kubernetes group, or remove the entry")
		}
		at := func(n int) string { return path + "[" + strconv.Itoa(n) + "]" }
		for n, group := range mapping.Groups {
			if strings.TrimSpace(group) == "" || group != strings.TrimSpace(group) {
				found.add(at(n), quoted(group), "is not the name of a group", "write the name that RBAC binds")
			}
		}
		noneTwice(mapping.Groups, at, found)
	}
}

// reservedGroups begin names that an access entry cannot have (Amazon EKS API Reference,
// CreateAccessEntry, kubernetesGroups).
var reservedGroups = []string{"system:", "eks:", "aws:", "amazon:", "iam:"}

func mappingGroupReserved(env Environment, found *Problems) {
	for i, mapping := range env.Cluster.Access.Mappings {
		for n, group := range mapping.Groups {
			for _, prefix := range reservedGroups {
				if strings.HasPrefix(group, prefix) {
					found.add(mappingPath(i)+"groups["+strconv.Itoa(n)+"]", quoted(group), "begins with "+prefix+", which EKS refuses",
						"bind a group of another name by RBAC, or use cluster.access.devops for administrators")
				}
			}
		}
	}
}
