// Package trust says who may assume the roles of the delivery: a workflow of one
// repository of GitHub, running for what the role is for, by the token that GitHub signs
// for it; and, of the roles that the stacks' providers assume, the role itself.
//
// A token is told by two of its claims, compared letter by letter: "aud", for whom it was
// made, and "sub", which names the repository and what the workflow runs for (GitHub
// Docs, "OpenID Connect reference"). AWS sees no other claim of GitHub's tokens (GitHub
// Docs, "Configuring OpenID Connect in Amazon Web Services").
//
// It is pure: no Pulumi.
package trust

import (
	"fmt"
	"slices"
	"strings"

	"aws-platform/pkg/delivery/permissions"
	"aws-platform/pkg/policy"
)

const (
	// Issuer is GitHub's, as IAM calls it: without https://.
	Issuer = "token.actions.githubusercontent.com"
	// Audience is what aws-actions/configure-aws-credentials asks GitHub to put into a token.
	Audience = "sts.amazonaws.com"
)

// Repository is the one repository whose workflows are let in.
type Repository struct {
	// FullName is <owner>/<name>.
	FullName string
	// OwnerID and ID are GitHub's numbers of the owner and of the repository. Repositories
	// that were made or renamed since 15 July 2026, and older ones that chose so, have them
	// in "sub"; both are empty for one that has not.
	OwnerID, ID string
}

// Subject is "sub" of a token that was made for something: "environment:dev".
func (r Repository) Subject(running string) string {
	owner, name, _ := strings.Cut(r.FullName, "/")
	if r.ID != "" {
		owner, name = owner+"@"+r.OwnerID, name+"@"+r.ID
	}
	return "repo:" + owner + "/" + name + ":" + running
}

// running are what a workflow runs for that may assume a role. A pull request from a fork
// has "pull_request" as well, and no token: GitHub gives its workflows none (GitHub Docs,
// "Events that trigger workflows", pull_request).
func running(role, environment string) []string {
	switch role {
	case permissions.Preview:
		return []string{"pull_request", "environment:drift"}
	case permissions.Peering:
		return []string{"environment:peering"}
	case permissions.Build:
		return []string{"ref:refs/heads/main"}
	default:
		return []string{"environment:" + environment}
	}
}

// assumesItself are the roles that stack files name: the provider assumes them, and the
// pipeline is in them already.
var assumesItself = []string{permissions.Preview, permissions.Deploy, permissions.Peering}

// Subjects are "sub" of the tokens by which a role may be assumed.
func Subjects(repository Repository, role, environment string) []string {
	var subjects []string
	for _, what := range running(role, environment) {
		subjects = append(subjects, repository.Subject(what))
	}
	return subjects
}

// Document is the trust policy of a role.
func Document(p permissions.Place, repository Repository, role permissions.Role) string {
	statements := []policy.Statement{{
		Sid: "Workflow", Effect: policy.Allow,
		Principal: map[string]any{"Federated": permissions.IAM(p.Partition, p.AccountID, "oidc-provider/"+Issuer)},
		Action:    []string{"sts:AssumeRoleWithWebIdentity"},
		Condition: policy.Condition{"StringEquals": {
			Issuer + ":aud": Audience,
			Issuer + ":sub": oneOrAll(Subjects(repository, role.Kind, role.Environment)),
		}},
	}}
	if slices.Contains(assumesItself, role.Kind) {
		statements = append(statements, itself(p, role.Name))
	}
	return policy.Document(statements...)
}

// itself lets a role be assumed by itself, and a role of both sides of a peering by the
// other side's. The principal is the account and the role its condition: IAM knows no
// principal that does not exist yet, and a role that is made anew would be another one.
func itself(p permissions.Place, role string) policy.Statement {
	arns := permissions.Siblings(p, role)
	var accounts []string
	for _, arn := range arns {
		accounts = append(accounts, fmt.Sprintf("arn:%s:iam::%s:root", p.Partition, strings.Split(arn, ":")[4]))
	}
	return policy.Statement{
		Sid: "Itself", Effect: policy.Allow,
		Principal: map[string]any{"AWS": oneOrAll(accounts)},
		Action:    []string{"sts:AssumeRole"},
		Condition: policy.Condition{"ArnEquals": {"aws:PrincipalArn": oneOrAll(arns)}},
	}
}

// oneOrAll writes a list of one as IAM gives it back: as its only text.
func oneOrAll(list []string) any {
	if len(list) == 1 {
		return list[0]
	}
	return list
}
