package difference_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/difference"
	"aws-platform/pkg/graph"
)

func graphOf(t *testing.T, outputs map[string]any, resources ...graph.Resource) *graph.Graph {
	t.Helper()
	g, err := graph.New("platform", "dev", outputs, resources)
	require.NoError(t, err)
	return g
}

func vpc(name string, inputs map[string]any) graph.Resource {
	return graph.Resource{URN: "urn:pulumi:dev::platform::aws:ec2/vpc:Vpc::" + name, Type: "aws:ec2/vpc:Vpc", Name: name, Inputs: inputs}
}

func TestBetween(t *testing.T) {
	protected := vpc("main", map[string]any{"cidrBlock": "10.0.0.0/16"})
	protected.Protect = true
	for _, test := range []struct {
		reason                  string
		base, head              []graph.Resource
		added, removed, changed []string
		paths                   []string
	}{
		{reason: "the same", base: []graph.Resource{vpc("a", nil)}, head: []graph.Resource{vpc("a", map[string]any{})}},
		{reason: "one more", head: []graph.Resource{vpc("a", nil)}, added: []string{"a"}},
		{reason: "one less", base: []graph.Resource{vpc("a", nil)}, removed: []string{"a"}},
		{
			reason: "a property", base: []graph.Resource{vpc("a", map[string]any{"cidrBlock": "10.0.0.0/16", "same": true})},
			head:    []graph.Resource{vpc("a", map[string]any{"cidrBlock": "10.1.0.0/16", "same": true})},
			changed: []string{"a"}, paths: []string{"cidrBlock"},
		},
		{
			reason: "a property that is gone, and a new one", base: []graph.Resource{vpc("a", map[string]any{"x": 1.0})},
			head: []graph.Resource{vpc("a", map[string]any{"y": 1.0})}, changed: []string{"a"}, paths: []string{"x", "y"},
		},
		{
			reason:  "deep inside",
			base:    []graph.Resource{vpc("a", map[string]any{"rules": []any{map[string]any{"port": 80.0}, map[string]any{"port": 443.0}}})},
			head:    []graph.Resource{vpc("a", map[string]any{"rules": []any{map[string]any{"port": 80.0}, map[string]any{"port": 22.0}}})},
			changed: []string{"a"}, paths: []string{"rules[1].port"},
		},
		{
			reason: "a longer list", base: []graph.Resource{vpc("a", map[string]any{"rules": []any{1.0}})},
			head: []graph.Resource{vpc("a", map[string]any{"rules": []any{1.0, 2.0}})}, changed: []string{"a"}, paths: []string{"rules"},
		},
		{
			reason: "another shape", base: []graph.Resource{vpc("a", map[string]any{"tags": map[string]any{"x": "y"}})},
			head: []graph.Resource{vpc("a", map[string]any{"tags": "x"})}, changed: []string{"a"}, paths: []string{"tags"},
		},
		{
			reason: "an option", base: []graph.Resource{protected}, head: []graph.Resource{vpc("main", map[string]any{"cidrBlock": "10.0.0.0/16"})},
			changed: []string{"main"}, paths: []string{"protect (option)"},
		},
	} {
		t.Run(test.reason, func(t *testing.T) {
			got := difference.Between(graphOf(t, nil, test.base...), graphOf(t, nil, test.head...))
			assert.Equal(t, test.added, names(got.Added))
			assert.Equal(t, test.removed, names(got.Removed))
			assert.Equal(t, test.changed, names(got.Changed))
			if len(got.Changed) > 0 {
				assert.Equal(t, test.paths, got.Changed[0].Paths)
			}
			assert.Equal(t, len(test.added)+len(test.removed)+len(test.changed) == 0, got.Empty())
		})
	}
}

func TestAStackThatIsNotThere(t *testing.T) {
	head := graphOf(t, map[string]any{"vpcId": "x"}, vpc("a", nil))
	appears := difference.Between(nil, head)
	assert.Equal(t, "dev", appears.Stack)
	assert.Equal(t, []string{"a"}, names(appears.Added))
	assert.Equal(t, []string{"vpcId"}, appears.Outputs)
	assert.Equal(t, []string{"a"}, names(difference.Between(head, nil).Removed))
	assert.True(t, difference.Between(nil, nil).Empty())
}

func TestMarkdown(t *testing.T) {
	kept := vpc("kept", map[string]any{"a": 1.0})
	gone := vpc("gone", nil)
	gone.Protect = true
	text := difference.Between(graphOf(t, map[string]any{"x": 1.0}, kept, gone), graphOf(t, nil, vpc("kept", map[string]any{"a": 2.0}), vpc("new", nil))).Markdown()
	assert.Contains(t, text, "1 added, 1 removed, 1 changed.")
	assert.Contains(t, text, "**`aws:ec2/vpc:Vpc` `gone` is protected and would be removed.**")
	assert.Contains(t, text, "| ~ | `aws:ec2/vpc:Vpc` | `kept` | `a` |")
	assert.Contains(t, text, "Outputs: `x`")
	assert.Contains(t, difference.Difference{Stack: "dev"}.Markdown(), "No difference.")
}

// A name comes from a pull request of anybody.
func TestMarkdownIsNoMarkup(t *testing.T) {
	hostile := "x` @devops | [a](https://example.com)\n<img src=x>"
	text := difference.Between(nil, graphOf(t, nil, vpc(hostile, nil))).Markdown()
	assert.Contains(t, text, "| + | `aws:ec2/vpc:Vpc` | `x' @devops / [a](https://example.com) <img src=x>` |")
}

func TestMarkdownStaysBelowTheLimitOfAComment(t *testing.T) {
	var many []graph.Resource
	for i := range 3000 {
		many = append(many, vpc(fmt.Sprintf("%s-%d", strings.Repeat("n", 60), i), nil))
	}
	text := difference.Between(nil, graphOf(t, nil, many...)).Markdown()
	assert.Contains(t, text, "and 2900 more.")
	assert.Less(t, len(text), 20_000)
	assert.Contains(t, difference.Difference{Changed: []difference.Change{{Paths: strings.Split(strings.Repeat("p ", 20), " ")}}}.Markdown(), "and 13 more")
}

func names(changes []difference.Change) []string {
	var list []string
	for _, change := range changes {
		list = append(list, change.Name)
	}
	return list
}
