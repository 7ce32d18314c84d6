package verify

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// addCluster puts in place what the plan says of an environment's cluster.
func (n *Network) addCluster() {
	c := &Cluster{Roles: map[string]string{}, Answers: soundAnswers(), Tries: soundTries()}
	c.EKS.Name, c.EKS.Version = n.Environment+"-eks", kubernetesVersion
	c.EKS.ResourcesVpcConfig.EndpointPrivateAccess = true
	c.EKS.Logging.ClusterLogging = append(c.EKS.Logging.ClusterLogging, struct {
		Types   []string
		Enabled bool
	}{[]string{"scheduler", "api", "audit", "controllerManager", "authenticator"}, true})
	c.EKS.EncryptionConfig = append(c.EKS.EncryptionConfig, struct {
		Resources []string
		Provider  struct{ KeyArn string }
	}{[]string{"secrets"}, struct{ KeyArn string }{keyARN("eks")}})
	arn := "arn:aws:iam::" + AccountID(n.Environment) + ":"
	const mfa = `,"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}`
	c.Roles["devops"] = trusting(arn+"role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_DevOps_0", "")
	c.Roles["developer"] = trusting(arn+"user/jane", mfa)
	c.Roles["deployer"] = trusting(arn+"role/platform-pipeline", "")
	c.Roles["breakglass"] = trusting(arn+"role/platform-on-call", mfa)
	ambient := map[string]string{"istio.io/dataplane-mode": "ambient", "pod-security.kubernetes.io/enforce": "restricted"}
	c.Namespaces = []Object{named("", "default", nil), named("", "kube-system", nil), named("", "istio-system", nil), named("", "web", ambient), named("", "argo-rollouts", map[string]string{"pod-security.kubernetes.io/enforce": "restricted"})}
	for _, namespace := range []string{"default", "istio-system", "web", "argo-rollouts"} {
		deny := named(namespace, "default-deny", map[string]string{managedBy: "pulumi"})
		deny.Spec = map[string]any{"podSelector": map[string]any{}, "policyTypes": []any{"Ingress", "Egress"}}
		c.Policies = append(c.Policies, deny)
	}
	mesh := named("istio-system", "default", nil)
	mesh.Spec = map[string]any{"mtls": map[string]any{"mode": "STRICT"}}
	port := named("web", "application-port", nil)
	port.Spec = map[string]any{"mtls": map[string]any{"mode": "STRICT"}, "portLevelMtls": map[string]any{"8080": map[string]any{"mode": "PERMISSIVE"}, "9090": map[string]any{"mode": "STRICT"}}}
	c.Meshes = []Object{mesh, port}
	for _, which := range []string{"web-active", "web-preview"} {
		binding := named("web", which, nil)
		binding.Spec = map[string]any{"targetGroupARN": "arn:" + n.Environment + "-" + which}
		c.Bindings = append(c.Bindings, binding)
		c.Targets = append(c.Targets, TargetGroup{"arn:" + n.Environment + "-" + which, n.Environment + "-" + which, "ip"})
	}
	n.Cluster = c
}

func named(namespace, name string, labels map[string]string) Object {
	var o Object
	o.Metadata.Namespace, o.Metadata.Name, o.Metadata.Labels = namespace, name, labels
	return o
}

func trusting(principal, condition string) string {
	return `{"Statement":[{"Effect":"Allow","Principal":{"AWS":"` + principal + `"},"Action":["sts:AssumeRole"]` + condition + `}]}`
}

func soundAnswers() []Answer {
	var list []Answer
	for range leastQuestions {
		list = append(list, Answer{Question: Question{Role: "developer", Verb: "get", Resource: "secrets", Namespace: "web", Why: "no secrets"}, Said: "no"})
	}
	return list
}

func soundTries() []Try {
	var list []Try
	for _, r := range requests {
		list = append(list, Try{request: r, succeeded: r.wanted == "", said: r.wanted})
	}
	return list
}

