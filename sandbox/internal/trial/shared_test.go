package trial

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/sandbox/internal/stacks"
)

// committed is a stack file of the checkout.
func committed(t *testing.T, stack stacks.Stack) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", stack.Dir, "Pulumi."+stack.Name+".yaml"))
	require.NoError(t, err)
	return string(text)
}

func TestCommittedFilesCanBeThoseOfASharedAccount(t *testing.T) {
	owner, err := sharedText(committed(t, stacks.AccountDev), stacks.AccountDev)
	require.NoError(t, err)
	assert.Contains(t, owner, "    sharedWith: [staging]\n")
	dev, err := sharedText(committed(t, stacks.Dev), stacks.Dev)
	require.NoError(t, err)
	assert.Contains(t, dev, "role/platform-deploy\n", "dev is the owner")
	staging, err := sharedText(committed(t, stacks.Staging), stacks.Staging)
	require.NoError(t, err)
	assert.NotContains(t, staging, "444444444444")
	assert.Contains(t, staging, "roleArn: arn:aws:iam::333333333333:role/platform-deploy-staging\n")
	assert.Contains(t, staging, "arn:aws:iam::333333333333:role/platform-pipeline-staging\n")
	assert.Contains(t, staging, "stores: [valkey, parameters]")
}

func TestFileThatIsOtherwiseIsRefused(t *testing.T) {
	_, err := sharedText("config: {}\n", stacks.AccountDev)
	assert.ErrorContains(t, err, "stands 0 times, wanted once")
	text := committed(t, stacks.Dev)
	_, err = sharedText(text+text, stacks.Dev)
	assert.ErrorContains(t, err, "stands 2 times, wanted once")
}
