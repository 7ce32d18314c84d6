package required_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/required"
)

func TestMissing(t *testing.T) {
	var (
		noInterface fmt.Stringer
		noSlice     []string
		noPointer   *int
	)
	for name, test := range map[string]struct {
		value any
		found string // "" when the value is one
	}{
		"nil":           {nil, "nil"},
		"nil interface": {noInterface, "nil"},
		"nil slice":     {noSlice, "nil"},
		"nil pointer":   {noPointer, "nil"},
		"empty text":    {"", `""`},
		"zero":          {0, "0"},
		"text":          {"a", ""},
		"number":        {1, ""},
		"empty slice":   {[]string{}, ""},
		"pointer":       {new(int), ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := errors.Join(required.Missing("waf.Args", required.Field{Name: "Config.Field", Value: test.value, Remedy: "pass one"})...)
			if test.found == "" {
				assert.NoError(t, err)
				return
			}
			assert.EqualError(t, err, "waf.Args.Config.Field: "+test.found+": it is required: pass one")
		})
	}
}

func TestPlaceIsAllRequired(t *testing.T) {
	assert.Len(t, required.Missing("waf.Args", required.Place("", "", "", "")...), 4)
	assert.Empty(t, required.Missing("waf.Args", required.Place("production", "111111111111", "us-east-1", "aws")...))
}
