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
  "argo rollouts retry rollout web -n web --context deployer") touch "$DIR/retried"; exit 0 ;;
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
[[ $phase == Replaced || $phase == Before ]] && image=other
message=why abort=false
[[ $phase == Before ]] && phase=Healthy
# As an abort leaves it, and as it stays after a retry until the controller has moved.
[[ $phase == Aborted ]] && phase=Degraded message=aborted abort=true
[[ -e "$DIR/retried" ]] && abort=false
printf '{"metadata": {"generation": 2}, "status": {"observedGeneration": "%s", "phase": "%s", "message": "'$message'", "abort": '$abort'},
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
			got := runScript(t, "release-eks.sh", env, commands{"aws": "exit 0", "kubectl": cluster(append([]string{"Before"}, test.phases...)...), "curl": curl})
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

// A digest that was taken back is no new image: the Rollout is told to try it again, and
// what it said before it heard of that does not count.
func TestReleaseAgainInTheCluster(t *testing.T) {
	for _, test := range []struct {
		reason    string
		phases    []string
		says      string
		retries   bool
		promotes  bool
		takesBack bool
	}{
		{reason: "it was taken back, and goes live now", phases: []string{"Aborted", "Aborted", "Aborted", "Progressing", "Paused", "Healthy"}, says: "is live", retries: true, promotes: true},
		{reason: "it fell ill before", phases: []string{"Degraded", "Degraded", "Paused", "Healthy"}, says: "is live", retries: true, promotes: true},
		{reason: "it is ill once more", phases: []string{"Aborted", "Aborted", "Progressing", "Degraded"}, says: "Degraded: why", retries: true, takesBack: true},
		{reason: "it is ill once more, before anybody looked", phases: []string{"Aborted", "Degraded"}, says: "Degraded: why", retries: true, takesBack: true},
		{reason: "the controller does not move", phases: []string{"Aborted"}, says: "Unseen: not one of Paused Healthy", retries: true, takesBack: true},
		{reason: "another image is ill: this one is new", phases: []string{"Replaced", "Progressing", "Paused", "Healthy"}, says: "is live", promotes: true},
		{reason: "it waits already", phases: []string{"Paused", "Paused", "Healthy"}, says: "is live", promotes: true},
	} {
		t.Run(test.reason, func(t *testing.T) {
			got := runScript(t, "release-eks.sh", with(onEKS, "SECONDS_READY", "2"), commands{"aws": "exit 0", "kubectl": cluster(test.phases...), "curl": "exit 0"})
			assert.Contains(t, got.out, test.says)
			assert.Equal(t, test.promotes, got.status == 0)
			assert.Equal(t, test.retries, got.called("argo rollouts retry rollout web -n web --context deployer"))
			assert.Equal(t, !test.retries, got.called("argo rollouts set image web"))
			assert.Equal(t, test.promotes, got.called("argo rollouts promote web"))
			assert.Equal(t, test.takesBack, got.called("argo rollouts abort web"))
		})
	}
}

// GitHub ends a cancelled job's step by a signal.
func TestACancelledReleaseIsTakenBack(t *testing.T) {
	for _, signal := range []string{"TERM", "INT"} {
		kill := strings.Replace(cluster("Before", "Progressing"), `*"get rollout web -o json") ;;`, `*"get rollout web -o json") [[ -e "$DIR/at" ]] && kill -`+signal+` $PPID ;;`, 1)
		got := runScript(t, "release-eks.sh", onEKS, commands{"aws": "exit 0", "kubectl": kill})
		assert.Equal(t, 143, got.status, got.out)
		assert.True(t, got.called("argo rollouts abort web -n web --context deployer"), signal)
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
		for digest, own := range map[string]bool{"": true, "sha256:" + hex: true, "sha256:" + strings.Repeat("0", 64): false} {
			got := runScript(t, "interrupt-eks.sh", with(onEKS, "DIGEST", digest), commands{"aws": "exit 0", "kubectl": cluster(phase)})
			assert.Zero(t, got.status, got.out)
			assert.Equal(t, aborted && own, got.called("abort web -n web --context deployer"), "%s %s", phase, digest)
		}
	}
	assert.NotZero(t, runScript(t, "interrupt-eks.sh", onEKS, commands{"aws": "exit 0", "kubectl": "exit 1"}).status)
}
