package trial

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"aws-platform/sandbox/internal/kubernetes"
	"aws-platform/sandbox/internal/supervise"
)

// down takes the cloud down and wants nothing of it to be left: no process, nobody at its
// addresses, no file of its accounts and clusters, nothing in the user's own ~/.kube.
func (t *Trial) down(ctx context.Context, kubeBefore []string) error {
	addresses, err := t.addresses()
	if err != nil {
		return err
	}
	if err := t.sandbox(ctx, "down"); err != nil {
		return err
	}
	problems := []error{t.allGone(10 * time.Second)}
	for _, address := range addresses {
		if connection, err := net.DialTimeout("tcp", address, time.Second); err == nil {
			problems = append(problems, fmt.Errorf("%s: somebody still answers", address), connection.Close())
		}
	}
	for _, path := range []string{t.Layout.RunFile(), t.Layout.Kubernetes(), t.Layout.State(), t.Layout.AWS()} {
		if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
			problems = append(problems, fmt.Errorf("%s: is still there", path))
		}
	}
	after, err := kubeHome()
	if !slices.Equal(kubeBefore, after) {
		added := slices.DeleteFunc(slices.Clone(after), func(path string) bool { return slices.Contains(kubeBefore, path) })
		err = errors.Join(err, fmt.Errorf("~/.kube: %d files and folders before, %d after, new are %s: wanted the same", len(kubeBefore), len(after), strings.Join(added, ", ")))
	}
	t.Printer.Linef("     %d addresses that nobody answers at", len(addresses))
	return errors.Join(append(problems, err)...)
}

// addresses are where the cloud answers, as host:port. That it does not run is an error:
// nothing would be shown of what it leaves.
func (t *Trial) addresses() ([]string, error) {
	record, err := supervise.Read(t.Layout)
	if err != nil {
		return nil, err
	}
	programs, err := kubernetes.Programs(t.Layout.Kubernetes())
	all := []string{record.Endpoint, record.Secrets, record.Clusters, record.Subscriber}
	for _, program := range programs {
		all = append(all, program.Address)
	}
	var hosts []string
	for _, address := range all {
		parsed, problem := url.Parse(address)
		err = errors.Join(err, problem)
		if problem == nil && parsed.Host != "" {
			hosts = append(hosts, parsed.Host)
		}
	}
	return hosts, err
}

// kubeHome lists what is below the user's ~/.kube; nothing where there is none.
func kubeHome() ([]string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil, err
	}
	var found []string
	err = filepath.WalkDir(filepath.Join(home, ".kube"), func(path string, _ fs.DirEntry, err error) error {
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		found = append(found, strings.TrimPrefix(path, home))
		return err
	})
	return found, err
}
