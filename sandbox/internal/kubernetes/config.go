package kubernetes

import "aws-platform/sandbox/internal/layout"

// config is a kubeconfig as `aws eks update-kubeconfig --role-arn` writes it: no
// secret, but the command that gets a token.
type config struct {
	APIVersion     string  `json:"apiVersion"`
	Kind           string  `json:"kind"`
	Clusters       []named `json:"clusters"`
	Users          []named `json:"users"`
	Contexts       []named `json:"contexts"`
	CurrentContext string  `json:"current-context"`
}

type named map[string]any

func newConfig() *config { return &config{APIVersion: "v1", Kind: "Config"} }

// add adds a cluster and a context for each role.
func (c *config) add(account layout.Account, cluster, endpoint, ca string) {
	c.Clusters = append(c.Clusters, named{"name": cluster, "cluster": named{"server": endpoint, "certificate-authority-data": ca}})
	for _, role := range Roles {
		name := account.Environment + "-" + role.Context
		c.Users = append(c.Users, named{"name": name, "user": named{"exec": named{
			"apiVersion": "client.authentication.k8s.io/v1beta1", "command": "aws", "interactiveMode": "Never",
			"args": []string{
				"--region", layout.Region, "eks", "get-token", "--cluster-name", cluster, "--output", "json",
				"--role-arn", RoleARN(account, role.Role),
			},
		}}})
		c.Contexts = append(c.Contexts, named{"name": name, "context": named{"cluster": cluster, "user": name}})
		if c.CurrentContext == "" {
			c.CurrentContext = name
		}
	}
}
