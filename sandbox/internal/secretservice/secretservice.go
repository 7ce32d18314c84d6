// Package secretservice answers the four calls of the Pulumi service that
// encrypt and decrypt a stack's secrets, and nothing else of it.
//
// Why it exists: with a file backend the engine's only built-in secrets
// provider is a passphrase, whose salt `pulumi stack init` and `pulumi up`
// write into the committed Pulumi.<stack>.yaml. The one provider that leaves
// the stack file alone is "service", whose settings are in the state. So the
// sandbox's stacks name this server as their service (see package stacks).
package secretservice

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// Token is the access token that the sandbox writes into its own Pulumi home;
// requests without it are refused, so that nothing reaches the server by
// mistake.
const Token = "sandbox"

// Service encrypts with a key that exists only as long as the process, like
// the cloud whose state it protects.
type Service struct{ seal cipher.AEAD }

// New makes a service with a fresh key.
func New() (*Service, error) {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("random key: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	seal, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	return &Service{seal: seal}, nil
}

// Handler serves the calls under the paths of the Pulumi service's API. Bulk
// encryption is not offered; the engine asks for capabilities first and goes
// value by value.
func (s *Service) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/capabilities", func(w http.ResponseWriter, _ *http.Request) {
		respond(w, map[string]any{"capabilities": []any{}})
	})
	const stack = "POST /api/stacks/{owner}/{project}/{stack}/"
	mux.HandleFunc(stack+"encrypt", call(func(in struct{ Plaintext []byte }) (any, error) {
		sealed, err := s.encrypt(in.Plaintext)
		return map[string][]byte{"ciphertext": sealed}, err
	}))
	mux.HandleFunc(stack+"decrypt", call(func(in struct{ Ciphertext []byte }) (any, error) {
		plain, err := s.decrypt(in.Ciphertext)
		return map[string][]byte{"plaintext": plain}, err
	}))
	mux.HandleFunc(stack+"batch-decrypt", call(s.batchDecrypt))
	return authorized(mux)
}

// batchDecrypt answers with a map from each ciphertext in base64 to its text.
func (s *Service) batchDecrypt(in struct{ Ciphertexts [][]byte }) (any, error) {
	plaintexts := make(map[string][]byte, len(in.Ciphertexts))
	for _, sealed := range in.Ciphertexts {
		plain, err := s.decrypt(sealed)
		if err != nil {
			return nil, err
		}
		plaintexts[base64.StdEncoding.EncodeToString(sealed)] = plain
	}
	return map[string]any{"plaintexts": plaintexts}, nil
}

func (s *Service) encrypt(plain []byte) ([]byte, error) {
	nonce := make([]byte, s.seal.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, fmt.Errorf("random nonce: %w", err)
	}
	return s.seal.Seal(nonce, nonce, plain, nil), nil
}

func (s *Service) decrypt(sealed []byte) ([]byte, error) {
	size := s.seal.NonceSize()
	if len(sealed) < size {
		return nil, errors.New("ciphertext is shorter than its nonce")
	}
	plain, err := s.seal.Open(nil, sealed[:size], sealed[size:], nil)
	if err != nil {
		return nil, errors.New("this sandbox did not encrypt the value: its key ends with its process")
	}
	return plain, nil
}

// authorized refuses requests without the sandbox's token.
func authorized(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "token "+Token {
			fail(w, http.StatusUnauthorized, "want the sandbox's own token: run inside `eval \"$(make -s env)\"`")
			return
		}
		next.ServeHTTP(w, r)
	})
}

func respond(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body)
}

// fail answers in the form in which the engine expects errors.
func fail(w http.ResponseWriter, code int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(map[string]any{"code": code, "message": message})
}
