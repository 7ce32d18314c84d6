// Command revision builds the application for the instances, packs it with its AppSpec
// file and hooks into the archive that CodeDeploy deploys, and prints the archive's digest.
// The same commit, built by the same version of Go, makes the same digest.
//
//	go run ./cmd/revision -output app.zip
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"example.com/app/internal/revision"
)

type options struct{ source, output, version, commit, arch string }

func main() {
	var o options
	flag.StringVar(&o.source, "source", ".", "folder of the application's module")
	flag.StringVar(&o.output, "output", "app.zip", "where the archive is written")
	flag.StringVar(&o.version, "version", "", "version that the application says; the first twelve digits of the commit by default")
	flag.StringVar(&o.commit, "commit", "", "commit that the application says; HEAD of the repository by default")
	flag.StringVar(&o.arch, "arch", "amd64", "architecture of the instances, as Go names it")
	flag.Parse()
	digest, err := build(context.Background(), o)
	if err != nil {
		fmt.Fprintln(os.Stderr, "revision:", err)
		os.Exit(1)
	}
	fmt.Println(digest)
}

var (
	commitPattern  = regexp.MustCompile(`^[0-9a-f]{40}$`)
	versionPattern = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.+-]{0,63}$`)
)

// build writes the archive and returns its digest.
func build(ctx context.Context, o options) (string, error) {
	if o.commit == "" {
		head, err := exec.CommandContext(ctx, "git", "-C", o.source, "rev-parse", "HEAD").Output() //nolint:gosec // the folder is an argument, not a command
		if err != nil {
			return "", fmt.Errorf("commit: HEAD: is not known here: pass -commit: %w", err)
		}
		o.commit = strings.TrimSpace(string(head))
	}
	if !commitPattern.MatchString(o.commit) {
		return "", fmt.Errorf("commit: %q: is not a commit's hash: pass its 40 hex digits", o.commit)
	}
	if o.version == "" {
		o.version = o.commit[:12]
	}
	if !versionPattern.MatchString(o.version) {
		return "", fmt.Errorf("version: %q: is not a version: write it as in 1.4.2", o.version)
	}
	files, err := revision.Read(os.DirFS(filepath.Join(o.source, "codedeploy")))
	if err != nil {
		return "", fmt.Errorf("codedeploy: %w", err)
	}
	binary, err := compile(ctx, o)
	if err != nil {
		return "", err
	}
	files[revision.Binary] = revision.File{Data: binary, Executable: true}
	archive, err := revision.Archive(files)
	if err != nil {
		return "", err
	}
	return revision.Digest(archive), os.WriteFile(o.output, archive, 0o600)
}

// compile builds the application without what differs from machine to machine: paths,
// the build's own ID and the state of the repository. It keeps its symbols (no -s), by which
// govulncheck tells what of a module is in the program; without them it tells of modules.
func compile(ctx context.Context, o options) ([]byte, error) {
	folder, err := os.MkdirTemp("", "revision")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder) //nolint:errcheck // a folder that is left in /tmp harms nobody
	binary := filepath.Join(folder, "app")
	command := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", //nolint:gosec // version and commit match their patterns
		"-ldflags", "-w -buildid= -X main.version="+o.version+" -X main.commit="+o.commit, "-o", binary, ".")
	command.Dir = o.source
	command.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH="+o.arch, "GOFLAGS=", "GOAMD64=v1", "GOWORK=off")
	if output, err := command.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %w: %s", err, output)
	}
	return os.ReadFile(binary) //nolint:gosec // built just now
}
