package coverage_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"aws-platform/sandbox/aws/internal/coverage"
)

func TestReport(t *testing.T) {
	t.Parallel()
	report, err := coverage.Of(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(report.Functions, "aws:ssm/getParameter:getParameter") {
		t.Errorf("functions = %v, want getParameter among them", report.Functions)
	}
	if len(report.Types) < 64 || !slices.IsSorted(report.Types) || !slices.Contains(report.Types, "aws:ec2/vpc:Vpc") {
		t.Errorf("types = %v, want the sorted tokens of everything served", report.Types)
	}
	for _, one := range report.Simulated {
		if !slices.Contains(report.Types, one.Type) || one.Reason == "" {
			t.Errorf("simulated %+v: want a type that is served, and a reason", one)
		}
	}
	for _, one := range report.Echoes {
		if !slices.Contains(report.Types, one.Type) || one.Reason == "" || one.Loss == "" || len(one.Properties) == 0 {
			t.Errorf("echo %+v: want a type that is served, properties, a loss and a reason", one)
		}
	}
}

// TestJSONIsTheOneThatTheSandboxReads holds the names that `sandbox status` relies on.
func TestJSONIsTheOneThatTheSandboxReads(t *testing.T) {
	t.Parallel()
	report, err := coverage.Of(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		`{"type":"aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization",` +
			`"terraformType":"aws_route53_vpc_association_authorization","reason":"`,
		`"simulated":[{`, `"echoes":[{`,
		`{"type":"aws:kms/key:Key","properties":["rotationPeriodInDays"],"loss":"forgotten","reason":"`,
		`"types":["aws:accessanalyzer/analyzer:Analyzer",`, `"functions":["aws:secretsmanager/getSecretVersion:getSecretVersion",`,
	} {
		if !strings.Contains(string(text), part) {
			t.Errorf("the report has no %s\n%s", part, text)
		}
	}
}
