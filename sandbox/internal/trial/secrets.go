package trial

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

// How Pulumi marks a secret in a state (sdk/go/common/resource, SigKey and SecretSig);
// with --show-secrets its value is JSON text.
const (
	signatureKey    = "4dabf18193072939515e22adb298388d"
	secretSignature = "1b47061264138c4ac30d75fd1eb44270"
	shownAs         = "plaintext"
)

// openSecrets rewrites an export so that the values of secrets stand in their places,
// where the names of their keys say what they are: a password that Pulumi encrypts has
// passed through Pulumi all the same.
func openSecrets(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var document any
	if err := json.Unmarshal(text, &document); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if document, err = open(document); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if text, err = json.Marshal(document); err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o600)
}

// open returns a value of an export without the wrapping of secrets.
func open(value any) (any, error) {
	var err error
	switch value := value.(type) {
	case []any:
		for i := range value {
			if value[i], err = open(value[i]); err != nil {
				return nil, err
			}
		}
	case map[string]any:
		if value[signatureKey] == secretSignature {
			return openSecret(value)
		}
		for key := range value {
			if value[key], err = open(value[key]); err != nil {
				return nil, err
			}
		}
	}
	return value, nil
}

func openSecret(secret map[string]any) (any, error) {
	text, shown := secret[shownAs].(string)
	if !shown {
		return nil, errors.New("found a secret without its value, wanted an export with --show-secrets")
	}
	var value any
	if json.Unmarshal([]byte(text), &value) != nil { // its error quotes the value
		return nil, errors.New("found a secret that is no JSON")
	}
	return open(value)
}
