// Package locate finds the Terraform provider binary that the plugin bridges.
//
// It looks where Terraform itself would: the file that an override names, the
// filesystem mirrors of Terraform's CLI configuration, the plugin cache, the implied
// mirrors of the operating system, and last any folder directly under /opt. It never
// downloads.
package locate

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const (
	// Version is the release of hashicorp/aws that pulumi-aws 6.83.2 wraps.
	Version = "5.100.0"
	// Override names the variable that holds the path of a provider binary; it is
	// preferred to every other place and no other place is tried when it is set.
	Override = "SANDBOX_TERRAFORM_PROVIDER_AWS"

	address = "registry.terraform.io/hashicorp/aws"
	prefix  = "terraform-provider-aws"
)

// Machine is what the search depends on, so that a test can bring its own.
type Machine struct {
	// OS and Arch as Go names them: linux, amd64.
	OS, Arch string
	// Home is the user's home folder.
	Home string
	// Root stands before the absolute folders of the system; "/" on a real machine.
	Root string
	// Env looks a variable up; an unset one is "".
	Env func(string) string
}

// ErrNotFound is in every error for a provider that is in none of the places.
var ErrNotFound = errors.New("terraform provider hashicorp/aws " + Version + " not found")

// Provider returns the path of the provider binary, or an error that lists every
// place that was tried and what to do.
func Provider(m Machine) (string, error) {
	if named := m.Env(Override); named != "" {
		return overridden(named)
	}
	mirrors := m.mirrors()
	for _, mirror := range mirrors {
		if found := m.inMirror(mirror); found != "" {
			return found, nil
		}
	}
	return "", fmt.Errorf("%w for %s_%s; looked for %s under:\n  %s\n"+
		"Put it there (`terraform providers mirror` does), or set %s to the path of the binary",
		ErrNotFound, m.OS, m.Arch, filepath.Join(address, Version, m.OS+"_"+m.Arch, prefix+"*"),
		strings.Join(mirrors, "\n  "), Override)
}

func overridden(named string) (string, error) {
	info, err := os.Stat(named)
	if err != nil {
		return "", fmt.Errorf("%w: %s=%s: %w", ErrNotFound, Override, named, err)
	}
	if !info.Mode().IsRegular() || info.Mode().Perm()&0o111 == 0 {
		return "", fmt.Errorf("%w: %s=%s is %s, want an executable file", ErrNotFound, Override, named, info.Mode())
	}
	return named, nil
}

// inMirror returns the binary in a mirror, "" when there is none. Terraform accepts
// any file name that begins with the provider's.
func (m Machine) inMirror(mirror string) string {
	folder := filepath.Join(mirror, address, Version, m.OS+"_"+m.Arch)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return ""
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), prefix) && executable(entry) {
			return filepath.Join(folder, entry.Name())
		}
	}
	return ""
}

func executable(entry fs.DirEntry) bool {
	info, err := entry.Info()
	return err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o111 != 0
}
