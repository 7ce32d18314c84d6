package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"aws-platform/pkg/offline"
)

// docsCommand writes the generated pages.
func docsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "docs",
		Short: "Write the pages under docs/ that are generated from the resource graph",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			pages, err := offline.Pages(".")
			if err != nil {
				return err
			}
			for _, page := range pages {
				if err := os.WriteFile(filepath.FromSlash(page.Path), []byte(page.Text), 0o644); err != nil { //nolint:gosec // a page is public
					return err
				}
				if _, err := fmt.Fprintln(cmd.OutOrStdout(), page.Path); err != nil {
					return err
				}
			}
			return nil
		},
	}
}
