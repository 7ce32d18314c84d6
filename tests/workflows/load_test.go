package workflows_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// root is the repository, seen from this package.
var root = filepath.Join("..", "..")

// file is a workflow or a composite action.
type file struct {
	// name is the file's name, of an action its folder's.
	name        string
	text        string
	On          map[string]trigger `yaml:"on"`
	Permissions yaml.Node          `yaml:"permissions"`
	Env         map[string]string  `yaml:"env"`
	Concurrency struct {
		Group string `yaml:"group"`
	} `yaml:"concurrency"`
	Jobs map[string]job `yaml:"jobs"`
	Runs struct {
		Using string `yaml:"using"`
		Steps []step `yaml:"steps"`
	} `yaml:"runs"`
}

type trigger struct {
	Inputs map[string]struct {
		Type    string   `yaml:"type"`
		Options []string `yaml:"options"`
	} `yaml:"inputs"`
	Branches []string `yaml:"branches"`
	Cron     string   `yaml:"cron"`
}

// UnmarshalYAML reads the triggers that have no details, and the list of a schedule.
func (t *trigger) UnmarshalYAML(node *yaml.Node) error {
	type plain trigger
	if node.Kind == yaml.SequenceNode {
		if len(node.Content) != 1 {
			return fmt.Errorf("line %d: more than one schedule", node.Line)
		}
		node = node.Content[0]
	}
	if node.Kind == yaml.MappingNode {
		return node.Decode((*plain)(t))
	}
	return nil
}

type job struct {
	If             string            `yaml:"if"`
	Needs          list              `yaml:"needs"`
	RunsOn         yaml.Node         `yaml:"runs-on"`
	Environment    string            `yaml:"environment"`
	Permissions    yaml.Node         `yaml:"permissions"`
	TimeoutMinutes int               `yaml:"timeout-minutes"`
	Uses           string            `yaml:"uses"`
	With           map[string]string `yaml:"with"`
	Secrets        yaml.Node         `yaml:"secrets"`
	Concurrency    struct {
		Group  string `yaml:"group"`
		Cancel *bool  `yaml:"cancel-in-progress"`
		Queue  string `yaml:"queue"`
	} `yaml:"concurrency"`
	Strategy struct {
		Matrix map[string]list `yaml:"matrix"`
	} `yaml:"strategy"`
	Env   map[string]string `yaml:"env"`
	Steps []step            `yaml:"steps"`
}

type step struct {
	ID              string            `yaml:"id"`
	If              string            `yaml:"if"`
	Uses            string            `yaml:"uses"`
	Run             string            `yaml:"run"`
	ContinueOnError bool              `yaml:"continue-on-error"`
	With            map[string]string `yaml:"with"`
	Env             map[string]string `yaml:"env"`
}

// list is a YAML list, or one text.
type list []string

func (l *list) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		*l = list{node.Value}
		return nil
	}
	return node.Decode((*[]string)(l))
}

// parse reads a workflow or an action.
func parse(t *testing.T, name, text string) file {
	t.Helper()
	read := file{name: name, text: text}
	require.NoError(t, yaml.NewDecoder(bytes.NewReader([]byte(text))).Decode(&read), name)
	return read
}

// workflows are those of the repository; actions its composite actions.
func workflows(t *testing.T) []file { return load(t, "workflows/*.yml") }
func actions(t *testing.T) []file   { return load(t, "actions/*/action.yml") }

func load(t *testing.T, pattern string) []file {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(root, ".github", pattern))
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	var files []file
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		name := filepath.Base(path)
		if name == "action.yml" {
			name = filepath.Base(filepath.Dir(path))
		}
		files = append(files, parse(t, name, string(text)))
	}
	return files
}

// rule says what is wrong with a file, and how many things it has looked at.
type rule func(file) (scanned int, problems []string)

// wrong is a text that a rule must refuse, and what it says of it.
type wrong struct{ reason, text, want string }

// hold holds a rule over files: it must have looked at something, find nothing there, and
// refuse every wrong text.
func hold(t *testing.T, check rule, files []file, refused ...wrong) {
	t.Helper()
	require.NotEmpty(t, refused)
	scanned := 0
	for _, file := range files {
		count, problems := check(file)
		scanned += count
		assert.Empty(t, problems, file.name)
	}
	assert.Positive(t, scanned, "the rule has looked at nothing")
	for _, test := range refused {
		t.Run(test.reason, func(t *testing.T) {
			_, problems := check(parse(t, "wrong.yml", test.text))
			assert.Contains(t, strings.Join(problems, "\n"), test.want)
		})
	}
}

// steps are all steps of a file, with the name of their job.
func (f file) steps() map[string][]step {
	all := map[string][]step{}
	for name, job := range f.Jobs {
		all[name] = job.Steps
	}
	if f.Runs.Using != "" {
		all[f.name] = f.Runs.Steps
	}
	return all
}

// ordered are the names of the jobs, sorted.
func (f file) ordered() []string {
	var names []string
	for name := range f.Jobs {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// permissions are a job's, by name; nil where it does not say.
func (j job) permissions() map[string]string {
	granted := map[string]string{}
	if j.Permissions.Kind != yaml.MappingNode || j.Permissions.Decode(&granted) != nil {
		return nil
	}
	return granted
}

// ancestors are the jobs that a job waits for, over any number of others.
func (f file) ancestors(name string) map[string]bool {
	found := map[string]bool{}
	var visit func(string)
	visit = func(name string) {
		for _, needed := range f.Jobs[name].Needs {
			if !found[needed] {
				found[needed] = true
				visit(needed)
			}
		}
	}
	visit(name)
	return found
}

var inputExpression = regexp.MustCompile(`^\$\{\{ inputs\.([a-z-]+) \}\}$`)

// environments are what the environment of a job can be: its name, or the options of the
// input that names it. A called workflow's are those that its caller passes.
func (f file) environments(j job, callers []file) []string {
	input := inputExpression.FindStringSubmatch(j.Environment)
	if input == nil {
		if j.Environment == "" {
			return nil
		}
		return []string{j.Environment}
	}
	var names []string
	for event, trigger := range f.On {
		declared, ok := trigger.Inputs[input[1]]
		if !ok {
			continue
		}
		names = append(names, declared.Options...)
		if event != "workflow_call" {
			continue
		}
		for _, caller := range callers {
			for _, calling := range caller.Jobs {
				if filepath.Base(calling.Uses) == f.name {
					names = append(names, calling.With[input[1]])
				}
			}
		}
	}
	if len(names) == 0 {
		return []string{j.Environment} // which nothing knows
	}
	slices.Sort(names)
	return slices.Compact(names)
}
