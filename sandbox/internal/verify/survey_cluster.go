package verify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Question is who may do what in a cluster, a line of tests/testdata/access-cases.yaml.
type Question struct {
	Role, Verb, Resource, Name, Namespace, Why string
	Allowed                                    bool
}

// ParseQuestions reads the file of questions.
func ParseQuestions(text string) ([]Question, error) {
	var list []Question
	if err := yaml.Unmarshal([]byte(text), &list); err != nil {
		return nil, fmt.Errorf("questions about access: %w", err)
	}
	return list, roleless(list)
}

// roleless are questions of roles that nobody is asked as.
func roleless(list []Question) error {
	for _, q := range list {
		if _, known := clusterRoles[q.Role]; !known {
			return fmt.Errorf("questions about access: role %q of %s %s: is none of the cluster's", q.Role, q.Verb, q.Resource)
		}
	}
	return nil
}

// Cluster is what is known of an environment's cluster, from outside.
type Cluster struct {
	EKS     EKSCluster
	Roles   map[string]string // trust policy of each of the cluster's roles, JSON
	Answers []Answer
	Tries   []Try

	Namespaces []Object
	Policies   []Object // network policies
	Meshes     []Object // PeerAuthentications
	Bindings   []Object // TargetGroupBindings
	Targets    []TargetGroup
}

// The types below hold the parts of the CLIs' JSON output that are judged.
type (
	// EKSCluster is a cluster as EKS describes it.
	EKSCluster struct {
		Name, Version      string
		ResourcesVpcConfig struct {
			EndpointPublicAccess, EndpointPrivateAccess bool
			PublicAccessCidrs                           []string
		}
		Logging struct {
			ClusterLogging []struct {
				Types   []string
				Enabled bool
			}
		}
		EncryptionConfig []struct {
			Resources []string
			Provider  struct{ KeyArn string }
		}
	}
	// TargetGroup is a target group of a load balancer.
	TargetGroup struct{ TargetGroupArn, TargetGroupName, TargetType string }
	// Object is an object of Kubernetes.
	Object struct {
		Metadata struct {
			Name, Namespace string
			Labels          map[string]string
		}
		Spec map[string]any
	}
	// Answer is what the API server answered to a question.
	Answer struct {
		Question
		Answered bool
		// Failed is an answer that is none.
		Failed bool
		Said   string
	}
)

// the roles whose token is asked for; nobody has no access entry.
var clusterRoles = map[string]string{
	"devops": "-eks-devops", "developer": "-eks-developer", "deployer": "-eks-deployer", "breakglass": "-eks-breakglass", "unmapped": "-eks-nobody",
}

// askCluster asks AWS about the cluster, and the API server as each role.
func (s *survey) askCluster() {
	if s.collector.Kubectl == "" {
		return
	}
	s.cluster = &Cluster{Roles: map[string]string{}}
	ask(s, func(out struct{ Cluster EKSCluster }) { s.cluster.EKS = out.Cluster }, "eks", "describe-cluster", "--name", s.environment+"-eks")
	ask(s, func(out struct{ TargetGroups []TargetGroup }) { s.cluster.Targets = out.TargetGroups }, "elbv2", "describe-target-groups")
	for role, suffix := range clusterRoles {
		if role == "unmapped" {
			continue
		}
		ask(s, func(out struct {
			Role struct{ AssumeRolePolicyDocument json.RawMessage }
		}) {
			s.cluster.Roles[role] = string(out.Role.AssumeRolePolicyDocument)
		}, "iam", "get-role", "--role-name", s.environment+suffix)
	}
	for role, suffix := range clusterRoles {
		s.background(func() error { return s.askAs(role, s.environment+suffix) })
	}
	for _, list := range []struct {
		of   *[]Object
		kind string
	}{
		{&s.cluster.Namespaces, "namespaces"},
		{&s.cluster.Policies, "networkpolicies"},
		{&s.cluster.Meshes, "peerauthentications.security.istio.io"},
		{&s.cluster.Bindings, "targetgroupbindings.elbv2.k8s.aws"},
	} {
		s.background(func() error {
			var out struct{ Items []Object }
			said, err := s.collector.kubectl(s.ctx, "", "--context", s.environment+"-devops", "get", list.kind, "--all-namespaces", "--output", "json")
			if err != nil {
				return fmt.Errorf("%w: %s", err, said)
			}
			err = json.Unmarshal([]byte(said), &out)
			s.lock.Lock()
			defer s.lock.Unlock()
			*list.of = out.Items
			return err
		})
	}
}

// background runs work while others wait for their turn.
func (s *survey) background(work func() error) { s.group.Go(work) }

