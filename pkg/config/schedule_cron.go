package config

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// anyDay is the bit that the parser sets in a field that is a star.
const anyDay = 1 << 63

// SchedulerCron writes a cron expression of five fields, as stop and start are, for
// EventBridge Scheduler: "0 20 * * MON-FRI" is "cron(0 20 ? * MON-FRI *)" there. It has a
// field for the year, and one of the two days is a question mark (Amazon EventBridge
// Scheduler User Guide, "Cron-based schedules"). Its days of the week are counted from one
// where crontab's are from zero, so names are written. False is for what is no expression,
// and for one that names both days: crontab means either, and the Scheduler has no way to
// say so.
func SchedulerCron(expression string) (string, bool) {
	times, ok := parseCron(expression).(*cron.SpecSchedule)
	if !ok || bothDays(times) {
		return "", false
	}
	day, weekday := cronField(times.Dom, 1, 31, strconv.Itoa), cronField(times.Dow, 0, 6, weekdayName)
	if times.Dow&anyDay != 0 {
		weekday = "?"
	} else {
		day = "?"
	}
	return fmt.Sprintf("cron(%s %s %s %s %s *)", cronField(times.Minute, 0, 59, strconv.Itoa), cronField(times.Hour, 0, 23, strconv.Itoa),
		day, cronField(times.Month, 1, 12, strconv.Itoa), weekday), true
}

// bothDays tells whether an expression names days of the month and of the week.
func bothDays(times *cron.SpecSchedule) bool { return times.Dom&anyDay == 0 && times.Dow&anyDay == 0 }

func weekdayName(day int) string { return strings.ToUpper(weekdays[day]) }

// cronField writes the values of a field, of which the lowest and the highest are given:
// three and more in a row as a range.
func cronField(values uint64, least, most int, name func(int) string) string {
	if bits.OnesCount64(values&^anyDay) == most-least+1 {
		return "*"
	}
	var parts []string
	for value := least; value <= most; value++ {
		last := value
		for last < most && values&(1<<(last+1)) != 0 {
			last++
		}
		switch {
		case values&(1<<value) == 0:
		case last > value+1:
			parts = append(parts, name(value)+"-"+name(last))
			value = last
		default:
			parts = append(parts, name(value))
		}
	}
	return strings.Join(parts, ",")
}

// longestNight is how far back a stop may lie that still holds: RDS starts a stopped
// instance after seven days (Amazon RDS User Guide, "Stopping an Amazon RDS DB instance temporarily").
const longestNight = 7 * 24 * time.Hour

// stopped tells whether the schedule has stopped things at a time: its last stop is later
// than its last start. It is valid.
func (s Schedule) stopped(at time.Time) bool {
	zone, err := time.LoadLocation(s.TimeZone)
	stop, start := parseCron(s.Stop), parseCron(s.Start)
	if err != nil || stop == nil || start == nil {
		return false
	}
	last := func(times cron.Schedule) time.Time {
		var found time.Time
		for next := times.Next(at.In(zone).Add(-longestNight)); !next.IsZero() && !next.After(at); next = times.Next(next) {
			found = next
		}
		return found
	}
	return last(stop).After(last(start))
}
