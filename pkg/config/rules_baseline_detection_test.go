package config

import (
	"reflect"
	"strings"
	"testing"
)

// decodeBaseline reads production's account with a baseline in the place of the base's.
func decodeBaseline(t *testing.T, baseline string) (*Account, error) {
	t.Helper()
	const key = "platform-account:baseline: "
	if strings.Count(accountBase, key+"{}") != 1 {
		t.Fatal("the base has another baseline")
	}
	return DecodeAccount("account-production", parse(t, "account-production", strings.Replace(accountBase, key+"{}", key+baseline, 1)))
}

func TestSecurityHubHasAWSConfig(t *testing.T) {
	const line = "baseline.securityHub.enabled: true: has controls that are rules of AWS Config, which baseline.config.enabled turns off: " +
		"set both to true, or both to false where the organization runs both"
	for baseline, lines := range map[string][]string{
		"{config: {enabled: false}}":                                {line},
		"{config: {enabled: false}, securityHub: {enabled: true}}":  {line},
		"{config: {enabled: false}, securityHub: {enabled: false}}": nil,
		"{config: {enabled: true}, securityHub: {enabled: true}}":   nil,
		"{securityHub: {enabled: false}}":                           nil,
	} {
		_, err := decodeBaseline(t, baseline)
		expect(t, err, lines)
	}
}

func TestDetectorsAreOnByDefaultAndMacieWhereCardDataIs(t *testing.T) {
	account, err := decodeBaseline(t, "{macie: {enabled: true}, guardDuty: {enabled: false}}")
	if err != nil {
		t.Fatal(err)
	}
	if account.Baseline.GuardDuty.Enabled || !account.Baseline.Macie.Enabled || !account.Baseline.Inspector.Enabled {
		t.Errorf("%+v", account.Baseline)
	}
	for _, environment := range EnvironmentNames() {
		of, on := defaultBaseline(environment), Switch{Enabled: true}
		want := Baseline{GuardDuty: on, SecurityHub: on, Inspector: on, AccessAnalyzer: on, AccountDefaults: on, MFA: on, Macie: Switch{Enabled: environment == ProductionPCI}}
		got := Baseline{GuardDuty: of.GuardDuty, SecurityHub: of.SecurityHub, Inspector: of.Inspector, AccessAnalyzer: of.AccessAnalyzer,
			AccountDefaults: of.AccountDefaults, MFA: of.MFA, Macie: of.Macie, CostAllocationTags: of.CostAllocationTags}
		if !reflect.DeepEqual(want, got) {
			t.Errorf("%s: %+v", environment, got)
		}
	}
}

// Every switch of Baseline is documented here.
func TestDetectionKeysAreTheSwitches(t *testing.T) {
	documentedKeys := documented(detectionKeys())
	seen := 0
	for field := range reflect.TypeFor[Baseline]().NumField() {
		of := reflect.TypeFor[Baseline]().Field(field)
		if of.Type != reflect.TypeFor[Switch]() {
			continue
		}
		seen++
		key := "platform-account:baseline." + of.Tag.Get("mapstructure") + ".enabled"
		if count := strings.Count(strings.Join(documentedKeys, "\n")+"\n", key+"\n"); count != 1 {
			t.Errorf("%s is documented %d times", key, count)
		}
	}
	if seen != len(documentedKeys) {
		t.Errorf("%d switches, %d keys", seen, len(documentedKeys))
	}
}
