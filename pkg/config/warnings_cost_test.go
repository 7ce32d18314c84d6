package config

import (
	"strings"
	"testing"
	"time"
)

const (
	backupAtNight = `backup.schedule: "cron(0 1 * * ? *)": is in the time when cost.schedule has stopped the database, on every day: ` +
		"AWS makes no backup of it then: set a time, in UTC, at which it runs"
	updateAtNight = "data.postgresql.maintenanceWindow: sun:05:00-sun:06:00: is in the time when cost.schedule has stopped the database, on every day: " +
		"RDS installs nothing then: set a window, in UTC, in which it runs"
	nights = "schedule: {" + berlin + wholeNight + "}"
)

func TestWhatAScheduleStopsIsWarnedOf(t *testing.T) {
	for name, test := range map[string]struct {
		data, backup, cost string
		want               []string
	}{
		"no schedule":                   {`{}`, `{}`, "", nil},
		"the defaults are at night":     {`{}`, `{}`, nights, []string{backupAtNight, updateAtNight}},
		"all by day":                    {`{postgresql: {maintenanceWindow: "tue:09:00-tue:10:00"}}`, `{schedule: "cron(0 12 * * ? *)"}`, nights, nil},
		"no database":                   {`{postgresql: {enabled: false}}`, `{}`, nights, nil},
		"only the weekends are stopped": {`{postgresql: {maintenanceWindow: "sat:09:00-sat:10:00"}}`, `{}`, `schedule: {timeZone: UTC, stop: "0 20 * * FRI", start: "0 7 * * MON"}`, []string{strings.Replace(updateAtNight, "sun:05:00-sun:06:00", "sat:09:00-sat:10:00", 1)}},
		"stopped at noon":               {`{postgresql: {maintenanceWindow: "tue:13:00-tue:14:00"}}`, `{schedule: "cron(0 11 * * ? *)"}`, `schedule: {timeZone: UTC, stop: "0 12 * * *", start: "0 14 * * *"}`, []string{strings.Replace(updateAtNight, "sun:05:00-sun:06:00", "tue:13:00-tue:14:00", 1)}},
		// 19:30 in UTC is 20:30 or 21:30 in Berlin: stopped, but not where the clocks are behind.
		"the time zone counts": {`{postgresql: {maintenanceWindow: "tue:19:30-tue:20:30"}}`, `{schedule: "cron(0 12 * * ? *)"}`, "schedule: {timeZone: America/New_York, " + wholeNight + "}", nil},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.NewReplacer("platform:data: {}", "platform:data: "+test.data, "platform:backup: {}", "platform:backup: "+test.backup,
				"platform:cost: {}", "platform:cost: {"+test.cost+"}").Replace(base)
			env, err := Decode(Dev, parse(t, Dev, text))
			if err != nil {
				t.Fatal(err)
			}
			if got, want := env.Warnings().Error(), strings.Join(test.want, "\n"); got != want {
				t.Errorf("got:\n%s\nwanted:\n%s", got, want)
			}
		})
	}
}

func TestWhereNobodyWatchesTheCosts(t *testing.T) {
	var found Problems
	Environment{AWS: AWS{Region: "us-gov-west-1"}}.costWarnings(&found)
	const want = "cost: a budget, anomaly detection: are not made: aws-us-gov has neither, and nothing watches what the environment costs: " +
		"watch it in the standard account that pays for this one (docs/cost.md)"
	if got := found.Error(); got != want {
		t.Errorf("got:\n%s\nwanted:\n%s", got, want)
	}
}

func TestStoppedFollowsTheLocalClock(t *testing.T) {
	schedule := Schedule{TimeZone: "Europe/Berlin", Stop: "0 20 * * MON-FRI", Start: "0 7 * * MON-FRI"}
	for at, want := range map[string]bool{
		"2026-11-26T18:59:59Z": false, // Thursday, 19:59:59 in winter
		"2026-11-26T19:00:00Z": true,
		"2026-11-27T05:59:59Z": true,
		"2026-11-27T06:00:00Z": false,
		"2026-11-28T12:00:00Z": true, // Saturday
		"2026-11-30T05:59:59Z": true, // Monday
		"2026-11-30T06:00:00Z": false,
		"2026-07-02T17:59:59Z": false, // Thursday, 19:59:59 in summer
		"2026-07-02T18:00:00Z": true,
	} {
		time, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := schedule.stopped(time); got != want {
			t.Errorf("%s: stopped %t, wanted %t", at, got, want)
		}
	}
}
