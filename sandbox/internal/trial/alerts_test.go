package trial

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/sandbox/internal/subscriber"
)

func TestHeardWantsEachMessageOnce(t *testing.T) {
	const line = `{"received":"2026-11-26T09:05:31Z","type":"Notification","topic":"a","message":"m"}` + "\n"
	wanted := []subscriber.Message{{TopicARN: "a", Message: "m"}}
	require.NoError(t, heard(line, wanted))
	assert.ErrorContains(t, heard("", wanted), `"m" to a: found it 0 times`)
	assert.ErrorContains(t, heard(line+line, wanted), "found it 2 times")
	assert.ErrorContains(t, heard(line, []subscriber.Message{{TopicARN: "b", Message: "m"}}), `"m" to b: found it 0 times`)
	assert.ErrorContains(t, heard("no JSON\n", wanted), "log of the subscriber")
}

func TestPlaintextIsFoundAndNotRepeated(t *testing.T) {
	folder := t.TempDir()
	secret := keyOf("https://127.0.0.1:1/integration/KEY/enqueue")
	assert.Equal(t, "KEY", secret)
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "a"), 0o750))
	path := filepath.Join(folder, "a", "state.json")
	require.NoError(t, os.WriteFile(path, []byte("one\n{\"ciphertext\": \"x\"}"), 0o600))
	require.NoError(t, without(folder, secret))
	require.NoError(t, os.WriteFile(path, []byte("one\n{\"endpoint\": \"https://h/KEY/\"}"), 0o600))
	err := without(folder, secret)
	require.ErrorContains(t, err, "state.json: found the subscriber's URL in plaintext")
	assert.NotContains(t, err.Error(), "KEY")
}
