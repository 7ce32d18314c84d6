package stacks

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestComplaintIsWhatWentWrong(t *testing.T) {
	outputs := "\nOutputs:\n    a: 1\n" + strings.Repeat("    more: 1\n", 60) + "\nResources:\n    1 updated\n"
	for name, test := range map[string]struct {
		log            string
		wanted, absent []string
	}{
		"diagnostics before the outputs": {
			log:    "updating\n\nDiagnostics:\n  aws:ec2:Vpc (production):\n    error: no such VPC\n" + outputs,
			wanted: []string{"aws:ec2:Vpc (production)", "error: no such VPC"},
			absent: []string{"more: 1", "updating"},
		},
		"no diagnostics: the end": {
			log:    "updating\nerror: the stack is locked\n",
			wanted: []string{"error: the stack is locked"},
		},
		"more diagnostics than a screen": {
			log:    "\nDiagnostics:\n  first\n" + strings.Repeat("  again\n", 100) + "  last\n" + outputs,
			wanted: []string{"first"},
			absent: []string{"last"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "up.log")
			require.NoError(t, os.WriteFile(path, []byte(test.log), 0o600))
			said := Complaint(path)
			assert.Contains(t, said, path)
			for _, one := range test.wanted {
				assert.Contains(t, said, one)
			}
			for _, one := range test.absent {
				assert.NotContains(t, said, one)
			}
		})
	}
	assert.Empty(t, Complaint(filepath.Join(t.TempDir(), "missing")))
}
