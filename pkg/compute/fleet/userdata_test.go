package fleet

import (
	"encoding/base64"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
)

// stub stands on the PATH for what only an instance has. It writes down how it
// was called; as dnf it leaves the CodeDeploy agent behind where it is given its package.
const stub = `#!/bin/bash
echo "$(basename "$0") $*" >> "$CALLS"
case "$(basename "$0")" in
  dnf) if [[ "${!#}" == *.rpm ]]; then
    mkdir -p "$ROOT/opt/codedeploy-agent/bin"
    touch "$ROOT/opt/codedeploy-agent/bin/codedeploy-agent"
  fi ;;
esac
`

// machine is a directory that the script takes for an instance.
type machine struct{ root, bin, calls string }

func newMachine(t *testing.T) machine {
	t.Helper()
	m := machine{root: t.TempDir(), bin: t.TempDir(), calls: filepath.Join(t.TempDir(), "calls")}
	agent := filepath.Join(m.root, "opt/aws/amazon-cloudwatch-agent/bin")
	require.NoError(t, os.MkdirAll(agent, 0o755))
	for _, path := range []string{"dnf", "systemctl", "curl"} {
		require.NoError(t, os.WriteFile(filepath.Join(m.bin, path), []byte(stub), 0o755))
	}
	require.NoError(t, os.WriteFile(filepath.Join(agent, "amazon-cloudwatch-agent-ctl"), []byte(stub), 0o755))
	return m
}

// boot runs the script and returns the calls of this run.
func (m machine) boot(t *testing.T, script string) []string {
	t.Helper()
	_ = os.Remove(m.calls)
	command := exec.Command("bash", "-c", script)
	command.Env = []string{"PATH=" + m.bin + ":" + os.Getenv("PATH"), "ROOT=" + m.root, "CALLS=" + m.calls, "TMPDIR=" + t.TempDir()}
	output, err := command.CombinedOutput()
	require.NoError(t, err, string(output))
	calls, err := os.ReadFile(m.calls)
	require.NoError(t, err)
	return strings.Split(strings.TrimSpace(string(calls)), "\n")
}

// tree is every file of the machine with its mode and text.
func (m machine) tree(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	require.NoError(t, filepath.WalkDir(m.root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		info, err := entry.Info()
		files[strings.TrimPrefix(path, m.root)] = info.Mode().String() + "\n" + string(text)
		return err
	}))
	return files
}

func scriptFor(t *testing.T, healthCheckPath string) string {
	t.Helper()
	script, err := userDataScript(Args{
		Environment: "dev", Region: "eu-west-1", Config: config.Compute{ApplicationPort: 8080, HealthCheckPath: healthCheckPath},
	})
	require.NoError(t, err)
	return script
}

func TestTheFirstBootServesTheHealthCheckAndThenInstallsTheAgents(t *testing.T) {
	m := newMachine(t)
	calls := m.boot(t, scriptFor(t, "/healthz"))
	require.Len(t, calls, 7)
	assert.Equal(t, []string{"systemctl daemon-reload", "systemctl enable --now placeholder.service", "dnf install -y amazon-cloudwatch-agent"}, calls[:3])
	assert.Equal(t, "amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c file:"+m.root+"/etc/fleet/cloudwatch-agent.json", calls[3])
	assert.Contains(t, calls[4], "--proto =https")
	assert.Contains(t, calls[4], "https://aws-codedeploy-eu-west-1.s3.eu-west-1.amazonaws.com/releases/codedeploy-agent-"+codeDeployAgent+".noarch.rpm",
		"one version, and no script from the internet")
	assert.Regexp(t, `^dnf install -y ruby \S+\.rpm$`, calls[5])
	assert.Equal(t, "systemctl enable --now codedeploy-agent.service", calls[6], "last, because it deploys at once")

	files := m.tree(t)
	assert.Contains(t, files, "/var/lib/placeholder/healthz")
	assert.Contains(t, files["/etc/systemd/system/placeholder.service"], "http.server 8080 --directory /var/lib/placeholder\n")
}

