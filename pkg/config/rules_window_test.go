package config

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// minutes are those of the week in which a window is open: an oracle without arithmetic
// of intervals.
func minutes(from, length int, everyDay bool) map[int]bool {
	open := map[int]bool{}
	days := 1
	if everyDay {
		days = 7
	}
	for day := range days {
		for i := range length {
			open[(from+day*dayMinutes+i)%weekMinutes] = true
		}
	}
	return open
}

func TestWindowsOverlapExactlyWhenAMinuteIsInBoth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start, length := rapid.IntRange(0, dayMinutes-1).Draw(t, "daily"), rapid.IntRange(1, 600).Draw(t, "long")
		from, long := rapid.IntRange(0, weekMinutes-1).Draw(t, "weekly"), rapid.IntRange(1, 600).Draw(t, "weekly long")
		want := false
		both := minutes(start, length, true)
		for minute := range minutes(from, long, false) {
			want = want || both[minute]
		}
		end, until := (start+length)%dayMinutes, (from+long)%weekMinutes
		every := fmt.Sprintf("%02d:%02d-%02d:%02d", start/60, start%60, end/60, end%60)
		at := func(minute int) string {
			return fmt.Sprintf("%s:%02d:%02d", weekdays[minute/dayMinutes], minute%dayMinutes/60, minute%60)
		}
		var found Problems
		windowsApart("daily", every, "weekly", at(from)+"-"+at(until), &found)
		if got := len(found) > 0; got != want {
			t.Fatalf("%s and %s-%s: overlap %t, wanted %t", every, at(from), at(until), got, want)
		}
	})
}
