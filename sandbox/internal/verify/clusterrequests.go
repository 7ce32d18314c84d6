package verify

import "strings"

// request is a real request to an API server. What does not exist is asked for too: who
// may not is told so before anybody looks whether it is there.
type request struct {
	role, what string
	args       []string
	input      string
	// wanted is part of what kubectl must say: "" for a request that succeeds.
	wanted string
	why    string
}

const (
	forbidden    = "orbidden" // kubectl writes it with both letters
	unauthorized = "You must be logged in"
	notFound     = "(NotFound)"
	insecure     = `violates PodSecurity "restricted`
	tagged       = "not named by its digest"
	full         = "exceeded quota"
)

// someDigest is that of no image: nothing runs here.
const someDigest = "@sha256:0000000000000000000000000000000000000000000000000000000000000000"

// privileged is a pod that Pod Security's restricted profile refuses, for a list of reasons.
const privileged = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"verify","namespace":"web"},"spec":{"hostNetwork":true,"containers":[
{"name":"shell","image":"registry.k8s.io/pause` + someDigest + `","securityContext":{"privileged":true},"resources":{"limits":{"memory":"32Mi"},"requests":{"cpu":"10m","memory":"32Mi"}}}]}}`

// modest is a pod that it takes.
const modest = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"verify","namespace":"web"},"spec":{"securityContext":{"runAsNonRoot":true,"runAsUser":65532,
"seccompProfile":{"type":"RuntimeDefault"}},"containers":[{"name":"shell","image":"registry.k8s.io/pause` + someDigest + `","securityContext":{"allowPrivilegeEscalation":false,
"capabilities":{"drop":["ALL"]}},"resources":{"limits":{"memory":"32Mi"},"requests":{"cpu":"10m","memory":"32Mi"}}}]}}`

