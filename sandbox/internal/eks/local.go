package eks

import (
	"crypto/sha1" //nolint:gosec // the thumbprint of an IAM OIDC provider is defined as SHA-1
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"aws-platform/sandbox/internal/kubernetes"
)

// ClustersVariable names the file of the API servers on this machine.
const ClustersVariable = kubernetes.ClustersVariable

// remedy ends every message about an API server that is not there.
const remedy = "start the cloud with `make up` (or `sandbox up`), then run `eval \"$(make -s env)\"`"

// local is the API server of a cluster on this machine.
type local struct {
	kubernetes.Endpoint
	// thumbprint is the SHA-1 of the authority's certificate.
	thumbprint string
}

// find returns the API server that was started for the cluster.
func find(cluster string) (local, error) {
	path := os.Getenv(ClustersVariable)
	if path == "" {
		return local{}, fmt.Errorf("cluster %s: %s is not set: %s", cluster, ClustersVariable, remedy)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return local{}, fmt.Errorf("cluster %s: no list of local API servers: %w: %s", cluster, err, remedy)
	}
	var clusters map[string]kubernetes.Endpoint
	if err := json.Unmarshal(data, &clusters); err != nil {
		return local{}, fmt.Errorf("cluster %s: %s: %w", cluster, path, err)
	}
	server, ok := clusters[cluster]
	if !ok {
		return local{}, fmt.Errorf("cluster %s: no local API server in %s, which has %s: %s",
			cluster, path, strings.Join(slices.Sorted(maps.Keys(clusters)), ", "), remedy)
	}
	if server.Endpoint == "" || server.CertificateAuthority == "" {
		return local{}, fmt.Errorf("cluster %s: %s: endpoint or certificateAuthority is empty: %s", cluster, path, remedy)
	}
	sum, err := thumbprint(server.CertificateAuthority)
	if err != nil {
		return local{}, fmt.Errorf("cluster %s: %s: certificateAuthority: %w: %s", cluster, path, err, remedy)
	}
	return local{server, sum}, nil
}

// thumbprint is the SHA-1 of an authority's certificate. The real component takes that of
// the OIDC issuer from the issuer's host, and there is no such host here.
func thumbprint(authority string) (string, error) {
	text, err := base64.StdEncoding.DecodeString(authority)
	if err != nil {
		return "", err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return "", errors.New("holds no PEM block")
	}
	sum := sha1.Sum(block.Bytes) //nolint:gosec // see the import
	return hex.EncodeToString(sum[:]), nil
}
