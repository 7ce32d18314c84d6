package locate

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime"
)

// Here is the machine that this process runs on.
func Here() Machine {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "/"
	}
	return Machine{OS: runtime.GOOS, Arch: runtime.GOARCH, Home: home, Root: "/", Env: os.Getenv}
}

// mirrors are the folders to search, in the order of preference: what the user
// configured, then Terraform's implied mirrors, then /opt, where images put them.
// Source of the implied ones: https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
func (m Machine) mirrors() []string {
	all := m.configured()
	if cache := m.Env("TF_PLUGIN_CACHE_DIR"); cache != "" {
		all = append(all, cache)
	}
	all = append(all, filepath.Join(m.Home, ".terraform.d", "plugins"))
	if m.OS == "darwin" {
		all = append(all,
			filepath.Join(m.Home, "Library", "Application Support", "io.terraform", "plugins"),
			filepath.Join(m.Root, "Library", "Application Support", "io.terraform", "plugins"))
	}
	data := m.Env("XDG_DATA_HOME")
	if data == "" {
		data = filepath.Join(m.Home, ".local", "share")
	}
	all = append(all,
		filepath.Join(data, "terraform", "plugins"),
		filepath.Join(m.Root, "usr", "local", "share", "terraform", "plugins"),
		filepath.Join(m.Root, "usr", "share", "terraform", "plugins"))
	return append(all, m.underOpt()...)
}

func (m Machine) underOpt() []string {
	opt := filepath.Join(m.Root, "opt")
	all := []string{opt}
	entries, err := os.ReadDir(opt)
	if err != nil {
		return all
	}
	for _, entry := range entries {
		if entry.IsDir() {
			all = append(all, filepath.Join(opt, entry.Name()))
		}
	}
	return all
}

// mirrorSetting matches the settings of Terraform's CLI configuration that name a
// folder of providers: plugin_cache_dir, and path in a filesystem_mirror block. The
// language allows more (comments, heredocs) than anybody writes there.
var mirrorSetting = regexp.MustCompile(
	`(?m)^\s*plugin_cache_dir\s*=\s*"([^"]+)"|filesystem_mirror\s*\{[^}]*?path\s*=\s*"([^"]+)"`)

// configured reads Terraform's CLI configuration: the file that TF_CLI_CONFIG_FILE
// names, or else ~/.terraformrc.
func (m Machine) configured() []string {
	file := m.Env("TF_CLI_CONFIG_FILE")
	if file == "" {
		file = filepath.Join(m.Home, ".terraformrc")
	}
	text, err := os.ReadFile(file) //nolint:gosec // the file that Terraform itself would read
	if err != nil {
		return nil
	}
	var all []string
	for _, found := range mirrorSetting.FindAllStringSubmatch(string(text), -1) {
		folder := found[1] + found[2]
		all = append(all, os.Expand(folder, m.Env))
	}
	return all
}
