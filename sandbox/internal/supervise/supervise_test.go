package supervise

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/sandbox/internal/layout"
	"aws-platform/sandbox/internal/process"
)

// The test binary plays all parts: the emulator, the supervisor, and the
// command that starts it. roleVariable says which, emulators are recognised by
// their arguments.
const (
	roleVariable = "SUPERVISE_TEST_ROLE"
	keepRole     = "starter that keeps"
	dropRole     = "starter that waits to be killed"
	watchRole    = "supervisor"
)

func TestMain(m *testing.M) {
	switch role := os.Getenv(roleVariable); {
	case len(os.Args) == 5 && os.Args[1] == "-H":
		fakeMoto(os.Args[4])
	case role == watchRole:
		supervisor()
	case role != "":
		starter(role)
	default:
		os.Exit(m.Run())
	}
}

// fakeMoto answers like the emulator once it is up.
func fakeMoto(port string) {
	http.HandleFunc("/moto-api/", func(http.ResponseWriter, *http.Request) {})
	fmt.Println(http.ListenAndServe(net.JoinHostPort("127.0.0.1", port), nil))
	os.Exit(1)
}

// supervisor is what the hidden command does.
func supervisor() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	err := Run(ctx, Config{
		Layout: testLayout(), Moto: os.Args[0], Life: os.Stdin, Report: os.NewFile(ReportFD, "report"),
	})
	fmt.Println("supervisor ends:", err)
}

// starter starts a cloud as `sandbox up` does, says so, and stays.
func starter(role string) {
	_ = os.Setenv(roleVariable, watchRole)
	cloud, err := Start(testLayout(), os.Args[0])
	if err == nil && role == keepRole {
		err = cloud.Keep()
	}
	fmt.Println("started", err)
	time.Sleep(time.Minute)
}

// testLayout is the sandbox that the test's environment names.
func testLayout() layout.Layout {
	dir := os.Getenv(layout.DataVariable)
	return layout.Layout{Root: dir, Tools: dir, Data: dir}
}

// start runs a starter and returns it with the record of its cloud.
func start(t *testing.T, role string) (layout.Layout, *os.Process, Record) {
	t.Helper()
	dir := t.TempDir()
	t.Setenv(layout.DataVariable, dir)
	l := testLayout()
	reading, writing, err := os.Pipe()
	require.NoError(t, err)
	p, err := os.StartProcess(os.Args[0], os.Args[:1], &os.ProcAttr{
		Env:   append(os.Environ(), roleVariable+"="+role),
		Files: []*os.File{nil, writing, writing},
	})
	require.NoError(t, err)
	require.NoError(t, writing.Close())
	line := make([]byte, 200)
	n, _ := reading.Read(line)
	require.Equal(t, "started <nil>\n", string(line[:n]))
	record, err := Read(l)
	require.NoError(t, err)
	t.Cleanup(func() { _ = p.Kill(); _, _ = p.Wait(); _ = Stop(l) })
	return l, p, record
}

func assertGone(t *testing.T, id process.Identity, what string) {
	t.Helper()
	assert.True(t, process.WaitGone(id, 10*time.Second), "%s (pid %d) still runs", what, id.PID)
}

func TestKilledStarterTakesTheCloudWithIt(t *testing.T) {
	l, starter, record := start(t, dropRole)
	require.NoError(t, starter.Kill())
	_, _ = starter.Wait()
	assertGone(t, record.Moto, "the emulator")
	assertGone(t, record.Supervisor, "the supervisor")
	assert.NoFileExists(t, l.RunFile())
}

func TestKeptCloudOutlivesItsStarterUntilStopped(t *testing.T) {
	l, starter, record := start(t, keepRole)
	require.NoError(t, starter.Kill())
	_, _ = starter.Wait()
	time.Sleep(300 * time.Millisecond)
	require.True(t, record.Moto.Alive(), "a kept cloud must outlive its starter")

	again, err := Start(l, "must-not-be-run")
	require.NoError(t, err)
	assert.False(t, again.Fresh)
	assert.Equal(t, record.Endpoint, again.Record.Endpoint)

	state := filepath.Join(l.State(), "stack.json")
	require.NoError(t, os.WriteFile(state, nil, 0o644))
	require.NoError(t, Stop(l))
	assert.False(t, record.Moto.Alive())
	assert.False(t, record.Supervisor.Alive())
	assert.NoFileExists(t, state)
	_, err = Read(l)
	assert.ErrorIs(t, err, ErrNotRunning)
}

func TestKilledSupervisorTakesTheEmulatorWithIt(t *testing.T) {
	l, _, record := start(t, keepRole)
	require.NoError(t, syscall.Kill(record.Supervisor.PID, syscall.SIGKILL))
	if runtime.GOOS != "linux" { // no kernel help: the next command ends it
		require.NoError(t, Stop(l))
	}
	assertGone(t, record.Moto, "the emulator")
	_, err := Read(l)
	assert.ErrorIs(t, err, ErrNotRunning)
}

func TestSupervisorEndsWithItsEmulator(t *testing.T) {
	l, _, record := start(t, keepRole)
	require.NoError(t, syscall.Kill(record.Moto.PID, syscall.SIGKILL))
	assertGone(t, record.Supervisor, "the supervisor")
	assert.NoFileExists(t, l.RunFile())
}

func TestEmulatorThatCannotStartIsExplained(t *testing.T) {
	t.Setenv(layout.DataVariable, t.TempDir())
	l := testLayout()
	require.NoError(t, l.Make())
	reading, writing, err := os.Pipe()
	require.NoError(t, err)
	err = Run(context.Background(), Config{Layout: l, Moto: "false", Life: strings.NewReader(keepWord + "\n"), Report: writing})
	require.Error(t, err)
	said := make([]byte, 500)
	n, _ := reading.Read(said)
	assert.Contains(t, string(said[:n]), "the AWS emulator ended")
	assert.NoFileExists(t, l.RunFile())
}

func TestStopLeavesAReusedProcessNumberAlone(t *testing.T) {
	t.Setenv(layout.DataVariable, t.TempDir())
	l := testLayout()
	require.NoError(t, l.Make())
	other, err := os.StartProcess("/bin/sleep", []string{"sleep", "60"}, &os.ProcAttr{})
	require.NoError(t, err)
	defer func() { _ = other.Kill(); _, _ = other.Wait() }()
	stale := process.Identity{PID: other.Pid, Started: "long ago"}
	require.NoError(t, Record{Supervisor: stale, Moto: stale}.write(l))
	require.NoError(t, Stop(l))
	now, err := process.Identify(other.Pid)
	require.NoError(t, err, "an unrelated process with the same number was ended")
	assert.True(t, now.Alive())
}