const (
	planeCheck  = "the cluster's version, endpoints and logs are those planned"
	trustCheck  = "the cluster's roles are assumed by their principals alone, people with MFA"
	answerCheck = "who may do what is answered as the table says"
	tryCheck    = "real requests succeed and are refused as they should be"
	closedNS    = "every namespace but EKS's own is closed by a default-deny policy"
	pssCheck    = "namespaces of applications and of Argo Rollouts enforce restricted"
	meshCheck   = "the mesh is strict and every application is in it"
	boundCheck  = "services are bound to target groups that there are"
)

func clusterBreakages() []breakage {
	return []breakage{
		{"an old version", func(n *Network) { n.Cluster.EKS.Version = "1.34" }, []string{planeCheck}, "found 1.34"},
		{"a public endpoint", func(n *Network) { n.Cluster.EKS.ResourcesVpcConfig.EndpointPublicAccess = true }, []string{planeCheck}, "public endpoint"},
		{"no private endpoint", func(n *Network) { n.Cluster.EKS.ResourcesVpcConfig.EndpointPrivateAccess = false }, []string{planeCheck}, "private endpoint"},
		{"no audit log", func(n *Network) { n.Cluster.EKS.Logging.ClusterLogging[0].Types = []string{"api"} }, []string{planeCheck}, "found api"},
		{"secrets under another key", func(n *Network) { n.Cluster.EKS.EncryptionConfig[0].Provider.KeyArn = keyARN("s3") }, []string{planeCheck}, "envelope"},
		{"a principal of another account", func(n *Network) { n.Cluster.Roles["deployer"] = trusting("arn:aws:iam::999999999999:role/x", "") }, []string{trustCheck}, "999999999999"},
		{"everybody of an account", func(n *Network) {
			n.Cluster.Roles["deployer"] = trusting("arn:aws:iam::111111111111:root", "")
		}, []string{trustCheck}, ":root"},
		{"people without MFA", func(n *Network) {
			n.Cluster.Roles["breakglass"] = trusting("arn:aws:iam::111111111111:role/platform-on-call", "")
		}, []string{trustCheck}, "without MFA"},
		{"a role that is not there", func(n *Network) { delete(n.Cluster.Roles, "devops") }, []string{trustCheck}, "production-eks-devops"},
		{"a developer who reads secrets", func(n *Network) { n.Cluster.Answers[0].Answered = true }, []string{answerCheck}, "developer: get secrets"},
		{"a question that was not answered", func(n *Network) {
			n.Cluster.Answers[0].Failed, n.Cluster.Answers[0].Said = true, "connection refused"
		}, []string{answerCheck}, "connection refused"},
		{"too few questions", func(n *Network) { n.Cluster.Answers = n.Cluster.Answers[1:] }, []string{answerCheck}, "59 answers"},
		{"a request that is not refused", func(n *Network) { n.Cluster.Tries[3].succeeded = true }, []string{tryCheck}, "list secrets"},
		{"a request refused for another reason", func(n *Network) { n.Cluster.Tries[3].said = "connection refused" }, []string{tryCheck}, "connection refused"},
		{"a request that fails", func(n *Network) { n.Cluster.Tries[0].succeeded = false }, []string{tryCheck}, "wanted success"},
		{"a request that was not made", func(n *Network) { n.Cluster.Tries = n.Cluster.Tries[1:] }, []string{tryCheck}, "requests made"},
		{"a namespace without a policy", func(n *Network) { n.Cluster.Policies = n.Cluster.Policies[1:] }, []string{closedNS}, "namespace default"},
		{"a policy that lets out", func(n *Network) { n.Cluster.Policies[2].Spec["egress"] = []any{map[string]any{}} }, []string{closedNS}, "namespace web"},
		{"a policy beside it that opens all", func(n *Network) {
			open := named("web", "open", map[string]string{managedBy: "pulumi"})
			open.Spec = map[string]any{"policyTypes": []any{"Egress"}, "egress": []any{map[string]any{}}}
			n.Cluster.Policies = append(n.Cluster.Policies, open)
		}, []string{closedNS}, "web/open"},
		{"a policy of somebody else", func(n *Network) {
			other := named("web", "other", nil)
			other.Spec = map[string]any{"policyTypes": []any{"Ingress"}}
			n.Cluster.Policies = append(n.Cluster.Policies, other)
		}, []string{closedNS}, "web/other"},
		{"a policy of some pods", func(n *Network) {
			n.Cluster.Policies[2].Spec["podSelector"] = map[string]any{"matchLabels": map[string]any{"a": "b"}}
		}, []string{closedNS}, "namespace web"},
		{"baseline instead of restricted", func(n *Network) {
			n.Cluster.Namespaces[3].Metadata.Labels["pod-security.kubernetes.io/enforce"] = "baseline"
		}, []string{pssCheck}, "found baseline"},
		{"a namespace of the platform that is not there", func(n *Network) { n.Cluster.Namespaces = n.Cluster.Namespaces[:4] }, []string{pssCheck}, "namespace argo-rollouts"},
		{"a permissive mesh", func(n *Network) { n.Cluster.Meshes[0].Spec["mtls"] = map[string]any{"mode": "PERMISSIVE"} }, []string{meshCheck}, "STRICT, of the whole mesh"},
		{"another port in the clear", func(n *Network) {
			n.Cluster.Meshes[1].Spec["portLevelMtls"].(map[string]any)["9090"] = map[string]any{"mode": "DISABLE"}
		}, []string{meshCheck}, "port 9090 not STRICT"},
		{"a port in the clear of what is no application", func(n *Network) { n.Cluster.Meshes[1].Metadata.Namespace = "istio-system" }, []string{meshCheck}, "port 8080 not STRICT"},
		{"a strict rule of some pods alone", func(n *Network) { n.Cluster.Meshes[0].Spec["selector"] = map[string]any{} }, []string{meshCheck}, "STRICT, of the whole mesh"},
		{"a namespace outside the mesh", func(n *Network) {
			delete(n.Cluster.Namespaces[3].Metadata.Labels, "istio.io/dataplane-mode")
		}, []string{meshCheck}, "outside the mesh"},
		{"a binding to a target group that is not there", func(n *Network) { n.Cluster.Targets = n.Cluster.Targets[1:] }, []string{boundCheck}, "web-active"},
		{"an application without bindings", func(n *Network) { n.Cluster.Bindings = nil }, []string{boundCheck}, "two of each application"},
		{"no cluster", func(n *Network) { n.Cluster = nil }, []string{planeCheck, trustCheck, answerCheck, tryCheck, closedNS, pssCheck, meshCheck, boundCheck}, "wanted a cluster"},
	}
}

func TestTheQuestionsAreEnoughAndOfKnownRoles(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "tests", "testdata", "access-cases.yaml"))
	require.NoError(t, err)
	questions, err := ParseQuestions(string(text))
	require.NoError(t, err)
	assert.GreaterOrEqual(t, len(questions), leastQuestions)
	for _, q := range questions {
		assert.Contains(t, clusterRoles, q.Role)
		assert.NotEmpty(t, q.Verb+q.Resource, "%+v", q)
	}
	_, err = ParseQuestions("role: developer")
	assert.ErrorContains(t, err, "questions about access")
	_, err = ParseQuestions("[{role: develper, verb: get, resource: pods}]")
	assert.ErrorContains(t, err, `role "develper" of get pods: is none of the cluster's`)
}

// A token must not end in a message or a log.
func TestTheTokenIsNotInTheMessage(t *testing.T) {
	said, err := Collector{Kubectl: "false"}.kubectl(context.Background(), "", "--token", "k8s-aws-v1.secret", "get", "pods")
	require.Error(t, err)
	assert.NotContains(t, said+err.Error(), "k8s-aws-v1.secret")
	assert.ErrorContains(t, err, "--token ... get pods")
}
