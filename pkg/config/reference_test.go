package config

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"testing"
)

// keysOf lists the keys that decoding into a type accepts; <> stands for a name
// of one's own. A section without keys of its own is no key.
func keysOf(path string, of reflect.Type) []string {
	switch {
	case of.Kind() == reflect.Pointer:
		return keysOf(path, of.Elem())
	case of.Kind() == reflect.Struct && of != prefixType:
		var keys []string
		for i := range of.NumField() {
			keys = append(keys, keysOf(path+"."+of.Field(i).Tag.Get("mapstructure"), of.Field(i).Type)...)
		}
		return keys
	case of.Kind() == reflect.Slice && of.Elem().Kind() == reflect.Struct && of.Elem() != prefixType:
		return append([]string{path}, keysOf(path+"[]", of.Elem())...)
	case of.Kind() == reflect.Map && of.Elem().Kind() == reflect.Struct:
		return append([]string{path}, keysOf(path+".<>", of.Elem())...)
	default:
		return []string{path}
	}
}

func documented(keys []Key) []string {
	names := regexp.MustCompile(`<[^>]+>`)
	var paths []string
	for _, key := range keys {
		paths = append(paths, names.ReplaceAllString(key.Path, "<>"))
	}
	return paths
}

func compareKeys(t *testing.T, got, want []string) {
	t.Helper()
	if len(want) == 0 {
		t.Fatal("no keys found")
	}
	for _, key := range want {
		if !slices.Contains(got, key) {
			t.Errorf("key %s is decoded and not documented: add it to reference.go", key)
		}
	}
	for _, key := range got {
		if !slices.Contains(want, key) {
			t.Errorf("key %s is documented and not decoded: remove it from reference.go", key)
		}
	}
	if slices.Sort(got); len(slices.Compact(got)) != len(want) {
		t.Error("a key is documented twice")
	}
}

func TestEveryKeyIsDocumented(t *testing.T) {
	compareKeys(t, documented(Reference()), slices.Concat(
		[]string{"aws:region", "aws:allowedAccountIds"},
		keysOf("aws:assumeRole", reflect.TypeFor[AssumeRole]()),
		keysOf("aws:defaultTags", reflect.TypeFor[defaultTags]()),
		keysOf("platform:network", reflect.TypeFor[Network]()),
		keysOf("platform:access", reflect.TypeFor[Access]()),
		keysOf("platform:compute", reflect.TypeFor[Compute]()),
		keysOf("platform:data", reflect.TypeFor[Data]()),
		keysOf("platform:cluster", reflect.TypeFor[Cluster]()),
		keysOf("platform:observability", reflect.TypeFor[Observability]()),
		keysOf("platform:backup", reflect.TypeFor[Backup]()),
		keysOf("platform:cost", reflect.TypeFor[Cost]()),
		keysOf("platform:tags", reflect.TypeFor[Tags]()),
	))
	compareKeys(t, documented(PeeringReference()), slices.Concat(
		keysOf("platform-peering:peers", reflect.TypeFor[map[string]PeeringPeer]()),
		keysOf("platform-peering:matrix", reflect.TypeFor[map[string][]string]()),
		keysOf("platform-peering:tags", reflect.TypeFor[Tags]()),
	))
	compareKeys(t, documented(GitHubReference()), slices.Concat(
		keysOf("platform-github:repository", reflect.TypeFor[GitHubRepository]()),
		keysOf("platform-github:teams", reflect.TypeFor[GitHubTeams]()),
		keysOf("platform-github:environments", reflect.TypeFor[map[string]GitHubEnvironment]()),
		keysOf("platform-github:actions", reflect.TypeFor[GitHubActions]()),
		keysOf("platform-github:variables", reflect.TypeFor[GitHubVariables]()),
	))
	compareKeys(t, documented(AccountReference()), slices.Concat(
		[]string{"aws:region", "aws:allowedAccountIds"},
		keysOf("aws:assumeRole", reflect.TypeFor[AssumeRole]()),
		keysOf("aws:defaultTags", reflect.TypeFor[defaultTags]()),
		keysOf("platform-account:baseline", reflect.TypeFor[Baseline]()),
		keysOf("platform-account:delivery", reflect.TypeFor[Delivery]()),
		keysOf("platform-account:tags", reflect.TypeFor[Tags]()),
	))
}

func TestReferenceIsComplete(t *testing.T) {
	for _, key := range slices.Concat(Reference(), PeeringReference(), GitHubReference(), AccountReference()) {
		if key.Type == "" || key.Default == "" || key.Says == "" {
			t.Errorf("%s: type %q, default %q, text %q: none may be empty", key.Path, key.Type, key.Default, key.Says)
		}
	}
}

func TestPageIsFresh(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "configuration.md"))
	if err != nil {
		t.Fatal(err)
	}
	if string(page) != Markdown() {
		t.Error("docs/configuration.md is stale: run `make docs`")
	}
}
