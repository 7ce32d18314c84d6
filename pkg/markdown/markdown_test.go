package markdown_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/markdown"
)

func TestList(t *testing.T) {
	names := []string{"a", "b", "c"}
	assert.Empty(t, markdown.List(nil, 2))
	assert.Equal(t, "`a`, `b`, `c`", markdown.List(names, 3))
	assert.Equal(t, "`a`, `b` and 1 more", markdown.List(names, 2))
}

// A name cannot end the code, the cell or the line that it is written into.
func TestCode(t *testing.T) {
	assert.Equal(t, "`a'b/c d e`", markdown.Code("a`b|c\nd\re"))
}
