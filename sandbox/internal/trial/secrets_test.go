package trial

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSecretsStandInTheirPlaces(t *testing.T) {
	path := filepath.Join(t.TempDir(), "export.json")
	opened := func(resource string) (string, error) {
		require.NoError(t, os.WriteFile(path, []byte(`{"deployment":{"resources":[`+resource+`]}}`), 0o600))
		err := openSecrets(path)
		text, readError := os.ReadFile(path)
		require.NoError(t, readError)
		return string(text), err
	}
	const signed = `"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270"`
	text, err := opened(`{"outputs":{"value":{` + signed + `,"plaintext":"\"arn:x\""},"list":[{` + signed + `,"plaintext":"{\"a\":1}"}],"n":2}}`)
	require.NoError(t, err)
	assert.JSONEq(t, `{"deployment":{"resources":[{"outputs":{"value":"arn:x","list":[{"a":1}],"n":2}}]}}`, text)

	_, err = opened(`{"outputs":{"value":{` + signed + `,"ciphertext":"v1:abc"}}}`)
	assert.ErrorContains(t, err, "--show-secrets", "what is not shown cannot be judged")
	_, err = opened(`{"outputs":{"value":{` + signed + `,"plaintext":"hunter2"}}}`)
	require.ErrorContains(t, err, "no JSON")
	assert.NotContains(t, err.Error(), "hunter2")
}

func TestAPasswordIsPlantedAmongTheInputs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "export.json")
	require.NoError(t, os.WriteFile(path, []byte(`{"deployment":{"resources":[{"urn":"a"},{"urn":"b","inputs":{"x":1}}]}}`), 0o600))
	planted, err := plant(path)
	require.NoError(t, err)
	text, err := os.ReadFile(planted)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"password":`)
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.NotContains(t, string(before), "password", "the export itself stays as it is")

	require.NoError(t, os.WriteFile(path, []byte(`{"deployment":{"resources":[]}}`), 0o600))
	_, err = plant(path)
	assert.ErrorContains(t, err, "no resources")
}
