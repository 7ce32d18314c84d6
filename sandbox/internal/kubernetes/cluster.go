package kubernetes

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// AdministratorsGroup is the group that the authenticator gives to a principal with
// EKS's access policy AmazonEKSClusterAdminPolicy: EKS decides by an authorizer of its
// own, the sandbox by binding the group to cluster-admin.
const AdministratorsGroup = "sandbox:AmazonEKSClusterAdminPolicy"

// cluster is the control plane of one environment.
type cluster struct {
	environment string
	port        int
	dir         string

	ca, accounts, webhook, kubeconfig, auditPolicy, auditLog string // files
	serving, admin                                           pair

	server, manager *child
	authenticator   net.Listener
	// settled is true once it has been ready.
	settled bool
}

// running tells whether all of it has started and none has ended.
func (c *cluster) running() bool {
	return c.settled && c.server.running() && c.manager.running()
}

func (c *cluster) endpoint() string { return fmt.Sprintf("https://127.0.0.1:%d", c.port) }

// prepare writes what the programs of the cluster read.
func (c *cluster) prepare(a *authority, authenticator http.Handler, logs string) (err error) {
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return fmt.Errorf("folder of the cluster: %w", err)
	}
	if c.port == 0 {
		if c.port, err = freePort(); err != nil {
			return err
		}
	}
	c.ca = a.file("ca.crt")
	if c.serving, err = a.issue(c.environment+"-server", "kube-apiserver"); err != nil {
		return err
	}
	// The sandbox itself and the controllers; system:masters passes every authorizer.
	if c.admin, err = a.issue(c.environment+"-sandbox", "sandbox", "system:masters"); err != nil {
		return err
	}
	if c.accounts, err = a.signingKey(c.environment + "-accounts"); err != nil {
		return err
	}
	if c.authenticator, err = authenticate(a, c.environment, authenticator); err != nil {
		return err
	}
	c.auditLog = filepath.Join(logs, "audit-"+c.environment+".log")
	for _, file := range []struct {
		path          *string
		name, content string
	}{
		{&c.webhook, "webhook.yaml", webhookConfig("https://"+c.authenticator.Addr().String(), c.ca, c.serving)},
		{&c.kubeconfig, "kubeconfig.yaml", certificateConfig(c.endpoint(), c.ca, c.admin)},
		{&c.auditPolicy, "audit.yaml", auditPolicy},
	} {
		*file.path = filepath.Join(c.dir, file.name)
		if err := os.WriteFile(*file.path, []byte(file.content), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// client calls the API server as the sandbox.
func (c *cluster) client() (*http.Client, error) {
	certificate, err := tls.LoadX509KeyPair(c.admin.cert, c.admin.key)
	if err != nil {
		return nil, err
	}
	ca, err := os.ReadFile(c.ca)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca)
	return &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{
		Proxy:           nil,
		TLSClientConfig: &tls.Config{Certificates: []tls.Certificate{certificate}, RootCAs: roots, MinVersion: tls.VersionTLS13},
	}}, nil
}

// ready asks the API server whether all of it is there.
func (c *cluster) ready(client *http.Client) error {
	response, err := client.Get(c.endpoint() + "/readyz")
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s/readyz: %s", c.endpoint(), response.Status)
	}
	return nil
}

// administrators binds the group of administrators, which EKS needs not do.
func (c *cluster) administrators(ctx context.Context, client *http.Client) error {
	body := fmt.Sprintf(`{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding",
"metadata":{"name":"sandbox-eks-cluster-admin-policy"},
"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"cluster-admin"},
"subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"Group","name":%q}]}`, AdministratorsGroup)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost,
		c.endpoint()+"/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", bytes.NewBufferString(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusCreated && response.StatusCode != http.StatusConflict {
		answer, _ := io.ReadAll(io.LimitReader(response.Body, 1000))
		return fmt.Errorf("bind the administrators of %s: %s: %s", c.environment, response.Status, answer)
	}
	return nil
}

// stop ends all of it.
func (c *cluster) stop() error {
	for _, program := range []*child{c.manager, c.server} {
		if program != nil {
			program.stop()
		}
	}
	if c.authenticator == nil {
		return nil
	}
	return c.authenticator.Close()
}
