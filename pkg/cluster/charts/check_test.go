package charts_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/cluster/charts"
)

func sum(text string) string {
	digest := sha256.Sum256([]byte(text))
	return hex.EncodeToString(digest[:])
}

func TestCheck(t *testing.T) {
	chart := charts.Chart{Name: "base", Version: "1.0.0", Repository: "https://charts.example.com/stable"}
	index := func(version, digest, address string) string {
		return "entries:\n  base:\n  - version: " + version + "\n    digest: " + digest + "\n    urls: [" + address + "]\n"
	}
	for name, test := range map[string]struct {
		index, pinned, archiveAt, want string
	}{
		"as published":            {index("1.0.0", sum("archive"), "base-1.0.0.tgz"), "", "https://charts.example.com/stable/base-1.0.0.tgz", ""},
		"as pinned":               {index("v1.0.0", sum("archive"), "https://elsewhere.example.com/b.tgz"), sum("archive"), "https://elsewhere.example.com/b.tgz", ""},
		"another than published":  {index("1.0.0", sum("other"), "b.tgz"), "", "https://charts.example.com/stable/b.tgz", "is not the digest of the index"},
		"another than pinned":     {index("1.0.0", sum("archive"), "b.tgz"), sum("other"), "https://charts.example.com/stable/b.tgz", "is not the digest of pkg/cluster/charts"},
		"a version that is gone":  {index("2.0.0", sum("archive"), "b.tgz"), "", "", "1.0.0: is not in the index"},
		"no index":                {"entries: [", "", "", "index of https://charts.example.com/stable"},
		"an archive that is gone": {index("1.0.0", sum("archive"), "b.tgz"), "", "https://nowhere.example.com", "404"},
	} {
		t.Run(name, func(t *testing.T) {
			chart := chart
			chart.Digest = test.pinned
			digest, err := charts.Check(chart, func(address string) ([]byte, error) {
				switch {
				case strings.HasSuffix(address, "/index.yaml"):
					return []byte(test.index), nil
				case address == test.archiveAt:
					return []byte("archive"), nil
				}
				return nil, errors.New(address + ": 404")
			})
			if test.want == "" {
				require.NoError(t, err)
				assert.Equal(t, sum("archive"), digest)
				return
			}
			assert.ErrorContains(t, err, test.want)
		})
	}
}
