package verify

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMatrixIsReadFromItsTable(t *testing.T) {
	rules, err := ParseMatrix(soundPage())
	require.NoError(t, err)
	assert.Len(t, rules, len(soundRules("production", "production-pci"))+len(soundRules("production-pci", "production")))
	assert.Equal(t, soundRules("production", "production-pci")[0], rules[0])
}

func TestMatrixThatIsNoneIsRefused(t *testing.T) {
	for _, c := range []struct{ reason, page, says string }{
		{"an old page", "# Network\n", "found no heading"},
		{"other columns", strings.Replace(soundPage(), "| peer |", "| source |", 1), "wanted a table of environment"},
		{"no rows", "\n" + MatrixHeading + "\n\n| " + strings.Join(matrixColumns, " | ") + " |\n|---|\n", "wanted a table"},
		{"a cell too many", strings.Replace(soundPage(), "| tcp |", "| tcp | x |", 1), "7 cells"},
		{"another direction", strings.Replace(soundPage(), "| ingress |", "| in |", 1), "ingress or egress"},
	} {
		t.Run(c.reason, func(t *testing.T) {
			_, err := ParseMatrix(c.page)
			assert.ErrorContains(t, err, c.says)
		})
	}
}

func TestFromOutside(t *testing.T) {
	for peer, outside := range map[string]bool{
		"0.0.0.0/0": true, "::/0": true, "203.0.113.0/24": true, "8.0.0.0/5": true, "172.0.0.0/8": true, "pl-1": true,
		"10.0.0.0/8": false, "10.21.64.0/19": false, "172.31.0.0/16": false, "production-app": false, "no/range": true,
	} {
		assert.Equal(t, outside, fromOutside(peer), peer)
	}
}
