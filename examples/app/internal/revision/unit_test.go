package revision_test

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"example.com/app/internal/running"
)

const unitFile = "../../codedeploy/systemd/app.service"

// need skips a test that says what it looks at with a program that is not on every machine.
func need(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skipf("%s is not on this machine: the unit file is not judged by it", program)
	}
}

func unitSettings(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile(unitFile)
	if err != nil {
		t.Fatal(err)
	}
	settings := map[string][]string{}
	for _, line := range strings.Split(string(text), "\n") {
		if key, value, found := strings.Cut(line, "="); found && !strings.HasPrefix(line, "#") {
			settings[key] = append(settings[key], value)
		}
	}
	return settings
}

func TestTheUnitRunsAsAUserOfItsOwnWithoutRights(t *testing.T) {
	settings := unitSettings(t)
	for key, want := range map[string]string{
		"User": "app", "Group": "app", "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "CapabilityBoundingSet": "",
		"MemoryDenyWriteExecute": "yes", "PrivateDevices": "yes", "SystemCallErrorNumber": "EPERM", "KillSignal": "SIGTERM",
		// The CloudWatch agent of pkg/compute/fleet ships /var/log/application/*.log.
		"StandardOutput": "append:/var/log/application/app.log",
	} {
		if got := settings[key]; !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %q; want %q", key, got, want)
		}
	}
	// It drains for 5 s and finishes for 20 s, by its defaults; the hook that stops it waits longer than systemd.
	seconds, err := strconv.Atoi(settings["TimeoutStopSec"][0])
	stop := (&machine{}).spec(t, first(t)).Hooks["ApplicationStop"][0].Seconds
	if err != nil || seconds <= 25 || stop <= seconds {
		t.Errorf("systemd kills it after %d s, the hook is given up after %d s", seconds, stop)
	}
}

func TestSystemdTakesTheUnit(t *testing.T) {
	need(t, "systemd-analyze")
	root := t.TempDir()
	unit, err := filepath.Abs(unitFile)
	if err != nil {
		t.Fatal(err)
	}
	// It wants the program to be there; the unit's own path is another one here.
	binary := filepath.Join(root, "app")
	if err := writeExecutable(binary, build(t, "1.0.0", firstCommit)); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(unit)
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(root, "app.service")
	if err := os.WriteFile(copied, []byte(strings.ReplaceAll(string(text), "/opt/app/bin/app", binary)), 0o644); err != nil {
		t.Fatal(err)
	}
	if output, err := exec.Command("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", copied).CombinedOutput(); err != nil || strings.Contains(string(output), "app.service") {
		t.Errorf("%v: %s", err, output)
	}
	// The exposure in tenths: 0 is none, 100 that of a service without any restriction.
	if output, err := exec.Command("systemd-analyze", "security", "--offline=true", "--threshold=15", copied).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, output)
	}
}

// What the filter refuses is an error to the application, which nobody would see here: so
// the calls that it makes from its start to its end are held against the filter.
func TestTheSystemCallFilterLeavesWhatTheApplicationNeeds(t *testing.T) {
	need(t, "systemd-analyze")
	need(t, "strace")
	folder := t.TempDir()
	trace := filepath.Join(folder, "trace")
	binary := filepath.Join(folder, "app")
	if err := writeExecutable(binary, build(t, "1.0.0", firstCommit)); err != nil {
		t.Fatal(err)
	}
	port := strconv.Itoa(freePort(t))
	traced := exec.Command("strace", "-f", "-o", trace, binary, "-port", port, "-drain=100ms")
	if err := traced.Start(); err != nil {
		t.Fatal(err)
	}
	url := "http://127.0.0.1:" + port
	ready := running.Ready(http.DefaultClient, url, 15*time.Second)
	// strace hands the signal on to what it traces when it is told by its child's id.
	child := childOf(t, traced.Process.Pid)
	_ = syscall.Kill(child, syscall.SIGTERM) // whether it worked is what Wait says
	if err := traced.Wait(); err != nil || ready != nil {
		t.Fatal(err, ready)
	}
	text, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	allowed, made := filter(t), map[string]bool{}
	for _, call := range regexp.MustCompile(`(?m)^\d+ +([a-z0-9_]+)\(`).FindAllStringSubmatch(string(text), -1) {
		made[call[1]] = true
	}
	if len(made) < 25 || !made["accept4"] || !made["exit_group"] {
		t.Errorf("the trace is not of the application's whole life: %v", made)
	}
	for call := range made {
		if !allowed[call] {
			t.Errorf("%s: is refused by the unit's filter", call)
		}
	}
}

func childOf(t *testing.T, pid int) int {
	t.Helper()
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/task/" + strconv.Itoa(pid) + "/children")
	if err != nil {
		t.Fatal(err)
	}
	child, err := strconv.Atoi(strings.Fields(string(text) + " 0")[0])
	if err != nil || child == 0 {
		t.Fatalf("%d has no child: %q", pid, text)
	}
	return child
}

// filter is what the unit's filter allows: the first line's groups less the second's.
func filter(t *testing.T) map[string]bool {
	t.Helper()
	lines := unitSettings(t)["SystemCallFilter"]
	if len(lines) != 2 || strings.HasPrefix(lines[0], "~") || !strings.HasPrefix(lines[1], "~") {
		t.Fatalf("the filter has another form: %q", lines)
	}
	allowed := map[string]bool{}
	for i, line := range lines {
		for _, group := range strings.Fields(strings.TrimPrefix(line, "~")) {
			for _, call := range callsOf(t, group) {
				allowed[call] = i == 0
			}
		}
	}
	return allowed
}

func callsOf(t *testing.T, group string) (calls []string) {
	t.Helper()
	output, err := exec.Command("systemd-analyze", "syscall-filter", group).Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(output), "\n")[1:] {
		switch entry := strings.TrimSpace(line); {
		case entry == "" || strings.HasPrefix(entry, "#"):
		case strings.HasPrefix(entry, "@"):
			calls = append(calls, callsOf(t, entry)...)
		default:
			calls = append(calls, entry)
		}
	}
	return calls
}