// plain is the same pod as far as the Pod Security Standard baseline goes, which takes it.
const plain = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"verify","namespace":"web"},"spec":{"containers":[
{"name":"shell","image":"registry.k8s.io/pause` + someDigest + `","resources":{"limits":{"memory":"32Mi"},"requests":{"cpu":"10m","memory":"32Mi"}}}]}}`

// byTag is the same pod with an image that somebody could exchange.
var byTag = strings.ReplaceAll(modest, someDigest, ":3.10")

// homeless is the same pod where nobody said where.
var homeless = strings.ReplaceAll(modest, `"namespace":"web"`, `"namespace":"default"`)

// setImage is what `kubectl argo rollouts set image` changes.
func setImage(image string) string {
	return `[{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"` + image + `"}]`
}

const annotate = `{"metadata":{"annotations":{"verify":"1"}}}`

// requests are made against every cluster. Nothing is changed: what would be written is a dry run.
var requests = []request{
	{"developer", "list pods in every namespace", []string{"get", "pods", "--all-namespaces"}, "", "", "developers read"},
	{"developer", "list rollouts", []string{"get", "rollouts", "-n", "web"}, "", "", "developers read"},
	{"developer", "read a pod's log", []string{"get", "--raw", "/api/v1/namespaces/web/pods/none/log"}, "", notFound, "there is no such pod; nobody was refused"},
	{"developer", "list secrets", []string{"get", "secrets", "-n", "web"}, "", forbidden, "a list shows the values"},
	{"developer", "read a secret", []string{"get", "secret", "none", "-n", "web"}, "", forbidden, "no secrets"},
	{"developer", "exec", []string{"create", "--raw", "/api/v1/namespaces/web/pods/none/exec?command=sh", "-f", "-"}, "{}", forbidden, "no shell"},
	{"developer", "attach", []string{"create", "--raw", "/api/v1/namespaces/web/pods/none/attach", "-f", "-"}, "{}", forbidden, "no shell"},
	{"developer", "port-forward", []string{"create", "--raw", "/api/v1/namespaces/web/pods/none/portforward?ports=8080", "-f", "-"}, "{}", forbidden, "no way past the network policies"},
	{"developer", "delete a pod", []string{"delete", "--raw", "/api/v1/namespaces/web/pods/none"}, "", forbidden, "no writes"},
	{"developer", "create a pod", []string{"create", "--dry-run=server", "-f", "-"}, modest, forbidden, "no writes"},
	{"developer", "bind themselves to cluster-admin", []string{"create", "clusterrolebinding", "verify", "--clusterrole", "cluster-admin", "--group", "platform:developers", "--dry-run=server"}, "", forbidden, "no escalation"},
	{"developer", "impersonate", []string{"--as", "system:admin", "--as-group", "system:masters", "get", "secrets", "-A"}, "", forbidden, "nobody is somebody else"},
	{"deployer", "read its Rollout", []string{"get", "rollout", "web", "-n", "web"}, "", "", "pipelines release"},
	{"deployer", "update its Rollout", []string{"patch", "rollout", "web", "-n", "web", "--type", "merge", "-p", annotate, "--dry-run=server"}, "", "", "pipelines release"},
	{"deployer", "release an image by its digest", []string{"patch", "rollout", "web", "-n", "web", "--type", "json", "-p", setImage("registry.k8s.io/pause" + someDigest), "--dry-run=server"}, "", "", "pipelines release"},
	{"deployer", "release an image by a tag", []string{"patch", "rollout", "web", "-n", "web", "--type", "json", "-p", setImage("registry.k8s.io/pause:3.10"), "--dry-run=server"}, "", tagged, "a tag can be moved to another image"},
	{"deployer", "update a Rollout elsewhere", []string{"patch", "rollout", "web", "-n", "istio-system", "--type", "merge", "-p", annotate, "--dry-run=server"}, "", forbidden, "only where applications are"},
	{"deployer", "delete its Rollout", []string{"delete", "rollout", "web", "-n", "web", "--dry-run=server"}, "", forbidden, "which applications there are is the program's"},
	{"deployer", "list pods", []string{"get", "pods", "-n", "web"}, "", forbidden, "its Rollout and nothing else"},
	{"deployer", "list the Rollouts of its namespace", []string{"get", "rollouts", "-n", "web"}, "", forbidden, "its own, by its name"},
	{"deployer", "wait for its Rollout", []string{"get", "rollouts", "-n", "web", "--field-selector", "metadata.name=web"}, "", "", "as kubectl wait asks"},
	{"deployer", "create a Rollout", []string{"create", "--raw", "/apis/argoproj.io/v1alpha1/namespaces/web/rollouts", "-f", "-"}, "{}", forbidden, "which applications there are is the program's"},
	{"deployer", "exec", []string{"create", "--raw", "/api/v1/namespaces/web/pods/none/exec?command=sh", "-f", "-"}, "{}", forbidden, "no shell"},
	{"deployer", "bind themselves to cluster-admin", []string{"create", "clusterrolebinding", "verify", "--clusterrole", "cluster-admin", "--group", "platform:deployers", "--dry-run=server"}, "", forbidden, "no escalation"},
	{"deployer", "impersonate", []string{"--as", "system:admin", "--as-group", "system:masters", "get", "secrets", "-A"}, "", forbidden, "nobody is somebody else"},
	{"deployer", "read secrets", []string{"get", "secrets", "-n", "web"}, "", forbidden, "its Rollout and nothing else"},
	{"devops", "read secrets everywhere", []string{"get", "secrets", "-A"}, "", "", "administers"},
	{"devops", "exec", []string{"create", "--raw", "/api/v1/namespaces/web/pods/none/exec?command=sh", "-f", "-"}, "{}", notFound, "there is no such pod; nobody was refused"},
	{"devops", "delete a pod", []string{"delete", "pod", "none", "-n", "web"}, "", notFound, "there is no such pod; nobody was refused"},
	{"devops", "bind somebody to cluster-admin", []string{"create", "clusterrolebinding", "verify", "--clusterrole", "cluster-admin", "--group", "platform:developers", "--dry-run=server"}, "", "", "administers"},
	{"devops", "impersonate", []string{"--as", "somebody", "--as-group", "platform:developers", "get", "secrets", "-n", "web"}, "", forbidden, "is let be a developer, who is then refused"},
	{"devops", "create a namespace", []string{"create", "namespace", "verify", "--dry-run=server"}, "", "", "administers"},
	{"devops", "run a privileged pod beside an application", []string{"create", "--dry-run=server", "-f", "-"}, privileged, insecure, "Pod Security holds for administrators too"},
	{"devops", "run a pod that baseline takes", []string{"create", "--dry-run=server", "-f", "-"}, plain, insecure, "restricted, not baseline"},
	{"devops", "run a pod that is restricted", []string{"create", "--dry-run=server", "-f", "-"}, modest, "", "or the last line would prove nothing"},
	{"devops", "run an image by a tag", []string{"create", "--dry-run=server", "-f", "-"}, byTag, tagged, "digests hold for administrators too"},
	{"devops", "run a pod in the namespace default", []string{"create", "--dry-run=server", "-f", "-"}, homeless, full, "nothing runs where nobody said where"},
	{"breakglass", "read secrets everywhere", []string{"get", "secrets", "-A"}, "", "", "administers in an emergency"},
	{"unmapped", "list namespaces", []string{"get", "namespaces"}, "", unauthorized, "a role without an access entry is nobody"},
}

// Try is how a request went.
type Try struct {
	request
	succeeded bool
	said      string
}

// try makes a request.
func (s *survey) try(r request, token string) Try {
	s.slots <- struct{}{}
	defer func() { <-s.slots }()
	said, err := s.collector.kubectl(s.ctx, r.input, append([]string{"--context", s.environment + "-devops", "--token", token}, r.args...)...)
	return Try{request: r, succeeded: err == nil, said: said}
}

// asWanted tells whether a request went as it should.
func (t Try) asWanted() bool {
	if t.wanted == "" {
		return t.succeeded
	}
	return !t.succeeded && strings.Contains(t.said, t.wanted)
}
