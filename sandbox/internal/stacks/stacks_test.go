package stacks

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/sandbox/internal/layout"
	"aws-platform/sandbox/internal/progress"
	"aws-platform/sandbox/internal/supervise"
)

func TestEventsShowWhatEndedAndWhatFailed(t *testing.T) {
	var screen bytes.Buffer
	lines := &lineWriter{emit: showEvents(progress.New(&screen), "production")}
	_, err := lines.Write([]byte(strings.Join([]string{
		"Updating (production):", "", "@ Updating....",
		" +  aws:ec2:Vpc production creating (0s) ",
		" +  pulumi:pulumi:Stack platform-production creating (1s) 1 message",
		" +  aws:ec2:Vpc production created (0.50s)",
		" +  aws:ec2:Eip production-nat **creating failed** error: no",
		"Outputs:", "    vpcId: \"vpc-1\"", "Resources:", "    + 1 created",
	}, "\n")))
	require.NoError(t, err)
	lines.flush()
	text := screen.String()
	for _, shown := range []string{"Vpc production created", "**creating failed**", "+ 1 created", "Resources:"} {
		assert.Contains(t, text, shown)
	}
	for _, hidden := range []string{"creating (", "vpc-1", "@ Updating"} {
		assert.NotContains(t, text, hidden)
	}
	for line := range strings.Lines(text) {
		assert.True(t, strings.HasPrefix(line, "production "), "each line names its stack: %q", line)
	}
}

func TestExportIsCountedByType(t *testing.T) {
	inventory, err := parseExport([]byte(`{"version":3,"deployment":{"resources":[
		{"type":"pulumi:pulumi:Stack"},{"type":"aws:ec2/vpc:Vpc"},{"type":"aws:ec2/subnet:Subnet"},{"type":"aws:ec2/subnet:Subnet"}]}}`))
	require.NoError(t, err)
	assert.Equal(t, 4, inventory.Total())
	assert.Equal(t, 2, inventory["aws:ec2/subnet:Subnet"])
	_, err = parseExport([]byte("not JSON"))
	assert.Error(t, err)
}

// newState writes the state that `pulumi stack init` leaves.
func newState(t *testing.T, content string) Pulumi {
	t.Helper()
	dir := t.TempDir()
	p := Pulumi{
		Layout: layout.Layout{Root: dir, Tools: dir, Data: dir},
		Record: supervise.Record{Secrets: "http://127.0.0.1:7"},
	}
	require.NoError(t, os.MkdirAll(filepath.Dir(p.checkpoint(Production)), 0o755))
	require.NoError(t, os.WriteFile(p.checkpoint(Production), []byte(content), 0o600))
	return p
}

func TestNewStackIsGivenTheSecretsService(t *testing.T) {
	p := newState(t, `{"version":3,"checkpoint":{"stack":"organization/platform/production",
		"latest":{"manifest":{"magic":"m"},"secrets_providers":{"type":"passphrase","state":{"salt":"s"}},"metadata":{}}}}`)
	require.NoError(t, p.useSecretService(Production))
	raw, err := os.ReadFile(p.checkpoint(Production))
	require.NoError(t, err)
	assert.NotContains(t, string(raw), "salt")
	var file struct {
		Checkpoint struct {
			Stack  string
			Latest struct {
				Manifest         struct{ Magic string }
				SecretsProviders struct {
					Type  string
					State map[string]string
				} `json:"secrets_providers"`
			}
		}
	}
	require.NoError(t, json.Unmarshal(raw, &file))
	assert.Equal(t, "organization/platform/production", file.Checkpoint.Stack)
	assert.Equal(t, "m", file.Checkpoint.Latest.Manifest.Magic)
	assert.Equal(t, "service", file.Checkpoint.Latest.SecretsProviders.Type)
	assert.Equal(t, "http://127.0.0.1:7", file.Checkpoint.Latest.SecretsProviders.State["url"])
}

func TestAnotherStateFormatIsRefused(t *testing.T) {
	p := newState(t, `{"version":9,"checkpoint":{}}`)
	assert.ErrorContains(t, p.useSecretService(Production), "checkpoint.latest")
}

func TestExistingStackIsLeftAlone(t *testing.T) {
	p := newState(t, "its state")
	require.NoError(t, p.Init(t.Context(), Production))
	raw, err := os.ReadFile(p.checkpoint(Production))
	require.NoError(t, err)
	assert.Equal(t, "its state", string(raw))
}