func TestASecondRunChangesNothing(t *testing.T) {
	m, script := newMachine(t), scriptFor(t, "/healthz")
	m.boot(t, script)
	first := m.tree(t)
	calls := m.boot(t, script)
	assert.Equal(t, first, m.tree(t))
	assert.NotContains(t, strings.Join(calls, "\n"), "placeholder", "an application that stopped it is not disturbed")
	assert.NotContains(t, strings.Join(calls, "\n"), "curl")
}

func TestAnAgentOfTheImageIsKept(t *testing.T) {
	m := newMachine(t)
	agent := filepath.Join(m.root, "opt/codedeploy-agent/bin/codedeploy-agent")
	require.NoError(t, os.MkdirAll(filepath.Dir(agent), 0o755))
	require.NoError(t, os.WriteFile(agent, []byte("baked"), 0o755))
	calls := strings.Join(m.boot(t, scriptFor(t, "/healthz")), "\n")
	assert.NotContains(t, calls, "curl")
	assert.NotContains(t, calls, "ruby")
	assert.Contains(t, calls, "systemctl enable --now codedeploy-agent.service")
	assert.Contains(t, m.tree(t)["/opt/codedeploy-agent/bin/codedeploy-agent"], "baked")
}

func TestARunThatFailedIsMadeGood(t *testing.T) {
	m, script := newMachine(t), scriptFor(t, "/healthz")
	failing := strings.Replace(stub, "case", `[[ "$*" == *placeholder* ]] && exit 1; case`, 1)
	require.NoError(t, os.WriteFile(filepath.Join(m.bin, "systemctl"), []byte(failing), 0o755))
	command := exec.Command("bash", "-c", script)
	command.Env = []string{"PATH=" + m.bin + ":" + os.Getenv("PATH"), "ROOT=" + m.root, "CALLS=" + m.calls}
	require.Error(t, command.Run(), "a step that fails ends the run")
	require.NoError(t, os.WriteFile(filepath.Join(m.bin, "systemctl"), []byte(stub), 0o755))
	assert.Contains(t, m.boot(t, script), "systemctl enable --now placeholder.service")
}

func TestThePlaceholderAnswersAnyHealthCheckPath(t *testing.T) {
	for path, file := range map[string]string{
		"/": "index.html", "/healthz": "healthz", "/a/b": "a/b", "/a/": "a/index.html", "/ok?full=1": "ok",
		"/it's $(here)": "it's $(here)",
	} {
		m := newMachine(t)
		m.boot(t, scriptFor(t, path))
		assert.Contains(t, m.tree(t), "/var/lib/placeholder/"+file, path)
	}
}

func TestTheCloudWatchAgentWritesWhereItsRoleMay(t *testing.T) {
	m := newMachine(t)
	m.boot(t, scriptFor(t, "/healthz"))
	text, err := os.ReadFile(filepath.Join(m.root, "etc/fleet/cloudwatch-agent.json"))
	require.NoError(t, err)
	var agent struct {
		Metrics struct{ Namespace string }
		Logs    struct {
			Collected struct {
				Files struct {
					List []map[string]any `json:"collect_list"`
				}
			} `json:"logs_collected"`
		}
	}
	require.NoError(t, json.Unmarshal(text, &agent))
	assert.Equal(t, "dev/fleet", agent.Metrics.Namespace)
	assert.Len(t, agent.Logs.Collected.Files.List, 4)
	for _, file := range agent.Logs.Collected.Files.List {
		assert.Equal(t, "/dev/fleet", file["log_group_name"])
		if file["file_path"] == "/var/log/application/*.log" {
			assert.Equal(t, true, file["publish_multi_logs"], "or the newest file alone is shipped")
			continue
		}
		assert.NotContains(t, file, "publish_multi_logs")
	}
}

func TestUserDataFitsALaunchTemplate(t *testing.T) {
	encoded, err := userData(Args{Environment: "dev", Region: "eu-west-1", Config: config.Compute{ApplicationPort: 8080, HealthCheckPath: "/"}})
	require.NoError(t, err)
	script, err := base64.StdEncoding.DecodeString(encoded)
	require.NoError(t, err)
	assert.Less(t, len(script), 16*1024, "Amazon EC2 User Guide, user data: 16 KB before it is encoded")
	assert.NotContains(t, string(script), "{{")
	assert.NoError(t, exec.Command("bash", "-n", "-c", string(script)).Run())
}
