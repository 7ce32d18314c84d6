package main

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	pulumiconfig "github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"

	"aws-platform/pkg/config"
)

// TestStackFilesAreReadAsTheEngineReadsThem: what validate checks offline is
// what a program is handed, and the project's declarations hold for it.
func TestStackFilesAreReadAsTheEngineReadsThem(t *testing.T) {
	for _, file := range stackFiles() {
		path := filepath.Join(root, file)
		project, err := workspace.LoadProject(filepath.Join(filepath.Dir(path), "Pulumi.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		stack, err := workspace.LoadProjectStack(nil, project, path)
		if err != nil {
			t.Fatal(err)
		}
		decrypted, err := stack.Config.Decrypt(pulumiconfig.NopDecrypter)
		if err != nil {
			t.Fatal(err)
		}
		engine := map[string]any{}
		for key, value := range decrypted {
			engine[key.String()] = parsed(value)
		}
		_, values, err := config.ReadStackFile(path)
		if err != nil {
			t.Fatal(err)
		}
		ours := map[string]any{}
		for key, value := range values {
			ours[key] = parsed(value)
		}
		if len(ours) == 0 || !reflect.DeepEqual(ours, engine) {
			t.Errorf("%s: read as\n%v\nand by the engine as\n%v", file, ours, engine)
		}
		checkDeclared(t, file, project, engine)
	}
}

// checkDeclared makes the engine's own check of a stack's values.
func checkDeclared(t *testing.T, file string, project *workspace.Project, values map[string]any) {
	t.Helper()
	declared := 0
	for name, key := range project.Config {
		if strings.Contains(name, ":") {
			continue
		}
		declared++
		if value := values[project.Name.String()+":"+name]; !workspace.ValidateConfigValue(key.TypeName(), key.Items, value) {
			t.Errorf("%s: the engine refuses %s: it is not of type %s", file, name, key.TypeName())
		}
	}
	if declared == 0 {
		t.Errorf("%s: its project declares nothing", file)
	}
}

// parsed is the value of a JSON text, or the text.
func parsed(text string) any {
	var value any
	if json.Unmarshal([]byte(text), &value) == nil {
		return value
	}
	return text
}
