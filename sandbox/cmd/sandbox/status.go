package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"aws-platform/sandbox/internal/coverage"
	"aws-platform/sandbox/internal/kubernetes"
	"aws-platform/sandbox/internal/layout"
	"aws-platform/sandbox/internal/process"
	"aws-platform/sandbox/internal/progress"
	"aws-platform/sandbox/internal/stacks"
	"aws-platform/sandbox/internal/supervise"
	"aws-platform/sandbox/internal/toolchain"
)

func statusCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: "Show processes, ports, versions, stacks, and what the local cloud simulates",
		Args:  cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			a, pulumi, err := running(command)
			if errors.Is(err, supervise.ErrNotRunning) {
				a.printer.Linef("%v", err)
				return nil
			}
			if err != nil {
				return err
			}
			return a.status(command.Context(), pulumi)
		},
	}
}

func (a app) status(ctx context.Context, pulumi stacks.Pulumi) error {
	programs, err := kubernetes.Programs(a.layout.Kubernetes())
	if err != nil {
		return err
	}
	a.printer.Linef("%s\n\n%s\n", processTable(pulumi.Record, programs), a.versionTable(ctx, pulumi))
	deployed, err := stackTable(ctx, pulumi)
	if err != nil {
		return err
	}
	a.printer.Linef("%s\n", deployed)
	tools, err := a.builder.Find()
	if err != nil {
		return err
	}
	known, err := coverage.Read(ctx, tools.Plugin, tools.KubernetesPlugin)
	if err != nil {
		return err
	}
	a.printer.Linef("%s", coverageTables(known))
	return nil
}

func processTable(record supervise.Record, programs []kubernetes.Program) string {
	uptime := progress.Round(time.Since(record.Started))
	list := newTable("process", "pid", "address", "memory", "uptime")
	list.AppendRow(table.Row{"supervisor, gate to the emulator", record.Supervisor.PID, record.Endpoint, mb(process.ResidentKiB(record.Supervisor.PID) / 1024), uptime})
	list.AppendRow(table.Row{"subscriber of alarms, in it", record.Supervisor.PID, hostOf(record.Subscriber), "", uptime})
	list.AppendRow(table.Row{"moto, the AWS emulator", record.Moto.PID, "(behind the gate)", mb(process.ResidentKiB(record.Moto.PID) / 1024), uptime})
	for _, program := range programs {
		list.AppendRow(table.Row{program.Name, program.Identity.PID, program.Address, mb(process.ResidentKiB(program.Identity.PID) / 1024), ""})
	}
	return list.Render()
}

// hostOf is a URL without its path, which may be a secret.
func hostOf(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return parsed.Scheme + "://" + parsed.Host
}

func mb(n int) string { return fmt.Sprintf("%d MB", n) }

// versionTable asks each program for its version; one that does not answer is
// shown with its complaint.
func (a app) versionTable(ctx context.Context, pulumi stacks.Pulumi) string {
	list := newTable("program", "version", "path")
	row := func(name, path string, args ...string) {
		out, err := exec.CommandContext(ctx, path, args...).CombinedOutput()
		version, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
		if err != nil {
			version = err.Error()
		}
		list.AppendRow(table.Row{name, version, path})
	}
	row("pulumi", pulumi.Path, "version")
	if host := filepath.Join(a.layout.Bin(), "pulumi-language-go"); filepath.Dir(pulumi.Path) == a.layout.Bin() {
		list.AppendRow(table.Row{"language host", "v" + toolchain.EngineVersion + " (the sandbox's own)", host})
	}
	plugin := filepath.Join(a.layout.Plugin("aws", layout.AWSPluginVersion), "pulumi-resource-aws")
	for _, own := range [][2]string{
		{"aws", layout.AWSPluginVersion}, {"kubernetes", layout.KubernetesPluginVersion}, {"eks", layout.EKSPluginVersion},
	} {
		path := filepath.Join(a.layout.Plugin(own[0], own[1]), "pulumi-resource-"+own[0])
		list.AppendRow(table.Row{own[0] + " plugin", "v" + own[1] + " (the sandbox's own)", path})
	}
	if out, err := exec.CommandContext(ctx, plugin, "-find-provider").Output(); err == nil {
		list.AppendRow(table.Row{"terraform provider aws", "v" + layout.ProviderVersion, strings.TrimSpace(string(out))})
	}
	row("go", "go", "version")
	if tools, err := a.builder.Find(); err == nil {
		row("aws", tools.AWS, "--version")
		row("kubectl", tools.Kubectl, "version", "--client")
	}
	list.AppendRow(table.Row{"kubernetes", "v" + toolchain.KubernetesVersion, filepath.Join(a.layout.Bin(), kubernetes.APIServer)})
	list.AppendRow(table.Row{"moto", motoVersion(ctx, pulumi.Record.Moto.PID), pulumi.Record.Endpoint})
	return list.Render()
}

// motoVersion asks the Python that runs the emulator, because its command has
// no flag for it.
func motoVersion(ctx context.Context, pid int) string {
	args, err := exec.CommandContext(ctx, "ps", "-o", "args=", "-p", strconv.Itoa(pid)).Output()
	if fields := strings.Fields(string(args)); err == nil && len(fields) > 0 {
		const ask = "import importlib.metadata as m; print(m.version('moto'))"
		if out, err := exec.CommandContext(ctx, fields[0], "-c", ask).Output(); err == nil {
			return strings.TrimSpace(string(out))
		}
	}
	return "unknown"
}

// stackTable counts the resources of the stacks that exist.
func stackTable(ctx context.Context, pulumi stacks.Pulumi) (string, error) {
	list := newTable("stack", "resources")
	for _, stack := range stacks.Known {
		if !pulumi.Exists(stack) {
			continue
		}
		inventory, err := pulumi.Inventory(ctx, stack)
		if err != nil {
			return "", err
		}
		list.AppendRow(table.Row{stack.Name, inventory.Total()})
	}
	if list.Length() == 0 {
		list.AppendRow(table.Row{"(none deployed)", ""})
	}
	return list.Render(), nil
}

// coverageTables shows what is simulated and where the emulator forgets.
func coverageTables(known coverage.Table) string {
	simulated := newTable("simulated type", "reason")
	for _, entry := range known.Simulated {
		simulated.AppendRow(table.Row{entry.Type, entry.Reason})
	}
	for _, entry := range known.Kept {
		simulated.AppendRow(table.Row{entry.Type + " (its deletion alone)", entry.Reason})
	}
	for _, entry := range known.Frozen {
		simulated.AppendRow(table.Row{entry.Type + " (its updates alone)", entry.Reason})
	}
	echoes := newTable("type whose answers are incomplete", "planned value kept for", "reason")
	for _, entry := range known.Echoes {
		echoes.AppendRow(table.Row{entry.Type, strings.Join(entry.Properties, ", "), entry.Reason})
	}
	return fmt.Sprintf("%d types served\n%s\n%s", len(known.Types), simulated.Render(), echoes.Render())
}
