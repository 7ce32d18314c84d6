package bluegreen_test

import (
	"bufio"
	"crypto/tls"
	"encoding/json"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"aws-platform/pkg/cluster/bluegreen"
	"aws-platform/pkg/cluster/ingress"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
)

const (
	repository = "../../.."
	sample     = repository + "/examples/app"
)

// sampleApplication is what examples/app/deploy says, decoded and judged as a part of
// staging's own stack file.
func sampleApplication(t *testing.T) (string, config.Environment) {
	t.Helper()
	stack, values, err := config.ReadStackFile(filepath.Join(repository, "Pulumi.staging.yaml"))
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join(sample, "deploy", "applications.yaml"))
	require.NoError(t, err)
	var excerpt struct {
		Config map[string]struct {
			Applications map[string]any `yaml:"applications"`
		} `yaml:"config"`
	}
	require.NoError(t, yaml.Unmarshal(text, &excerpt))
	applications := excerpt.Config["platform:cluster"].Applications
	require.Len(t, applications, 1)
	var cluster map[string]any
	require.NoError(t, json.Unmarshal([]byte(values["platform:cluster"]), &cluster))
	cluster["applications"] = applications
	whole, err := json.Marshal(cluster)
	require.NoError(t, err)
	values["platform:cluster"] = string(whole)
	env, err := config.Decode(stack, values)
	require.NoError(t, err)
	for name := range applications {
		return name, *env
	}
	return "", config.Environment{}
}

// sampleRollout records the sample application as the program would make it.
func sampleRollout(t *testing.T) (graph.Resource, config.Application) {
	t.Helper()
	name, env := sampleApplication(t)
	settings := env.Cluster.Applications[name]
	g, err := run(bluegreen.Args{
		Name: name, Namespace: name, Port: env.Compute.ApplicationPort, DeregistrationSeconds: ingress.DeregistrationSeconds, Config: settings,
		ActiveTargetGroupARN: pulumi.String(groupARN + "active/1"), PreviewTargetGroupARN: pulumi.String(groupARN + "preview/2"),
	})
	require.NoError(t, err)
	found, err := g.One(rolloutType, "production-web-rollout")
	require.NoError(t, err)
	return found, settings
}

// sampleProcess is the real binary, run by the arguments of the recorded container, in an
// empty environment and folder.
func sampleProcess(t *testing.T, args []string) (*exec.Cmd, string) {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "app")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Dir = sample
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	output, err := build.CombinedOutput()
	require.NoError(t, err, string(output))
	process := exec.Command(binary, args...)
	process.Dir = t.TempDir()
	process.Env = []string{"PORT=0"} // a free one, for 8080 may be taken here
	out, err := process.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, process.Start())
	t.Cleanup(func() { _ = process.Process.Kill() }) // it may have ended meanwhile
	lines := bufio.NewScanner(out)
	require.True(t, lines.Scan(), "it says where it listens")
	var said struct{ Address string }
	require.NoError(t, json.Unmarshal(lines.Bytes(), &said))
	go func() {
		for lines.Scan() { // a full pipe would stop it
		}
	}()
	_, port, err := net.SplitHostPort(said.Address)
	require.NoError(t, err)
	return process, port
}

func TestTheSampleApplicationAnswersWhatItsProbesAsk(t *testing.T) {
	r, settings := sampleRollout(t)
	process, port := sampleProcess(t, r.Strings("spec.template.spec.containers[0].args"))
	client := &http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	status := func(address string) int {
		answer, err := client.Get(address)
		if err != nil {
			return 0
		}
		_ = answer.Body.Close() // nothing was read
		return answer.StatusCode
	}
	var asked []string
	for _, probe := range []string{"startupProbe", "readinessProbe", "livenessProbe"} {
		get := "spec.template.spec.containers[0]." + probe + ".httpGet."
		assert.Equal(t, 8080, r.Int(get+"port"), "the port on which it listens unless it is told another")
		asked = append(asked, strings.ToLower(r.String(get+"scheme"))+"://localhost:"+port+r.String(get+"path"))
	}
	// The load balancer's health check is of the same path and protocol; its requests have the rule's path.
	scheme := strings.ToLower(settings.Protocol) + "://localhost:" + port
	asked = append(asked, scheme+settings.HealthCheckPath, scheme+settings.Path, scheme+settings.Path+"/version")
	for _, address := range asked {
		assert.Eventually(t, func() bool { return status(address) == http.StatusOK }, 10*time.Second, 50*time.Millisecond, address)
	}
	assert.NotEqual(t, http.StatusOK, status("http://localhost:"+port+settings.HealthCheckPath), "in the clear")

	require.NoError(t, process.Process.Signal(syscall.SIGTERM))
	assert.Eventually(t, func() bool { return status(scheme+"/readyz") == http.StatusServiceUnavailable }, 4*time.Second, 20*time.Millisecond, "it wants no more")
	assert.Equal(t, http.StatusOK, status(scheme+settings.Path+"/version"), "and answers who asks all the same")
}

// SIGTERM comes when preStop is over; what is left of the grace period is for drain and shutdown.
func TestTheSampleApplicationEndsWithinItsGracePeriod(t *testing.T) {
	r, _ := sampleRollout(t)
	told := map[string]time.Duration{}
	for _, arg := range r.Strings("spec.template.spec.containers[0].args") {
		name, value, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if duration, err := time.ParseDuration(value); err == nil {
			told[name] = duration
		}
	}
	require.Contains(t, told, "drain")
	require.Contains(t, told, "shutdown")
	left := time.Duration(r.Int("spec.template.spec.terminationGracePeriodSeconds")-r.Int("spec.template.spec.containers[0].lifecycle.preStop.sleep.seconds")) * time.Second
	assert.Less(t, told["drain"]+told["shutdown"], left, "or the kubelet kills it")
	unready := r.Int("spec.template.spec.containers[0].livenessProbe.periodSeconds") * r.Int("spec.template.spec.containers[0].livenessProbe.failureThreshold")
	assert.Less(t, told["drain"]+told["shutdown"], time.Duration(unready)*time.Second, "or the liveness probe restarts it while it leaves")
}

func TestTheSampleApplicationIsRestricted(t *testing.T) {
	r, _ := sampleRollout(t)
	of, found := r.Lookup("spec.template.spec")
	require.True(t, found)
	assert.Empty(t, violations(of.(object)))
	dockerfile, err := os.ReadFile(filepath.Join(sample, "Dockerfile"))
	require.NoError(t, err)
	user := strconv.Itoa(r.Int("spec.template.spec.securityContext.runAsUser"))
	assert.Contains(t, string(dockerfile), "\nUSER "+user+":"+user+"\n", "the image's user is the pod's")
	assert.Contains(t, string(dockerfile), "\nEXPOSE "+strconv.Itoa(r.Int("spec.template.spec.containers[0].ports[0].containerPort"))+"\n")
}
