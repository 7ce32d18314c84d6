package stacks

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// stackFile is the part of a stack file that names its secrets provider.
type stackFile struct {
	SecretsProvider string `yaml:"secretsprovider"`
	EncryptedKey    string `yaml:"encryptedkey"`
	EncryptionSalt  string `yaml:"encryptionsalt"`
}

// checkFile refuses a stack file whose secrets provider the sandbox cannot stand
// in for: a KMS key of AWS is answered by package datakey, a passphrase is known
// to nobody here, and another cloud's key is out of reach.
func (p Pulumi) checkFile(stack Stack) error {
	name := "Pulumi." + stack.Name + ".yaml"
	raw, err := os.ReadFile(filepath.Join(p.Layout.Root, stack.Dir, name))
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("stack %s: no %s in %s", stack.Name, name, stack.Dir)
	}
	if err != nil {
		return fmt.Errorf("stack %s: %w", stack.Name, err)
	}
	var file stackFile
	if err := yaml.Unmarshal(raw, &file); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	kms := strings.HasPrefix(file.SecretsProvider, kmsScheme)
	switch {
	case file == stackFile{}, kms && file.EncryptedKey != "" && file.EncryptionSalt == "":
		return nil
	default:
		return fmt.Errorf("%s: its secrets provider is neither AWS KMS (secretsprovider: %s..., with an encryptedkey) nor none, "+
			"and the sandbox has no other: keep it out of the committed file and set PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER=true "+
			"where you deploy to AWS", name, kmsScheme)
	}
}

// kmsScheme begins the URL of a secrets provider that is a KMS key of AWS.
const kmsScheme = "awskms://"
