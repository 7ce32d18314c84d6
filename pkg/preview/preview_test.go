package preview_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/preview"
)

// text is a preview of one step.
func text(step string) []byte {
	return []byte(`{"steps": [` + step + `], "duration": 1, "changeSummary": {}}`)
}

const urn = `"urn": "urn:pulumi:dev::platform::platform:network:Network$aws:ec2/vpc:Vpc::dev"`

func TestParse(t *testing.T) {
	for _, test := range []struct {
		reason, step string
		want         []preview.Change
		same         int
	}{
		{reason: "the same", step: `{"op": "same", ` + urn + `}`, same: 1},
		{reason: "looked up", step: `{"op": "read", ` + urn + `}`, same: 1},
		{reason: "new", step: `{"op": "create", ` + urn + `}`, want: changed("create")},
		{reason: "gone", step: `{"op": "delete", ` + urn + `}`, want: changed("delete")},
		{reason: "an unknown operation counts", step: `{"op": "transmute", ` + urn + `}`, want: changed("transmute")},
		{
			reason: "another value, with its path", want: changed("update", "cidrBlock", "tags.x"),
			step: `{"op": "update", ` + urn + `, "detailedDiff": {"tags.x": {"kind": "add"}}, "diffReasons": ["cidrBlock"]}`,
		},
		{
			reason: "a replacement is told once", want: changed("replace", "cidrBlock"),
			step: `{"op": "create-replacement", ` + urn + `}, {"op": "replace", ` + urn + `, "replaceReasons": ["cidrBlock"]}, {"op": "delete-replaced", ` + urn + `}`,
		},
		{
			reason: "a refresh gives no reasons", want: changed("update", "tags"),
			step: `{"op": "update", ` + urn + `, "oldState": {"outputs": {"id": "1", "tags": {}}}, "newState": {"outputs": {"id": "1", "tags": {"x": "y"}}}}`,
		},
	} {
		t.Run(test.reason, func(t *testing.T) {
			got, err := preview.Parse(text(test.step))
			require.NoError(t, err)
			assert.Equal(t, test.want, got.Changes)
			assert.Equal(t, test.same, got.Same)
		})
	}
}

const (
	providerURN = "urn:pulumi:dev::platform::pulumi:providers:aws::dev"
	roleURN     = "urn:pulumi:dev::platform::aws:iam/role:Role::dev"
	arn         = "arn:aws:iam::333333333333:role/platform-"
)

// assumed are a provider's inputs, in which Pulumi has the role as JSON text.
func assumed(role string) string {
	return `{"assumeRole": "{\"roleArn\":\"` + role + `\",\"sessionName\":\"pulumi-dev\"}", "region": "us-east-1"}`
}

