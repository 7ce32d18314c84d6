package layout

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAccountOf(t *testing.T) {
	for _, want := range Accounts {
		got, err := AccountOf(want.Environment)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	_, err := AccountOf("qa")
	assert.ErrorContains(t, err, `"qa" is no environment: name one of`)
}
