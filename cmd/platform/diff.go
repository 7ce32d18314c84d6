package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"aws-platform/pkg/difference"
	"aws-platform/pkg/graph"
)

// diffCommand compares two resource graphs.
func diffCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "diff <base.json> <head.json>",
		Short: "Print what lies between two resource graphs, as Markdown",
		Long: `Print what lies between two files that "platform graph" wrote: resources that are added,
removed and changed, with the names of the properties and never their values. An empty
file is a stack that is not there.`,
		Example: "  platform graph dev > head.json\n  platform diff base.json head.json",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			var graphs [2]*graph.Graph
			for i, file := range args {
				var err error
				if graphs[i], err = readGraph(file); err != nil {
					return fmt.Errorf("diff: %w", err)
				}
			}
			_, err := fmt.Fprint(cmd.OutOrStdout(), difference.Between(graphs[0], graphs[1]).Markdown())
			return err
		},
	}
}

// readGraph reads what `platform graph` wrote; nil for an empty file.
func readGraph(file string) (*graph.Graph, error) {
	text, err := os.ReadFile(file) //nolint:gosec // the file that the user names
	if err != nil || strings.TrimSpace(string(text)) == "" {
		return nil, err
	}
	var read graph.Graph
	if err := json.Unmarshal(text, &read); err != nil {
		return nil, fmt.Errorf("%s: %w: give what `platform graph` wrote", file, err)
	}
	return &read, nil
}
