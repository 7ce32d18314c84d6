package datakey_test

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/sandbox/internal/datakey"
)

// passed is what the emulator behind the handler answers.
const passed = "passed on: "

func ask(t *testing.T, root, operation, body string) string {
	t.Helper()
	handler := datakey.Handler(root, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, _ = io.WriteString(w, passed+string(body))
	}))
	request := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	request.Header.Set("X-Amz-Target", operation)
	response := httptest.NewRecorder()
	handler.ServeHTTP(response, request)
	return response.Body.String()
}

func checkout(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(root, "stacks", "peering"), 0o755))
	for file, key := range map[string]string{"Pulumi.production.yaml": "AQID", filepath.Join("stacks", "peering", "Pulumi.peering.yaml"): "BAUG"} {
		text := "secretsprovider: awskms://alias/state\nencryptedkey: " + key + "\nconfig:\n  x:y: |\n    encryptedkey: BwgJ\n"
		require.NoError(t, os.WriteFile(filepath.Join(root, file), []byte(text), 0o600))
	}
	return root
}

func TestACommittedDataKeyIsDecryptedTheSameEachTime(t *testing.T) {
	root := checkout(t)
	keys := map[string]bool{}
	for _, ciphertext := range []string{"AQID", "BAUG", "AQID"} {
		var answer struct{ KeyId, Plaintext string }
		require.NoError(t, json.Unmarshal([]byte(ask(t, root, "TrentService.Decrypt", `{"CiphertextBlob":"`+ciphertext+`"}`)), &answer))
		plaintext, err := base64.StdEncoding.DecodeString(answer.Plaintext)
		require.NoError(t, err)
		assert.Len(t, plaintext, 32, "the engine takes a key of 256 bits")
		assert.NotEmpty(t, answer.KeyId)
		keys[answer.Plaintext] = true
	}
	assert.Len(t, keys, 2)
}

func TestEverythingElseGoesToTheEmulator(t *testing.T) {
	root := checkout(t)
	for name, request := range map[string][2]string{
		"another operation":            {"TrentService.Encrypt", `{"CiphertextBlob":"AQID"}`},
		"a key of nobody":              {"TrentService.Decrypt", `{"CiphertextBlob":"Zm9v"}`},
		"a key that is a value's text": {"TrentService.Decrypt", `{"CiphertextBlob":"BwgJ"}`},
		"no JSON":                      {"TrentService.Decrypt", `AQID`},
		"no key":                       {"TrentService.Decrypt", `{}`},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, passed+request[1], ask(t, root, request[0], request[1]))
		})
	}
}
