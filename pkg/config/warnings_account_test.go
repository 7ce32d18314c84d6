package config

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestAnAccountWithEverythingWarnsOfNothing(t *testing.T) {
	for _, environment := range EnvironmentNames() {
		if warnings := (Account{Environment: environment, Baseline: defaultBaseline(environment)}).Warnings(); len(warnings) > 0 {
			t.Errorf("%s: %v", environment, warnings)
		}
	}
}

func TestEverySwitchThatIsOffSaysWhatMustExistElsewhere(t *testing.T) {
	for baseline, want := range map[string]string{
		"{guardDuty: {enabled: false}}": "baseline.guardDuty.enabled: false: watches for no intruder: " +
			"have this account as a member of the organization's GuardDuty, with protection of S3, EKS, volumes, RDS, Lambda and what runs",
		"{mfa: {enabled: false}}": "baseline.mfa.enabled: false: lets IAM users in without a second factor: have no IAM users, and a second factor asked for where people sign in",
		"{config: {conformancePack: false}}": "baseline.config.conformancePack: false: judges no configuration, and requires no tags: " +
			"have an organization conformance pack with the rules of pkg/baseline/audit/conformance/baseline.yaml",
		"{macie: {enabled: false}}":              "", // production's account has no card data
		"{costAllocationTags: {enabled: false}}": "", // the payer's account alone may
	} {
		account, err := decodeAudit(t, "", baseline)
		if err != nil {
			t.Fatal(err)
		}
		if got := account.Warnings().Error(); got != want {
			t.Errorf("%s: got:\n%s\nwanted:\n%s", baseline, got, want)
		}
	}
}

// switchesOf are the paths of the booleans of Baseline that turn a part on.
func switchesOf(path string, of reflect.Type) []string {
	var paths []string
	for i := range of.NumField() {
		field := of.Field(i)
		name := strings.TrimPrefix(path+"."+field.Tag.Get("mapstructure"), ".")
		switch {
		case field.Type.Kind() == reflect.Bool:
			paths = append(paths, name)
		case field.Type.Kind() == reflect.Struct:
			paths = append(paths, switchesOf(name, field.Type)...)
		}
	}
	return paths
}

func TestTheTableHasEverySwitch(t *testing.T) {
	var table []string
	for _, of := range (Account{Environment: ProductionPCI}).switches() {
		table = append(table, of.path)
	}
	// Off by default or of no part: it is said why where they are defined.
	exceptions := []string{"cloudTrail.objectLock.compliance", "config.createRole", "costAllocationTags.enabled"}
	want := slices.DeleteFunc(switchesOf("", reflect.TypeFor[Baseline]()), func(path string) bool { return slices.Contains(exceptions, path) })
	slices.Sort(table)
	slices.Sort(want)
	if !slices.Equal(table, want) {
		t.Errorf("got %v, wanted %v", table, want)
	}
}

func TestWithEverythingOffEachPartSaysSoOnce(t *testing.T) {
	warnings := (Account{Environment: ProductionPCI}).Warnings()
	if len(warnings) != 10 { // not data events, nor the pack: they are within parts that are off
		t.Errorf("%d: %v", len(warnings), warnings)
	}
	for _, warning := range warnings {
		if !strings.HasPrefix(warning.Remedy, "have ") || warning.Fact == "" {
			t.Errorf("%s", warning)
		}
	}
	if !strings.Contains(warnings.Error(), "the standards FSBP and CIS, and PCI DSS v4.0.1") {
		t.Error("in production-pci's account PCI DSS is among the standards")
	}
}

func TestComplianceWarnsThatItCannotBeUndone(t *testing.T) {
	const want = "baseline.cloudTrail.objectLock.compliance: true: cannot be undone: no file of the trail can be deleted for 400 days, not by an administrator, not by the root user, not by AWS: " +
		"be sure, or remove compliance and confirmRetentionDays for governance mode"
	account, err := decodeAudit(t, "", "{cloudTrail: {objectLock: {compliance: true, retentionDays: 400, confirmRetentionDays: 400}}}")
	if err != nil {
		t.Fatal(err)
	}
	if got := account.Warnings().Error(); got != want {
		t.Errorf("got:\n%s\nwanted:\n%s", got, want)
	}
}
