package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"unicode"
)

const (
	bridgeModule = "github.com/pulumi/pulumi-terraform-bridge/v3"
	aliasesPath  = "pkg/pf/tests/internal/testprovider/cmd/pulumi-resource-aws/bridge-metadata.json"
)

// aliases is Pulumi's own record of how its names stand for Terraform's, as the
// bridge's test data keeps it. It is a little older than the SDK, so what it does not
// know is derived from the names.
type aliases struct {
	Renames struct {
		Resources  map[string]string            `json:"resources"`
		Functions  map[string]string            `json:"functions"`
		Properties map[string]map[string]string `json:"renamedProperties"`
	} `json:"renames"`
}

func loadAliases(ctx context.Context) (*aliases, error) {
	folder, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", bridgeModule).Output()
	if err != nil {
		return nil, fmt.Errorf("folder of %s: %w", bridgeModule, err)
	}
	text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(folder)), aliasesPath))
	if err != nil {
		return nil, err
	}
	all := &aliases{}
	if err := json.Unmarshal(text, all); err != nil {
		return nil, fmt.Errorf("%s: %w", aliasesPath, err)
	}
	return all, nil
}

// wantedType is one line of types.txt: a resource type, or a function.
type wantedType struct {
	token     string // aws:ec2/vpc:Vpc, aws:ssm/getParameter:getParameter
	terraform string // aws_vpc; of a function, the data source's name
}

// module is the part of the token that is also the SDK's package: ec2.
func (w wantedType) module() string {
	_, rest, _ := strings.Cut(w.token, ":")
	module, _, _ := strings.Cut(rest, "/")
	return module
}

// name is the SDK's name of the type: Vpc.
func (w wantedType) name() string { return w.token[strings.LastIndex(w.token, ":")+1:] }

// function says whether the token is a function's: those are verbs, and begin small.
func (w wantedType) function() bool { return unicode.IsLower(rune(w.name()[0])) }

// subject is what a function gets: Parameter.
func (w wantedType) subject() string { return strings.TrimPrefix(w.name(), "get") }

// readTypes reads the list. A line is a token, or `token = terraform_type` where the
// type cannot be found by name.
func readTypes(file string, known *aliases, whole *schema) ([]wantedType, error) {
	text, err := os.Open(file) //nolint:gosec // the list that this command is for
	if err != nil {
		return nil, err
	}
	defer text.Close() //nolint:errcheck // only read
	var all []wantedType
	for lines := bufio.NewScanner(text); lines.Scan(); {
		line, _, _ := strings.Cut(lines.Text(), "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		token, given, _ := strings.Cut(line, "=")
		one, err := resolve(strings.TrimSpace(token), strings.TrimSpace(given), known, whole)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, one)
	}
	return all, nil
}

// resolve finds the Terraform type of a token: as given, as Pulumi's record says, or
// by the name alone or with its module before it.
func resolve(token, given string, known *aliases, whole *schema) (wantedType, error) {
	one := wantedType{token: token, terraform: given}
	if strings.Count(token, ":") != 2 || !strings.Contains(token, "/") || one.name() == "" {
		return one, fmt.Errorf("%q is no Pulumi token; want the form aws:ec2/vpc:Vpc", token)
	}
	recorded, has, name := known.Renames.Resources, whole.has, snake(one.name())
	if one.function() {
		recorded, has, name = known.Renames.Functions, whole.hasFunction, snake(one.subject())
	}
	tried := []string{given, recorded[token], "aws_" + name, "aws_" + one.module() + "_" + name}
	for _, candidate := range tried {
		if has(candidate) {
			one.terraform = candidate
			return one, nil
		}
	}
	return one, fmt.Errorf("%s: no Terraform type among %q; write `%s = aws_...`", token, tried, token)
}

// snake turns camelCase or PascalCase into snake_case.
func snake(name string) string {
	var out strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) {
			if i > 0 {
				out.WriteByte('_')
			}
			r = unicode.ToLower(r)
		}
		out.WriteRune(r)
	}
	return out.String()
}
