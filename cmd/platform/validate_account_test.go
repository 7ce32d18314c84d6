package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestValidateWarnsOfWhatMustExistElsewhere(t *testing.T) {
	file := filepath.Join("stacks", "account", "Pulumi.account-dev.yaml")
	const key = "  platform-account:baseline:\n"
	folder := estate(t, map[string][2]string{file: {key, key + "    guardDuty: {enabled: false}\n"}})
	const warning = "warning: baseline.guardDuty.enabled: false: watches for no intruder: have this account as a member"
	for prefix, args := range map[string][]string{"": {"validate", "account-dev"}, file + ": ": {"validate"}} {
		got := execute(t, folder, args...)
		if got.status != 0 || !strings.Contains(got.out, prefix+warning) || !strings.Contains(got.out, file+": ok") {
			t.Errorf("got %+v, wanted status 0 and %q", got, prefix+warning)
		}
	}
}
