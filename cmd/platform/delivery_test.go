package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func inFile(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	return file
}

func TestStacksNamesWhatChanged(t *testing.T) {
	changed := inFile(t, "Pulumi.staging.yaml\ndocs/data.md\n")
	assert.Equal(t, outcome{out: "staging\npeering\n"}, execute(t, t.TempDir(), "stacks", "--changed", changed))
	through := execute(t, t.TempDir(), "stacks", "--through", "--changed", changed)
	assert.Equal(t, outcome{out: "dev\nstaging\nproduction\nproduction-pci\npeering\n"}, through)
	assert.Equal(t, outcome{}, execute(t, t.TempDir(), "stacks", "--changed", inFile(t, "docs/data.md")))
	spaced := inFile(t, "stacks/peering/a name.go\ndocs/main.go main.go\n\n")
	assert.Equal(t, outcome{out: "peering\n"}, execute(t, t.TempDir(), "stacks", "--changed", spaced), "a line is one path")
	assert.Contains(t, execute(t, t.TempDir(), "stacks", "--changed", "missing").err, "no such file")
	assert.Contains(t, execute(t, t.TempDir(), "stacks").err, `required flag(s) "changed" not set`)
}

func TestDiffComparesGraphs(t *testing.T) {
	before, after := estate(t, nil), estate(t, map[string][2]string{"Pulumi.dev.yaml": {"max: 2", "max: 3"}})
	base, head := inFile(t, execute(t, before, "graph", "dev").out), inFile(t, execute(t, after, "graph", "dev").out)
	assert.Equal(t, outcome{out: "### `dev`\n\nNo difference.\n"}, execute(t, t.TempDir(), "diff", base, base))
	found := execute(t, t.TempDir(), "diff", base, head)
	assert.Contains(t, found.out, "`maxSize`")
	assert.Contains(t, found.out, "0 added, 0 removed, ")
	assert.Contains(t, execute(t, t.TempDir(), "diff", inFile(t, ""), head).out, " added, 0 removed, 0 changed.")
	assert.Contains(t, execute(t, t.TempDir(), "diff", base, inFile(t, "{")).err, "give what `platform graph` wrote")
	assert.Equal(t, 1, execute(t, t.TempDir(), "diff", base, "missing").status)
}

func TestPreviewTellsChanges(t *testing.T) {
	const step = `{"steps": [{"op": "create", "urn": "urn:pulumi:dev::platform::aws:ec2/vpc:Vpc::dev"}], "changeSummary": {"create": 1}}`
	changed := execute(t, t.TempDir(), "preview", inFile(t, step), "--title", "dev")
	assert.Zero(t, changed.status)
	assert.Contains(t, changed.out, "1 create")
	refused := execute(t, t.TempDir(), "preview", inFile(t, step), "--title", "dev", "--expect-no-changes")
	assert.Equal(t, 1, refused.status)
	assert.Contains(t, refused.err, "dev: 1 changes: none was expected")
	assert.Contains(t, execute(t, t.TempDir(), "preview", inFile(t, "error: no credentials")).err, "give the output")
}

func TestAddress(t *testing.T) {
	public := map[string][2]string{"Pulumi.production.yaml": {"priority: 100", "priority: 100\n        loadBalancer: public\n        path: /shop"}}
	for _, test := range []struct {
		reason string
		edits  map[string][2]string
		args   []string
		want   outcome
	}{
		{"the fleet", nil, []string{"production"}, outcome{out: "https://app.example.com\n"}},
		{"the fleet without traffic", nil, []string{"production", "--preview"}, outcome{out: "https://app.example.com:8443\n"}},
		{"an internal application", nil, []string{"production", "--cluster-application", "web"}, outcome{out: "https://internal.production.example.com/web\n"}},
		{"its new version is on the public test listener", nil, []string{"production", "--cluster-application", "web", "--preview"}, outcome{out: "https://app.example.com:8443/web\n"}},
		{"a public application", public, []string{"production", "--cluster-application", "web"}, outcome{out: "https://app.example.com/shop\n"}},
		{"nothing without a domain", nil, []string{"dev"}, outcome{}},
		{"nor in the cluster", nil, []string{"dev", "--cluster-application", "web"}, outcome{}},
		{"an unknown application", nil, []string{"dev", "--cluster-application", "shop"}, outcome{err: "platform: cluster.applications: shop: dev has no such application: add it to Pulumi.dev.yaml\n", status: 1}},
	} {
		t.Run(test.reason, func(t *testing.T) {
			assert.Equal(t, test.want, execute(t, estate(t, test.edits), append([]string{"address"}, test.args...)...))
		})
	}
	assert.Contains(t, execute(t, estate(t, nil), "address", "qa").err, "Pulumi.qa.yaml")
}
