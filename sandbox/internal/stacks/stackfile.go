package stacks

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// foreignSecrets are the keys by which a stack file names a secrets provider.
var foreignSecrets = []string{"secretsprovider:", "encryptionsalt:", "encryptedkey:"}

// checkFile refuses a stack file that names a secrets provider of its own: the
// engine would ask that for the key, with the sandbox's dummy credentials.
func (p Pulumi) checkFile(stack Stack) error {
	name := "Pulumi." + stack.Name + ".yaml"
	raw, err := os.ReadFile(filepath.Join(p.Layout.Root, stack.Dir, name))
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("stack %s: no %s in %s", stack.Name, name, stack.Dir)
	}
	if err != nil {
		return fmt.Errorf("stack %s: %w", stack.Name, err)
	}
	for line := range strings.Lines(string(raw)) {
		for _, key := range foreignSecrets {
			if strings.HasPrefix(line, key) {
				return fmt.Errorf("%s has the key %s which the sandbox cannot use: keep it out of the committed file "+
					"and set PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER=true where you deploy to AWS", name, strings.TrimSuffix(key, ":"))
			}
		}
	}
	return nil
}
