package verify

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// hosting is an environment's part of section 7 of the design.
type hosting struct {
	public       []string // ranges that reach the public endpoint; none: there is no such endpoint
	applications []string
}

const kubernetesVersion = "1.36"

// hostings are those of this repository's stack files.
var hostings = map[string]hosting{
	"dev": {public: []string{"203.0.113.0/24"}, applications: []string{"web"}}, "staging": {applications: []string{"web"}},
	"production": {applications: []string{"web"}}, "production-pci": {applications: []string{"web"}},
}

// ClusterChecks are the demands on the Kubernetes cluster of each environment.
func ClusterChecks() []Check {
	return []Check{
		{"the cluster's version, endpoints and logs are those planned", eachCluster(controlPlane)},
		{"the cluster's roles are assumed by their principals alone, people with MFA", eachCluster(trust)},
		{"who may do what is answered as the table says", eachCluster(answers)},
		{"real requests succeed and are refused as they should be", eachCluster(tries)},
		{"every namespace but EKS's own is closed by a default-deny policy", eachCluster(closed)},
		{"namespaces of applications and of Argo Rollouts enforce restricted", eachCluster(restricted)},
		{"the mesh is strict and every application is in it", eachCluster(strict)},
		{"services are bound to target groups that there are", eachCluster(bound)},
	}
}

func eachCluster(one func(Network, Cluster, hosting) (int, []Finding)) func(Estate) (int, []Finding) {
	return eachNetwork(func(n Network) (int, []Finding) {
		want, known := hostings[n.Environment]
		if n.Cluster == nil || !known {
			return 0, []Finding{{n.Environment + "-eks", nothing, "a cluster"}}
		}
		return one(n, *n.Cluster, want)
	})
}

func controlPlane(n Network, c Cluster, want hosting) (int, []Finding) {
	var findings []Finding
	note := func(wrong bool, what, found, wanted string) {
		if wrong {
			findings = append(findings, Finding{n.Environment + "-eks " + what, found, wanted})
		}
	}
	vpc := c.EKS.ResourcesVpcConfig
	note(c.EKS.Version != kubernetesVersion, "version", orNothing(c.EKS.Version), kubernetesVersion)
	note(!vpc.EndpointPrivateAccess, "private endpoint", "none", "one")
	note(vpc.EndpointPublicAccess != (len(want.public) > 0), "public endpoint", fmt.Sprint(vpc.EndpointPublicAccess), fmt.Sprint(len(want.public) > 0))
	if len(want.public) > 0 {
		note(!slices.Equal(vpc.PublicAccessCidrs, want.public), "public access", strings.Join(vpc.PublicAccessCidrs, ", "), strings.Join(want.public, ", "))
	}
	var logs []string
	for _, logging := range c.EKS.Logging.ClusterLogging {
		if logging.Enabled {
			logs = append(logs, logging.Types...)
		}
	}
	slices.Sort(logs)
	all := []string{"api", "audit", "authenticator", "controllerManager", "scheduler"}
	note(!slices.Equal(logs, all), "logs", strings.Join(logs, ", "), strings.Join(all, ", "))
	encrypted := slices.ContainsFunc(c.EKS.EncryptionConfig, func(e struct {
		Resources []string
		Provider  struct{ KeyArn string }
	}) bool {
		key := n.Stores.Keys["eks"].ID
		return slices.Contains(e.Resources, "secrets") && key != "" && strings.HasSuffix(e.Provider.KeyArn, "/"+key)
	})
	note(!encrypted, "secrets", "not under the key of EKS", "envelope encryption with alias/"+n.Environment+"/eks")
	return 1, findings
}

// trust holds that people come with a second factor, or by IAM Identity Center, which
// asks for it, and that nobody comes from another account.
func trust(n Network, c Cluster, _ hosting) (int, []Finding) {
	var findings []Finding
	for _, role := range []string{"devops", "developer", "deployer", "breakglass"} {
		name := "role " + n.Environment + clusterRoles[role]
		var document struct {
			Statement []struct {
				Principal map[string]json.RawMessage
				Condition map[string]map[string]any
			}
		}
		if err := json.Unmarshal([]byte(c.Roles[role]), &document); err != nil || len(document.Statement) == 0 {
			findings = append(findings, Finding{name, orNothing(c.Roles[role]), "a trust policy"})
			continue
		}
		for _, statement := range document.Statement {
			mfa := statement.Condition["Bool"]["aws:MultiFactorAuthPresent"] == "true"
			for _, principal := range principals(statement.Principal["AWS"]) {
				switch {
				case !strings.HasPrefix(principal, "arn:aws:iam::"+AccountID(n.Environment)+":"), strings.HasSuffix(principal, ":root"), strings.Contains(principal, "*"):
					findings = append(findings, Finding{name, principal, "a role or user of account " + AccountID(n.Environment)})
				case role != "deployer" && !mfa && !strings.Contains(principal, ":role/aws-reserved/sso.amazonaws.com/"):
					findings = append(findings, Finding{name, principal + " without MFA", "aws:MultiFactorAuthPresent"})
				}
			}
		}
	}
	return 4, findings
}

// principals are a text or a list of texts.
func principals(raw json.RawMessage) []string {
	var list []string
	if json.Unmarshal(raw, &list) == nil {
		return list
	}
	var one string
	_ = json.Unmarshal(raw, &one)
	return []string{one}
}

// leastQuestions is how many an environment must have been asked.
const leastQuestions = 60

func answers(n Network, c Cluster, _ hosting) (int, []Finding) {
	var findings []Finding
	if len(c.Answers) < leastQuestions {
		findings = append(findings, Finding{n.Environment + "-eks", fmt.Sprintf("%d answers", len(c.Answers)), fmt.Sprintf("%d or more", leastQuestions)})
	}
	for _, a := range c.Answers {
		if a.Failed || a.Answered != a.Allowed {
			findings = append(findings, Finding{
				fmt.Sprintf("%s-eks: %s: %s %s in %q", n.Environment, a.Role, a.Verb, a.Resource, a.Namespace),
				word(a.Answered) + " (" + strings.TrimSpace(a.Said) + ")", word(a.Allowed) + ": " + a.Why,
			})
		}
	}
	return len(c.Answers), findings
}

func word(allowed bool) string {
	if allowed {
		return "yes"
	}
	return "no"
}

func tries(n Network, c Cluster, _ hosting) (int, []Finding) {
	var findings []Finding
	if len(c.Tries) != len(requests) {
		findings = append(findings, Finding{n.Environment + "-eks", fmt.Sprintf("%d requests made", len(c.Tries)), fmt.Sprint(len(requests))})
	}
	for _, t := range c.Tries {
		if !t.asWanted() {
			wanted := "success"
			if t.wanted != "" {
				wanted = t.wanted
			}
			findings = append(findings, Finding{n.Environment + "-eks: " + t.role + ": " + t.what, strings.TrimSpace(t.said), wanted + ": " + t.why})
		}
	}
	return len(c.Tries), findings
}
