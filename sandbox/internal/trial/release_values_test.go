package trial

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNamesOfTheAWSCLI(t *testing.T) {
	for api, want := range map[string]string{
		"DescribeAutoScalingGroups": "describe-auto-scaling-groups",
		"UpdateAutoScalingGroup":    "update-auto-scaling-group",
		"ModifyListener":            "modify-listener",
		"DescribeListeners":         "describe-listeners",
		"GetObjectAttributes":       "get-object-attributes",
		"SuspendProcesses":          "suspend-processes",
		"DescribeDBInstances":       "describe-db-instances",
		"PutBucketACL":              "put-bucket-acl",
		"ListObjectsV2":             "list-objects-v2",
		"CreateDeployment":          "create-deployment",
	} {
		assert.Equal(t, want, kebab(api))
	}
	for service, want := range map[string]string{"s3": "s3api", "codedeploy": "deploy", "elbv2": "elbv2", "autoscaling": "autoscaling"} {
		args, err := command(service, "DescribeListeners", map[string]any{"ListenerArns": []any{"a"}})
		require.NoError(t, err)
		assert.Equal(t, []string{want, "describe-listeners", "--cli-input-json", `{"ListenerArns":["a"]}`}, args)
	}
}

func TestReferences(t *testing.T) {
	given := values{"Key": "a.zip", "Size.Min": 3.0}
	cases := map[string]struct {
		input, want any
		failure     string
	}{
		"whole":     {"{{ Size.Min }}", 3.0, ""},
		"tight":     {"{{Size.Min}}", 3.0, ""},
		"inside":    {"of {{ Key }}, {{ Size.Min }}", "of a.zip, 3", ""},
		"none":      {"$.A", "$.A", ""},
		"number":    {5.0, 5.0, ""},
		"list":      {[]any{"{{ Key }}", true}, []any{"a.zip", true}, ""},
		"object":    {map[string]any{"a": map[string]any{"b": "{{ Key }}"}}, map[string]any{"a": map[string]any{"b": "a.zip"}}, ""},
		"not given": {[]any{map[string]any{"a": "x {{ Other.Size }}"}}, nil, "{{ Other.Size }}: nothing has given a value"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			found, err := given.resolve(tc.input)
			if tc.failure != "" {
				assert.ErrorContains(t, err, tc.failure)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, tc.want, found)
		})
	}
}

func TestSelectors(t *testing.T) {
	var answer any
	require.NoError(t, json.Unmarshal([]byte(`{"A": [{"B": 1}, {"B": {"C": "x"}}], "D": "y"}`), &answer))
	for path, want := range map[string]any{"$.D": "y", "$.A[0].B": 1.0, "$.A[1].B.C": "x"} {
		found, err := selectFrom(path, answer)
		require.NoError(t, err, path)
		assert.Equal(t, want, found, path)
	}
	for _, path := range []string{"", "D", "$.E", "$.A[2].B", "$.D[0]", "$.A.B", "$.A[*].B", "$.A[?(@.B)]", "$..B", "$.A[99999999999999999999]"} {
		_, err := selectFrom(path, answer)
		assert.ErrorContains(t, err, "selects nothing", path)
	}
}

func TestConditions(t *testing.T) {
	given := values{"N": 3.0, "Text": "three"}
	cases := map[string]struct {
		condition string
		want      bool
		failure   string
	}{
		"equal":      {`{"Variable": "{{ N }}", "NumericEquals": 3}`, true, ""},
		"unequal":    {`{"Variable": "{{ N }}", "NumericEquals": 4}`, false, ""},
		"greater":    {`{"Variable": "{{ N }}", "NumericGreater": 2}`, true, ""},
		"not more":   {`{"Variable": "{{ N }}", "NumericGreater": 3}`, false, ""},
		"no number":  {`{"Variable": "{{ Text }}", "NumericEquals": 3}`, false, "not understood"},
		"no such":    {`{"Variable": "{{ N }}", "StringEquals": "3"}`, false, "not understood"},
		"not given":  {`{"Variable": "{{ M }}", "NumericEquals": 3}`, false, "nothing has given a value"},
		"both hold":  {`{"Variable": "{{ N }}", "NumericEquals": 3}, {"Variable": "{{ N }}", "NumericGreater": 0}`, true, ""},
		"one does":   {`{"Variable": "{{ N }}", "NumericEquals": 3}, {"Variable": "{{ N }}", "NumericGreater": 9}`, false, ""},
		"there none": {``, false, "found no conditions"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var choice map[string]any
			require.NoError(t, json.Unmarshal([]byte(`{"And": [`+tc.condition+`]}`), &choice))
			held, err := given.holds(choice)
			assert.Equal(t, tc.want, held)
			if tc.failure != "" {
				assert.ErrorContains(t, err, tc.failure)
				return
			}
			assert.NoError(t, err)
		})
	}
}

func TestWhoCarriesTheTraffic(t *testing.T) {
	group := func(color string) string {
		return "arn:aws:elasticloadbalancing:r:1:targetgroup/production-public-" + color + "/0123"
	}
	var listeners []listener
	require.NoError(t, json.Unmarshal([]byte(`[
		{"Port": 8443, "DefaultActions": [{"Type": "forward", "TargetGroupArn": "`+group("blue")+`"}]},
		{"Port": 443, "DefaultActions": [{"Type": "forward", "ForwardConfig": {"TargetGroups": [
			{"TargetGroupArn": "`+group("blue")+`", "Weight": 0}, {"TargetGroupArn": "`+group("green")+`", "Weight": 100}]}}]},
		{"Port": 444, "DefaultActions": [{"Type": "forward", "ForwardConfig": {"TargetGroups": [
			{"TargetGroupArn": "`+group("blue")+`", "Weight": 50}, {"TargetGroupArn": "`+group("green")+`", "Weight": 50}]}}]},
		{"Port": 80, "DefaultActions": [{"Type": "redirect"}]}]`), &listeners))
	assert.Equal(t, []string{"443 green", "444 ", "8443 blue"}, carried(listeners))
	assert.Empty(t, carried(nil))
}
