// Package layout says where everything of the sandbox lives, and who may
// delete it.
package layout

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Variable is the environment variable that moves everything the sandbox builds
// and keeps. Default: ".sandbox" in the root of the checkout.
const Variable = "SANDBOX_DIR"

// DataVariable moves only what belongs to one running sandbox (state, logs,
// process record), so that a second one can run beside the first with the same
// built tools. Default: as Variable.
const DataVariable = "SANDBOX_DATA"

// The versions of the SDKs that the program requires (go.mod), which are the versions
// the engine looks for among the plugins.
const (
	AWSPluginVersion        = "6.83.2"
	EKSPluginVersion        = "3.9.1"
	KubernetesPluginVersion = "4.33.0"
)

// Layout names the folders of one sandbox.
type Layout struct {
	// Root is the checkout: the folder with the project file and sandbox/.
	Root string
	// Tools holds what is built once and shared by every sandbox of the checkout.
	Tools string
	// Data holds what belongs to this sandbox alone. Usually equal to Tools.
	Data string
}

// Find returns the layout of the checkout around folder dir.
func Find(dir string) (Layout, error) {
	for at := filepath.Clean(dir); ; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "sandbox", "go.mod")); err == nil {
			return in(at)
		}
		if at == filepath.Dir(at) {
			return Layout{}, fmt.Errorf("%s: no sandbox/go.mod in it or above, want to be inside the checkout", dir)
		}
	}
}

// in builds the layout of the checkout at root.
func in(root string) (Layout, error) {
	tools, err := folder(Variable, filepath.Join(root, ".sandbox"))
	if err != nil {
		return Layout{}, err
	}
	data, err := folder(DataVariable, tools)
	return Layout{Root: root, Tools: tools, Data: data}, err
}

// folder reads a folder from the environment, relative to the working folder.
func folder(variable, standard string) (string, error) {
	own := os.Getenv(variable)
	if own == "" {
		return standard, nil
	}
	absolute, err := filepath.Abs(own)
	if err != nil {
		return "", fmt.Errorf("%s=%s: %w", variable, own, err)
	}
	return absolute, nil
}

// Bin holds the built executables; it goes on the PATH.
func (l Layout) Bin() string { return filepath.Join(l.Tools, "bin") }

// Programs holds the compiled Pulumi programs.
func (l Layout) Programs() string { return filepath.Join(l.Tools, "programs") }

// Stamps holds the content sums that tell whether a build is up to date.
func (l Layout) Stamps() string { return filepath.Join(l.Tools, "stamps") }

// Venv is where moto is installed when the machine has none.
func (l Layout) Venv() string { return filepath.Join(l.Tools, "venv") }

// Terraform is where the AWS provider is fetched to when the machine has none.
func (l Layout) Terraform() string { return filepath.Join(l.Tools, "terraform") }

// Definitions holds the custom resource definitions that charts bring.
func (l Layout) Definitions() string { return filepath.Join(l.Tools, "crds") }

// Home is Pulumi's home: plugins and credentials of the sandbox only.
func (l Layout) Home() string { return filepath.Join(l.Data, "home") }

// Plugin is where the engine looks for a plugin.
func (l Layout) Plugin(name, version string) string {
	return filepath.Join(l.Home(), "plugins", "resource-"+name+"-v"+version)
}

// Kubernetes holds the clusters: certificates, etcd's data, kubeconfigs.
func (l Layout) Kubernetes() string { return filepath.Join(l.Data, "kubernetes") }

// State is the file backend that holds the stacks' state.
func (l Layout) State() string { return filepath.Join(l.Data, "state") }

// AWS holds the AWS CLI's configuration with a profile an environment.
func (l Layout) AWS() string { return filepath.Join(l.Data, "aws") }

// SubscriberCertificate is what the emulator trusts; it goes with the profiles.
func (l Layout) SubscriberCertificate() string { return filepath.Join(l.AWS(), "subscriber.pem") }

// SubscriberLog has a line of JSON for each message of SNS that reached the subscriber.
func (l Layout) SubscriberLog() string { return l.LogFile("subscriber") }

// Log holds the full output of every step.
func (l Layout) Log() string { return filepath.Join(l.Data, "log") }

// RunFile records the processes of a running sandbox.
func (l Layout) RunFile() string { return filepath.Join(l.Data, "run.json") }

// LogFile is the log of one step.
func (l Layout) LogFile(step string) string { return filepath.Join(l.Log(), step+".log") }

// Make creates the folders that must exist before anything runs.
func (l Layout) Make() error {
	var problems []error
	for _, dir := range []string{l.Bin(), l.Programs(), l.Stamps(), l.Home(), l.State(), l.AWS(), l.Log()} {
		problems = append(problems, os.MkdirAll(dir, 0o750))
	}
	return errors.Join(problems...)
}

// Forget removes what describes the cloud: the stacks' state, credentials and
// profiles. Built tools, installed plugins and logs stay.
func (l Layout) Forget() error {
	problems := []error{os.RemoveAll(l.State()), os.RemoveAll(l.AWS()), os.RemoveAll(l.Kubernetes()), os.Remove(l.RunFile())}
	entries, err := os.ReadDir(l.Home())
	problems = append(problems, err)
	for _, entry := range entries {
		if entry.Name() != "plugins" {
			problems = append(problems, os.RemoveAll(filepath.Join(l.Home(), entry.Name())))
		}
	}
	var real []error
	for _, problem := range problems {
		if !errors.Is(problem, os.ErrNotExist) {
			real = append(real, problem)
		}
	}
	return errors.Join(real...)
}
