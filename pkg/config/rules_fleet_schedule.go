package config

import (
	"reflect"
	"regexp"
	"time"
	_ "time/tzdata" // the time zones are known on a machine without them too

	"github.com/robfig/cron/v3"
)

const (
	schedulePath = "compute.fleet.schedule"
	timeZonePath = schedulePath + ".timeZone"
)

func scheduleProduction(env Environment, found *Problems) {
	if env.Production() && env.Compute.Fleet.Schedule != nil {
		found.add(schedulePath, "a schedule", "would stop the fleet, and "+env.Name+" always runs", "remove the key")
	}
}

// timeZonePattern leaves out what LoadLocation takes and AWS does not: "", Local,
// and files that only some machines have beside the time zones, as posixrules.
var timeZonePattern = regexp.MustCompile(`^[A-Z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*$`)

func scheduleTimeZone(env Environment, found *Problems) {
	schedule := env.Compute.Fleet.Schedule
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

// cronPattern is crontab's format of five fields, which EC2 Auto Scaling takes
// (PutScheduledUpdateGroupAction in its API reference). The parser takes more: a
// time zone before it, @daily, and question marks.
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
	if env.Compute.Fleet.Schedule == nil {
		return
	}
	for _, at := range env.Compute.Fleet.Schedule.times() {
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
	schedule := env.Compute.Fleet.Schedule
	if schedule == nil {
		return
	}
	stop, start := parseCron(schedule.Stop), parseCron(schedule.Start)
	if stop != nil && reflect.DeepEqual(stop, start) {
		found.add(schedulePath+".start", quoted(schedule.Start), "is when the fleet stops", "set another time than that of stop")
	}
}
