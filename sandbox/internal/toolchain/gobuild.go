package toolchain

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"aws-platform/sandbox/internal/kubernetes"
	"aws-platform/sandbox/internal/process"
)

// target is one executable that is built from a Go module of this repository.
type target struct {
	name    string // of the executable, in the bin folder
	module  string // folder, relative to the checkout
	pkg     string // package to build
	ldflags string
	what    string // one line for the person who waits
	usually string // time from an empty cache
}

// The executables of the sandbox. Times are for two cores and an empty build
// cache.
var (
	engineTarget = target{
		name: "pulumi", module: "sandbox/engine", pkg: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
		// Without a version some commands refuse to work.
		ldflags: "-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v" + EngineVersion,
		what:    "compile pulumi v" + EngineVersion + " from its Go module", usually: "5 min",
	}
	languageTarget = target{
		name: "pulumi-language-go", module: "sandbox", pkg: "./cmd/pulumi-language-go",
		what: "compile the Go language host", usually: "20 s",
	}
	awsTarget = target{
		name: "pulumi-resource-aws", module: "sandbox/aws", pkg: "./cmd/pulumi-resource-aws",
		what: "compile the AWS plugin over Pulumi's Terraform bridge", usually: "4 min",
	}
	kubernetesTarget = target{
		name: "pulumi-resource-kubernetes", module: "sandbox/kubernetes", pkg: "./cmd/pulumi-resource-kubernetes",
		what: "compile the Kubernetes plugin", usually: "2 min",
	}
	eksTarget = target{
		name: "pulumi-resource-eks", module: "sandbox", pkg: "./cmd/pulumi-resource-eks",
		what: "compile the stand-in of Pulumi's EKS component", usually: "20 s",
	}
	etcdTarget = target{
		name: kubernetes.Etcd, module: "sandbox/etcd", pkg: "./cmd/etcd",
		what: "compile etcd from its Go module", usually: "1 min",
	}
	apiServerTarget = controlPlane(kubernetes.APIServer, "5 min")
	managerTarget   = controlPlane(kubernetes.ControllerManager, "2 min")
)

// KubernetesVersion is the version of the control planes; sandbox/controlplane/go.mod pins the same.
const KubernetesVersion = "1.36.3"

// controlPlane is a program of Kubernetes. Without a version it would call itself
// v0.0.0-master, and clients would believe it.
func controlPlane(name, usually string) target {
	const variable = "k8s.io/component-base/version."
	minor := strings.Split(KubernetesVersion, ".")[1]
	return target{
		name: name, module: "sandbox/controlplane", pkg: "k8s.io/kubernetes/cmd/" + name,
		ldflags: "-s -w -X " + variable + "gitVersion=v" + KubernetesVersion + " -X " + variable + "gitMajor=1 -X " + variable + "gitMinor=" + minor,
		what:    "compile " + name + " v" + KubernetesVersion + " from its Go module", usually: usually,
	}
}

// EngineVersion is the version of `pulumi` that is built where there is none;
// sandbox/engine/go.mod pins the same.
const EngineVersion = "3.256.0"

// build compiles t unless its sources are those it was last built from, and
// reports whether it did.
func (b *Builder) build(ctx context.Context, t target) (bool, error) {
	module := filepath.Join(b.Layout.Root, t.module)
	executable := filepath.Join(b.Layout.Bin(), t.name)
	stamp := filepath.Join(b.Layout.Stamps(), t.name)
	sum, err := sourceSum(module, b.goVersion, t.pkg, t.ldflags)
	if err != nil {
		return false, err
	}
	if upToDate(executable, stamp, sum) {
		return false, nil
	}
	err = b.Printer.Step(t.name, t.what, t.usually, b.Layout.LogFile("build-"+t.name), func(log io.Writer) error {
		return run(ctx, log, module, "go", "build", "-ldflags", t.ldflags, "-o", executable, t.pkg)
	})
	if err != nil {
		return false, err
	}
	return true, os.WriteFile(stamp, []byte(sum+"\n"), 0o600)
}

// run executes a command with its output in log, in its own process group that
// ends with ctx.
func run(ctx context.Context, log io.Writer, dir, name string, args ...string) error {
	_, _ = fmt.Fprintf(log, "$ cd %s && %s %s\n", dir, name, strings.Join(args, " "))
	cmd := exec.CommandContext(ctx, name, args...)
	process.Own(cmd)
	cmd.Cancel = func() error { return process.SignalGroup(cmd.Process.Pid, killSignal) }
	cmd.Dir = dir
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s %s: %w", name, args[0], err)
	}
	return nil
}
