package fleet

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"aws-platform/pkg/config"
)

const sampleRevision = "../../../examples/app/codedeploy"

func sampleFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(sampleRevision, name))
	require.NoError(t, err)
	return string(text)
}

// The sample application's own tests read its AppSpec file by a reader of their own; here
// it is read as YAML, as CodeDeploy's agent does.
func TestTheSampleApplicationsAppSpecIsYAML(t *testing.T) {
	var spec struct {
		Version string `yaml:"version"`
		OS      string `yaml:"os"`
		Files   []struct{ Source, Destination string }
		Exists  string `yaml:"file_exists_behavior"`
		Hooks   map[string][]struct {
			Location string
			Timeout  int
			RunAs    string `yaml:"runas"`
		}
		Permissions []struct {
			Object, Owner, Group string
			Mode                 int
			Type                 []string
		}
	}
	decoder := yaml.NewDecoder(strings.NewReader(sampleFile(t, "appspec.yml")))
	decoder.KnownFields(true)
	require.NoError(t, decoder.Decode(&spec))
	assert.Equal(t, "linux", spec.OS)
	assert.Equal(t, "OVERWRITE", spec.Exists)
	assert.Len(t, spec.Files, 3)
	require.Len(t, spec.Permissions, len(spec.Files))
	for _, permission := range spec.Permissions {
		assert.Equal(t, []string{"file"}, permission.Type, permission.Object)
	}
	require.Len(t, spec.Hooks, 5)
	for event, scripts := range spec.Hooks {
		for _, script := range scripts {
			assert.FileExists(t, filepath.Join(sampleRevision, script.Location), event)
			assert.Positive(t, script.Timeout, event)
		}
	}
}

// What the hooks take for granted is what the first boot has made.
func TestTheSampleApplicationFitsTheFleet(t *testing.T) {
	m := newMachine(t)
	m.boot(t, scriptFor(t, "/healthz"))
	assert.Contains(t, m.tree(t), "/etc/systemd/system/placeholder.service")
	assert.Contains(t, sampleFile(t, "hooks/before-install.sh"), " placeholder.service;", "the first hook of an instance's life stops it")
	assert.DirExists(t, filepath.Join(m.root, "var/log/application"))

	unit := sampleFile(t, "systemd/app.service")
	_, log, found := strings.Cut(unit, "StandardOutput=append:")
	require.True(t, found)
	log, _, _ = strings.Cut(log, "\n")
	shipped := false
	for _, file := range logFiles {
		matched, err := filepath.Match(file.path, log)
		require.NoError(t, err)
		shipped = shipped || matched
	}
	assert.True(t, shipped, "%s: the CloudWatch agent does not ship it", log)
	assert.Contains(t, sampleFile(t, "hooks/after-install.sh"), `"${PORT:-`+strconv.Itoa(config.DefaultApplicationPort)+`}"`, "the target groups' port")
	for _, c := range []string{"blue", "green"} {
		assert.Contains(t, sampleFile(t, "hooks/after-install.sh"), "*-"+c+") color="+c+" ;;", "a deployment group's name ends with its color")
	}
}
