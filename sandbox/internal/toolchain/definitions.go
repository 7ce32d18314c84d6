package toolchain

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// definitions are the custom resource definitions that a chart brings, where the Go
// module of its project has them.
var definitions = []struct {
	chart, module string
	files         string // a pattern
}{
	{"base", "istio.io/api", "kubernetes/customresourcedefinitions.gen.yaml"},
	{"argo-rollouts", "github.com/argoproj/argo-rollouts", "manifests/crds/*-crd.yaml"},
	{"aws-load-balancer-controller", "sigs.k8s.io/aws-load-balancer-controller", "config/crd/bases/*.yaml"},
}

// definitionsModule names the versions and, in its go.sum, what they must contain.
const definitionsModule = "sandbox/crds"

// customResources puts the definitions where the Kubernetes plugin reads them.
func (b *Builder) customResources(ctx context.Context, tools *Tools) error {
	module := filepath.Join(b.Layout.Root, definitionsModule)
	sum, err := sourceSum(module, b.goVersion)
	if err != nil {
		return err
	}
	folder, stamp := b.Layout.Definitions(), filepath.Join(b.Layout.Stamps(), "crds")
	if upToDate(folder, stamp, sum) {
		return nil
	}
	tools.Built++
	err = b.Printer.Step("crds", "fetch the custom resource definitions of Istio, Argo Rollouts and the load balancer controller", "20 s",
		b.Layout.LogFile("build-crds"), func(io.Writer) error { return copyDefinitions(ctx, module, folder) })
	if err != nil {
		return err
	}
	return os.WriteFile(stamp, []byte(sum+"\n"), 0o600)
}

func copyDefinitions(ctx context.Context, module, folder string) error {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	for _, d := range definitions {
		dir, err := download(ctx, module, d.module)
		if err != nil {
			return err
		}
		paths, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(d.files)))
		if err != nil || len(paths) == 0 {
			return fmt.Errorf("%s: no %s in it: %w", d.module, d.files, os.ErrNotExist)
		}
		var all bytes.Buffer
		for _, path := range paths {
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			all.WriteString("---\n")
			all.Write(raw)
			all.WriteString("\n")
		}
		if err := os.WriteFile(filepath.Join(folder, d.chart+".yaml"), all.Bytes(), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// download returns the folder of a module of the version that go.mod names; go.sum says
// what it must contain.
func download(ctx context.Context, dir, module string) (string, error) {
	version, err := required(filepath.Join(dir, "go.mod"), module)
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, "go", "mod", "download", "-json", module+"@"+version)
	cmd.Dir = dir
	out, err := cmd.Output()
	var found struct{ Dir, Error string }
	if jsonErr := json.Unmarshal(out, &found); err != nil || jsonErr != nil || found.Error != "" {
		return "", fmt.Errorf("go mod download %s@%s: %s %w", module, version, found.Error, err)
	}
	return found.Dir, nil
}

// required reads the version of a module from go.mod.
func required(path, module string) (string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(string(raw)) {
		if fields := strings.Fields(line); len(fields) >= 2 && fields[0] == module {
			return fields[1], nil
		}
	}
	return "", fmt.Errorf("%s does not require %s", path, module)
}
