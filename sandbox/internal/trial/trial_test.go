package trial

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/sandbox/internal/layout"
	"aws-platform/sandbox/internal/progress"
)

// newTrial is a trial in an empty checkout whose screen is the buffer.
func newTrial(t *testing.T) (*Trial, *bytes.Buffer) {
	t.Helper()
	var screen bytes.Buffer
	root := t.TempDir()
	own := layout.Layout{Root: root, Tools: root, Data: filepath.Join(root, "data")}
	require.NoError(t, own.Make())
	return &Trial{Layout: own, Printer: progress.New(&screen)}, &screen
}

func TestLeftoversAreFoundByTheirEnvironment(t *testing.T) {
	trial, _ := newTrial(t)
	t.Setenv(layout.DataVariable, trial.Layout.Data)
	require.NoError(t, trial.allGone(time.Second))
	// A grandchild that left its parents, as a forgotten provider would.
	cmd := trial.command(context.Background(), "sh", "-c", "sleep 60 & exec true")
	require.NoError(t, cmd.Run())

	err := trial.allGone(300 * time.Millisecond)
	require.ErrorContains(t, err, "sleep 60")
	pids, err := trial.pids()
	require.NoError(t, err)
	require.Len(t, pids, 1)

	leftover, err := os.FindProcess(pids[0])
	require.NoError(t, err)
	require.NoError(t, leftover.Kill())
	assert.NoError(t, trial.allGone(5*time.Second))
}

func TestMarkedWantsTheWholeEntry(t *testing.T) {
	environment := []byte("A=1\x00SANDBOX_DATA=/x/e2e\x00B=2\x00")
	assert.True(t, marked(environment, "SANDBOX_DATA=/x/e2e"))
	assert.False(t, marked(environment, "SANDBOX_DATA=/x/e2"))
}

func TestDifferenceNamesWhatIsLeft(t *testing.T) {
	before := inventory{"production ec2 describe-vpcs": {"vpc-default"}}
	assert.Empty(t, difference(before, inventory{"production ec2 describe-vpcs": {"vpc-default"}}))
	text := difference(before, inventory{"production ec2 describe-vpcs": {"vpc-default", "vpc-1"}, "production iam list-roles": {"r"}})
	assert.Contains(t, text, "vpc-1")
	assert.Contains(t, text, "production iam list-roles: found [r], wanted []")
	assert.Equal(t, 1, before.count())
}

func TestOnlyOrphansOfDeletedVPCsAreDisregarded(t *testing.T) {
	found := inventory{
		"production ec2 describe-vpcs":               {"vpc-default"},
		"production ec2 describe-network-acls":       {"acl-1 vpc-default true", "acl-2 vpc-gone true", "acl-3 vpc-gone false"},
		"production ec2 describe-network-interfaces": {"eni-1 vpc-gone", "eni-2 vpc-default"},
		"production ec2 describe-subnets":            {"subnet-1"},
	}
	assert.Equal(t, []string{"acl-2", "eni-1"}, found.forgotten("production"))
	assert.Equal(t, []string{"acl-1 vpc-default true", "acl-3 vpc-gone false"}, found["production ec2 describe-network-acls"])
	assert.Equal(t, []string{"eni-2 vpc-default"}, found["production ec2 describe-network-interfaces"])
	assert.Equal(t, []string{"subnet-1"}, found["production ec2 describe-subnets"])
}

func TestChangedStackFileIsNoticed(t *testing.T) {
	trial, _ := newTrial(t)
	path := filepath.Join(trial.Layout.Root, "Pulumi.production.yaml")
	require.NoError(t, os.WriteFile(path, []byte("config:\n"), 0o644))
	before, err := trial.stackFiles()
	require.NoError(t, err)
	require.NoError(t, sameFiles(before, before))
	require.NoError(t, os.WriteFile(path, []byte("encryptionsalt: x\nconfig:\n"), 0o644))
	now, err := trial.stackFiles()
	require.NoError(t, err)
	assert.ErrorContains(t, sameFiles(before, now), path)
	assert.Error(t, sameFiles(nil, nil), "nothing to compare proves nothing")
}

func TestChecksAreCounted(t *testing.T) {
	trial, screen := newTrial(t)
	assert.True(t, trial.check("good", func() error { return nil }))
	assert.False(t, trial.check("bad", func() error { return errors.New("because") }))
	assert.Equal(t, [2]int{1, 1}, [2]int{trial.passed, trial.failed})
	assert.Contains(t, screen.String(), "FAIL bad")
	assert.Contains(t, screen.String(), "because")
}

func TestVerificationMustNameTheIntruder(t *testing.T) {
	trial, _ := newTrial(t)
	trial.Self = filepath.Join(t.TempDir(), "sandbox")
	answer := func(script string) error {
		require.NoError(t, os.WriteFile(trial.Self, []byte("#!/bin/sh\n"+script+"\n"), 0o755))
		return trial.mustFailNaming(context.Background(), breach{"rtb-1", "10.21.0.0/24"}, breach{"acl-1", "open"})
	}
	assert.NoError(t, answer("echo rtb-1: found 10.21.0.0/24; echo acl-1: open; exit 1"))
	assert.ErrorContains(t, answer("echo rtb-1: found 10.21.0.0/24"), "found exit code 0")
	assert.ErrorContains(t, answer("echo rtb-2: found 10.21.0.0/24; echo acl-1: open; exit 1"), "without naming rtb-1")
	assert.ErrorContains(t, answer("echo rtb-1: found 10.21.0.0/24; exit 1"), "without naming acl-1", "each of them")
}

func TestExitCode(t *testing.T) {
	assert.Equal(t, 0, exitCode(nil))
	assert.Equal(t, 3, exitCode(exec.Command("sh", "-c", "exit 3").Run()))
	assert.Equal(t, -1, exitCode(exec.Command("/no/such/program").Run()))
}
