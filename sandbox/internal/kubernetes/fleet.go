package kubernetes

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
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
	// Authenticator returns who knows the tokens of an environment's cluster.
	Authenticator func(environment string) (http.Handler, error)
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
// already included, and writes the files by which others find them. What has ended since
// is started again; what does not become ready is stopped, and its neighbours are not.
func (f *Fleet) Start(ctx context.Context, environments ...string) error {
	for _, environment := range environments {
		if _, err := layout.AccountOf(environment); err != nil {
			return err
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.storage(); err != nil {
		return err
	}
	var problems []error
	var starting []*cluster
	for _, environment := range environments {
		c, err := f.launch(environment)
		if err != nil {
			problems = append(problems, err)
		} else if c != nil {
			starting = append(starting, c)
		}
	}
	// Now already: `down` must find them, should this process be killed.
	problems = append(problems, f.publish())
	for _, c := range starting { // they come up side by side
		if err := f.settle(ctx, c); err != nil {
			f.abandon(c)
			problems = append(problems, err)
		}
	}
	return errors.Join(append(problems, f.publish())...)
}

// storage starts etcd, once. One that could not start may try again; one that held
// clusters took with it what they held.
func (f *Fleet) storage() (err error) {
	held := func(c *cluster) bool { return c.settled }
	switch {
	case f.etcd != nil && f.etcd.running():
		return nil
	case f.etcd != nil && slices.ContainsFunc(slices.Collect(maps.Values(f.clusters)), held):
		return fmt.Errorf("etcd ended, and with it what the clusters held%s: `make down`, then `make up`", f.etcd.lastWords())
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

// launch starts the API server of an environment and does not wait for it; nil when the
// environment's control plane runs.
func (f *Fleet) launch(environment string) (*cluster, error) {
	c := f.clusters[environment]
	switch {
	case c == nil:
		c = &cluster{environment: environment, dir: filepath.Join(f.options.Dir, environment)}
	case c.running():
		return nil, nil
	default:
		_ = c.stop() // the rest of it; it comes back at the address that stacks know
	}
	handler, err := f.options.Authenticator(environment)
	if err != nil {
		return nil, err
	}
	if err := c.prepare(f.authority, handler, f.options.Logs); err != nil {
		return nil, errors.Join(err, c.stop())
	}
	c.server, err = start(APIServer+" of "+environment, filepath.Join(f.options.Logs, APIServer+"-"+environment+".log"),
		filepath.Join(f.options.Bin, APIServer), serverFlags(c, f.etcdURL, f.etcdTLS)...)
	if err != nil {
		return nil, errors.Join(err, c.stop())
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
		return err
	}
	if err := c.administrators(ctx, client); err != nil {
		return err
	}
	c.manager, err = start(ControllerManager+" of "+c.environment, filepath.Join(f.options.Logs, ControllerManager+"-"+c.environment+".log"),
		filepath.Join(f.options.Bin, ControllerManager), managerFlags(c)...)
	c.settled = err == nil
	return err
}

// abandon stops what did not become ready. Nobody knows the address of what never was.
func (f *Fleet) abandon(c *cluster) {
	_ = c.stop()
	if !c.settled {
		delete(f.clusters, c.environment)
	}
}

// Stop ends everything.
func (f *Fleet) Stop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.clusters {
		_ = c.stop()
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

// programs lists what was started, etcd first.
func (f *Fleet) programs() []Program {
	list := []Program{{Name: f.etcd.name, Address: f.etcdURL, Identity: f.etcd.identity}}
	for _, account := range layout.Accounts {
		c := f.clusters[account.Environment]
		if c == nil {
			continue
		}
		list = append(list, Program{c.server.name, c.endpoint(), c.server.identity})
		if c.manager != nil {
			list = append(list, Program{c.manager.name, "", c.manager.identity})
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
