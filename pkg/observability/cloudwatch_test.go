package observability_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
)

// change is of a metric alarm, after so many minutes: into ALARM, or out of it.
type change struct {
	minute int
	alarm  string
	ended  bool
}

// composed is a composite alarm as CloudWatch keeps it.
type composed struct {
	alarm                      graph.Resource
	children                   []string
	suppressor                 string
	wait, extension            int // minutes
	inAlarm, due, explained    bool
	sinceAlarm, sinceExplained int
}

// cloudWatch is how CloudWatch acts on transitions, by the minute (Amazon CloudWatch User
// Guide, "Suppressing composite alarm actions"): an alarm acts when it goes into ALARM, and
// never while it stays there. A composite alarm's action waits for the suppressor, is held
// back while that is in ALARM and for the extension after it, and then comes if the alarm is
// still in ALARM.
type cloudWatch struct {
	inAlarm    map[string]bool
	composites []*composed
	pages      []string // "<minute> <alarm>"
}

// suppressed tells whether the action is held back in a minute: while the suppressor is in
// ALARM and for the extension after, and for the wait, in which it may still come.
func (c *composed) suppressed(minute int, explained bool) bool {
	if explained {
		c.explained, c.sinceExplained = true, minute+1 // its end, if it is the last minute
	}
	waits := c.suppressor != "" && minute < c.sinceAlarm+c.wait && c.sinceExplained <= c.sinceAlarm
	return waits || explained || c.explained && minute < c.sinceExplained+c.extension
}

// step lets a minute pass.
func (c *cloudWatch) step(minute int) {
	for range 2 { // an alarm that silences may be later in the list than what it silences
		for _, composite := range c.composites {
			c.inAlarm[composite.alarm.Name] = slices.ContainsFunc(composite.children, func(child string) bool { return c.inAlarm[child] })
		}
	}
	for _, composite := range c.composites {
		is := c.inAlarm[composite.alarm.Name]
		if is && !composite.inAlarm {
			composite.due, composite.sinceAlarm = true, minute
		}
		composite.inAlarm, composite.due = is, composite.due && is
		held := composite.suppressed(minute, c.inAlarm[composite.suppressor])
		if composite.due && !held {
			composite.due = false
			if len(composite.alarm.Strings("alarmActions")) > 0 {
				c.pages = append(c.pages, fmt.Sprintf("%d %s", minute, composite.alarm.Name))
			}
		}
	}
}

// played are the pages of what happens, in six hours, without the environment's name.
func played(t *testing.T, g *graph.Graph, changes ...change) []string {
	t.Helper()
	c := &cloudWatch{inAlarm: map[string]bool{}}
	for _, alarm := range g.OfType(compositeAlarm) {
		c.composites = append(c.composites, &composed{
			alarm: alarm, children: children(alarm.String("alarmRule")), suppressor: alarm.String("actionsSuppressor.alarm"),
			wait: alarm.Int("actionsSuppressor.waitPeriod") / 60, extension: alarm.Int("actionsSuppressor.extensionPeriod") / 60,
		})
	}
	for minute := range 360 {
		for _, happens := range changes {
			if happens.minute != minute {
				continue
			}
			alarm := one(t, g, metricAlarm, "production-"+happens.alarm)
			require.Equal(t, happens.ended, c.inAlarm[alarm.Name], "%s at %d changes nothing", happens.alarm, minute)
			c.inAlarm[alarm.Name] = !happens.ended
			if !happens.ended && slices.Contains(alarm.Strings("alarmActions"), critical) {
				c.pages = append(c.pages, fmt.Sprintf("%d %s", minute, alarm.Name))
			}
		}
		c.step(minute)
	}
	for i, page := range c.pages {
		c.pages[i] = strings.Replace(page, "production-", "", 1)
	}
	return c.pages
}
