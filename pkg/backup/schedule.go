package backup

import (
	"fmt"

	"aws-platform/pkg/config"
)

// continuousDelayHours is how long after the daily backup the continuous one is seen
// to. AWS Backup skips a rule whose start window overlaps that of a rule with the longer
// retention (AWS Backup Developer Guide, "Backup plan options and configuration"), and RDS
// takes no snapshot in the hour before its automated backup.
const continuousDelayHours = 2

// timeOfDay is when the daily backup is made, in UTC.
type timeOfDay struct{ minute, hour int }

// parseDaily reads the time of a daily schedule.
func parseDaily(schedule string) (timeOfDay, bool) {
	hour, minute, daily := config.DailyTime(schedule)
	return timeOfDay{minute, hour}, daily
}

// monthly is the first of every month at the same time. That day's daily backup is not
// made, for the windows overlap: the monthly one is the same and kept for longer.
func (t timeOfDay) monthly() string { return fmt.Sprintf("cron(%d %d 1 * ? *)", t.minute, t.hour) }

// continuous is when AWS Backup looks after the continuous backup, which becomes the
// backup window of the database.
func (t timeOfDay) continuous() string {
	return fmt.Sprintf("cron(%d %d * * ? *)", t.minute, (t.hour+continuousDelayHours)%24)
}
