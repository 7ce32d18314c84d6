package kubernetes

import (
	"encoding/base64"
	"fmt"
	"os"
)

// auditPolicy writes who asked for what, as EKS's audit log does: without the bodies,
// which hold secrets.
const auditPolicy = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
  - level: Metadata
`

// webhookConfig tells the API server who knows tokens: the authenticator, which wants to
// know who asks.
func webhookConfig(url, ca string, client pair) string {
	return fmt.Sprintf(`apiVersion: v1
kind: Config
clusters: [{name: sandbox, cluster: {server: %q, certificate-authority: %q}}]
users: [{name: kube-apiserver, user: {client-certificate: %q, client-key: %q}}]
contexts: [{name: webhook, context: {cluster: sandbox, user: kube-apiserver}}]
current-context: webhook
`, url, ca, client.cert, client.key)
}

// certificateConfig is the kubeconfig of a client with a certificate.
func certificateConfig(server, ca string, client pair) string {
	return fmt.Sprintf(`apiVersion: v1
kind: Config
clusters: [{name: sandbox, cluster: {server: %q, certificate-authority: %q}}]
users: [{name: sandbox, user: {client-certificate: %q, client-key: %q}}]
contexts: [{name: sandbox, context: {cluster: sandbox, user: sandbox}}]
current-context: sandbox
`, server, ca, client.cert, client.key)
}

// encoded is a file's content as a kubeconfig carries it.
func encoded(path string) (string, error) {
	raw, err := os.ReadFile(path)
	return base64.StdEncoding.EncodeToString(raw), err
}
