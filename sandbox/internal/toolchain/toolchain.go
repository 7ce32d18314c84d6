// Package toolchain finds or builds the programs the sandbox runs: the engine
// with its language host, the AWS plugin with the Terraform provider it drives,
// the AWS emulator and the AWS CLI. What did not change is not built again.
package toolchain

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"aws-platform/sandbox/internal/layout"
	"aws-platform/sandbox/internal/progress"
)

const killSignal = syscall.SIGKILL

// Builder puts the tools in place for one sandbox.
type Builder struct {
	Layout  layout.Layout
	Printer *progress.Printer

	goVersion string
}

// Tools says where everything is.
type Tools struct {
	Pulumi string // executable
	Plugin string // executable of the AWS plugin
	// KubernetesPlugin is the executable of the Kubernetes plugin.
	KubernetesPlugin string
	Provider         string // executable of the Terraform provider
	Moto             string // executable of the AWS emulator
	AWS              string // executable of the AWS CLI
	Kubectl          string // executable
	Built            int    // how many programs had to be built or fetched
	OwnEngine        bool   // pulumi was built here, not found on the PATH
}

// Build puts everything in place and compiles the programs in the given
// folders (relative to the checkout), so that the engine later finds them ready.
func (b *Builder) Build(ctx context.Context, programs ...string) (Tools, error) {
	tools, err := b.steps(ctx, b.moto, b.awsCLI, b.kubectl, b.engine, b.plugin, b.provider, b.clusters, b.customResources)
	if err != nil {
		return tools, err
	}
	return tools, b.programs(ctx, programs)
}

// TerraformProvider finds or fetches the Terraform provider, and no more than
// that needs, and returns its executable.
func (b *Builder) TerraformProvider(ctx context.Context) (string, error) {
	tools, err := b.steps(ctx, b.plugin, b.provider)
	return tools.Provider, err
}

func (b *Builder) steps(ctx context.Context, steps ...func(context.Context, *Tools) error) (Tools, error) {
	if err := b.Layout.Make(); err != nil {
		return Tools{}, fmt.Errorf("folders of the sandbox: %w", err)
	}
	out, err := exec.CommandContext(ctx, "go", "version").Output()
	if err != nil {
		return Tools{}, fmt.Errorf("`go version` failed, the sandbox needs Go (https://go.dev/dl): %w", err)
	}
	b.goVersion = strings.TrimSpace(string(out))

	var tools Tools
	for _, step := range steps {
		if err := step(ctx, &tools); err != nil {
			return tools, err
		}
	}
	return tools, nil
}

// Find returns the tools that an earlier Build left, without building.
func (b *Builder) Find() (Tools, error) {
	tools := Tools{
		Plugin:           filepath.Join(b.Layout.Bin(), awsTarget.name),
		KubernetesPlugin: filepath.Join(b.Layout.Bin(), kubernetesTarget.name),
	}
	var err error
	if tools.Pulumi, err = findEngine(b.Layout.Bin()); err != nil {
		tools.Pulumi, tools.OwnEngine = filepath.Join(b.Layout.Bin(), engineTarget.name), true
	}
	if tools.AWS, err = b.findAWS(); err != nil {
		return tools, err
	}
	if err := b.kubectl(context.Background(), &tools); err != nil {
		return tools, err
	}
	if _, err := os.Stat(tools.Pulumi); err != nil {
		return tools, errors.New("pulumi is neither on the PATH nor built, build it with: make up")
	}
	return tools, nil
}

// findAWS returns the AWS CLI that awsCLI found or installed.
func (b *Builder) findAWS() (string, error) {
	if path, err := exec.LookPath("aws"); err == nil {
		return path, nil
	}
	if path := filepath.Join(b.Layout.Venv(), "bin", "aws"); executable(path) {
		return path, nil
	}
	return "", errors.New("the AWS CLI is neither on the PATH nor installed, install it with: make up")
}

// engine uses the PATH's pulumi when it is recent and brings its language
// host, and builds both otherwise.
func (b *Builder) engine(ctx context.Context, tools *Tools) error {
	found, err := findEngine(b.Layout.Bin())
	if err == nil {
		tools.Pulumi = found
		return nil
	}
	tools.Pulumi, tools.OwnEngine = filepath.Join(b.Layout.Bin(), engineTarget.name), true
	if _, statErr := os.Stat(tools.Pulumi); statErr != nil {
		b.Printer.Linef("%-16s %v", "pulumi", err)
	}
	for _, t := range []target{engineTarget, languageTarget} {
		if err := tools.count(b.build(ctx, t)); err != nil {
			return err
		}
	}
	return nil
}

// plugin builds the AWS plugin and puts it where the engine looks for it.
func (b *Builder) plugin(ctx context.Context, tools *Tools) error {
	tools.Plugin = filepath.Join(b.Layout.Bin(), awsTarget.name)
	return b.install(ctx, tools, awsTarget, b.Layout.Plugin("aws", layout.AWSPluginVersion))
}

// clusters builds what Kubernetes needs: the control planes' programs and the plugins.
func (b *Builder) clusters(ctx context.Context, tools *Tools) error {
	tools.KubernetesPlugin = filepath.Join(b.Layout.Bin(), kubernetesTarget.name)
	for _, t := range []target{etcdTarget, apiServerTarget, managerTarget} {
		if err := tools.count(b.build(ctx, t)); err != nil {
			return err
		}
	}
	if err := b.install(ctx, tools, kubernetesTarget, b.Layout.Plugin("kubernetes", layout.KubernetesPluginVersion)); err != nil {
		return err
	}
	return b.install(ctx, tools, eksTarget, b.Layout.Plugin("eks", layout.EKSPluginVersion))
}

// install builds a plugin and links it into the folder where the engine looks for it.
func (b *Builder) install(ctx context.Context, tools *Tools, t target, folder string) error {
	if err := tools.count(b.build(ctx, t)); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return fmt.Errorf("plugin folder: %w", err)
	}
	installed := filepath.Join(folder, t.name)
	if err := os.Remove(installed); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("installed plugin: %w", err)
	}
	if err := os.Symlink(filepath.Join(b.Layout.Bin(), t.name), installed); err != nil {
		return fmt.Errorf("install %s: %w", t.name, err)
	}
	return nil
}

// kubectl is looked for on the PATH alone: there is no ordinary way to install it
// without a package manager.
func (b *Builder) kubectl(_ context.Context, tools *Tools) (err error) {
	if tools.Kubectl, err = exec.LookPath("kubectl"); err != nil {
		return errors.New("kubectl is not on the PATH, and the clusters are looked at with it: install it (https://kubernetes.io/docs/tasks/tools)")
	}
	return nil
}

// count notes whether a step built anything.
func (t *Tools) count(built bool, err error) error {
	if built {
		t.Built++
	}
	return err
}
