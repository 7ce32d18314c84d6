package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCredentialsAreFoundAndNotRepeated(t *testing.T) {
	folder := t.TempDir()
	write := func(name, inputs string) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte(`{"deployment": {"resources": [{"urn": "urn:db", "inputs": `+inputs+`}]}}`), 0o600))
		return path
	}
	clean := execute(t, folder, "credentials", write("clean.json", `{"manageMasterUserPassword": true}`))
	assert.Equal(t, outcome{}, clean)
	planted := execute(t, folder, "credentials", write("planted.json", `{"`+`password": "hunter2"}`))
	assert.Equal(t, 1, planted.status)
	assert.Equal(t, "urn:db inputs.password: looks like a value of password\n", planted.out)
	assert.Contains(t, planted.err, "1 in plain text")
	assert.NotContains(t, planted.out+planted.err, "hunter2")
}

func TestCredentialsRefuses(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "no.json"), []byte("{}"), 0o600))
	for want, args := range map[string][]string{
		"accepts 1 arg(s)": {"credentials"},
		"no such file":     {"credentials", "missing.json"},
		"no resources":     {"credentials", "no.json"},
	} {
		got := execute(t, folder, args...)
		assert.Equal(t, 1, got.status)
		assert.Contains(t, got.err, want)
	}
}
