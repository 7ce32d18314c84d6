package config

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadStackFile(t *testing.T) {
	got := parse(t, "a.b", `# a comment
encryptionsalt: v1:abc
config:
  aws:region: us-east-1
  platform:flag: true
  platform:number: 365
  platform:list: ["1", 2]
  platform:object: {b: {c: 10.0.0.0/8}, a: 1.5}
`)
	want := map[string]string{
		"aws:region": "us-east-1", "platform:flag": "true", "platform:number": "365",
		"platform:list": `["1",2]`, "platform:object": `{"a":1.5,"b":{"c":"10.0.0.0/8"}}`,
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, wanted %v", got, want)
	}
}

func TestReadStackFileRefuses(t *testing.T) {
	cases := []struct{ reason, name, text, says string }{
		{"another name", "production.yaml", "config: {}", "name it Pulumi.<stack>.yaml"},
		{"the project's file", "Pulumi.yaml", "config: {}", "name it Pulumi.<stack>.yaml"},
		{"no YAML", "Pulumi.dev.yaml", "config: [", "yaml"},
		{"a key twice", "Pulumi.dev.yaml", "config: {aws:region: a, aws:region: b}", "already defined"},
		{"a key of an object twice", "Pulumi.dev.yaml", "config: {platform:tags: {owner: a, owner: b}}", "already defined"},
		{"no namespace", "Pulumi.dev.yaml", "config: {network: {}}", "write platform:network"},
		{"a number as key", "Pulumi.dev.yaml", "config: {platform:network: {1: 2}}", "put it in quotes"},
		{"an ESC environment", "Pulumi.dev.yaml", "environment: [shared]\nconfig: {}", "cannot be checked offline"},
	}
	for _, c := range cases {
		t.Run(c.reason, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), c.name)
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			_, _, err := ReadStackFile(path)
			if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), path) {
				t.Errorf("got %v, wanted it to name %s and say %q", err, path, c.says)
			}
		})
	}
	if _, _, err := ReadStackFile(filepath.Join(t.TempDir(), "Pulumi.dev.yaml")); err == nil {
		t.Error("a missing file is read without an error")
	}
}
