package config

import (
	"testing"
	"time"
)

// somebodyHears is a platform:observability that gives no warning.
const somebodyHears = `{"subscriptions": {"critical": {"email": ["on-call@example.com"]}}}`

// onDay decodes the base with replaced data and backup on a day.
func onDay(t *testing.T, day, data, backup string) (*Environment, error) {
	t.Helper()
	today, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	now = func() time.Time { return today }
	t.Cleanup(func() { now = time.Now })
	values := parse(t, Production, base)
	values["platform:data"], values["platform:backup"] = data, backup
	values["platform:observability"] = somebodyHears
	return Decode(Production, values)
}

const leaves14 = "data.postgresql.engineVersion: 14: leaves standard support on 28 February 2027 and is refused after that " +
	"(https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html): plan the upgrade to 18, 17, 16 or 15"

func TestWarnings(t *testing.T) {
	const fourteen, compliance = `{"postgresql": {"engineVersion": "14"}}`, `{"lock": {"compliance": true, "graceDays": 30}}`
	for name, test := range map[string]struct {
		day, data, backup, want string
	}{
		"61 days before the end": {"2026-12-29", fourteen, `{}`, ""},
		"60 days before the end": {"2026-12-30", fourteen, `{}`, leaves14},
		"on its last day":        {"2027-02-28", fourteen, `{}`, leaves14},
		"of a store that is off": {"2027-02-28", `{"postgresql": {"engineVersion": "14", "enabled": false}}`, `{}`, ""},
		"of a supported version": {"2027-02-28", `{}`, `{}`, ""},
		"a lock that is for ever": {
			"2026-11-24", `{}`, compliance, "backup.lock.compliance: true: cannot be undone once graceDays are over, 30 days after the lock is made: " +
				"not by an administrator, not by AWS: be sure, or remove compliance and graceDays for governance mode",
		},
	} {
		t.Run(name, func(t *testing.T) {
			env, err := onDay(t, test.day, test.data, test.backup)
			if err != nil {
				t.Fatal(err)
			}
			if got := env.Warnings().Error(); got != test.want {
				t.Errorf("got:\n%s\nwanted:\n%s", got, test.want)
			}
		})
	}
}

// A production whose critical alarms reach nobody is told so.
func TestCriticalAlarmsThatNobodyHears(t *testing.T) {
	const nobody = "observability.subscriptions[critical]: none: has no subscriber: when customers are cut off, the alarm goes off and nobody hears it: " +
		"name the endpoint of the service that pages, or an address"
	for _, test := range []struct{ stack, observability, want string }{
		{Production, `{}`, nobody},
		{ProductionPCI, `{"subscriptions": {"critical": {}, "warning": {"email": ["team@example.com"]}}}`, nobody},
		{Production, somebodyHears, ""},
		{Production, `{"subscriptions": {"critical": {"https": [{"name": "pagerduty", "secretName": "production/alarms/pagerduty"}]}}}`, ""},
		{Production, `{"subscriptions": {"critical": {"slack": [{"teamId": "T07EA123LEP", "channelId": "C07EZ1ABC23"}]}}}`, ""},
		{Dev, `{}`, ""},
	} {
		values := parse(t, test.stack, base)
		values["platform:observability"] = test.observability
		env, err := Decode(test.stack, values)
		if err != nil {
			t.Fatal(err)
		}
		if got := env.Warnings().Error(); got != test.want {
			t.Errorf("%s %s:\n%s\nwanted:\n%s", test.stack, test.observability, got, test.want)
		}
	}
}

func TestAVersionIsRefusedFromTheDayAfterItsSupportEnds(t *testing.T) {
	_, err := onDay(t, "2027-03-01", `{"postgresql": {"engineVersion": "14"}}`, `{}`)
	expect(t, err, []string{"data.postgresql.engineVersion: 14: left standard support on 28 February 2027 " +
		"(https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html): set 18, 17, 16 or 15"})
}
