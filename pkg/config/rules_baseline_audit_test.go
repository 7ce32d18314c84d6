package config

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// auditCase is a baseline that is wrong in one thing, and its nearest right neighbour.
type auditCase struct{ rule, stack, wrong, right, line string }

const (
	noYear    = "is less than the year that audit logs are kept (PCI DSS v4.0.1, requirement 10.5.1): set 365 or more"
	noLock    = "is not a year or more (PCI DSS v4.0.1, requirement 10.5.1), or more than S3 takes: set 365 to 36500"
	noIdle    = "is not how long a session may idle (PCI DSS v4.0.1, requirement 8.2.8): set 1 to 15"
	noSession = "is not how long Session Manager lets a session last: set 1 to 1440"
	notTwice  = "days for which compliance locks every file, for everybody and for good: set "
)

var auditCases = []auditCase{
	{"accountRunbookURL", "", "{runbookUrl: \"http://example.com/runbooks\"}", "{runbookUrl: \"https://example.com/runbooks\"}",
		"baseline.runbookUrl: http://example.com/runbooks: is no HTTPS URL: anybody on the way could read the messages: " +
			"write one as in https://github.com/example/platform/blob/main/docs/runbooks, or remove the key"},
	{"trailRetention", "", "{cloudTrail: {logRetentionDays: 180}}", "{cloudTrail: {logRetentionDays: 365}}", "baseline.cloudTrail.logRetentionDays: 180: " + noYear},
	{"trailRetention", "", "{cloudTrail: {logRetentionDays: 366}}", "{cloudTrail: {logRetentionDays: 400}}",
		"baseline.cloudTrail.logRetentionDays: 366: is not a number of days that CloudWatch Logs takes: the nearest that keeps the logs as long is 400"},
	{"sessionRetention", "", "{sessionManager: {logRetentionDays: 0}}", "{sessionManager: {logRetentionDays: 731}}", "baseline.sessionManager.logRetentionDays: 0: " + noYear},
	{"objectLockDays", "", "{cloudTrail: {objectLock: {retentionDays: 364}}}", "{cloudTrail: {objectLock: {retentionDays: 365}}}", "baseline.cloudTrail.objectLock.retentionDays: 364: " + noLock},
	{"objectLockDays", "", "{cloudTrail: {objectLock: {retentionDays: 36501}}}", "{cloudTrail: {objectLock: {retentionDays: 36500}}}", "baseline.cloudTrail.objectLock.retentionDays: 36501: " + noLock},
	{"objectLockConfirmed", "", "{cloudTrail: {objectLock: {compliance: true}}}", "{cloudTrail: {objectLock: {compliance: true, confirmRetentionDays: 365}}}",
		"baseline.cloudTrail.objectLock.confirmRetentionDays: 0: does not repeat the 365 " + notTwice + "365 where that is meant, or remove compliance"},
	{"objectLockConfirmed", "", "{cloudTrail: {objectLock: {compliance: true, retentionDays: 400, confirmRetentionDays: 365}}}", "{cloudTrail: {objectLock: {compliance: true, retentionDays: 400, confirmRetentionDays: 400}}}",
		"baseline.cloudTrail.objectLock.confirmRetentionDays: 365: does not repeat the 400 " + notTwice + "400 where that is meant, or remove compliance"},
	{"objectLockConfirmedAlone", "", "{cloudTrail: {objectLock: {confirmRetentionDays: 365}}}", "{cloudTrail: {objectLock: {confirmRetentionDays: 0}}}",
		"baseline.cloudTrail.objectLock.confirmRetentionDays: 365: confirms a lock in compliance mode, and baseline.cloudTrail.objectLock.compliance does not ask for one: set compliance to true, or remove the key"},
	{"dataEventsPCI", "account-production-pci", "{cloudTrail: {dataEvents: false}}", "{cloudTrail: {enabled: false, dataEvents: false}}",
		"baseline.cloudTrail.dataEvents: false: leaves out who reads card data in buckets, which PCI DSS v4.0.1 asks for in requirement 10.2.1.1: remove the key"},
	{"idleMinutes", "", "{sessionManager: {idleMinutes: 0}}", "{sessionManager: {idleMinutes: 1}}", "baseline.sessionManager.idleMinutes: 0: " + noIdle},
	{"idleMinutes", "", "{sessionManager: {idleMinutes: 16}}", "{sessionManager: {idleMinutes: 15}}", "baseline.sessionManager.idleMinutes: 16: " + noIdle},
	{"maxMinutes", "", "{sessionManager: {maxMinutes: 0}}", "{sessionManager: {maxMinutes: 1}}", "baseline.sessionManager.maxMinutes: 0: " + noSession},
	{"maxMinutes", "", "{sessionManager: {maxMinutes: 1441}}", "{sessionManager: {maxMinutes: 1440}}", "baseline.sessionManager.maxMinutes: 1441: " + noSession},
}

// decodeAudit is [decodeBaseline] of a stack; production's account by default.
func decodeAudit(t *testing.T, stack, baseline string) (*Account, error) {
	t.Helper()
	if stack == "" {
		stack = "account-production"
	}
	const key = "platform-account:baseline: "
	return DecodeAccount(stack, parse(t, stack, strings.Replace(accountBase, key+"{}", key+baseline, 1)))
}

func TestAuditRulesReportAndNearMissPasses(t *testing.T) {
	reported := map[string]bool{}
	for _, c := range auditCases {
		t.Run(c.rule+"/"+c.wrong, func(t *testing.T) {
			_, err := decodeAudit(t, c.stack, c.wrong)
			expect(t, err, []string{c.line})
			if _, err := decodeAudit(t, c.stack, c.right); err != nil {
				t.Errorf("right input %s is refused:\n%v", c.right, err)
			}
		})
		reported[c.rule] = true
	}
	reported["packPartition"] = true // by TestNoPackIsDeployedInGovCloud
	for _, rule := range auditRules {
		if name := functionName(rule); !reported[name] {
			t.Errorf("rule %s: no case makes it report", name)
		}
	}
}

func TestDataEventsMayBeOffWithoutCardData(t *testing.T) {
	if _, err := decodeAudit(t, "", "{cloudTrail: {dataEvents: false}}"); err != nil {
		t.Error(err)
	}
}

func TestNoPackIsDeployedInGovCloud(t *testing.T) {
	const line = "baseline.config.conformancePack: true: has rules that us-gov-west-1 lacks, without which AWS Config makes no pack: set it to false, and deploy a pack of those that are there by hand"
	gov := strings.NewReplacer("us-east-1", "us-gov-west-1", "arn:aws:", "arn:aws-us-gov:").Replace(accountBase)
	for baseline, lines := range map[string][]string{
		"{}":                                 {line},
		"{config: {conformancePack: false}}": nil,
		"{config: {enabled: false}, securityHub: {enabled: false}}": nil,
	} {
		values := parse(t, "account-production", strings.Replace(gov, "platform-account:baseline: {}", "platform-account:baseline: "+baseline, 1))
		_, err := DecodeAccount("account-production", values)
		expect(t, err, lines)
	}
}

// Every key of the parts that audit makes is documented here.
func TestAuditKeysAreThoseThatAreDecoded(t *testing.T) {
	const path = "platform-account:baseline."
	compareKeys(t, documented(auditKeys()), slices.Concat([]string{path + "runbookUrl"},
		keysOf(path+"cloudTrail", reflect.TypeFor[CloudTrail]()), keysOf(path+"config", reflect.TypeFor[AWSConfig]()),
		keysOf(path+"sessionManager", reflect.TypeFor[SessionManager]())))
}
