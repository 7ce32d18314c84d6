// Command bench measures the offline graph: time and memory of production as a
// process, growth with zones, and growth of the peering stack with a full mesh.
// It prints ratios within the run; figures of another machine compare by those.
package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"text/tabwriter"
	"time"

	"aws-platform/pkg/graph"
)

func main() {
	table := tabwriter.NewWriter(os.Stdout, 2, 8, 2, ' ', 0)
	for _, section := range []func(*tabwriter.Writer) error{benchProcess, benchZones, benchMesh} {
		if err := section(table); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		_ = table.Flush()
	}
}

// cost is what one recording took.
type cost struct {
	resources int
	seconds   float64
	megabytes float64 // allocated in all
}

// measure records several times and returns the fastest.
func measure(times int, recording func() (*graph.Graph, error)) (cost, error) {
	var costs []cost
	for range times {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		g, err := recording()
		if err != nil {
			return cost{}, err
		}
		seconds := time.Since(start).Seconds()
		runtime.ReadMemStats(&after)
		costs = append(costs, cost{len(g.Resources), seconds, float64(after.TotalAlloc-before.TotalAlloc) / 1e6})
	}
	return slices.MinFunc(costs, func(a, b cost) int { return int(1e9 * (a.seconds - b.seconds)) }), nil
}
