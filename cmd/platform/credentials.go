package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"aws-platform/pkg/credentials"
)

// credentialsCommand scans an exported state.
func credentialsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "credentials <export.json>",
		Short: "Finds what looks like a credential in an exported state",
		Long: `Reads what "pulumi stack export" printed, from a file or from standard input (-), and
prints where a resource's inputs or outputs hold something that looks like a credential in
plain text: a line a finding, never the value. Exits with 1 if there is one.`,
		Example: "  pulumi stack export -s production | platform credentials -",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := readExport(args[0], cmd.InOrStdin())
			if err != nil {
				return fmt.Errorf("credentials: %w", err)
			}
			found, err := credentials.ScanExport(text)
			if err != nil {
				return fmt.Errorf("credentials: %s: %w", args[0], err)
			}
			for _, finding := range found {
				if _, err := fmt.Fprintln(cmd.OutOrStdout(), finding); err != nil {
					return err
				}
			}
			if len(found) > 0 {
				return fmt.Errorf("credentials: %s: %d in plain text: let AWS keep them, and publish their ARN", args[0], len(found))
			}
			return nil
		},
	}
}

func readExport(path string, in io.Reader) ([]byte, error) {
	if path == "-" {
		return io.ReadAll(in)
	}
	return os.ReadFile(path) //nolint:gosec // the file that the user names
}
