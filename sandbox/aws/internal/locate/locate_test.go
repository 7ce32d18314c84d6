package locate_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aws-platform/sandbox/aws/internal/locate"
)

// machine is one with an empty home and an empty root.
func machine(t *testing.T, env map[string]string) locate.Machine {
	t.Helper()
	return locate.Machine{
		OS: "linux", Arch: "amd64", Home: t.TempDir(), Root: t.TempDir(),
		Env: func(name string) string { return env[name] },
	}
}

// install puts a provider into a mirror and returns its path.
func install(t *testing.T, mirror string, mode os.FileMode) string {
	t.Helper()
	folder := filepath.Join(mirror, "registry.terraform.io", "hashicorp", "aws", locate.Version, "linux_amd64")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(folder, "terraform-provider-aws_v"+locate.Version+"_x5")
	if err := os.WriteFile(binary, []byte("#!"), mode); err != nil {
		t.Fatal(err)
	}
	return binary
}

func TestEveryPlace(t *testing.T) {
	t.Parallel()
	places := map[string]func(t *testing.T, m locate.Machine, env map[string]string) string{
		"plugin cache": func(t *testing.T, _ locate.Machine, env map[string]string) string {
			env["TF_PLUGIN_CACHE_DIR"] = t.TempDir()
			return env["TF_PLUGIN_CACHE_DIR"]
		},
		"home": func(_ *testing.T, m locate.Machine, _ map[string]string) string {
			return m.Home + "/.terraform.d/plugins"
		},
		"user data": func(_ *testing.T, m locate.Machine, _ map[string]string) string {
			return m.Home + "/.local/share/terraform/plugins"
		},
		"local share": func(_ *testing.T, m locate.Machine, _ map[string]string) string {
			return m.Root + "/usr/local/share/terraform/plugins"
		},
		"system share": func(_ *testing.T, m locate.Machine, _ map[string]string) string {
			return m.Root + "/usr/share/terraform/plugins"
		},
		"opt": func(_ *testing.T, m locate.Machine, _ map[string]string) string { return m.Root + "/opt/any" },
		"named configuration": func(t *testing.T, _ locate.Machine, env map[string]string) string {
			mirror := t.TempDir()
			env["TF_CLI_CONFIG_FILE"] = write(t, "provider_installation {\n  filesystem_mirror {\n    path    = \""+mirror+"\"\n    include = [\"*/*\"]\n  }\n}\n")
			return mirror
		},
		"cache in the configuration": func(t *testing.T, _ locate.Machine, env map[string]string) string {
			env["MIRROR"] = t.TempDir()
			env["TF_CLI_CONFIG_FILE"] = write(t, "plugin_cache_dir = \"$MIRROR\"\n")
			return env["MIRROR"]
		},
	}
	for name, place := range places {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := map[string]string{}
			m := machine(t, env)
			want := install(t, place(t, m, env), 0o755)
			if got, err := locate.Provider(m); err != nil || got != want {
				t.Errorf("Provider() = %q, %v; want %q", got, err, want)
			}
		})
	}
}

func write(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "terraformrc")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestNotFoundListsEveryPlaceAndTheWayOut(t *testing.T) {
	t.Parallel()
	env := map[string]string{"TF_PLUGIN_CACHE_DIR": "/cache/of/terraform"}
	m := machine(t, env)
	_, err := locate.Provider(m)
	if !errors.Is(err, locate.ErrNotFound) {
		t.Fatalf("error = %v, want ErrNotFound", err)
	}
	for _, part := range []string{
		"/cache/of/terraform", m.Home + "/.terraform.d/plugins", m.Home + "/.local/share/terraform/plugins",
		m.Root + "/usr/local/share/terraform/plugins", m.Root + "/usr/share/terraform/plugins", m.Root + "/opt",
		locate.Override, "registry.terraform.io/hashicorp/aws/" + locate.Version + "/linux_amd64",
	} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error does not mention %s:\n%v", part, err)
		}
	}
}

func TestOverride(t *testing.T) {
	t.Parallel()
	env := map[string]string{}
	m := machine(t, env)
	install(t, m.Home+"/.terraform.d/plugins", 0o755)
	named := install(t, t.TempDir(), 0o755)
	env[locate.Override] = named
	if got, err := locate.Provider(m); err != nil || got != named {
		t.Errorf("Provider() = %q, %v; want the override %q before any mirror", got, err, named)
	}
	for name, value := range map[string]string{
		"missing":        "/no/such/file",
		"a folder":       t.TempDir(),
		"not executable": install(t, t.TempDir(), 0o644),
	} {
		env[locate.Override] = value
		if _, err := locate.Provider(m); !errors.Is(err, locate.ErrNotFound) || !strings.Contains(err.Error(), value) {
			t.Errorf("%s: error = %v, want ErrNotFound with the value, and no other place tried", name, err)
		}
	}
}

func TestFileThatCannotRunIsNoProvider(t *testing.T) {
	t.Parallel()
	m := machine(t, nil)
	install(t, m.Home+"/.terraform.d/plugins", 0o644)
	if got, err := locate.Provider(m); err == nil {
		t.Errorf("Provider() = %q, want none: the file is not executable", got)
	}
}