// askAs asks the role's questions with one token, and makes its requests with the kubeconfig.
func (s *survey) askAs(role, name string) error {
	token, err := s.token(name)
	if err != nil {
		return err
	}
	for _, question := range s.collector.Questions {
		if question.Role != role {
			continue
		}
		s.background(func() error {
			answer := s.canI(question, token)
			s.lock.Lock()
			defer s.lock.Unlock()
			s.cluster.Answers = append(s.cluster.Answers, answer)
			return s.ctx.Err()
		})
	}
	for _, request := range requests {
		if request.role != role {
			continue
		}
		s.background(func() error {
			try := s.try(request, token)
			s.lock.Lock()
			defer s.lock.Unlock()
			s.cluster.Tries = append(s.cluster.Tries, try)
			return s.ctx.Err()
		})
	}
	return nil
}

// token gets a token as kubectl does, by `aws eks get-token`.
func (s *survey) token(role string) (string, error) {
	s.slots <- struct{}{}
	defer func() { <-s.slots }()
	var out struct{ Status struct{ Token string } }
	arn := "arn:aws:iam::" + AccountID(s.environment) + ":role/" + role
	err := s.collector.Ask(s.ctx, &out, s.environment, "eks", "get-token", "--cluster-name", s.environment+"-eks", "--role-arn", arn)
	if err == nil && out.Status.Token == "" {
		err = errors.New("aws eks get-token: no token for " + arn)
	}
	return out.Status.Token, err
}

// canI asks Kubernetes' own authorizer: `kubectl auth can-i`.
func (s *survey) canI(question Question, token string) Answer {
	s.slots <- struct{}{}
	defer func() { <-s.slots }()
	resource, subresource, _ := strings.Cut(question.Resource, "/")
	if question.Name != "" {
		resource += "/" + question.Name
	}
	args := []string{"--context", s.environment + "-devops", "--token", token, "auth", "can-i", question.Verb, resource}
	if subresource != "" {
		args = append(args, "--subresource", subresource)
	}
	if question.Namespace == "" {
		args = append(args, "--all-namespaces")
	} else {
		args = append(args, "--namespace", question.Namespace)
	}
	said, err := s.collector.kubectl(s.ctx, "", args...)
	if strings.Contains(said, unserved) {
		return s.review(question, token)
	}
	return Answer{Question: question, Answered: err == nil && strings.TrimSpace(said) == "yes", Failed: !answered(said), Said: said}
}

// answered tells whether kubectl got an answer: yes, no, or that nobody is there.
func answered(said string) bool {
	word := strings.TrimSpace(said)
	return word == "yes" || word == "no" || strings.HasPrefix(word, "no -") || strings.Contains(word, unauthorized)
}

// unserved is what kubectl says of a kind that no API server has, as metrics without a
// metrics server: it then asks another question.
const unserved = "the server doesn't have a resource type"

// review asks the question itself, as `kubectl auth can-i` does.
func (s *survey) review(question Question, token string) Answer {
	resource, subresource, _ := strings.Cut(question.Resource, "/")
	name, group, _ := strings.Cut(resource, ".")
	body, err := json.Marshal(map[string]any{
		"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
		"spec": map[string]any{"resourceAttributes": map[string]string{
			"namespace": question.Namespace, "verb": question.Verb, "group": group, "resource": name, "subresource": subresource, "name": question.Name,
		}},
	})
	if err != nil {
		return Answer{Question: question, Failed: true, Said: err.Error()}
	}
	said, err := s.collector.kubectl(s.ctx, string(body), "--context", s.environment+"-devops", "--token", token,
		"create", "--raw", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "-f", "-")
	var out struct{ Status struct{ Allowed bool } }
	if err == nil {
		err = json.Unmarshal([]byte(said), &out)
	}
	return Answer{Question: question, Answered: err == nil && out.Status.Allowed, Failed: err != nil && !strings.Contains(said, unauthorized), Said: said}
}

// kubectl runs kubectl and returns what it said, of both its outputs. A token puts the
// kubeconfig's own way to get one aside.
func (c Collector) kubectl(ctx context.Context, input string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, c.Kubectl, args...)
	cmd.Env = c.Environ
	cmd.Stdin = strings.NewReader(input)
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	if err := cmd.Run(); err != nil {
		return out.String() + problems.String(), fmt.Errorf("kubectl %s: %w", redact(args), err)
	}
	if problems.Len() > 0 && strings.Contains(problems.String(), unserved) {
		return out.String() + problems.String(), nil
	}
	return out.String(), nil
}

// redact leaves the token out of a message.
func redact(args []string) string {
	var shown []string
	for i, arg := range args {
		if i > 0 && args[i-1] == "--token" {
			arg = "..."
		}
		shown = append(shown, arg)
	}
	return strings.Join(shown, " ")
}
