package charts

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Get fetches what is at an address.
type Get func(address string) ([]byte, error)

// Check fetches the archive of a chart and returns the SHA-256 of it, in hex. It is an
// error when that is not what the repository's index says, or not what the table says.
func Check(chart Chart, get Get) (string, error) {
	raw, err := get(chart.Repository + "/index.yaml")
	if err != nil {
		return "", fmt.Errorf("chart %s: %w", chart.Name, err)
	}
	var index struct {
		Entries map[string][]struct {
			Version, Digest string
			URLs            []string
		}
	}
	if err := yaml.Unmarshal(raw, &index); err != nil {
		return "", fmt.Errorf("chart %s: index of %s: %w", chart.Name, chart.Repository, err)
	}
	for _, entry := range index.Entries[chart.Name] {
		if strings.TrimPrefix(entry.Version, "v") != chart.Version || len(entry.URLs) == 0 {
			continue
		}
		address, err := resolve(chart.Repository, entry.URLs[0])
		if err != nil {
			return "", fmt.Errorf("chart %s: %w", chart.Name, err)
		}
		archive, err := get(address)
		if err != nil {
			return "", fmt.Errorf("chart %s: %w", chart.Name, err)
		}
		sum := sha256.Sum256(archive)
		return compare(chart, hex.EncodeToString(sum[:]), entry.Digest)
	}
	return "", fmt.Errorf("chart %s: %s: is not in the index of %s: choose a version that is", chart.Name, chart.Version, chart.Repository)
}

// resolve makes an address of an index absolute.
func resolve(repository, address string) (string, error) {
	base, err := url.Parse(repository + "/")
	if err != nil {
		return "", err
	}
	at, err := base.Parse(address)
	if err != nil {
		return "", err
	}
	return at.String(), nil
}

// compare holds the archive's digest against the index and the table.
func compare(chart Chart, found, published string) (string, error) {
	for _, wanted := range []struct{ whose, digest string }{{"the index", published}, {"pkg/cluster/charts", chart.Digest}} {
		if wanted.digest != "" && wanted.digest != found {
			return found, fmt.Errorf("chart %s %s: %s: is not the digest of %s, %s: somebody changed the archive: do not install it",
				chart.Name, chart.Version, found, wanted.whose, wanted.digest)
		}
	}
	return found, nil
}