// A preview reads by another role than the stack is deployed by; nothing else that has to
// do with roles is left out.
func TestThePreviewsOwnRole(t *testing.T) {
	trust := func(role string) string { return `{"assumeRolePolicy": "{\"AWS\":\"` + role + `\"}"}` }
	object := func(role string) string { return `{"assumeRole": {"roleArn": "` + role + `"}}` }
	for _, test := range []struct {
		reason, urn, was, is string
		same                 bool
	}{
		{"that of an environment in another's account", providerURN, assumed(arn + "deploy-staging"), assumed(arn + "preview"), true},
		{"a stack's role", providerURN, assumed(arn + "deploy"), assumed(arn + "preview"), true},
		{"the peering's", providerURN, assumed(arn + "peering"), assumed(arn + "preview"), true},
		{"an account's", providerURN, assumed(arn + "bootstrap"), assumed(arn + "preview"), true},
		{"as an object", providerURN, object(arn + "deploy"), object(arn + "preview"), true},
		{"below a component", strings.Replace(providerURN, "pulumi:prov", "platform:x:X$pulumi:prov", 1), assumed(arn + "deploy"), assumed(arn + "preview"), true},
		{"the other way", providerURN, assumed(arn + "preview"), assumed(arn + "deploy"), false},
		{"one that deploys by another", providerURN, assumed(arn + "deploy"), assumed(arn + "peering"), false},
		{"a role that only begins so", providerURN, assumed(arn + "deploy"), assumed(arn + "preview-more"), false},
		{"from a role that only begins so", providerURN, assumed(arn + "deploy-more"), assumed(arn + "preview"), false},
		{"another account", providerURN, assumed(arn + "deploy"), assumed(strings.Replace(arn, "3", "4", 1) + "preview"), false},
		{"and another region", providerURN, assumed(arn + "deploy"), strings.Replace(assumed(arn+"preview"), "us-east-1", "us-west-2", 1), false},
		{"and another session", providerURN, assumed(arn + "deploy"), strings.Replace(assumed(arn+"preview"), "pulumi-dev", "x", 1), false},
		{"no role any more", providerURN, assumed(arn + "deploy"), `{"region": "us-east-1"}`, false},
		{"a role where there was none", providerURN, `{"region": "us-east-1"}`, assumed(arn + "preview"), false},
		{"inputs that are the same", providerURN, assumed(arn + "deploy"), assumed(arn + "deploy"), false},
		{"a role in another property", providerURN, `{"profile": "` + arn + `deploy"}`, `{"profile": "` + arn + `preview"}`, false},
		{"whom a role trusts", roleURN, trust(arn + "deploy"), trust(arn + "preview"), false},
		{"the same, the other way", roleURN, trust(arn + "preview"), trust(arn + "deploy"), false},
		{"a resource with a property of the name", roleURN, object(arn + "deploy"), object(arn + "preview"), false},
	} {
		t.Run(test.reason, func(t *testing.T) {
			got, err := preview.Parse(text(fmt.Sprintf(`{"op": "update", "urn": %q, "oldState": {"inputs": %s}, "newState": {"inputs": %s}, "diffReasons": ["x"]}`, test.urn, test.was, test.is)))
			require.NoError(t, err)
			assert.Equal(t, test.same, len(got.Changes) == 0)
			assert.Equal(t, test.same, got.Same == 1)
		})
	}
}

func changed(op string, properties ...string) []preview.Change {
	return []preview.Change{{Op: op, URN: urn[8 : len(urn)-1], Type: "aws:ec2/vpc:Vpc", Name: "dev", Properties: properties}}
}

func TestParseRefuses(t *testing.T) {
	for reason, test := range map[string]struct{ text, want string }{
		"no JSON":      {"error: no credentials", "give the output of `pulumi preview --json`"},
		"nothing":      {"", "give the output"},
		"no steps":     {`{"steps": [], "changeSummary": {}}`, "it broke off"},
		"no summary":   {`{"steps": [{"op": "same"}]}`, "it broke off"},
		"half a text":  {`{"steps": [{"op": "same"`, "give the output"},
		"another text": {`{"version": 3}`, "it broke off"},
	} {
		t.Run(reason, func(t *testing.T) {
			_, err := preview.Parse([]byte(test.text))
			assert.ErrorContains(t, err, test.want)
		})
	}
}

// What Pulumi v3.256.0 printed for a program of one component, before and after `up`.
func TestWhatPulumiPrints(t *testing.T) {
	for file, want := range map[string]string{
		"testdata/preview.json": "2 create; 0 stay as they are",
		"testdata/refresh.json": "No changes; 1 resources stay as they are", // the component is not asked for
	} {
		printed, err := os.ReadFile(file)
		require.NoError(t, err)
		got, err := preview.Parse(printed)
		require.NoError(t, err)
		assert.Contains(t, got.Markdown("dev"), want)
	}
}

func TestMarkdown(t *testing.T) {
	result, err := preview.Parse(text(`{"op": "delete", ` + urn + `}, {"op": "update", ` + urn + `, "diffReasons": ["a|b"]}`))
	require.NoError(t, err)
	written := result.Markdown("dev")
	assert.Contains(t, written, "1 delete, 1 update; 0 stay")
	assert.Contains(t, written, "**delete: `aws:ec2/vpc:Vpc` `dev`**")
	assert.Contains(t, written, "| update | `aws:ec2/vpc:Vpc` | `dev` | `a/b` |")
}

func TestMarkdownIsShort(t *testing.T) {
	step := `{"op": "create", ` + urn + `, "diffReasons": ["a", "b", "c", "d", "e", "f", "g", "h", "i"]}`
	result, err := preview.Parse(text(strings.Repeat(step+",", 2000) + step))
	require.NoError(t, err)
	written := result.Markdown("dev")
	assert.Contains(t, written, "and 1951 more.")
	assert.Contains(t, written, "`h` and 1 more")
	assert.Less(t, len(written), 8_000)
}
