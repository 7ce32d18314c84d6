package checklist

import (
	"aws-platform/pkg/dataflow"
	"aws-platform/pkg/graph"
)

func dataFlow(estate Estate, g *graph.Graph, seen *Finding) {
	diagram, err := dataflow.Of(estate, g.Stack)
	if err != nil {
		seen.fault("%v", err)
		return
	}
	seen.need(len(diagram.Flows) > 0, "no flow")
	for _, missing := range diagram.Missing() {
		seen.fault("%s is in no flow", missing)
	}
	seen.say("%s between %s", count(len(diagram.Flows), "flow"), count(len(diagram.Places), "place"))
}
