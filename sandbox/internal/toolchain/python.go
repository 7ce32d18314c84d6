package toolchain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
)

// MotoVersion is the emulator's version that the coverage table was made with.
const MotoVersion = "5.2.1"

// AWSCLIVersion is what is installed where there is no AWS CLI.
const AWSCLIVersion = "1.45.11"

// moto and awsCLI use what is on the PATH, or else a virtual environment of the
// sandbox's own.
func (b *Builder) moto(ctx context.Context, tools *Tools) (err error) {
	tools.Moto, err = b.python(ctx, tools, "moto_server", "moto[server]=="+MotoVersion)
	return err
}

func (b *Builder) awsCLI(ctx context.Context, tools *Tools) (err error) {
	tools.AWS, err = b.python(ctx, tools, "aws", "awscli=="+AWSCLIVersion)
	return err
}

// python finds a program that is distributed as a Python package, or installs
// the package.
func (b *Builder) python(ctx context.Context, tools *Tools, name, requirement string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	installed := filepath.Join(b.Layout.Venv(), "bin", name)
	if executable(installed) {
		return installed, nil
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		return "", errors.New(name + " is not on the PATH, and neither is python3 (3.10 or newer) to install it with")
	}
	tools.Built++
	what := fmt.Sprintf("install %s into %s", requirement, b.Layout.Venv())
	return installed, b.Printer.Step(name, what, "1 min", b.Layout.LogFile("build-"+name), func(log io.Writer) error {
		if err := run(ctx, log, b.Layout.Root, python, "-m", "venv", b.Layout.Venv()); err != nil {
			return fmt.Errorf("%w; on Debian and Ubuntu it needs the package python3-venv", err)
		}
		pip := filepath.Join(b.Layout.Venv(), "bin", "pip")
		return run(ctx, log, b.Layout.Root, pip, "install", "--quiet", requirement)
	})
}
