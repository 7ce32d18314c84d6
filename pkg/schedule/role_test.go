package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/policy/policytest"
)

const (
	group      = "arn:aws:scheduler:us-east-1:444444444444:schedule-group/"
	definition = "arn:aws:ssm:us-east-1:444444444444:automation-definition/"
)

func TestWhoActsAsTheRoles(t *testing.T) {
	g := plan(t, whole())
	const execution = "arn:aws:ssm:us-east-1:444444444444:automation-execution/1"
	for name, tc := range map[string]struct {
		role, service, account, source string
		want                           policytest.Answer
	}{
		"the group's schedules":         {"hours", "scheduler.amazonaws.com", "444444444444", group + "staging-hours", policytest.Allowed},
		"those of another environment":  {"hours", "scheduler.amazonaws.com", "444444444444", group + "dev-hours", policytest.Silent},
		"those of another account":      {"hours", "scheduler.amazonaws.com", "111111111111", group + "staging-hours", policytest.Silent},
		"another service":               {"hours", "events.amazonaws.com", "444444444444", group + "staging-hours", policytest.Silent},
		"an execution":                  {"hours-fleet", "ssm.amazonaws.com", "444444444444", execution, policytest.Allowed},
		"an execution elsewhere":        {"hours-fleet", "ssm.amazonaws.com", "111111111111", execution, policytest.Silent},
		"schedules size no fleet alone": {"hours-fleet", "scheduler.amazonaws.com", "444444444444", group + "staging-hours", policytest.Silent},
	} {
		t.Run(name, func(t *testing.T) {
			trust := one(t, g, "aws:iam/role:Role", "staging-"+tc.role).String("assumeRolePolicy")
			assert.Equal(t, tc.want, policytest.Ask(trust, policytest.Request{
				Principal: tc.service, Action: "sts:AssumeRole",
				Context: map[string][]string{"aws:SourceAccount": {tc.account}, "aws:SourceArn": {tc.source}},
			}))
		})
	}
}

func TestTheRolesMayDoThisAndNothingElse(t *testing.T) {
	g := plan(t, whole())
	fleetRole, _ := one(t, g, "aws:iam/role:Role", "staging-hours-fleet").Outputs["arn"].(string)
	toSSM := map[string][]string{"iam:PassedToService": {"ssm.amazonaws.com"}}
	for name, tc := range map[string]struct {
		role, action, resource string
		context                map[string][]string
		want                   policytest.Answer
	}{
		"the database is stopped":             {"hours", "rds:StopDBInstance", databaseARN, nil, policytest.Allowed},
		"and started":                         {"hours", "rds:StartDBInstance", databaseARN, nil, policytest.Allowed},
		"another database is not":             {"hours", "rds:StopDBInstance", "arn:aws:rds:us-east-1:444444444444:db:dev-postgresql", nil, policytest.Silent},
		"the database is not deleted":         {"hours", "rds:DeleteDBInstance", databaseARN, nil, policytest.Silent},
		"the nodes are sized":                 {"hours", "eks:UpdateNodegroupConfig", nodesARN, nil, policytest.Allowed},
		"other nodes are not":                 {"hours", "eks:UpdateNodegroupConfig", nodesARN + "0", nil, policytest.Silent},
		"a document is started":               {"hours", "ssm:StartAutomationExecution", definition + "staging-start-fleet:$DEFAULT", nil, policytest.Allowed},
		"a release is not":                    {"hours", "ssm:StartAutomationExecution", definition + "staging-release-green:$DEFAULT", nil, policytest.Silent},
		"with its role":                       {"hours", "iam:PassRole", fleetRole, toSSM, policytest.Allowed},
		"with no other role":                  {"hours", "iam:PassRole", fleetRole + "0", toSSM, policytest.Silent},
		"and to nothing else":                 {"hours", "iam:PassRole", fleetRole, map[string][]string{"iam:PassedToService": {"ec2.amazonaws.com"}}, policytest.Silent},
		"the Scheduler sizes no fleet itself": {"hours", "autoscaling:UpdateAutoScalingGroup", asgARN + "staging-blue", nil, policytest.Silent},
		"a document sizes blue":               {"hours-fleet", "autoscaling:UpdateAutoScalingGroup", asgARN + "staging-blue", nil, policytest.Allowed},
		"and green":                           {"hours-fleet", "autoscaling:UpdateAutoScalingGroup", asgARN + "staging-green", nil, policytest.Allowed},
		"and no other group":                  {"hours-fleet", "autoscaling:UpdateAutoScalingGroup", asgARN + "dev-blue", nil, policytest.Silent},
		"it looks where traffic goes":         {"hours-fleet", "elasticloadbalancing:DescribeListeners", "*", nil, policytest.Allowed},
		"it moves none":                       {"hours-fleet", "elasticloadbalancing:ModifyListener", elbARN + "listener/test", nil, policytest.Silent},
		"it takes the lock":                   {"hours-fleet", "ssm:PutParameter", "arn:aws:ssm:us-east-1:444444444444:parameter/staging/release", nil, policytest.Allowed},
		"and no other parameter":              {"hours-fleet", "ssm:PutParameter", "arn:aws:ssm:us-east-1:444444444444:parameter/staging/postgresql", nil, policytest.Silent},
	} {
		t.Run(name, func(t *testing.T) {
			document := one(t, g, "aws:iam/rolePolicy:RolePolicy", "staging-"+tc.role).String("policy")
			assert.Equal(t, tc.want, policytest.Ask(document, policytest.Request{Action: tc.action, Resource: tc.resource, Context: tc.context}))
		})
	}
}
