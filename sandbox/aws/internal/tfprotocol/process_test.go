package tfprotocol_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"aws-platform/sandbox/aws/internal/locate"
	"aws-platform/sandbox/aws/internal/tfprotocol"
)

// asParent makes this test binary start a provider, print its process id and wait.
const asParent = "TFPROTOCOL_TEST_PARENT"

func TestMain(m *testing.M) {
	if os.Getenv(asParent) == "" {
		os.Exit(m.Run())
	}
	binary, err := locate.Provider(locate.Here())
	if err != nil {
		panic(err)
	}
	process, err := tfprotocol.Start(context.Background(), binary)
	if err != nil {
		panic(err)
	}
	fmt.Println(process.PID())
	select {}
}

// provider is the real binary; a machine that runs these tests has it.
func provider(t *testing.T) string {
	t.Helper()
	binary, err := locate.Provider(locate.Here())
	if err != nil {
		t.Fatal(err)
	}
	return binary
}

func TestProviderDiesWithAKilledPlugin(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells a child of its parent's death; elsewhere the engine ends the process group")
	}
	provider(t)
	parent := exec.Command(os.Args[0], "-test.run=none")
	parent.Env = append(os.Environ(), asParent+"=1")
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the parent printed no process id: %v", err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil || !alive(pid) {
		t.Fatalf("provider %q is not running: %v", line, err)
	}
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait() // it was killed: the error is the point
	gone(t, pid)
}

func TestCloseEndsTheProvider(t *testing.T) {
	t.Parallel()
	process, err := tfprotocol.Start(t.Context(), provider(t))
	if err != nil {
		t.Fatal(err)
	}
	pid := process.PID()
	if !alive(pid) {
		t.Fatalf("provider %d is not running", pid)
	}
	process.Close()
	gone(t, pid)
}

func TestStartSaysWhatItStarted(t *testing.T) {
	t.Parallel()
	const binary = "/no/such/terraform-provider-aws"
	_, err := tfprotocol.Start(t.Context(), binary)
	if err == nil || !strings.Contains(err.Error(), binary) {
		t.Errorf("error = %v, want one that names %s", err, binary)
	}
}

// alive says whether a process runs; one that is dead but not yet collected does not.
func alive(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return false
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || !strings.Contains(string(stat), ") Z ")
}

func gone(t *testing.T, pid int) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if !alive(pid) {
			return
		}
	}
	t.Errorf("provider %d still runs ten seconds after its plugin was gone", pid)
}
