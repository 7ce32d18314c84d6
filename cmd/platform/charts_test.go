package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/cluster/charts"
)

// published answers as the repositories would: an index, and archives that hold their names.
func published(address string) ([]byte, error) {
	if path.Base(address) != "index.yaml" {
		return []byte(path.Base(address)), nil
	}
	var index strings.Builder
	index.WriteString("entries:\n")
	for _, chart := range charts.All() {
		if strings.HasPrefix(address, chart.Repository+"/") {
			archive := chart.Name + "-" + chart.Version + ".tgz"
			sum := sha256.Sum256([]byte(archive))
			fmt.Fprintf(&index, "  %s: [{version: %q, digest: %s, urls: [%s]}]\n", chart.Name, chart.Version, hex.EncodeToString(sum[:]), archive)
		}
	}
	return []byte(index.String()), nil
}

// A digest that the table lacks is an error like one that differs: both let another
// archive through.
func TestEveryDigestMustBeTheTablesOwn(t *testing.T) {
	var out strings.Builder
	err := compareCharts(&out, published)
	for _, chart := range charts.All() {
		assert.Contains(t, out.String(), chart.Name)
		if chart.Digest == "" {
			assert.ErrorContains(t, err, "chart "+chart.Name+" "+chart.Version+": ")
			assert.ErrorContains(t, err, "is not in pkg/cluster/charts")
			continue
		}
		assert.ErrorContains(t, err, "is not the digest of pkg/cluster/charts, "+chart.Digest)
	}
}
