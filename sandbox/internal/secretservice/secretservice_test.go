package secretservice

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// post sends a request as the engine does and returns status and answer.
func post(t *testing.T, service *Service, call, token string, compress bool, body any) (int, map[string]any) {
	t.Helper()
	raw, err := json.Marshal(body)
	require.NoError(t, err)
	request := httptest.NewRequest(http.MethodPost, "/api/stacks/sandbox/platform/production/"+call, bytes.NewReader(raw))
	if compress {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		_, _ = w.Write(raw)
		require.NoError(t, w.Close())
		request = httptest.NewRequest(http.MethodPost, "/api/stacks/sandbox/platform/production/"+call, &packed)
		request.Header.Set("Content-Encoding", "gzip")
	}
	request.Header.Set("Authorization", "token "+token)
	recorder := httptest.NewRecorder()
	service.Handler().ServeHTTP(recorder, request)
	var answer map[string]any
	require.NoError(t, json.Unmarshal(recorder.Body.Bytes(), &answer))
	return recorder.Code, answer
}

func newService(t *testing.T) *Service {
	service, err := New()
	require.NoError(t, err)
	return service
}

func encrypt(t *testing.T, service *Service, text string) string {
	t.Helper()
	code, answer := post(t, service, "encrypt", Token, false, map[string][]byte{"plaintext": []byte(text)})
	require.Equal(t, http.StatusOK, code)
	return answer["ciphertext"].(string)
}

func TestWhatIsEncryptedIsDecrypted(t *testing.T) {
	service := newService(t)
	sealed := encrypt(t, service, "secret")
	assert.NotContains(t, sealed, base64.StdEncoding.EncodeToString([]byte("secret")))
	code, answer := post(t, service, "decrypt", Token, false, map[string]string{"ciphertext": sealed})
	require.Equal(t, http.StatusOK, code)
	assert.Equal(t, base64.StdEncoding.EncodeToString([]byte("secret")), answer["plaintext"])
}

func TestBulkDecryptionIsKeyedByCiphertext(t *testing.T) {
	service := newService(t)
	a, b := encrypt(t, service, "a"), encrypt(t, service, "b")
	code, answer := post(t, service, "batch-decrypt", Token, true, map[string][]string{"ciphertexts": {a, b}})
	require.Equal(t, http.StatusOK, code)
	assert.Equal(t, map[string]any{
		a: base64.StdEncoding.EncodeToString([]byte("a")),
		b: base64.StdEncoding.EncodeToString([]byte("b")),
	}, answer["plaintexts"])
}

func TestStrangersAreRefused(t *testing.T) {
	service := newService(t)
	code, _ := post(t, service, "encrypt", "somebody's real token", false, map[string]string{"plaintext": "YQ=="})
	assert.Equal(t, http.StatusUnauthorized, code)
	for _, sealed := range []string{"YQ==", encrypt(t, newService(t), "of another sandbox")} {
		code, answer := post(t, service, "decrypt", Token, false, map[string]string{"ciphertext": sealed})
		assert.Equal(t, http.StatusBadRequest, code)
		assert.NotEmpty(t, answer["message"])
	}
}
