package supervise

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/sandbox/internal/layout"
)

func TestWhoMakesAClusterIsItsAdministrator(t *testing.T) {
	for environment, want := range map[string][]string{
		"production": {"arn:aws:iam::111111111111:role/platform-deploy"},
		"staging":    {"arn:aws:iam::444444444444:role/platform-deploy", "arn:aws:iam::333333333333:role/platform-deploy-staging"},
	} {
		account, err := layout.AccountOf(environment)
		require.NoError(t, err)
		assert.Equal(t, want, creators(account), environment)
	}
}
