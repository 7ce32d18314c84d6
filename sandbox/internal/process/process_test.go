package process

import (
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// running starts a shell command in a group of its own.
func running(t *testing.T, script string) (*exec.Cmd, Identity) {
	t.Helper()
	cmd := exec.Command("sh", "-c", script)
	Own(cmd)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = SignalGroup(cmd.Process.Pid, syscall.SIGKILL); _ = cmd.Wait() })
	id, err := Identify(cmd.Process.Pid)
	require.NoError(t, err)
	return cmd, id
}

func TestIdentityIsTheStartTimeToo(t *testing.T) {
	_, id := running(t, "sleep 60")
	assert.True(t, id.Alive())
	assert.False(t, Identity{PID: id.PID, Started: "another time"}.Alive())
	assert.False(t, Identity{}.Alive())
}

func TestUncollectedProcessIsNotAlive(t *testing.T) {
	cmd, id := running(t, "sleep 60")
	require.NoError(t, cmd.Process.Kill())
	assert.True(t, WaitGone(id, 5*time.Second), "a zombie counts as ended")
	assert.Positive(t, ResidentKiB(syscall.Getpid()))
}

func TestStopEndsWhatIgnoresRequests(t *testing.T) {
	_, id := running(t, "trap '' TERM; sleep 60 & wait; sleep 60")
	time.Sleep(100 * time.Millisecond) // until the trap is set
	began := time.Now()
	Stop(id, 200*time.Millisecond)
	assert.False(t, id.Alive())
	assert.Less(t, time.Since(began), 5*time.Second)
}

func TestSignalToAGoneGroupIsNoError(t *testing.T) {
	cmd, id := running(t, "sleep 0.2")
	require.NoError(t, cmd.Wait())
	require.False(t, id.Alive())
	assert.NoError(t, SignalGroup(id.PID, syscall.SIGTERM))
}
