package stacks

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/sandbox/internal/layout"
)

func TestStackFileMustNotNameItsOwnSecretsProvider(t *testing.T) {
	p := Pulumi{Layout: layout.Layout{Root: t.TempDir()}}
	path := filepath.Join(p.Layout.Root, "Pulumi.production.yaml")
	assert.ErrorContains(t, p.checkFile(Production), "no Pulumi.production.yaml")

	config := "config:\n  platform:x: \"encryptionsalt: inside a value\"\n"
	require.NoError(t, os.WriteFile(path, []byte(config), 0o644))
	assert.NoError(t, p.checkFile(Production))

	kms := "secretsprovider: awskms://alias/x\nencryptedkey: AQID\n"
	require.NoError(t, os.WriteFile(path, []byte(kms+config), 0o644))
	assert.NoError(t, p.checkFile(Production))

	for _, key := range []string{
		"encryptionsalt: v1:x", "secretsprovider: awskms://alias/x", "encryptedkey: x",
		"secretsprovider: gcpkms://x\nencryptedkey: AQID", kms + "encryptionsalt: v1:x",
	} {
		require.NoError(t, os.WriteFile(path, []byte(key+"\n"+config), 0o644))
		assert.ErrorContains(t, p.checkFile(Production), "PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER", key)
	}
}
