package revision_test

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/app/internal/appspec"
	"example.com/app/internal/revision"
	"example.com/app/internal/running"
)

const (
	firstCommit  = "1111111111111111111111111111111111111111"
	secondCommit = "2222222222222222222222222222222222222222"
)

var (
	building sync.Mutex
	built    = map[string][]byte{}
)

// build is the real application of a version, built once.
func build(t *testing.T, version, commit string) []byte {
	t.Helper()
	building.Lock()
	defer building.Unlock()
	if built[version] == nil {
		binary, err := os.ReadFile(running.Build(t, version, commit))
		if err != nil {
			t.Fatal(err)
		}
		built[version] = binary
	}
	return built[version]
}

func first(t *testing.T) string  { return unpacked(t, build(t, "1.0.0", firstCommit)) }
func second(t *testing.T) string { return unpacked(t, build(t, "2.0.0", secondCommit)) }

// answers is what the machine's application says of itself.
func (m *machine) answers(t *testing.T) (said struct{ Version, Commit, Color string }) {
	t.Helper()
	answer, err := http.Get("http://127.0.0.1:" + strconv.Itoa(m.port) + "/version")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }() // it was read
	if err := json.NewDecoder(answer.Body).Decode(&said); err != nil {
		t.Fatal(err)
	}
	return said
}

