package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"aws-platform/pkg/cluster/charts"
)

// largestChart is more than any chart has, in bytes.
const largestChart = 64 << 20

// chartsCommand holds the archives of the Helm charts against their checksums. Pulumi
// installs by name and version: run it before `pulumi up` where the checksums matter.
func chartsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "charts",
		Short: "Fetch the Helm charts and compare them with their pinned checksums",
		Args:  cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			return compareCharts(command.OutOrStdout(), fetch)
		},
	}
}

// compareCharts prints the digest of each chart's archive. It is an error when one is not
// what it should be, and when the table does not say what it should be.
func compareCharts(out io.Writer, get charts.Get) error {
	var problems []error
	for _, chart := range charts.All() {
		digest, err := charts.Check(chart, get)
		if err == nil && chart.Digest == "" {
			err = fmt.Errorf("chart %s %s: %s: is not in pkg/cluster/charts, so that another archive would not be noticed: see that it is the publisher's, and put it in",
				chart.Name, chart.Version, digest)
		}
		_, written := fmt.Fprintf(out, "%-30s %-8s %s\n", chart.Name, chart.Version, digest)
		problems = append(problems, err, written)
	}
	return errors.Join(problems...)
}

func fetch(address string) ([]byte, error) {
	client := http.Client{Timeout: time.Minute}
	response, err := client.Get(address)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", address, response.Status)
	}
	return io.ReadAll(io.LimitReader(response.Body, largestChart))
}
