package docs

import (
	"fmt"
	"strings"

	"aws-platform/pkg/access"
	"aws-platform/pkg/config"
)

// Access returns docs/access.md: who comes to the clusters by which role, what each role
// may do there, and the rules of the platform's Kubernetes roles.
func Access(environments ...config.Environment) string {
	var page strings.Builder
	page.WriteString(`# Access to the clusters

<!-- Written by ` + "`platform docs`" + ` from the table of pkg/access and the stack files; do not edit. -->

Kubernetes takes nobody but IAM roles, by EKS's access entries: there is no user of the
cluster, no password and no token that lasts. A role that has no row here is nobody, and a
role that nobody may assume does not exist. Two need no row: the role that deploys the program
made the cluster and is its administrator, and for nodes EKS makes entries itself.

`)
	if len(environments) > 0 {
		writeRoles(&page, access.Table(environments[0]), environments)
	}
	page.WriteString("\n## Who may assume them\n")
	for _, env := range environments {
		writeMappings(&page, env)
	}
	page.WriteString(factors)
	writeRBAC(&page, fmt.Sprintf("ClusterRole `%s`, of the group `%s`", access.ViewOnlyRole, config.DevelopersGroup), access.ViewOnly(),
		"In every namespace. No secrets, no way into a container, no changes; what is not listed is refused.")
	writeRBAC(&page, fmt.Sprintf("Role `%s`, of the group `%s`", access.DeployerRole, config.DeployersGroup), access.Deploying("<application>"),
		"In the namespace of each application. Who changes a Rollout decides what runs in its pods, with their service\n"+
			"account and whatever of the namespace they mount: a pipeline is trusted with its application.")
	page.WriteString(howTo)
	return page.String()
}

const factors = `
## The second factor

A person must have come with a second factor: an IAM user who showed one has
` + "`aws:MultiFactorAuthPresent`" + `, and the trust policy asks for it. The session of a role that somebody
assumed carries no sign of it, so that roles are refused here but for one kind: those of IAM
Identity Center. Its sessions never have that key (they are made by SAML, which has no MFA in STS: IAM User
Guide, "Compare AWS STS credentials"), so its roles are let in without, and Identity Center has
to be set to ask for a second factor at each sign-in. They are told by the path
` + "`aws-reserved/sso.amazonaws.com/`" + `, in which IAM lets nobody else make roles. A pipeline is a
machine and has none. A role that is assumed from another role's session, as those of Identity
Center are, lasts an hour at most, whatever the table says (IAM User Guide, "Role chaining").
`

const howTo = `
Every authenticated user may besides ask what Kubernetes tells everybody: versions, kinds, and
what one may do oneself (` + "`system:discovery`, `system:basic-user`" + `). Each answer, with its reason,
stands in [access-cases.yaml](../tests/testdata/access-cases.yaml), which the tests hold against these
rules and the sandbox against Kubernetes' own authorizer.

## How to come in

` + "```sh" + `
aws eks update-kubeconfig --name production-eks --role-arn arn:aws:iam::<account>:role/production-eks-developer --alias production-developer
kubectl --context production-developer auth whoami
kubectl --context production-developer auth can-i --list
` + "```" + `

The audit log names the session, ` + "`arn:aws:sts::<account>:assumed-role/<role>/<session>`" + `. With
` + "`--role-arn` the session is `EKSGetTokenAuth`" + ` for everybody, and who it was is said by CloudTrail:
the access key in the audit log's ` + "`user.extra.accessKeyId`" + ` is in the answer of one AssumeRole. A profile
with ` + "`role_arn`, `mfa_serial` and `role_session_name`" + ` asks for the second factor and writes a name into
both logs: leave ` + "`--role-arn` out and pass `--profile`" + ` then. In an emergency:
[break glass](runbooks/cluster-break-glass.md).
`

