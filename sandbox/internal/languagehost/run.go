package languagehost

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"aws-platform/sandbox/internal/process"
)

// loggedError is the exit code of a program that failed and has already told
// the engine why (`constant.ExitStatusLoggedError` of the SDK).
const loggedError = 32

// options are the project file's `runtime.options`.
type options struct {
	binary      string // run this executable instead of compiling
	buildTarget string // compile to this path instead of the cache
}

// Run compiles the program and runs it to its end. A compile error is an error
// of the call; a program that failed is a response, because the engine words
// the two differently.
func (h *Host) Run(ctx context.Context, req *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	engine, _ := h.engine.Load().(string)
	if engine == "" {
		return nil, errors.New("run: the engine's address is not known, want a handshake first")
	}
	opts, err := parseOptions(req.GetInfo().GetOptions().AsMap())
	if err != nil {
		return nil, err
	}
	environment, err := programEnvironment(os.Environ(), req, engine)
	if err != nil {
		return nil, err
	}
	cmd, err := start(ctx, req, opts, environment)
	if err != nil {
		return nil, err
	}
	return response(cmd.Wait()), nil
}

// start compiles unless the project names a binary, and starts the program.
func start(
	ctx context.Context, req *pulumirpc.RunRequest, opts options, environment []string,
) (*exec.Cmd, error) {
	if opts.binary != "" {
		path, err := exec.LookPath(opts.binary)
		if err != nil {
			return nil, fmt.Errorf("runtime option binary: %w", err)
		}
		cmd := command(ctx, path, req.GetPwd(), environment)
		return cmd, cmd.Start()
	}

	dir := req.GetInfo().GetProgramDirectory()
	target := opts.buildTarget
	if target == "" {
		var err error
		if target, err = ProgramPath(dir); err != nil {
			return nil, err
		}
	}
	cmd := command(ctx, target, req.GetPwd(), environment)
	err := locked(target, func() error {
		if err := Build(ctx, dir, target, os.Stderr); err != nil {
			return err
		}
		return cmd.Start()
	})
	return cmd, err
}

// command prepares the program: its output is the host's own, which the engine
// shows to the user, and it ends with the host or with the engine's call.
func command(ctx context.Context, path, dir string, environment []string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, path)
	process.Own(cmd)
	cmd.Dir, cmd.Env = dir, environment
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd
}

// response words how the program ended as the engine expects it.
func response(err error) *pulumirpc.RunResponse {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return &pulumirpc.RunResponse{}
	case errors.As(err, &exit) && exit.ExitCode() == loggedError:
		return &pulumirpc.RunResponse{Bail: true}
	case errors.As(err, &exit) && exit.Exited():
		return &pulumirpc.RunResponse{
			Error: fmt.Sprintf("program exited with non-zero exit code: %d", exit.ExitCode()),
		}
	default:
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("program ended unexpectedly: %v", err)}
	}
}

// parseOptions reads the runtime options that the official host knows.
func parseOptions(raw map[string]any) (options, error) {
	var opts options
	for key, into := range map[string]*string{"binary": &opts.binary, "buildTarget": &opts.buildTarget} {
		value, given := raw[key]
		if !given {
			continue
		}
		text, ok := value.(string)
		if !ok {
			return opts, fmt.Errorf("runtime option %s: %v is not a string", key, value)
		}
		*into = text
	}
	if opts.binary != "" && opts.buildTarget != "" {
		return opts, errors.New("runtime options binary and buildTarget exclude each other, remove one")
	}
	return opts, nil
}
