package bridge_test

import (
	"regexp"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

func TestNamesAreGenerated(t *testing.T) {
	t.Parallel()
	for token, inputs := range map[string]values{
		"aws:cloudwatch/logGroup:LogGroup":    {},
		"aws:iam/role:Role":                   {"assumeRolePolicy": "{}"},
		"aws:ec2/securityGroup:SecurityGroup": {"vpcId": "vpc-1"},
		"aws:lb/loadBalancer:LoadBalancer":    {}, targetGroup: {},
		"aws:cloudwatch/metricAlarm:MetricAlarm": {"comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 1},
	} {
		checked, failures := check(t, token, inputs)
		if name := checked.GetFields()["name"].GetStringValue(); !regexp.MustCompile(`^main-[0-9a-f]{7}$`).MatchString(name) {
			t.Errorf("%s: name = %q (%v), want the resource's and seven digits", token, name, failures)
		}
	}
	checked, _ := check(t, "aws:iam/role:Role", values{"assumeRolePolicy": "{}", "name": "given"})
	if name := checked.GetFields()["name"].GetStringValue(); name != "given" {
		t.Errorf("name = %q, want the given one", name)
	}
}

// TestNamesThatAWSWouldRefuseAreNotGenerated: a target group's has 32 characters at most.
func TestNamesThatAWSWouldRefuseAreNotGenerated(t *testing.T) {
	t.Parallel()
	long := urn(targetGroup) + strings.Repeat("-long", 7)
	response, err := server(t).Check(t.Context(), &pulumirpc.CheckRequest{
		Urn: long, News: fields(values{}), RandomSeed: []byte("0123456789abcdef0123456789abcdef"),
	})
	if name := response.GetInputs().GetFields()["name"].GetStringValue(); err != nil || len(name) > 32 {
		t.Errorf("name = %q, %v; want none, which leaves it to the provider", name, err)
	}
}
