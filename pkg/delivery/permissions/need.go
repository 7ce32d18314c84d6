package permissions

import "aws-platform/pkg/policy"

// need is what some resource types of the program need, as a statement of the role that
// deploys them: to make, change and delete them. What reads them is in reads.go.
type need struct {
	// sid names the statement.
	sid string
	// types are the Pulumi types, without "aws:" and what is behind the slash.
	types []string
	// service and verbs are the actions.
	service string
	verbs   []string
	// on are the resources; nil is all of them, for actions on what has no name beforehand.
	on func(Place) []string
	// when is the condition; nil is none.
	when func(Place) policy.Condition
}

func (n need) actions() []string { return each(n.service+":", n.verbs...) }

func (n need) statement(p Place) policy.Statement {
	statement := policy.Statement{Sid: n.sid, Effect: policy.Allow, Action: n.actions(), Resource: everything()}
	if n.on != nil {
		statement.Resource = n.on(p)
	}
	if n.when != nil {
		statement.Condition = n.when(p)
	}
	return statement
}

// named are the environment's own resources of a service, which begin with its name.
func named(service string, kinds ...string) func(Place) []string {
	return func(p Place) []string {
		var arns []string
		for _, kind := range kinds {
			arns = append(arns, p.arn(service, kind+p.Environment+"*"))
		}
		return arns
	}
}

// anyRegion are they in every region: the copies of backups are in another one.
func anyRegion(service string, kinds ...string) func(Place) []string {
	return func(p Place) []string {
		p.Region = "*"
		return named(service, kinds...)(p)
	}
}

// DeployedTypes are the Pulumi types that the role Deploy can deploy, without "aws:" and
// what is behind the slash: "ec2/vpc".
func DeployedTypes() []string {
	var types []string
	for _, part := range deployParts() {
		for _, n := range part.needs {
			types = append(types, n.types...)
		}
	}
	return types
}
