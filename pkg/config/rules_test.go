package config

import (
	"cmp"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

// base is a right configuration for dev, production and production-pci. A case
// changes one thing in it.
const base = `config:
  aws:region: us-east-1
  aws:allowedAccountIds: ["111111111111"]
  aws:assumeRole:
    roleArn: arn:aws:iam::111111111111:role/platform-deploy
  platform:network:
    cidr: 10.20.0.0/16
    domain: example.internal
    natGateways: perZone
    zones:
      us-east-1a: {public: 10.20.1.0/24, loadbalancer: 10.20.5.0/24, app: 10.20.64.0/19, data: 10.20.21.0/24}
      us-east-1b: {public: 10.20.2.0/24, loadbalancer: 10.20.6.0/24, app: 10.20.96.0/19, data: 10.20.22.0/24}
      us-east-1c: {public: 10.20.3.0/24, loadbalancer: 10.20.7.0/24, app: 10.20.128.0/19, data: 10.20.23.0/24}
    interfaceEndpoints: [ssm, ecr.api]
    peers:
      staging:
        ruleIndex: 3
        cidr: 10.10.0.0/16
        zones:
          us-east-1a: {app: 10.10.64.0/19, loadbalancer: 10.10.5.0/24}
  platform:access:
    devopsIpRanges: [203.0.113.0/24]
  platform:compute: {domain: example.com, internalCertificateArn: "arn:aws:acm:us-east-1:111111111111:certificate/internal", release: {approverRoleArns: ["arn:aws:iam::111111111111:role/platform-release-approver"]}}
  platform:data: {}
  platform:cluster: {}
  platform:observability: {}
  platform:backup: {}
  platform:cost: {}
  platform:tags: {project: platform, costCenter: "1234", dataClassification: internal, owner: platform-team}
`

// ruleCase is one way in which a configuration can be wrong, and its nearest
// right neighbour.
type ruleCase struct {
	rule  string // the name of the rule that must report
	stack string // the stack of the wrong input; default production
	fixed string // the stack of the right input; default the same
	old   string // what is replaced in base, once
	wrong string // by what it is wrong
	right string // by what it is right
	lines []string
}

func (c ruleCase) stackName() string { return cmp.Or(c.stack, Production) }

// values returns the base with the old text replaced.
func (c ruleCase) values(t *testing.T, replacement string) map[string]string {
	t.Helper()
	if strings.Count(base, c.old) != 1 {
		t.Fatalf("%s: %q occurs %d times in base, wanted once", c.rule, c.old, strings.Count(base, c.old))
	}
	return parse(t, c.stackName(), strings.Replace(base, c.old, replacement, 1))
}

// parse writes a stack file and reads it back.
func parse(t *testing.T, stack, text string) map[string]string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "Pulumi."+stack+".yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	name, values, err := ReadStackFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if name != stack {
		t.Fatalf("stack %q, wanted %q", name, stack)
	}
	return values
}

func allCases() []ruleCase {
	var all []ruleCase
	for _, group := range [][]ruleCase{awsCases, tagCases, vpcCases, zoneCases, natCases, peerCases, accessCases,
		adminPortsCases, nameCases, certificateCases, portCases, internetCases, balancerCases, fleetCases, typeCases, releaseCases, costCases, scheduleCases,
		storeCases, postgresqlCases, valkeyCases, kafkaCases, openSearchCases, backupCases, clusterCases, alarmCases, logCases, sloCases, subscriptionCases} {
		all = append(all, group...)
	}
	return all
}

func TestRuleReportsAndNearMissPasses(t *testing.T) {
	for _, c := range allCases() {
		t.Run(c.rule+"/"+c.wrong, func(t *testing.T) {
			_, err := Decode(c.stackName(), c.values(t, c.wrong))
			expect(t, err, c.lines)
			c.stack = cmp.Or(c.fixed, c.stack)
			if _, err := Decode(c.stackName(), c.values(t, c.right)); err != nil {
				t.Errorf("right input %q is refused:\n%v", c.right, err)
			}
		})
	}
}

// TestEveryRuleHasACase fails for a rule that no case makes report.
func TestEveryRuleHasACase(t *testing.T) {
	reported := map[string]bool{}
	for _, c := range allCases() {
		env, _ := readEnvironment(c.stackName(), c.values(t, c.wrong))
		for _, rule := range environmentRules {
			var found Problems
			rule(env, &found)
			if len(found) > 0 {
				reported[functionName(rule)] = true
			}
		}
		if !reported[c.rule] {
			t.Errorf("case %s/%s: its rule reports nothing", c.rule, c.wrong)
		}
	}
	for _, rule := range environmentRules {
		if name := functionName(rule); !reported[name] {
			t.Errorf("rule %s: no case makes it report", name)
		}
	}
}

func functionName(function any) string {
	name := runtime.FuncForPC(reflect.ValueOf(function).Pointer()).Name()
	return name[strings.LastIndex(name, ".")+1:]
}

// expect compares the lines of an error with the wanted ones.
func expect(t *testing.T, err error, lines []string) {
	t.Helper()
	got := ""
	if err != nil {
		got = err.Error()
	}
	if want := strings.Join(lines, "\n"); got != want {
		t.Errorf("got:\n%s\nwanted:\n%s", got, want)
	}
}