// writeRoles lists the platform's roles, which are the same in every environment.
func writeRoles(page *strings.Builder, table []access.Mapping, environments []config.Environment) {
	page.WriteString("## The roles\n\n" + columns("role", "who is it for", "Kubernetes takes it for", "where", "second factor", "alarmed"))
	for _, mapping := range table {
		if mapping.RoleName == "" {
			continue
		}
		scope := "the whole cluster"
		if mapping.Name == access.Deployer {
			scope = "the namespaces of the applications"
		}
		alarmed := "no"
		if mapping.Name == access.BreakGlass {
			alarmed = "each use"
		}
		cells(page, "`<environment>-eks-"+mapping.Name+"`", mapping.Purpose, taken(mapping), scope, yes(mapping.People), alarmed)
	}
	page.WriteString("\n" + columns("sessions of at most", names(environments)...))
	for _, mapping := range table {
		if mapping.RoleName == "" {
			continue
		}
		row := []string{mapping.Name}
		for _, env := range environments {
			row = append(row, sessionOf(env, mapping.Name))
		}
		cells(page, row...)
	}
	page.WriteString("\nIn AWS a role may do `eks:DescribeCluster` on its cluster, which `aws eks update-kubeconfig` asks, and nothing else.\n")
}

// writeMappings lists who may assume the roles of an environment, and the roles that its
// configuration maps.
func writeMappings(page *strings.Builder, env config.Environment) {
	fmt.Fprintf(page, "\n### %s\n\n%s", env.Name, columns("role", "assumed by", "comes with a second factor to"))
	for _, mapping := range access.Table(env) {
		if mapping.RoleName == "" {
			cells(page, "`"+mapping.RoleARN+"`", "as its own trust policy says", "as that says; Kubernetes takes it for "+taken(mapping))
			continue
		}
		if len(mapping.AssumedBy) == 0 {
			cells(page, mapping.Name, "nobody: there is no such role", "-")
		}
		for _, arn := range mapping.AssumedBy {
			cells(page, mapping.Name, "`"+arn+"`", factor(mapping, arn))
		}
	}
	var namespaces []string
	for _, name := range sortedNames(env.Cluster.Applications) {
		namespaces = append(namespaces, "`"+name+"`")
	}
	fmt.Fprintf(page, "\nApplications: %s.\n", orNone(strings.Join(namespaces, ", ")))
}

// writeRBAC lists the rules of a Kubernetes role.
func writeRBAC(page *strings.Builder, title string, rules []access.Rule, about string) {
	fmt.Fprintf(page, "\n## %s\n\n%s\n\n%s", title, about, columns("API group", "resources", "verbs"))
	for _, rule := range rules {
		group := strings.Join(rule.APIGroups, ", ")
		if group == "" {
			group = "core"
		}
		resources := strings.Join(rule.Resources, ", ")
		if len(rule.Names) > 0 {
			resources += ", of the name " + strings.Join(quote(rule.Names), ", ")
		}
		cells(page, group, resources, strings.Join(rule.Verbs, ", "))
	}
}

// taken is what Kubernetes takes a role for.
func taken(mapping access.Mapping) string {
	if mapping.Policy != "" {
		return "access policy `" + mapping.Policy + "`"
	}
	return "group " + strings.Join(quote(mapping.Groups), ", ")
}

// factor is who asked a principal for its second factor.
func factor(mapping access.Mapping, arn string) string {
	switch {
	case !mapping.People:
		return "nobody, it is a machine"
	case access.ByIdentityCenter(arn):
		return "IAM Identity Center"
	default:
		return "IAM"
	}
}

func sessionOf(env config.Environment, name string) string {
	for _, mapping := range access.Table(env) {
		if mapping.Name == name {
			return fmt.Sprintf("%d h", mapping.SessionSeconds/3600)
		}
	}
	return "-"
}

func names(environments []config.Environment) []string {
	var list []string
	for _, env := range environments {
		list = append(list, env.Name)
	}
	return list
}

// columns begins a table with the given columns.
func columns(first string, others ...string) string {
	return "| " + strings.Join(append([]string{first}, others...), " | ") + " |\n|---|" + strings.Repeat("---|", len(others)) + "\n"
}

func cells(page *strings.Builder, texts ...string) {
	page.WriteString("| " + strings.Join(texts, " | ") + " |\n")
}

func yes(value bool) string {
	if value {
		return "required"
	}
	return "none: a machine"
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}
