// Package shellenv makes the environment in which plain `pulumi` and `aws`
// commands talk to the sandbox and to nothing else: a Pulumi home, a state
// backend, credentials and profiles of its own. Nobody's login, state or AWS
// credentials are used or touched.
package shellenv

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"aws-platform/sandbox/internal/kubernetes"
	"aws-platform/sandbox/internal/languagehost"
	"aws-platform/sandbox/internal/layout"
)

// Environment is a set of changes to a process environment.
type Environment struct {
	Set   [][2]string // name, value; in the order they are printed
	Unset []string
}

// foreign are variables that would lead a command away from the sandbox:
// somebody's session, login, selected stack or secrets.
var foreign = []string{
	"AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN",
	"AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
	"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
	"PULUMI_ACCESS_TOKEN", "PULUMI_API", "PULUMI_CREDENTIALS_PATH", "PULUMI_STACK",
	"PULUMI_CONFIG_PASSPHRASE_FILE", "PULUMI_CLOUD_SECRET_OVERRIDE", "PULUMI_DEBUG_PROVIDERS",
}

// For returns the environment of the sandbox at l whose cloud answers at
// endpoint (http://host:port).
func For(l layout.Layout, endpoint string) Environment {
	e := Environment{
		Set: [][2]string{
			{"PATH", searchPath(os.Getenv("PATH"), l.Bin(), filepath.Join(l.Venv(), "bin"))},
			{"PULUMI_HOME", l.Home()},
			{"PULUMI_BACKEND_URL", "file://" + filepath.ToSlash(l.State())},
			// New stacks get the default secrets provider of a file backend, a
			// passphrase; there is nothing to protect here.
			{"PULUMI_CONFIG_PASSPHRASE", ""},
			// The sandbox's own stacks name their secrets provider in the state,
			// so that `pulumi up` writes none into the committed stack file.
			{"PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER", "true"},
			{"PULUMI_SKIP_UPDATE_CHECK", "true"},
			{"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true"},
			{"PULUMI_IGNORE_AMBIENT_PLUGINS", "true"},
			{"PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS", "true"},
			{languagehost.CacheVariable, l.Programs()},
			{"AWS_ENDPOINT_URL", endpoint},
			{"AWS_ACCESS_KEY_ID", accessKey},
			{"AWS_SECRET_ACCESS_KEY", secretKey},
			{"AWS_REGION", layout.Region},
			{"AWS_DEFAULT_REGION", layout.Region},
			{"AWS_CONFIG_FILE", configFile(l)},
			{"AWS_SHARED_CREDENTIALS_FILE", credentialsFile(l)},
			{"AWS_EC2_METADATA_DISABLED", "true"},
			{"AWS_PAGER", ""},
			{"KUBECONFIG", kubernetes.ConfigFile(l.Kubernetes())},
			// What API servers on random ports serve is nothing for ~/.kube/cache.
			{"KUBECACHEDIR", filepath.Join(l.Kubernetes(), "cache")},
			{kubernetes.ClustersVariable, kubernetes.ClustersFile(l.Kubernetes())},
			{kubernetes.DefinitionsVariable, l.Definitions()},
			{"NO_PROXY", noProxy("NO_PROXY")},
			{"no_proxy", noProxy("no_proxy")},
		},
		Unset: foreign,
	}
	if own := l.MirroredProvider(); own != "" && os.Getenv(layout.ProviderVariable) == "" {
		e.Set = append(e.Set, [2]string{layout.ProviderVariable, own})
	}
	return e
}

// noProxy keeps loopback addresses off a proxy that the user's environment
// names: the AWS CLI would ask it for the emulator.
func noProxy(variable string) string {
	hosts := strings.FieldsFunc(os.Getenv(variable), func(r rune) bool { return r == ',' })
	for _, local := range []string{"127.0.0.1", "localhost"} {
		if !slices.Contains(hosts, local) {
			hosts = append(hosts, local)
		}
	}
	return strings.Join(hosts, ",")
}

// searchPath puts first in front and last at the end, each once. What is
// installed on the machine wins over what the sandbox installed for itself in
// last; what it built in first wins over the machine's.
func searchPath(current, first, last string) string {
	parts := slices.DeleteFunc(filepath.SplitList(current), func(part string) bool { return part == first || part == last })
	parts = append([]string{first}, append(parts, last)...)
	return strings.Join(parts, string(os.PathListSeparator))
}

// Shell prints the environment as commands for `eval` in any POSIX shell.
func (e Environment) Shell() string {
	var out strings.Builder
	for _, name := range e.Unset {
		out.WriteString("unset " + name + "\n")
	}
	for _, pair := range e.Set {
		out.WriteString("export " + pair[0] + "=" + quote(pair[1]) + "\n")
	}
	return out.String()
}

// quote makes a word of any text: single quotes take everything but a single
// quote, which has to stand outside of them.
func quote(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// Apply returns base (in the form of os.Environ) with the changes made.
func (e Environment) Apply(base []string) []string {
	gone := slices.Clone(e.Unset)
	for _, pair := range e.Set {
		gone = append(gone, pair[0])
	}
	out := slices.DeleteFunc(slices.Clone(base), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return slices.Contains(gone, name)
	})
	for _, pair := range e.Set {
		out = append(out, pair[0]+"="+pair[1])
	}
	return out
}
