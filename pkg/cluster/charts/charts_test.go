package charts_test

import (
	"net/url"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/cluster/charts"
)

// exact is a version that is no range: Helm would take the newest of one.
var (
	exact  = regexp.MustCompile(`^v?[0-9]+\.[0-9]+\.[0-9]+$`)
	digest = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

func TestEveryChartIsPinned(t *testing.T) {
	releases := map[string]bool{}
	for _, chart := range charts.All() {
		assert.Regexp(t, exact, chart.Version, chart.Name)
		assert.Regexp(t, exact, chart.App, chart.Name)
		// Istio's are still to be put in: `platform charts` fails until they are.
		if chart.Repository != charts.IstioBase.Repository || chart.Digest != "" {
			assert.Regexp(t, digest, chart.Digest, chart.Name)
		}
		repository, err := url.Parse(chart.Repository)
		require.NoError(t, err)
		assert.Equal(t, "https", repository.Scheme, chart.Name)
		assert.False(t, releases[chart.Release], "%s is one release", chart.Release)
		releases[chart.Release] = true
		assert.NotEmpty(t, chart.Namespace, chart.Name)
	}
}

func TestIstioIsOfOneVersion(t *testing.T) {
	for _, chart := range []charts.Chart{charts.Istiod, charts.IstioCNI, charts.Ztunnel} {
		assert.Equal(t, charts.IstioBase.Version, chart.Version, chart.Name)
		assert.Equal(t, charts.IstioBase.Repository, chart.Repository, chart.Name)
		assert.Equal(t, charts.IstioNamespace, chart.Namespace, chart.Name)
	}
}
