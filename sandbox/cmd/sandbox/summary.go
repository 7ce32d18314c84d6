package main

import (
	"context"
	"sort"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"aws-platform/sandbox/internal/coverage"
	"aws-platform/sandbox/internal/progress"
	"aws-platform/sandbox/internal/stacks"
	"aws-platform/sandbox/internal/toolchain"
)

// summary prints what was deployed, what of it is simulated, and the time.
func (a app) summary(ctx context.Context, pulumi stacks.Pulumi, tools toolchain.Tools, deployed []stacks.Stack) error {
	known, err := coverage.Read(ctx, tools.Plugin, tools.KubernetesPlugin)
	if err != nil {
		return err
	}
	simulated := map[string]int{}
	counts := newTable("stack", "resources", "of them simulated")
	for _, stack := range deployed {
		inventory, err := pulumi.Inventory(ctx, stack)
		if err != nil {
			return err
		}
		of := 0
		for token, n := range inventory {
			if known.Reason(token) != "" {
				simulated[token] += n
				of += n
			}
		}
		counts.AppendRow(table.Row{stack.Name, inventory.Total(), of})
	}
	a.printer.Linef("\n%s", counts.Render())
	if len(simulated) > 0 {
		a.printer.Linef("\n%s", simulatedTable(simulated, known))
	}
	times := newTable("step", "time")
	for _, step := range a.printer.Timings() {
		times.AppendRow(table.Row{step.Step, progress.Round(step.Took)})
	}
	a.printer.Linef("\n%s", times.Render())
	return nil
}

// simulatedTable lists the simulated types that were deployed, and why.
func simulatedTable(counts map[string]int, known coverage.Table) string {
	tokens := make([]string, 0, len(counts))
	for token := range counts {
		tokens = append(tokens, token)
	}
	sort.Strings(tokens)
	list := newTable("simulated (planned, not created)", "count", "because")
	for _, token := range tokens {
		list.AppendRow(table.Row{token, counts[token], known.Reason(token)})
	}
	return list.Render()
}

// columnWidth is where the text of a table's cell goes on in the next line.
const columnWidth = 72

// newTable makes a plain table for a terminal.
func newTable(header ...string) table.Writer {
	list := table.NewWriter()
	list.SetStyle(table.StyleLight)
	list.Style().Format.Header = text.FormatDefault
	row := make(table.Row, len(header))
	widths := make([]table.ColumnConfig, len(header))
	for i, title := range header {
		row[i] = title
		widths[i] = table.ColumnConfig{Number: i + 1, WidthMax: columnWidth, WidthMaxEnforcer: text.WrapSoft}
	}
	list.AppendHeader(row)
	list.SetColumnConfigs(widths)
	return list
}
