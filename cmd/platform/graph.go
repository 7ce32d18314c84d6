package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"

	"github.com/spf13/cobra"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/offline"
)

// graphCommand prints the resource graph of a stack as JSON.
func graphCommand() *cobra.Command {
	var export string
	command := &cobra.Command{
		Use:   "graph <stack>",
		Short: "Print the resource graph of a stack, or of the peering, as JSON",
		Long: `Print the resource graph of a stack as JSON: outputs, and for each resource its
URN, type, name, parent, provider, protection, dependencies and inputs.

The program runs under Pulumi mocks with the stack's file: neither cloud nor
pulumi is needed. "graph peering" fills its stack references from the graphs of
the environments that it names. With --export the graph is read from what
"pulumi stack export" printed instead.`,
		Example: "  platform graph production\n  pulumi stack export -s production | platform graph --export -",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			g, err := loadGraph(cmd.InOrStdin(), args, export)
			if err != nil {
				return err
			}
			encoder := json.NewEncoder(cmd.OutOrStdout())
			encoder.SetIndent("", "  ")
			encoder.SetEscapeHTML(false)
			return encoder.Encode(g)
		},
	}
	command.Flags().StringVar(&export, "export", "", "read the `file` (- for standard input) that `pulumi stack export` printed")
	return command
}

func loadGraph(stdin io.Reader, args []string, export string) (*graph.Graph, error) {
	switch {
	case (export == "") == (len(args) == 0):
		return nil, errors.New("graph: give a stack (dev, staging, production, production-pci, peering, github, account-<environment>) or --export, one of the two")
	case export == "":
		return offline.Graph(".", args[0])
	case export == "-":
		text, err := io.ReadAll(stdin)
		if err != nil {
			return nil, err
		}
		return graph.FromExport(text)
	default:
		text, err := os.ReadFile(export) //nolint:gosec // the file that the user names
		if err != nil {
			return nil, err
		}
		return graph.FromExport(text)
	}
}
