package digests_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/cluster/digests"
)

// What it judges is shown by a real API server (sandbox/internal/verify); here, that it
// looks at every list of containers, and wants a template to be there.
func TestExpression(t *testing.T) {
	assert.Equal(t, "(!has(object.spec.containers) || object.spec.containers.all(c, has(c.image) && c.image.matches('@sha256:[0-9a-f]{64}$')))"+
		" && (!has(object.spec.initContainers) || object.spec.initContainers.all(c, has(c.image) && c.image.matches('@sha256:[0-9a-f]{64}$')))"+
		" && (!has(object.spec.ephemeralContainers) || object.spec.ephemeralContainers.all(c, has(c.image) && c.image.matches('@sha256:[0-9a-f]{64}$')))",
		digests.Expression("object"))
	template := digests.Expression("object.spec.template")
	assert.Regexp(t, `^has\(object\.spec\.template\) && `, template)
	assert.Contains(t, template, "object.spec.template.spec.initContainers.all(")
}
