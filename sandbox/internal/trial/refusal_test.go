package trial

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// said is what Pulumi says of a resource that is protected.
func said(urns ...string) string {
	var text strings.Builder
	for _, urn := range urns {
		text.WriteString("because it is protected. To unprotect the resource, use the command:\n" +
			"`pulumi state unprotect 'urn:pulumi:production::platform::platform:data:Data$" + urn + "'`\n")
	}
	return text.String()
}

func TestARefusalNamesEverythingThatIsGuarded(t *testing.T) {
	assert.NoError(t, refusal(255, said(guarded...)))
	assert.ErrorContains(t, refusal(0, said(guarded...)), "destroy succeeded")
	for i, urn := range guarded {
		without := append(append([]string{}, guarded[:i]...), guarded[i+1:]...)
		assert.ErrorContains(t, refusal(255, said(without...)), urn)
	}
}
