package docs_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/checklist"
	"aws-platform/pkg/docs"
	"aws-platform/pkg/graph"
)

func rowOf(t *testing.T, page, key string) string {
	t.Helper()
	for _, line := range strings.Split(page, "\n") {
		if strings.Contains(line, `<a id="`+key+`">`) {
			return line
		}
	}
	t.Fatalf("no row of %s", key)
	return ""
}

func TestChecklistShowsWhatFails(t *testing.T) {
	estate := checklist.Estate{}
	for _, name := range []string{"dev", "production", "staging"} {
		g, err := graph.New("platform", name, nil, []graph.Resource{{
			URN: "urn:" + name, Type: "aws:rds/instance:Instance", Name: name + "-postgresql", Inputs: map[string]any{"multiAz": name == "staging"},
		}})
		require.NoError(t, err)
		estate[name] = g
	}
	page := docs.Checklist(estate)
	row := rowOf(t, page, "failover-rds")
	assert.Contains(t, row, "`production`: **fails**: …-postgresql has no standby")
	assert.Contains(t, row, "`dev`: *exempt*, one node without a standby: an outage of dev waits; lacks: …-postgresql has no standby")
	assert.Contains(t, row, "`staging`: …-postgresql has a standby |")
	assert.Contains(t, row, "[postgresql-failover](runbooks/postgresql-failover.md)")
	for _, item := range checklist.Items() {
		assert.Equal(t, 6, strings.Count(strings.ReplaceAll(rowOf(t, page, item.Key), `\|`, ""), "|"), "%s: five cells", item.Key)
	}
	assert.Contains(t, rowOf(t, page, "rollback"), "| runbook: ")
}
