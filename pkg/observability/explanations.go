package observability

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/alarms/compositealarm"
)

// Explanation is for whoever watches what a tier serves, from above: while one of its alarms
// is in ALARM, somebody is paged for what is seen there.
type Explanation struct {
	// Alarms are the names of composite alarms: those that page for the tier, and the one
	// that silences them, since then a tier below pages; of a tier without the former, none.
	Alarms pulumi.StringArray
	// Seconds is how long the slowest alarm that they speak for takes to go off.
	Seconds int
}

// explain notes what explains a tier to those above it. What pages for a tier below, and is
// no outage of it, is not among it.
func (b *builder) explain(table alarms.Table, suppressor *compositealarm.Suppressor, all []planned) {
	var made Explanation
	for _, composite := range b.observability.Composites {
		if composite.Tier == table.Tier {
			made.Alarms = append(made.Alarms, composite.Alarm.AlarmName)
		}
	}
	if suppressor != nil {
		made.Alarms = append(made.Alarms, suppressor.Alarm)
	}
	for _, p := range all {
		if p.spokenFor() && (p.tier == table.Tier || slices.Contains(table.Below, p.tier)) {
			made.Seconds = max(made.Seconds, p.alarm.Seconds())
		}
	}
	b.observability.Explanations[table.Tier] = made
}