// takePort lets a process of another version have the port, as the placeholder has.
func (m *machine) takePort(t *testing.T, unit string) {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "other")
	if err := writeExecutable(binary, build(t, "0.0.0", "none")); err != nil {
		t.Fatal(err)
	}
	other := exec.Command(binary, "-port", strconv.Itoa(m.port), "-drain=0s")
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- other.Wait() }()
	t.Cleanup(func() {
		_ = other.Process.Kill() // it may have ended meanwhile
		<-ended
	})
	if unit != "" {
		if err := os.WriteFile(filepath.Join(m.state, unit+".pid"), []byte(strconv.Itoa(other.Process.Pid)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := running.Ready(http.DefaultClient, "http://127.0.0.1:"+strconv.Itoa(m.port), 10*time.Second); err != nil {
		t.Fatal(err)
	}
}

// runs tells whether a process is there and has not ended: its parent may not have collected it yet.
func runs(pid int) bool {
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	return err == nil && !strings.Contains(string(status), "State:\tZ")
}

func expectCalls(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("the hooks called\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func TestTheFirstDeploymentTakesThePlaceholdersPlace(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	m.takePort(t, "placeholder.service")
	calls, err := m.deploy(t, first(t))
	if err != nil {
		t.Fatal(err)
	}
	expectCalls(t, calls,
		"systemctl disable --now placeholder.service",
		"useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /sbin/nologin app",
		"systemctl daemon-reload",
		"systemctl enable app.service",
		"systemctl restart app.service")
	if said := m.answers(t); said.Version != "1.0.0" || said.Commit != firstCommit || said.Color != "blue" {
		t.Errorf("what runs: %+v", said)
	}
	tree := m.tree(t)
	for name, mode := range map[string]string{
		"/opt/app/bin/app": "-rwxr-xr-x", "/etc/systemd/system/app.service": "-rw-r--r--", "/etc/logrotate.d/app": "-rw-r--r--", "/etc/app/environment": "-rw-r--r--",
	} {
		if !strings.HasPrefix(tree[name], mode+" ") {
			t.Errorf("%s: %s; want %s", name, tree[name], mode)
		}
	}
	if len(tree) != 6 {
		t.Errorf("the machine has files that nobody asked for: %v", tree)
	}
	if log, err := os.ReadFile(m.root + "/var/log/application/app.log"); err != nil || !strings.Contains(string(log), `"msg":"ready"`) {
		t.Errorf("%v: %s: the CloudWatch agent has nothing to ship", err, log)
	}
}

func TestTheNextVersionAndTheWayBack(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	one, two := first(t), second(t)
	if _, err := m.deploy(t, one); err != nil {
		t.Fatal(err)
	}
	for _, next := range []struct{ folder, version string }{{two, "2.0.0"}, {one, "1.0.0"}, {two, "2.0.0"}} {
		before := m.pid(t, "app.service")
		calls, err := m.deploy(t, next.folder)
		if err != nil {
			t.Fatal(err)
		}
		expectCalls(t, calls,
			"systemctl disable --now app.service",
			"systemctl disable --now app.service",
			"systemctl disable --now placeholder.service",
			"systemctl daemon-reload",
			"systemctl enable app.service",
			"systemctl restart app.service")
		if said := m.answers(t); said.Version != next.version {
			t.Errorf("what runs: %+v; want %s", said, next.version)
		}
		if runs(before) {
			t.Error("the version before still runs")
		}
	}
}

func TestTheSameRevisionAgainChangesNothing(t *testing.T) {
	t.Parallel()
	m, folder := newMachine(t), first(t)
	if _, err := m.deploy(t, folder); err != nil {
		t.Fatal(err)
	}
	before := m.tree(t)
	if _, err := m.deploy(t, folder); err != nil {
		t.Fatal(err)
	}
	sameTree(t, before, m.tree(t))
}

func sameTree(t *testing.T, before, after map[string]string) {
	t.Helper()
	for name := range before {
		if before[name] != after[name] {
			t.Errorf("%s: was %s, is %s", name, before[name], after[name])
		}
	}
	if len(before) != len(after) {
		t.Errorf("there were %d files, there are %d", len(before), len(after))
	}
}

// CodeDeploy's agent repeats a hook that it lost track of.
func TestEachHookCanRunTwice(t *testing.T) {
	t.Parallel()
	m, folder := newMachine(t), first(t)
	if _, err := m.deploy(t, folder); err != nil {
		t.Fatal(err)
	}
	spec, scanned := m.spec(t, folder), 0
	for _, event := range spec.Order {
		before := m.tree(t)
		for range 2 {
			scanned++
			if event == "ValidateService" && m.pid(t, "app.service") == 0 {
				t.Fatal("nothing runs that could be validated")
			}
			if err := m.event(t, folder, spec, event); err != nil {
				t.Error(err)
			}
		}
		sameTree(t, before, m.tree(t))
	}
	if scanned != 10 {
		t.Errorf("%d hooks were run", scanned)
	}
}

func TestAnApplicationThatIsNeverReadyFailsAndTheOlderOneComesBack(t *testing.T) {
	t.Parallel()
	for name, binary := range map[string]string{
		"it ends at once":  "#!/bin/bash\nexit 1\n",
		"it never listens": "#!/bin/bash\nexec sleep 60\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, good := newMachine(t), first(t)
			if _, err := m.deploy(t, good); err != nil {
				t.Fatal(err)
			}
			m.environment["VALIDATE_SECONDS"] = "1"
			calls, err := m.deploy(t, unpacked(t, []byte(binary)))
			if err == nil || !strings.Contains(err.Error(), "ValidateService") || !strings.Contains(err.Error(), "not ready after 1 s") {
				t.Fatalf("got %v after %v", err, calls)
			}
			m.environment["VALIDATE_SECONDS"] = "30"
			if _, err := m.deploy(t, good); err != nil {
				t.Fatal(err)
			}
			if said := m.answers(t); said.Version != "1.0.0" {
				t.Errorf("what runs: %+v", said)
			}
		})
	}
}

// ApplicationStop is no revision's then, and files are there that no list names.
func TestAFirstDeploymentThatBrokeOffIsMadeGood(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	m.environment["VALIDATE_SECONDS"] = "1"
	if _, err := m.deploy(t, unpacked(t, []byte("#!/bin/bash\nexec sleep 60\n"))); err == nil {
		t.Fatal("it went through")
	}
	stuck := m.pid(t, "app.service")
	m.installed, m.environment["VALIDATE_SECONDS"] = nil, "30"
	if _, err := m.deploy(t, first(t)); err != nil {
		t.Fatal(err)
	}
	if said := m.answers(t); said.Version != "1.0.0" {
		t.Errorf("what runs: %+v", said)
	}
	if runs(stuck) {
		t.Error("the process of the deployment that broke off still runs")
	}
	spec := appspec.Spec{Files: []appspec.File{{Source: revision.Binary, Destination: "/opt/app/bin"}}}
	if err := m.install(first(t), spec); err != nil {
		t.Errorf("what this machine installed it may replace: %v", err)
	}
	m.installed = nil
	if err := m.install(first(t), spec); err == nil {
		t.Error("the machine replaces files although the AppSpec file does not say OVERWRITE")
	}
}

func TestAnotherProcessOnThePortIsNotTakenForTheApplication(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	m.takePort(t, "")
	_, err := m.deploy(t, first(t))
	if err == nil || !strings.Contains(err.Error(), "is not what was installed, 1.0.0 of "+firstCommit) {
		t.Errorf("got %v", err)
	}
}

// A hook that does nothing is noticed, but for application-stop.sh: before-install.sh stops
// what that one has left.
func TestEachHookIsNeeded(t *testing.T) {
	t.Parallel()
	for hook, says := range map[string]string{
		"before-install.sh":    "ApplicationStart: exit status 1: app.service: no user app.",
		"after-install.sh":     "ApplicationStart: exit status 1: app.service changed on disk",
		"application-start.sh": "ValidateService: exit status 1",
	} {
		t.Run(hook, func(t *testing.T) {
			t.Parallel()
			m, folder := newMachine(t), first(t)
			m.environment["VALIDATE_SECONDS"] = "1"
			m.put(t, "/etc/app/environment", "PORT="+m.environment["PORT"]+"\n")
			m.put(t, "/var/log/application/app.log", "")
			silence(t, folder, hook)
			if _, err := m.deploy(t, folder); err == nil || !strings.Contains(err.Error(), says) {
				t.Errorf("got %v; want %q", err, says)
			}
		})
	}
	m, folder := newMachine(t), unpacked(t, []byte("#!/bin/bash\nexit 1\n"))
	silence(t, folder, "validate-service.sh")
	if _, err := m.deploy(t, folder); err != nil {
		t.Errorf("but for validate-service.sh nobody would see it: %v", err)
	}
}

func silence(t *testing.T, folder, hook string) {
	t.Helper()
	if err := writeExecutable(filepath.Join(folder, "hooks", hook), []byte("#!/bin/bash\nexit 0\n")); err != nil {
		t.Fatal(err)
	}
}

func TestTheColorIsTheDeploymentGroups(t *testing.T) {
	t.Parallel()
	m, folder := newMachine(t), first(t)
	m.environment["DEPLOYMENT_GROUP_NAME"] = "production-pci-green"
	if _, err := m.deploy(t, folder); err != nil {
		t.Fatal(err)
	}
	if said := m.answers(t); said.Color != "green" {
		t.Errorf("what runs: %+v", said)
	}
	for _, group := range []string{"", "production", "production-red"} {
		m.environment["DEPLOYMENT_GROUP_NAME"] = group
		if _, err := m.deploy(t, folder); err == nil || !strings.Contains(err.Error(), "names no color") {
			t.Errorf("%q: got %v", group, err)
		}
	}
}

func TestTheHooksAreWhatAReaderExpects(t *testing.T) {
	t.Parallel()
	hooks, err := filepath.Glob("../../codedeploy/hooks/*.sh")
	if err != nil || len(hooks) != 5 {
		t.Fatalf("%v: %v", hooks, err)
	}
	folder := first(t)
	spec := (&machine{}).spec(t, folder)
	var last int
	for _, event := range spec.Order {
		at := slices.Index(appspec.Events, event)
		if at <= last && event != spec.Order[0] {
			t.Errorf("%s stands after an event that CodeDeploy runs later", event)
		}
		last = at
		for _, script := range spec.Hooks[event] {
			if script.RunAs != "root" || script.Seconds > 300 {
				t.Errorf("%s: %+v", event, script)
			}
		}
	}
	for _, hook := range hooks {
		text, err := os.ReadFile(hook)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(text), "#!/bin/bash\n# ") || !strings.Contains(string(text), "\nset -euo pipefail\n") {
			t.Errorf("%s: goes on after a mistake, or does not say what it does", hook)
		}
		if !slices.ContainsFunc(spec.Order, func(event string) bool {
			return spec.Hooks[event][0].Location == "hooks/"+filepath.Base(hook)
		}) {
			t.Errorf("%s: is in no event", hook)
		}
	}
}

func TestShellcheck(t *testing.T) {
	t.Parallel()
	shellcheck, err := exec.LookPath("shellcheck")
	if err != nil {
		t.Skip("shellcheck is not on this machine: the hooks are run, and not read by it")
	}
	hooks, _ := filepath.Glob("../../codedeploy/hooks/*.sh")
	if output, err := exec.Command(shellcheck, hooks...).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, output)
	}
}
