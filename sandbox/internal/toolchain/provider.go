package toolchain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"aws-platform/sandbox/internal/layout"
)

// provider asks the plugin for the Terraform provider; where there is none and
// Terraform is installed, it is fetched the way Terraform does.
func (b *Builder) provider(ctx context.Context, tools *Tools) error {
	path, why := b.findProvider(ctx, tools.Plugin)
	if why == nil {
		tools.Provider = path
		return nil
	}
	terraform, err := exec.LookPath("terraform")
	if err != nil {
		return fmt.Errorf("the provider hashicorp/aws %s is not on this machine: install terraform, "+
			"which fetches it, or point %s at its executable: %w", layout.ProviderVersion, layout.ProviderVariable, why)
	}
	tools.Built++
	err = b.Printer.Step("terraform", "fetch the provider hashicorp/aws "+layout.ProviderVersion, "1 min",
		b.Layout.LogFile("build-terraform"), func(log io.Writer) error { return b.mirror(ctx, log, terraform) })
	if err != nil {
		return err
	}
	tools.Provider, err = b.findProvider(ctx, tools.Plugin)
	return err
}

// findProvider returns the path the plugin finds by itself or in the sandbox's
// own mirror.
func (b *Builder) findProvider(ctx context.Context, plugin string) (string, error) {
	cmd := exec.CommandContext(ctx, plugin, "-find-provider")
	if own := b.Layout.MirroredProvider(); own != "" && os.Getenv(layout.ProviderVariable) == "" {
		cmd.Env = append(os.Environ(), layout.ProviderVariable+"="+own)
	}
	var problem strings.Builder
	cmd.Stderr = &problem
	out, err := cmd.Output()
	if err != nil {
		return "", errors.New(strings.TrimSpace(problem.String() + string(out)))
	}
	return strings.TrimSpace(string(out)), nil
}

// mirror installs the provider with `terraform init`, which unpacks it below
// the data folder's "providers".
func (b *Builder) mirror(ctx context.Context, log io.Writer, terraform string) error {
	dir := b.Layout.Terraform()
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	wanted := fmt.Sprintf("terraform {\n  required_providers {\n    aws = {\n      source  = %q\n      version = %q\n    }\n  }\n}\n",
		"hashicorp/aws", layout.ProviderVersion)
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(wanted), 0o600); err != nil {
		return err
	}
	if err := run(ctx, log, dir, terraform, "init", "-backend=false", "-input=false", "-no-color"); err != nil {
		return err
	}
	// The unpacked provider is a link into a cache when Terraform has one.
	return os.Rename(filepath.Join(dir, ".terraform", "providers", "registry.terraform.io"),
		filepath.Join(dir, "registry.terraform.io"))
}
