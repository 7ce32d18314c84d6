package eks

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMissingAPIServer(t *testing.T) { //nolint:paralleltest // sets the environment
	tests := map[string]struct{ content, want string }{
		"another cluster": {`{"staging-eks": {}, "production-eks": {}}`, "cluster dev-eks: no local API server in"},
		"no endpoint":     {`{"dev-eks": {"certificateAuthority": "Y2E="}}`, "endpoint or certificateAuthority is empty"},
		"no authority":    {`{"dev-eks": {"endpoint": "https://127.0.0.1:1"}}`, "endpoint or certificateAuthority is empty"},
		"no JSON":         {`endpoint`, "clusters.json: invalid character"},
		"no base64":       {`{"dev-eks": {"endpoint": "https://127.0.0.1:1", "certificateAuthority": "%"}}`, "certificateAuthority: illegal base64"},
		"no PEM":          {`{"dev-eks": {"endpoint": "https://127.0.0.1:1", "certificateAuthority": "Y2E="}}`, "holds no PEM block"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			withClusters(t, test.content)
			m := &monitor{}
			_, err := run(t, m, arguments(nil))
			require.ErrorContains(t, err, test.want)
			assert.Empty(t, m.registered, "nothing is registered")
		})
	}
}

func TestMissingFileNamesWhatToStart(t *testing.T) { //nolint:paralleltest // sets the environment
	for _, path := range []string{"", filepath.Join(t.TempDir(), "none.json")} {
		t.Setenv(ClustersVariable, path)
		_, err := run(t, &monitor{}, arguments(nil))
		require.ErrorContains(t, err, "make up", path)
		require.ErrorContains(t, err, "dev-eks")
	}
}
