package config

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Minutes of a day and of a week.
const (
	dayMinutes  = 24 * 60
	weekMinutes = 7 * dayMinutes
)

var (
	dailyPattern  = regexp.MustCompile(`^([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])$`)
	weeklyPattern = regexp.MustCompile(`^(sun|mon|tue|wed|thu|fri|sat):([01][0-9]|2[0-3]):([0-5][0-9])-(sun|mon|tue|wed|thu|fri|sat):([01][0-9]|2[0-3]):([0-5][0-9])$`)
	weekdays      = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
)

// interval is a part of the week, which goes around: minutes from Sunday at 00:00 UTC.
type interval struct{ start, length int }

func (s interval) overlaps(other interval) bool {
	return around(other.start-s.start, weekMinutes) < s.length || around(s.start-other.start, weekMinutes) < other.length
}

// around is the distance from one minute to a later one, across the end if need be.
func around(minutes, circle int) int { return ((minutes % circle) + circle) % circle }

// daily reads a window of every day, as its interval on Sunday.
func daily(window string) (interval, bool) {
	part := dailyPattern.FindStringSubmatch(window)
	if part == nil {
		return interval{}, false
	}
	start := clock(part[1], part[2])
	return interval{start, around(clock(part[3], part[4])-start, dayMinutes)}, true
}

// weekly reads a window of one day of the week.
func weekly(window string) (interval, bool) {
	part := weeklyPattern.FindStringSubmatch(window)
	if part == nil {
		return interval{}, false
	}
	start := weekday(part[1])*dayMinutes + clock(part[2], part[3])
	end := weekday(part[4])*dayMinutes + clock(part[5], part[6])
	return interval{start, around(end-start, weekMinutes)}, true
}

func clock(hours, minutes string) int {
	hour, _ := strconv.Atoi(hours) // the pattern lets digits through only
	minute, _ := strconv.Atoi(minutes)
	return hour*60 + minute
}

func weekday(name string) int {
	return strings.Index(strings.Join(weekdays, ""), name) / len(name)
}

// windows refuses what is no window, or too short, of a store's daily and weekly windows.
func windows(dailyPath, dailyWindow, weeklyPath, weeklyWindow string, least int, found *Problems) {
	remedy := fmt.Sprintf("in UTC, at least %d minutes long", least)
	if s, ok := daily(dailyWindow); !ok || s.length < least {
		found.add(dailyPath, quoted(dailyWindow), "is not a daily window", `write it as "03:00-04:00", `+remedy)
	}
	if s, ok := weekly(weeklyWindow); !ok || s.length < least || s.length > dayMinutes {
		found.add(weeklyPath, quoted(weeklyWindow), "is not a weekly window", `write it as "sun:05:00-sun:06:00", `+remedy+", and no longer than a day")
	}
}

// windowsApart refuses a weekly window that a daily one runs into on any day.
func windowsApart(dailyPath, dailyWindow, weeklyPath, weeklyWindow string, found *Problems) {
	every, ok := daily(dailyWindow)
	once, also := weekly(weeklyWindow)
	if !ok || !also {
		return
	}
	for day := range weekdays {
		if once.overlaps(interval{every.start + day*dayMinutes, every.length}) {
			found.add(weeklyPath, quoted(weeklyWindow), "overlaps "+dailyPath+", "+dailyWindow, "move one of them")
			return
		}
	}
}
