package permissions

import (
	"slices"

	"aws-platform/pkg/policy"
)

// Role is what one role may do.
type Role struct {
	// Kind is one of the names above. Name is the role's own: Kind, with the environment
	// behind it where that lives in the account of another.
	Kind, Name string
	// Environment is the one that it is for.
	Environment string
	// Purpose says what it is for.
	Purpose string
	// Policies are what is allowed, in order; each is a policy of its own, named
	// <role>-<policy>, or <role> where Name is empty.
	Policies []Policy
	// Boundary is its permissions boundary.
	Boundary []policy.Statement
}

// Policy is one policy of a role.
type Policy struct {
	Name       string
	Statements []policy.Statement
}

// FullName is the policy's name in IAM.
func (p Policy) FullName(role string) string {
	if p.Name == "" {
		return role
	}
	return role + "-" + p.Name
}

// Roles are the roles of an account, in a fixed order: a further environment's after the first one's, the peering role where there is a
// peering, the building one where the registry is that images are pushed to.
func Roles(p Place) []Role {
	list := []Role{preview(p), deploy(p), pipeline(p), pipelineEC2(p)}
	for _, environment := range p.Shared {
		further := p.of(environment)
		list = append(list, deploy(further), pipeline(further), pipelineEC2(further))
	}
	if len(p.PeerAccounts) > 0 {
		list = append(list, peering(p))
	}
	if p.Home {
		list = append(list, build(p))
	}
	return list
}

// narrow makes a role of one policy, whose boundary is the actions of that policy and no
// others, on whatever resource.
func narrow(p Place, kind, purpose string, statements ...policy.Statement) Role {
	return Role{
		Kind: kind, Name: kind + p.suffix, Environment: p.Environment, Purpose: purpose,
		Policies: []Policy{{Statements: statements}},
		Boundary: append(protections(p), policy.Statement{
			Sid: "AtMost", Effect: policy.Allow, Action: actionsOf(statements), Resource: everything(),
		}),
	}
}

// actionsOf are the actions of statements, sorted, each once.
func actionsOf(statements []policy.Statement) []string {
	var actions []string
	for _, statement := range statements {
		actions = append(actions, statement.Action...)
	}
	slices.Sort(actions)
	return slices.Compact(actions)
}

// itself lets a role assume the role of its name, here and in the peers' accounts: the
// stacks' providers assume the role that the pipeline is in already, and the peering's
// also that of the other side.
func itself(p Place, role string) policy.Statement {
	return policy.Statement{Sid: "Itself", Effect: policy.Allow, Action: []string{"sts:AssumeRole"}, Resource: Siblings(p, role)}
}

// Siblings are the role of a name in this account and, where the role is one that works on
// both sides of a peering, in the peers' accounts.
func Siblings(p Place, role string) []string {
	accounts := []string{p.AccountID}
	if role == Peering || role == Preview {
		accounts = append(accounts, p.PeerAccounts...)
	}
	slices.Sort(accounts)
	var arns []string
	for _, account := range slices.Compact(accounts) {
		arns = append(arns, RoleARN(p.Partition, account, role))
	}
	return arns
}
