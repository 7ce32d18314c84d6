package config

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// stackFileName is how Pulumi names the file of a stack.
var stackFileName = regexp.MustCompile(`^Pulumi\.(.+)\.ya?ml$`)

// ReadStackFile reads Pulumi.<stack>.yaml. It returns the stack, taken from the
// file's name, and its configuration as [Decode] and [DecodePeering] want it:
// fully qualified key to value, objects and lists as JSON text.
//
// Errors: a file that cannot be read, is named otherwise, is no YAML or has a
// key twice; a key without its namespace; an ESC environment, whose values
// nobody could see offline.
func ReadStackFile(path string) (stack string, values map[string]string, err error) {
	name := stackFileName.FindStringSubmatch(filepath.Base(path))
	if name == nil {
		return "", nil, fmt.Errorf("%s: is not the name of a stack file: name it Pulumi.<stack>.yaml", path)
	}
	text, err := os.ReadFile(path) //nolint:gosec // the file that the user names
	if err != nil {
		return "", nil, fmt.Errorf("stack file: %w", err)
	}
	var file struct {
		Config      map[string]any `yaml:"config"`
		Environment any            `yaml:"environment"`
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		return "", nil, fmt.Errorf("%s: %w", path, err)
	}
	if file.Environment != nil {
		return "", nil, fmt.Errorf("%s: environment: an ESC environment cannot be checked offline: write its values into config", path)
	}
	values, err = flatten(file.Config)
	if err != nil {
		return "", nil, fmt.Errorf("%s: config: %w", path, err)
	}
	return name[1], values, nil
}

// flatten turns the values of a stack file into texts, as the engine does.
func flatten(config map[string]any) (map[string]string, error) {
	values := make(map[string]string, len(config))
	for key, value := range config {
		if !strings.Contains(key, ":") {
			return nil, fmt.Errorf("%s: has no namespace: write %s:%s", key, ProjectName, key)
		}
		if text, ok := value.(string); ok {
			values[key] = text
			continue
		}
		text, err := json.Marshal(value)
		if err != nil {
			return nil, fmt.Errorf("%s: a key in it is not a text: put it in quotes: %w", key, err)
		}
		values[key] = string(text)
	}
	return values, nil
}
