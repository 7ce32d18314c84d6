// Package stacks runs the ordinary `pulumi` commands of the sandbox's stacks,
// as a user would type them.
package stacks

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"aws-platform/sandbox/internal/layout"
	"aws-platform/sandbox/internal/process"
	"aws-platform/sandbox/internal/shellenv"
	"aws-platform/sandbox/internal/supervise"
)

// Stack is one stack of the estate.
type Stack struct {
	Project string // as in its Pulumi.yaml
	Name    string
	Dir     string // of its project, relative to the checkout
}

// AccountProject is the project of what exists once an account.
const AccountProject = "platform-account"

// The stacks of this repository that the sandbox deploys. An account comes before the
// environment in it; environments do not depend on each other and go in parallel; the
// peering reads both.
var (
	AccountProduction    = Stack{Project: AccountProject, Name: "account-production", Dir: "stacks/account"}
	AccountProductionPCI = Stack{Project: AccountProject, Name: "account-production-pci", Dir: "stacks/account"}
	AccountStaging       = Stack{Project: AccountProject, Name: "account-staging", Dir: "stacks/account"}
	AccountDev           = Stack{Project: AccountProject, Name: "account-dev", Dir: "stacks/account"}

	Production    = Stack{Project: "platform", Name: "production", Dir: "."}
	ProductionPCI = Stack{Project: "platform", Name: "production-pci", Dir: "."}
	Dev           = Stack{Project: "platform", Name: "dev", Dir: "."}
	Staging       = Stack{Project: "platform", Name: "staging", Dir: "."}
	Peering       = Stack{Project: "platform-peering", Name: "peering", Dir: "stacks/peering"}
)

// Known lists every stack of the estate, accounts first, then environments.
var Known = []Stack{AccountProduction, AccountProductionPCI, AccountStaging, AccountDev, Production, ProductionPCI, Staging, Dev, Peering}

// Default lists what `sandbox up` deploys unless told otherwise.
var Default = []Stack{AccountProduction, AccountProductionPCI, Production, ProductionPCI, Peering}

// interruptGrace is how long an interrupted `pulumi` may take to finish the
// requests under way and record what they did.
const interruptGrace = 15 * time.Second

// Pulumi runs the CLI against one sandbox.
type Pulumi struct {
	Layout layout.Layout
	Record supervise.Record
	Path   string // of the executable
}

// Command prepares `pulumi -C <project> <args...>`, the stack named with -s. It
// runs in its own process group and ends with ctx: interrupted first, killed
// when it does not finish.
func (p Pulumi) Command(ctx context.Context, stack Stack, args ...string) *exec.Cmd {
	args = append([]string{"--non-interactive", "-C", filepath.Join(p.Layout.Root, stack.Dir)}, args...)
	args = append(args, "-s", stack.Name)
	return p.raw(ctx, args...)
}

// raw prepares the CLI with the sandbox's environment.
func (p Pulumi) raw(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, p.Path, args...)
	process.Own(cmd)
	cmd.Env = shellenv.For(p.Layout, p.Record.Endpoint).Apply(os.Environ())
	cmd.Cancel = func() error { return process.SignalGroup(cmd.Process.Pid, syscall.SIGINT) }
	cmd.WaitDelay = interruptGrace
	return cmd
}
