package kubernetes

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"aws-platform/sandbox/internal/layout"
	"aws-platform/sandbox/internal/process"
)

// The executables, in the folder of built tools.
const (
	APIServer         = "kube-apiserver"
	ControllerManager = "kube-controller-manager"
	Etcd              = "etcd"
)

// Options say where things are.
type Options struct {
	// Bin holds the executables; Dir everything of the clusters; Logs the logs.
	Bin, Dir, Logs string
	// Webhook returns the URL of an environment's authenticator.
	Webhook func(environment string) (string, error)
}

// Fleet is the control planes of one sandbox.
type Fleet struct {
	options Options

	mu        sync.Mutex // one start at a time: they share the authority and etcd
	authority *authority
	etcd      *child
	etcdURL   string
	etcdTLS   pair
	clusters  map[string]*cluster
}

// New returns a fleet that runs nothing yet.
func New(options Options) *Fleet { return &Fleet{options: options, clusters: map[string]*cluster{}} }

// Start returns once the control planes of the environments answer, those that run
// already included, and writes the files by which others find them.
func (f *Fleet) Start(ctx context.Context, environments ...string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.storage(); err != nil {
		return err
	}
	var starting []*cluster
	for _, environment := range environments {
		if f.clusters[environment] != nil {
			continue
		}
		c, err := f.launch(environment)
		if err != nil {
			return err
		}
		starting = append(starting, c)
	}
	for _, c := range starting { // they come up side by side
		if err := f.settle(ctx, c); err != nil {
			return err
		}
	}
	return f.publish()
}

// storage starts etcd, once.
func (f *Fleet) storage() (err error) {
	if f.etcd != nil {
		return nil
	}
	if f.authority, err = newAuthority(filepath.Join(f.options.Dir, "certificates")); err != nil {
		return err
	}
	if f.etcdTLS, err = f.authority.issue("etcd", "etcd"); err != nil {
		return err
	}
	client, err := freePort()
	if err != nil {
		return err
	}
	peer, err := freePort()
	if err != nil {
		return err
	}
	f.etcdURL = fmt.Sprintf("https://127.0.0.1:%d", client)
	f.etcd, err = start(Etcd, filepath.Join(f.options.Logs, "etcd.log"), filepath.Join(f.options.Bin, Etcd),
		etcdFlags(filepath.Join(f.options.Dir, "etcd"), [2]int{client, peer}, f.authority.file("ca.crt"), f.etcdTLS)...)
	return err
}

// launch starts the API server of an environment and does not wait for it.
func (f *Fleet) launch(environment string) (*cluster, error) {
	if !slices.ContainsFunc(layout.Accounts, func(a layout.Account) bool { return a.Environment == environment }) {
		return nil, fmt.Errorf("%q is no environment", environment)
	}
	webhook, err := f.options.Webhook(environment)
	if err != nil {
		return nil, err
	}
	c := &cluster{environment: environment, dir: filepath.Join(f.options.Dir, environment)}
	if err := c.prepare(f.authority, webhook, f.options.Logs); err != nil {
		return nil, err
	}
	c.server, err = start(APIServer+" of "+environment, filepath.Join(f.options.Logs, APIServer+"-"+environment+".log"),
		filepath.Join(f.options.Bin, APIServer), serverFlags(c, f.etcdURL, f.etcdTLS)...)
	if err != nil {
		return nil, err
	}
	f.clusters[environment] = c
	return c, nil
}

// settle waits for the API server, then starts the controllers.
func (f *Fleet) settle(ctx context.Context, c *cluster) error {
	client, err := c.client()
	if err != nil {
		return err
	}
	if err := c.server.wait(ctx, func() error { return c.ready(client) }); err != nil {
		c.stop()
		delete(f.clusters, c.environment)
		return err
	}
	if err := c.administrators(ctx, client); err != nil {
		return err
	}
	c.manager, err = start(ControllerManager+" of "+c.environment, filepath.Join(f.options.Logs, ControllerManager+"-"+c.environment+".log"),
		filepath.Join(f.options.Bin, ControllerManager), managerFlags(c)...)
	return err
}

// Stop ends everything.
func (f *Fleet) Stop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.clusters {
		c.stop()
	}
	if f.etcd != nil {
		f.etcd.stop()
	}
}

// Program is a running program.
type Program struct {
	Name     string           `json:"name"`
	Address  string           `json:"address"`
	Identity process.Identity `json:"identity"`
}

// programs lists what runs, etcd first.
func (f *Fleet) programs() []Program {
	list := []Program{{Name: f.etcd.name, Address: f.etcdURL, Identity: f.etcd.identity}}
	for _, account := range layout.Accounts {
		if c := f.clusters[account.Environment]; c != nil && c.manager != nil {
			list = append(list, Program{c.server.name, c.endpoint(), c.server.identity}, Program{c.manager.name, "", c.manager.identity})
		}
	}
	return list
}

// Forget removes the files of clusters that are gone.
func Forget(dir string) error {
	if err := os.RemoveAll(dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove the clusters: %w", err)
	}
	return nil
}
