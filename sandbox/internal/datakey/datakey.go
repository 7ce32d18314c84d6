// Package datakey stands in for the KMS keys that guard the secrets of the real
// stacks.
//
// A team whose state lies in S3 commits `secretsprovider: awskms://...` and the
// stack's data key, encrypted by a KMS key of the real account, to
// Pulumi.<stack>.yaml. The engine asks KMS to decrypt that key before anything
// else. In the sandbox it asks the emulator, which has never seen it; here it
// gets a key that is made of the encrypted one, always the same and of no use
// anywhere else. What the sandbox's state holds is encrypted with that.
package datakey

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
)

// target is the operation in the KMS API's JSON protocol.
const target = "TrentService.Decrypt"

// encryptedKey is the line of a stack file that holds its data key.
var encryptedKey = regexp.MustCompile(`(?m)^encryptedkey:[ \t]*(\S+)[ \t]*$`)

// Handler answers the decryption of data keys that stand in the stack files of
// the checkout at root; every other request goes on to next, as it came.
func Handler(root string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Amz-Target") != target {
			next.ServeHTTP(w, r)
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		var request struct{ CiphertextBlob string }
		if json.Unmarshal(body, &request) != nil || !committed(root, request.CiphertextBlob) {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		plaintext := sha256.Sum256([]byte(request.CiphertextBlob))
		_ = json.NewEncoder(w).Encode(map[string]string{ // the client is gone if this fails
			"KeyId":               "arn:aws:kms:us-east-1:000000000000:key/sandbox",
			"Plaintext":           base64.StdEncoding.EncodeToString(plaintext[:]),
			"EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
		})
	})
}

// committed tells whether a stack file of the checkout holds the data key.
func committed(root, ciphertext string) bool {
	for _, pattern := range []string{"Pulumi.*.yaml", filepath.Join("stacks", "*", "Pulumi.*.yaml")} {
		paths, _ := filepath.Glob(filepath.Join(root, pattern)) // the patterns are well-formed
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				continue // a file that cannot be read holds no key
			}
			if found := encryptedKey.FindSubmatch(text); found != nil && string(found[1]) == ciphertext {
				return true
			}
		}
	}
	return false
}
