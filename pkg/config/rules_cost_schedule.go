package config

import (
	"reflect"
	"regexp"
	"strconv"
	"time"
	_ "time/tzdata" // the time zones are known on a machine without them too

	"github.com/robfig/cron/v3"
)

const (
	schedulePath = "cost.schedule"
	timeZonePath = schedulePath + ".timeZone"
)

func scheduleProduction(env Environment, found *Problems) {
	if env.Production() && env.Cost.Schedule != nil {
		found.add(schedulePath, "a schedule", "would stop the database, the fleet and the nodes, and "+env.Name+" always runs", "remove the key")
	}
}

// timeZonePattern leaves out what LoadLocation takes and AWS does not: "", Local,
// and files that only some machines have beside the time zones, as posixrules.
var timeZonePattern = regexp.MustCompile(`^[A-Z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*$`)

func scheduleTimeZone(env Environment, found *Problems) {
	schedule := env.Cost.Schedule
	switch {
	case schedule == nil:
	case schedule.TimeZone == "":
		found.missing(timeZonePath, "set an IANA time zone, as in Europe/Berlin")
	case !knownTimeZone(schedule.TimeZone):
		found.add(timeZonePath, quoted(schedule.TimeZone), "is not a time zone", "write its name in the IANA database, as in Europe/Berlin")
	}
}

func knownTimeZone(name string) bool {
	_, err := time.LoadLocation(name)
	return err == nil && name != "Local" && timeZonePattern.MatchString(name)
}

// times are the cron expressions by their keys.
func (s Schedule) times() []struct{ path, cron string } {
	return []struct{ path, cron string }{{schedulePath + ".stop", s.Stop}, {schedulePath + ".start", s.Start}}
}

// cronPattern is crontab's format of five fields. The parser takes more: a time zone
// before it, @daily, and question marks.
var cronPattern = regexp.MustCompile(`^[0-9A-Za-z*,/-]+(?: [0-9A-Za-z*,/-]+){4}$`)

// parseCron returns the times of an expression; nil if it is none.
func parseCron(expression string) cron.Schedule {
	if !cronPattern.MatchString(expression) {
		return nil
	}
	times, err := cron.ParseStandard(expression)
	if err != nil {
		return nil
	}
	return times
}

func scheduleCron(env Environment, found *Problems) {
	if env.Cost.Schedule == nil {
		return
	}
	for _, at := range env.Cost.Schedule.times() {
		times := parseCron(at.cron)
		switch {
		case at.cron == "":
			found.missing(at.path, `set when, as in "0 20 * * MON-FRI"`)
		case times == nil:
			found.add(at.path, quoted(at.cron), "is not a cron expression", `write minute, hour, day of month, month and day of week, as in "0 20 * * MON-FRI"`)
		case times.Next(time.Unix(0, 0)).IsZero():
			found.add(at.path, quoted(at.cron), "is a time that never comes", "name a day that its month has")
		}
	}
}

func scheduleSame(env Environment, found *Problems) {
	schedule := env.Cost.Schedule
	if schedule == nil {
		return
	}
	stop, start := parseCron(schedule.Stop), parseCron(schedule.Start)
	if stop != nil && reflect.DeepEqual(stop, start) {
		found.add(schedulePath+".start", quoted(schedule.Start), "is when everything stops", "set another time than that of stop")
	}
}

// scheduleDays: crontab means either of the two days, and EventBridge Scheduler knows one
// (Amazon EventBridge Scheduler User Guide, "Cron-based schedules").
func scheduleDays(env Environment, found *Problems) {
	if env.Cost.Schedule == nil {
		return
	}
	for _, at := range env.Cost.Schedule.times() {
		if times, ok := parseCron(at.cron).(*cron.SpecSchedule); ok && bothDays(times) {
			found.add(at.path, quoted(at.cron), "names days of the month and days of the week, and EventBridge Scheduler takes one of them", "write a star for the other")
		}
	}
}

// scheduleReplicas: RDS stops neither an instance that has a read replica nor the replica
// (Amazon RDS User Guide, "Stopping an Amazon RDS DB instance temporarily").
func scheduleReplicas(env Environment, found *Problems) {
	database := env.Data.PostgreSQL
	if env.Cost.Schedule != nil && database.Enabled && database.ReadReplicas > 0 {
		found.add(schedulePath, "a schedule", "stops no database that has read replicas, and data.postgresql.readReplicas is "+strconv.Itoa(database.ReadReplicas), "remove one of the two keys")
	}
}
