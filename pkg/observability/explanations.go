package observability

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms"
)

// Explanation is for whoever watches what a tier serves, from above: while one of its alarms
// is in ALARM, somebody is paged for what is seen there.
type Explanation struct {
	// Alarms are the names of composite alarms: the one that pages for the tier, and the one
	// that silences it, since then a tier below pages; of a tier without the former, none.
	Alarms pulumi.StringArray
	// Seconds is how long the slowest alarm that they speak for takes to go off.
	Seconds int
}

// explain notes what explains a tier to those above it. What pages for a tier below, and is
// no outage of it, is not among it.
func (b *builder) explain(table alarms.Table, explained pulumi.StringInput, all []planned) {
	made := Explanation{Alarms: pulumi.StringArray{b.observability.Composites[table.Tier].AlarmName}}
	if explained != nil {
		made.Alarms = append(made.Alarms, explained)
	}
	for _, p := range all {
		own := p.tier == table.Tier && p.spokenFor()
		below := p.explains && slices.Contains(table.Below, p.tier)
		if own || below && explained != nil {
			made.Seconds = max(made.Seconds, p.alarm.Seconds())
		}
	}
	b.observability.Explanations[table.Tier] = made
}
