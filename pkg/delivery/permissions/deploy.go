package permissions

import (
	"slices"

	"aws-platform/pkg/policy"
)

// part is one policy of the role Deploy: IAM takes 6,144 characters of each, and ten a role.
type part struct {
	name  string
	needs []need
}

func deployParts() []part {
	return []part{
		{"network", networkNeeds}, {"compute", computeNeeds}, {"data", dataNeeds}, {"operations", operationNeeds},
		{"observability", observabilityNeeds},
		{"cluster", clusterNeeds}, {"identity", identityNeeds},
	}
}

// deploy deploys the account's environment.
func deploy(p Place) Role {
	role := Role{Kind: Deploy, Name: Deploy + p.suffix, Environment: p.Environment, Purpose: "deployments of the environment's infrastructure"}
	for _, part := range deployParts() {
		var statements []policy.Statement
		for _, n := range part.needs {
			statements = append(statements, n.statement(p))
		}
		role.Policies = append(role.Policies, Policy{part.name, statements})
	}
	own := stack{environmentProject, p.Environment}
	state := slices.Concat(readState(p, own), writeState(p, own), []policy.Statement{itself(p, role.Name)})
	role.Policies = append(role.Policies, Policy{"reads", readStatements(p)}, Policy{"state", state})
	role.Boundary = deployBoundary(p, role)
	return role
}

// deployBoundary caps Deploy at the services of its policies. All their actions by name
// would be three times what a policy may have, so a service stands for its actions, less
// those that grant and that no policy of the role names; of IAM, KMS and STS, where most
// actions do, each stands by itself.
func deployBoundary(p Place, role Role) []policy.Statement {
	var needed []string
	for _, document := range role.Policies {
		needed = append(needed, actionsOf(document.Statements)...)
	}
	var allowed, denied []string
	for _, action := range needed {
		switch service := serviceOf(action); service {
		case "iam", "kms", "secretsmanager", "sts":
			allowed = append(allowed, action)
		default:
			allowed = append(allowed, service+":*")
		}
	}
	for _, action := range Granting() {
		if slices.Contains(allowed, serviceOf(action)+":*") && !slices.Contains(needed, action) {
			denied = append(denied, action)
		}
	}
	slices.Sort(allowed)
	return append(protections(p),
		policy.Statement{Sid: "AtMost", Effect: policy.Allow, Action: slices.Compact(allowed), Resource: everything()},
		policy.Statement{Sid: "GrantNoMore", Effect: policy.Deny, Action: denied, Resource: everything()},
	)
}

func serviceOf(action string) string {
	for i := range action {
		if action[i] == ':' {
			return action[:i]
		}
	}
	return action
}
