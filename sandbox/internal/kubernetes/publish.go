package kubernetes

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"aws-platform/sandbox/internal/layout"
)

// Endpoint is where a cluster answers, as EKS's DescribeCluster says it.
type Endpoint struct {
	Endpoint string `json:"endpoint"`
	// CertificateAuthority is base64 of PEM.
	CertificateAuthority string `json:"certificateAuthority"`
	Account              string `json:"account"`
}

// ClusterName is the name of an environment's cluster.
func ClusterName(environment string) string { return environment + "-eks" }

// ClustersVariable names the file of ClustersFile to plugins.
const ClustersVariable = "SANDBOX_KUBERNETES_CLUSTERS"

// DefinitionsVariable names to the Kubernetes plugin the folder with the custom resource
// definitions that charts bring.
const DefinitionsVariable = "SANDBOX_KUBERNETES_CRDS"

// ClustersFile names the clusters that run, for the stand-in of the eks component.
func ClustersFile(dir string) string { return filepath.Join(dir, "clusters.json") }

// ConfigFile is the kubeconfig for people.
func ConfigFile(dir string) string { return filepath.Join(dir, "config") }

// programsFile names the processes, for status.
func programsFile(dir string) string { return filepath.Join(dir, "programs.json") }

// Roles are the roles by which people and pipelines come, and the role that deploys:
// the context <environment>-<role> of the kubeconfig assumes each.
var Roles = []struct{ Context, Role string }{
	{"devops", "%s-eks-devops"},
	{"developer", "%s-eks-developer"},
	{"deployer", "%s-eks-deployer"},
	{"breakglass", "%s-eks-breakglass"},
	{"deploy", layout.DeployRole},
}

// RoleARN is the ARN of a role of Roles in an account.
func RoleARN(account layout.Account, role string) string {
	return "arn:aws:iam::" + account.ID + ":role/" + strings.Replace(role, "%s", account.Environment, 1)
}

// publish writes the files by which others find the clusters.
func (f *Fleet) publish() error {
	ca, err := encoded(f.authority.file("ca.crt"))
	if err != nil {
		return err
	}
	endpoints := map[string]Endpoint{}
	config := newConfig()
	for _, account := range layout.Accounts {
		c := f.clusters[account.Environment]
		if c == nil || !c.settled {
			continue
		}
		name := ClusterName(account.Environment)
		endpoints[name] = Endpoint{Endpoint: c.endpoint(), CertificateAuthority: ca, Account: account.ID}
		config.add(account, name, c.endpoint(), ca)
	}
	return errors.Join(
		writeJSON(ClustersFile(f.options.Dir), endpoints),
		writeJSON(ConfigFile(f.options.Dir), config),
		writeJSON(programsFile(f.options.Dir), f.programs()),
	)
}

// Programs reads what Start wrote; none when nothing was started.
func Programs(dir string) ([]Program, error) {
	raw, err := os.ReadFile(programsFile(dir))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []Program
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", programsFile(dir), err)
	}
	return list, nil
}

// writeJSON replaces a file in one step, so that no reader sees half of it. JSON is
// YAML too, so that kubectl reads it.
func writeJSON(path string, value any) error {
	raw, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".next", append(raw, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".next", path)
}
