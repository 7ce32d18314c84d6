package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
)

func TestGraphNeedsNeitherCloudNorEngine(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	for stack, urn := range map[string]string{
		"production":  "urn:pulumi:production::platform::platform:network:Network$aws:ec2/vpc:Vpc::production",
		"account-dev": "urn:pulumi:account-dev::platform-account::platform:delivery:Delivery$aws:iam/role:Role::dev-deploy",
		"github":      "urn:pulumi:github::platform-github::platform:repository:Repository$github:index/repository:Repository::platform",
		"peering":     "urn:pulumi:peering::platform-peering::platform:peering:Peering::production-to-production-pci",
	} {
		t.Run(stack, func(t *testing.T) {
			got := execute(t, estate(t, nil), "graph", stack)
			require.Zero(t, got.status, got.err)
			var g graph.Graph
			require.NoError(t, json.Unmarshal([]byte(got.out), &g))
			_, found := g.ByURN(urn)
			assert.True(t, found, urn)
			assert.NotEmpty(t, g.Outputs)
		})
	}
}

func TestGraphReadsAnExport(t *testing.T) {
	text, err := filepath.Abs(filepath.Join(root, "pkg", "graph", "testdata", "export.json"))
	require.NoError(t, err)
	got := execute(t, t.TempDir(), "graph", "--export", text)
	require.Zero(t, got.status, got.err)
	assert.Contains(t, got.out, `"stack": "dev"`)
	assert.NotContains(t, got.out, "ciphertext")
}

func TestGraphRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		folder func(*testing.T) string
		args   []string
		want   string
	}{
		"no stack":         {func(t *testing.T) string { return estate(t, nil) }, []string{"graph"}, "give a stack"},
		"a stack and file": {func(t *testing.T) string { return estate(t, nil) }, []string{"graph", "dev", "--export", "x"}, "one of the two"},
		"an unknown stack": {func(t *testing.T) string { return estate(t, nil) }, []string{"graph", "qa"}, "Pulumi.qa.yaml"},
		"a wrong configuration": {func(t *testing.T) string { return estate(t, wrong) }, []string{"graph", "dev"},
			"network.zones[us-east-1b].data: 10.0.22.5/24: has host bits set: write 10.0.22.0/24"},
	} {
		t.Run(name, func(t *testing.T) {
			got := execute(t, test.folder(t), test.args...)
			assert.Equal(t, 1, got.status)
			assert.Empty(t, got.out)
			assert.Contains(t, got.err, test.want)
		})
	}
}

func TestDocsWritesTheCommittedPages(t *testing.T) {
	want := map[string]string{}
	for _, page := range []string{"access.md", "checklist.md", "configuration.md", "data-flow.md", "network.md", "stores.md"} {
		text, err := os.ReadFile(filepath.Join(root, "docs", page))
		require.NoError(t, err)
		want[page] = string(text)
	}
	folder := estate(t, nil)
	require.NoError(t, os.Mkdir(filepath.Join(folder, "docs"), 0o700))
	got := execute(t, folder, "docs")
	require.Zero(t, got.status, got.err)
	assert.Len(t, strings.Fields(got.out), len(want))
	for page, text := range want {
		found, err := os.ReadFile(filepath.Join("docs", page)) // execute has changed into the folder
		require.NoError(t, err)
		assert.Equal(t, text, string(found))
	}
}
