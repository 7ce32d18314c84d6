package languagehost

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/structpb"

	"aws-platform/sandbox/internal/process"
)

// program writes a tiny Go program and returns its folder.
func program(t *testing.T, body string) string {
	t.Helper()
	t.Setenv(CacheVariable, t.TempDir())
	dir := t.TempDir()
	source := "package main\n\nimport (\n\t\"os\"\n\t\"strings\"\n\t\"time\"\n)\n\nvar _, _, _ = os.Exit, strings.Join, time.Sleep\n\nfunc main() {\n" + body + "\n}\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(source), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module tiny\n\ngo 1.25\n"), 0o644))
	return dir
}

// request asks to run the program in dir as the engine would.
func request(dir string) *pulumirpc.RunRequest {
	return &pulumirpc.RunRequest{
		Project: "platform", Stack: "production", Pwd: dir, MonitorAddress: "127.0.0.1:1", DryRun: true, Parallel: 16,
		Organization: "organization", Config: map[string]string{"platform:a": "b"},
		Info: &pulumirpc.ProgramInfo{RootDirectory: dir, ProgramDirectory: dir, EntryPoint: "."},
	}
}

func TestRunGivesTheProgramWhatTheSDKReads(t *testing.T) {
	dir := program(t, `os.WriteFile("seen", []byte(strings.Join(os.Environ(), "\n")), 0o644)`)
	response, err := New("127.0.0.1:2").Run(context.Background(), request(dir))
	require.NoError(t, err)
	assert.Empty(t, response.GetError())
	assert.False(t, response.GetBail())

	raw, err := os.ReadFile(filepath.Join(dir, "seen")) // it ran in the engine's working directory
	require.NoError(t, err)
	seen := strings.Split(string(raw), "\n")
	for _, want := range []string{
		"PULUMI_PROJECT=platform", "PULUMI_STACK=production", "PULUMI_MONITOR=127.0.0.1:1", "PULUMI_ENGINE=127.0.0.1:2",
		"PULUMI_DRY_RUN=true", "PULUMI_PARALLEL=16", "PULUMI_ORGANIZATION=organization", "PULUMI_ROOT_DIRECTORY=" + dir,
		`PULUMI_CONFIG={"platform:a":"b"}`, "PULUMI_CONFIG_SECRET_KEYS=[]",
	} {
		assert.Contains(t, seen, want)
	}
}

func TestRunTellsFailuresApart(t *testing.T) {
	for _, c := range []struct {
		reason, body, wantError string
		wantBail                bool
	}{
		{"it told the engine why", "os.Exit(32)", "", true},
		{"it failed by itself", "os.Exit(3)", "program exited with non-zero exit code: 3", false},
		{"it panicked", `panic("x")`, "program exited with non-zero exit code: 2", false},
	} {
		t.Run(c.reason, func(t *testing.T) {
			response, err := New("127.0.0.1:2").Run(context.Background(), request(program(t, c.body)))
			require.NoError(t, err)
			assert.Equal(t, c.wantError, response.GetError())
			assert.Equal(t, c.wantBail, response.GetBail())
		})
	}
}

func TestProgramThatDoesNotCompileIsAnErrorOfTheCall(t *testing.T) {
	_, err := New("127.0.0.1:2").Run(context.Background(), request(program(t, "no such thing")))
	assert.ErrorContains(t, err, "go build")
	_, err = New("127.0.0.1:2").Run(context.Background(), request(t.TempDir()))
	assert.ErrorContains(t, err, "no .go file")
}

func TestEndedCallKillsTheProgram(t *testing.T) {
	dir := program(t, `os.WriteFile("pid", []byte(`+"itoa(os.Getpid())"+`), 0o644); time.Sleep(time.Minute)`+
		"\n}\n\nfunc itoa(n int) string {\n\tif n < 10 {\n\t\treturn string(rune('0' + n))\n\t}\n\treturn itoa(n/10) + itoa(n%10)")
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan *pulumirpc.RunResponse, 1)
	go func() {
		response, _ := New("127.0.0.1:2").Run(ctx, request(dir))
		done <- response
	}()
	var id process.Identity
	require.Eventually(t, func() bool {
		raw, err := os.ReadFile(filepath.Join(dir, "pid"))
		pid, _ := strconv.Atoi(string(raw))
		id, _ = process.Identify(pid)
		return err == nil && id.PID > 0
	}, 30*time.Second, 20*time.Millisecond)
	cancel()
	assert.NotEmpty(t, (<-done).GetError())
	assert.True(t, process.WaitGone(id, 5*time.Second))
}

func TestRuntimeOptions(t *testing.T) {
	dir := program(t, `os.Exit(32)`)
	target := filepath.Join(t.TempDir(), "built")
	withOptions := func(options map[string]any) *pulumirpc.RunRequest {
		req := request(dir)
		var err error
		req.Info.Options, err = structpb.NewStruct(options)
		require.NoError(t, err)
		return req
	}
	host := New("127.0.0.1:2")
	_, err := host.Run(context.Background(), withOptions(map[string]any{"buildTarget": target}))
	require.NoError(t, err)
	require.FileExists(t, target)

	response, err := host.Run(context.Background(), withOptions(map[string]any{"binary": target}))
	require.NoError(t, err)
	assert.True(t, response.GetBail())

	for _, bad := range []map[string]any{
		{"binary": target, "buildTarget": target}, {"binary": 3}, {"binary": "no-such-program-anywhere"},
	} {
		_, err := host.Run(context.Background(), withOptions(bad))
		assert.ErrorContains(t, err, "binary")
	}
}

func TestHandshakeComesFirst(t *testing.T) {
	host := New("")
	_, err := host.Run(context.Background(), request(t.TempDir()))
	assert.ErrorContains(t, err, "handshake")
	_, err = host.Handshake(context.Background(), &pulumirpc.LanguageHandshakeRequest{})
	assert.Error(t, err)
	_, err = host.Handshake(context.Background(), &pulumirpc.LanguageHandshakeRequest{EngineAddress: "127.0.0.1:2"})
	require.NoError(t, err)
	_, err = host.Run(context.Background(), request(t.TempDir()))
	assert.ErrorContains(t, err, "no .go file")
}

func TestHostAnswersAboutItself(t *testing.T) {
	host := New("")
	info, err := host.GetPluginInfo(context.Background(), nil)
	require.NoError(t, err)
	assert.Equal(t, Version, info.GetVersion())
	about, err := host.About(context.Background(), nil)
	require.NoError(t, err)
	out, err := exec.Command("go", "version").Output()
	require.NoError(t, err)
	assert.Equal(t, strings.TrimSpace(string(out)), about.GetVersion())
}

func TestSecretKeysAreNamed(t *testing.T) {
	req := request("/x")
	req.ConfigSecretKeys = []string{"platform:a"}
	environment, err := programEnvironment(nil, req, "e")
	require.NoError(t, err)
	keys, err := json.Marshal(req.ConfigSecretKeys)
	require.NoError(t, err)
	assert.Contains(t, environment, "PULUMI_CONFIG_SECRET_KEYS="+string(keys))
}
