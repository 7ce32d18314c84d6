package workflows_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

var onEKS = map[string]string{
	"ENVIRONMENT": "dev", "APP": "web", "ACCOUNT": "333333333333", "AWS_REGION": "us-east-1", "DIGEST": "sha256:" + hex,
	"PREVIEW_ADDRESS": "https://app.example.com:8443/web", "SECONDS_READY": "60", "SECONDS_LIVE": "60",
}

// cluster stands in for kubectl: each time the Rollout is asked for it has the next phase,
// and the last one from then on. "Unseen" is one whose last change the controller has not seen.
func cluster(phases ...string) string {
	return `
case "$*" in
  "argo rollouts version" | "argo rollouts set image"* | "argo rollouts promote"* | "argo rollouts abort"*) exit 0 ;;
  *"get rollout web -o json") ;;
  *) echo "unexpected $*" >&2; exit 97 ;;
esac
phases=(` + strings.Join(phases, " ") + `)
at=$(cat "$DIR/at" 2> /dev/null || echo 0)
phase=${phases[at]:-${phases[-1]}}
echo $((at + 1)) > "$DIR/at"
observed=2 image=` + image + `
[[ $phase == Unseen ]] && observed=1 phase=Healthy
[[ $phase == Replaced ]] && image=other
printf '{"metadata": {"generation": 2}, "status": {"observedGeneration": "%s", "phase": "%s", "message": "why"},
 "spec": {"template": {"spec": {"containers": [{"name": "application", "image": "%s"}]}}}}' "$observed" "$phase" "$image"`
}

func TestReleaseInTheCluster(t *testing.T) {
	for _, test := range []struct {
		reason    string
		phases    []string
		env       map[string]string
		curl      string
		status    int
		says      string
		promotes  bool
		takesBack bool
	}{
		{reason: "it comes up, answers and goes live", phases: []string{"Unseen", "Progressing", "Paused", "Progressing", "Healthy"}, says: image + " is live", promotes: true},
		{reason: "an old status is not believed", phases: []string{"Unseen", "Unseen", "Paused", "Healthy"}, says: "is live", promotes: true},
		{reason: "it serves already", phases: []string{"Healthy"}, says: "serves already"},
		{reason: "no domain, nothing to try", phases: []string{"Paused", "Healthy"}, env: with(onEKS, "PREVIEW_ADDRESS", ""), curl: "exit 97", says: "has no domain", promotes: true},
		{reason: "it does not come up", phases: []string{"Progressing", "Degraded"}, status: 1, says: "Degraded: why", takesBack: true},
		{reason: "it takes too long", phases: []string{"Progressing"}, env: with(onEKS, "SECONDS_READY", "1"), status: 1, says: "not one of Paused Healthy after 1 seconds", takesBack: true},
		{reason: "it does not answer", phases: []string{"Paused"}, curl: "exit 22", status: 22, says: "not live", takesBack: true},
		{reason: "somebody sets another image", phases: []string{"Progressing", "Replaced"}, status: 1, says: "Replaced", takesBack: true},
		{reason: "it falls ill when it is live", phases: []string{"Paused", "Degraded"}, status: 1, says: "start rollback.yml", promotes: true},
	} {
		t.Run(test.reason, func(t *testing.T) {
			env, curl := onEKS, "exit 0"
			if test.env != nil {
				env = test.env
			}
			if test.curl != "" {
				curl = test.curl
			}
			got := runScript(t, "release-eks.sh", env, commands{"aws": "exit 0", "kubectl": cluster(test.phases...), "curl": curl})
			assert.Equal(t, test.status, got.status, got.out)
			assert.Contains(t, got.out, test.says)
			assert.True(t, got.called("kubectl argo rollouts set image web application="+image+" -n web"))
			assert.Equal(t, test.promotes, got.called("argo rollouts promote web -n web --context deployer"))
			assert.Equal(t, test.takesBack, got.called("argo rollouts abort web -n web --context deployer"))
			assert.False(t, got.called("--full"))
			assert.True(t, got.called("--role-arn arn:aws:iam::333333333333:role/dev-eks-deployer"))
		})
	}
}

func TestReleaseNeedsThePlugin(t *testing.T) {
	got := runScript(t, "release-eks.sh", onEKS, commands{"kubectl": "exit 1"})
	assert.Equal(t, 1, got.status)
	assert.Contains(t, got.out, "put kubectl-argo-rollouts on the runner's PATH")
	assert.False(t, got.called("set image"))
}

func TestInterruptInTheCluster(t *testing.T) {
	for phase, aborted := range map[string]bool{"Paused": true, "Progressing": true, "Healthy": false, "Degraded": false} {
		kubectl := `case "$*" in *jsonpath*) echo ` + phase + ` ;; "argo rollouts abort web -n web --context deployer") ;; *) exit 97 ;; esac`
		got := runScript(t, "interrupt-eks.sh", onEKS, commands{"aws": "exit 0", "kubectl": kubectl})
		assert.Zero(t, got.status, got.out)
		assert.Equal(t, aborted, got.called("abort"), phase)
	}
}
