package eks

import (
	"encoding/json"

	"aws-platform/sandbox/internal/kubernetes"
)

const execVersion = "client.authentication.k8s.io/v1beta1"

// identity is with what credentials a kubeconfig asks for a token, where not with those
// of whoever uses it.
type identity struct{ roleARN, profile string }

// The fields stand in the order in which the real component writes them.
type (
	kubeconfig struct {
		APIVersion     string         `json:"apiVersion"`
		Clusters       []namedCluster `json:"clusters"`
		Contexts       []namedContext `json:"contexts"`
		CurrentContext string         `json:"current-context"`
		Kind           string         `json:"kind"`
		Users          []namedUser    `json:"users"`
	}
	namedCluster struct {
		Cluster struct {
			Server    string `json:"server"`
			Authority string `json:"certificate-authority-data"`
		} `json:"cluster"`
		Name string `json:"name"`
	}
	namedContext struct {
		Context struct {
			Cluster string `json:"cluster"`
			User    string `json:"user"`
		} `json:"context"`
		Name string `json:"name"`
	}
	namedUser struct {
		Name string `json:"name"`
		User struct {
			Exec exec `json:"exec"`
		} `json:"user"`
	}
	exec struct {
		APIVersion string     `json:"apiVersion"`
		Command    string     `json:"command"`
		Args       []string   `json:"args"`
		Env        []variable `json:"env"`
	}
	variable struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
)

// write returns the kubeconfig as JSON, as the real component's generateKubeconfig
// makes it: the token comes from `aws eks get-token`.
func write(cluster, region string, server kubernetes.Endpoint, who identity) (string, error) {
	args := []string{"--region", region, "eks", "get-token", "--cluster-name", cluster, "--output", "json"}
	if who.roleARN != "" {
		args = append(args, "--role", who.roleARN)
	}
	if who.profile != "" {
		args = append(args, "--profile", who.profile)
	}
	config := kubeconfig{
		APIVersion: "v1", Kind: "Config", CurrentContext: "aws",
		Clusters: []namedCluster{{Name: "kubernetes"}},
		Contexts: []namedContext{{Name: "aws"}},
		Users:    []namedUser{{Name: "aws"}},
	}
	config.Clusters[0].Cluster.Server = server.Endpoint
	config.Clusters[0].Cluster.Authority = server.CertificateAuthority
	config.Contexts[0].Context.Cluster = "kubernetes"
	config.Contexts[0].Context.User = "aws"
	config.Users[0].User.Exec = exec{
		APIVersion: execVersion, Command: "aws", Args: args,
		Env: []variable{{"KUBERNETES_EXEC_INFO", `{"apiVersion": "` + execVersion + `"}`}},
	}
	text, err := json.Marshal(config)
	return string(text), err
}
