package main

import (
	"fmt"
	"text/tabwriter"

	"aws-platform/pkg/config/configtest"
	"aws-platform/pkg/environment"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

// benchZones grows an environment from three to eight zones.
func benchZones(table *tabwriter.Writer) error {
	fmt.Fprintln(table, "zones\tresources\ttime (ms)\teach (ms)\tratio to 3 zones")
	var first float64
	for zones := 3; zones <= 8; zones++ {
		env := configtest.Environment{Stack: "staging", Octet: 10, Zones: "abcdefgh"[:zones]}
		c, err := measure(10, func() (*graph.Graph, error) {
			return record.Run(environment.Program, record.Options{Project: "platform", Stack: env.Stack, Config: env.Values()})
		})
		if err != nil {
			return err
		}
		each := 1e3 * c.seconds / float64(c.resources)
		if first == 0 {
			first = each
		}
		fmt.Fprintf(table, "%d\t%d\t%.1f\t%.3f\t%.2f\n", zones, c.resources, 1e3*c.seconds, each, each/first)
	}
	fmt.Fprintln(table)
	return nil
}
