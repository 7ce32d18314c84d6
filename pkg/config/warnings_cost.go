package config

import (
	"slices"
	"time"
)

// costWarnings are what a schedule stops without meaning it, and where nothing watches the costs.
func (e Environment) costWarnings(found *Problems) {
	if e.AWS.Partition() != "aws" {
		found.add("cost", "a budget, anomaly detection", "are not made: "+e.AWS.Partition()+" has neither, and nothing watches what the environment costs",
			"watch it in the standard account that pays for this one (docs/cost.md)")
	}
	schedule := e.Cost.Schedule
	if schedule == nil || !e.Data.PostgreSQL.Enabled {
		return
	}
	const always = "is in the time when cost.schedule has stopped the database, on every day: "
	if hour, minute, ok := DailyTime(e.Backup.Schedule); ok && schedule.alwaysStopped(e.today, 1, hour*60+minute) {
		found.add(backupPath+"schedule", quoted(e.Backup.Schedule), always+"AWS makes no backup of it then", "set a time, in UTC, at which it runs")
	}
	window := e.Data.PostgreSQL.MaintenanceWindow
	if week, ok := weekly(window); ok && schedule.alwaysStopped(e.today, len(weekdays), week.start) {
		found.add(postgresqlPath+"maintenanceWindow", quoted(window), always+"RDS installs nothing then", "set a window, in UTC, in which it runs")
	}
}

// alwaysStopped tells whether the schedule has stopped things at a minute of each round of
// so many days, in the four weeks that begin with the Sunday before today. Minutes count
// from Sunday at 00:00 UTC.
func (s Schedule) alwaysStopped(today time.Time, days, minute int) bool {
	sunday := today.UTC().Truncate(24*time.Hour).AddDate(0, 0, -int(today.UTC().Weekday()))
	var times []time.Time
	for day := 0; day < 4*len(weekdays); day += days {
		times = append(times, sunday.AddDate(0, 0, day).Add(time.Duration(minute)*time.Minute))
	}
	return !slices.ContainsFunc(times, func(at time.Time) bool { return !s.stopped(at) })
}
