package identity

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPrincipals(t *testing.T) {
	for arn, want := range map[string]struct{ canonical, username string }{
		"arn:aws:sts::1:assumed-role/devops/EKSGetTokenAuth": {"arn:aws:iam::1:role/devops", "arn:aws:sts::1:assumed-role/devops/EKSGetTokenAuth"},
		"arn:aws:sts::1:assumed-role/devops/a:b":             {"arn:aws:iam::1:role/devops", "arn:aws:sts::1:assumed-role/devops/a-b"},
		"arn:aws-us-gov:sts::1:assumed-role/r/s":             {"arn:aws-us-gov:iam::1:role/r", "arn:aws-us-gov:sts::1:assumed-role/r/s"},
		"arn:aws:iam::1:user/team/ann":                       {"arn:aws:iam::1:user/ann", "arn:aws:iam::1:user/ann"},
	} {
		got, err := principalOf(arn)
		require.NoError(t, err, arn)
		assert.Equal(t, want.canonical, got.canonical, arn)
		assert.Equal(t, want.username, got.username(), arn)
	}
	for _, arn := range []string{"", "devops", "arn:aws:iam::1", "arn:aws:iam::1:root", "arn:aws:sts::1:federated-user/ann"} {
		_, err := principalOf(arn)
		assert.ErrorContains(t, err, "caller", arn)
	}
}
