package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestSchedulerCron(t *testing.T) {
	for expression, want := range map[string]string{
		"0 20 * * MON-FRI":     "cron(0 20 ? * MON-FRI *)",
		"0 7 * * 1-5":          "cron(0 7 ? * MON-FRI *)",
		"0 20 * * *":           "cron(0 20 * * ? *)",
		"30 6 1 * *":           "cron(30 6 1 * ? *)",
		"0 20 1,15 JAN-MAR *":  "cron(0 20 1,15 1-3 ? *)",
		"*/30 20 * * SUN,sat":  "cron(0,30 20 ? * SUN,SAT *)",
		"0 20 * * 0":           "cron(0 20 ? * SUN *)",
		"0 20 * * 0-6":         "cron(0 20 ? * * *)",
		"0 22-23 * * MON":      "cron(0 22,23 ? * MON *)",
		"5/15 8-18/2 * */3 *":  "cron(5,20,35,50 8,10,12,14,16,18 * 1,4,7,10 ? *)",
		"* * * * *":            "cron(* * * * ? *)",
		"0 20 1 * MON":         "",
		"0 20 */2 * MON":       "",
		"20:00":                "",
		"cron(0 20 * * ? *)":   "",
		"":                     "",
		"0 20 * * 7":           "",
		"1-59 1-23 2-31 * *":   "cron(1-59 1-23 2-31 * ? *)",
		"0 20 * * MON,TUE,FRI": "cron(0 20 ? * MON,TUE,FRI *)",
	} {
		got, ok := SchedulerCron(expression)
		if got != want || ok != (want != "") {
			t.Errorf("%q: %q, %t, wanted %q", expression, got, ok, want)
		}
		if ok && !awsCron(got) {
			t.Errorf("%q: %q is no cron expression of AWS", expression, got)
		}
	}
}

// due reads an expression as EventBridge Scheduler does, from its user guide and by no code
// of ours: fields of values, ranges and stars, SUN the first day of the week.
func due(expression string, at time.Time) bool {
	fields := strings.Fields(strings.TrimSuffix(strings.TrimPrefix(expression, "cron("), ")"))
	days := []string{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"}
	number := func(text string) int {
		if day := slices.Index(days, text); day >= 0 {
			return day + 1
		}
		value, _ := strconv.Atoi(text)
		return value
	}
	matches := func(field string, value int) bool {
		return field == "*" || field == "?" || slices.ContainsFunc(strings.Split(field, ","), func(part string) bool {
			first, last, isRange := strings.Cut(part, "-")
			return value == number(first) || isRange && value >= number(first) && value <= number(last)
		})
	}
	return matches(fields[0], at.Minute()) && matches(fields[1], at.Hour()) && matches(fields[2], at.Day()) &&
		matches(fields[3], int(at.Month())) && matches(fields[4], int(at.Weekday())+1)
}

// TestSchedulerCronMeansTheSame holds what is written against what crontab means.
func TestSchedulerCronMeansTheSame(t *testing.T) {
	field := func(least, most int) *rapid.Generator[string] {
		value := rapid.IntRange(least, most)
		return rapid.OneOf(
			rapid.Just("*"),
			rapid.Map(value, strconv.Itoa),
			rapid.Custom(func(t *rapid.T) string {
				first := value.Draw(t, "first")
				return fmt.Sprintf("%d-%d", first, rapid.IntRange(first, most).Draw(t, "last"))
			}),
			rapid.Custom(func(t *rapid.T) string { return fmt.Sprintf("*/%d", rapid.IntRange(1, most).Draw(t, "step")) }),
			rapid.Custom(func(t *rapid.T) string { return fmt.Sprintf("%d,%d", value.Draw(t, "one"), value.Draw(t, "other")) }),
		)
	}
	rapid.Check(t, func(t *rapid.T) {
		day, weekday := field(1, 28).Draw(t, "day"), "*"
		if rapid.Bool().Draw(t, "week") {
			day, weekday = "*", field(0, 6).Draw(t, "weekday")
		}
		expression := strings.Join([]string{field(0, 59).Draw(t, "minute"), field(0, 23).Draw(t, "hour"), day, field(1, 12).Draw(t, "month"), weekday}, " ")
		written, ok := SchedulerCron(expression)
		if !ok {
			t.Fatalf("%q is not taken", expression)
		}
		at := time.Date(2026, 1, 1, 0, rapid.IntRange(0, 2*366*24*60).Draw(t, "minutes"), 0, 0, time.UTC)
		if want := parseCron(expression).Next(at.Add(-time.Second)).Equal(at); due(written, at) != want {
			t.Fatalf("%q is %q: due at %s %t, wanted %t", expression, written, at, !want, want)
		}
		if next := parseCron(expression).Next(at); !due(written, next) {
			t.Fatalf("%q is %q: not due at %s", expression, written, next)
		}
	})
}
