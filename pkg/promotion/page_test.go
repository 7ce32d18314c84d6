package promotion_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/promotion"
)

// docs/promotion.md has the steps and gates as the code has them, and no others.
func TestPageHasTheSteps(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "promotion.md"))
	require.NoError(t, err)
	page := string(text)
	for _, step := range promotion.Steps() {
		var checks, approvals []string
		for _, c := range step.Checks {
			checks = append(checks, c.Test+" in "+c.Environment)
		}
		for _, a := range step.Approvals {
			approvals = append(approvals, fmt.Sprintf("%d %s", a.Count, a.Team))
		}
		soak := "none"
		if step.Soak > 0 {
			soak = fmt.Sprintf("%.0fh", step.Soak.Hours())
		}
		none := func(list []string) string {
			if len(list) == 0 {
				return "none"
			}
			return strings.Join(list, ", ")
		}
		assert.Contains(t, page, fmt.Sprintf("| %s -> %s | %s | %s | %s |\n", step.From, step.To, none(checks), none(approvals), soak))
	}
	for _, gate := range promotion.Gates() {
		assert.Contains(t, page, fmt.Sprintf("| %s | %s | %d minutes |\n", gate.Environment, gate.Team, gate.WaitMinutes))
	}
	assert.Equal(t, len(promotion.Steps()), strings.Count(page, " -> ")-strings.Count(page, "NOT ALLOWED: promotion of web sha256:5f7d..., staging -> production")-strings.Count(page, "                  -> "))
	assert.Equal(t, len(promotion.Gates()), strings.Count(page, " minutes |\n"))
}
