package graph_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
)

func exported(t *testing.T) *graph.Graph {
	t.Helper()
	text, err := os.ReadFile("testdata/export.json")
	require.NoError(t, err)
	g, err := graph.FromExport(text)
	require.NoError(t, err)
	return g
}

func TestFromExport(t *testing.T) {
	g := exported(t)
	assert.Equal(t, "platform", g.Project)
	assert.Equal(t, "dev", g.Stack)
	assert.Equal(t, map[string]any{"vpcId": "vpc-1", "token": graph.Secret}, g.Outputs)
	assert.Len(t, g.OfType("aws:ec2/vpc:Vpc"), 1, "what waits for its deletion is left out")

	vpc, err := g.One("aws:ec2/vpc:Vpc", "dev")
	require.NoError(t, err)
	assert.Equal(t, "vpc-1", vpc.ID)
	assert.True(t, vpc.Protect)
	assert.Equal(t, "urn:pulumi:dev::platform::pulumi:providers:aws::dev", vpc.Provider)
	assert.Equal(t, []string{"urn:a", "urn:b"}, vpc.Dependencies)
	assert.Equal(t, []string{"urn:b"}, vpc.DependsOn)
	assert.NotContains(t, vpc.Inputs, "__defaults")
	assert.Equal(t, "rtb-1", vpc.Outputs["mainRouteTableId"])
}

func TestFromExportRefuses(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"no JSON":       {"Updating (dev)", "give the output of `pulumi stack export`"},
		"no deployment": {`{"version": 3}`, "run `pulumi up` first"},
		"no stack":      {`{"deployment": {"resources": [{"urn": "urn:pulumi:dev::p::t::n", "type": "t"}]}}`, "give a whole export"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := graph.FromExport([]byte(test.text))
			assert.ErrorContains(t, err, test.want)
		})
	}
}

func TestPropertyPaths(t *testing.T) {
	vpc, err := exported(t).One("aws:ec2/vpc:Vpc", "dev")
	require.NoError(t, err)
	for path, want := range map[string]string{
		"cidrBlock": "10.0.0.0/16", "tags.Name": "dev", "weights[0]": "1", "weights[1]": "2.5",
		"tags.Other": "", "weights[2]": "", "weights[-1]": "", "weights[x]": "", "cidrBlock.more": "", "tags[0]": "",
	} {
		assert.Equal(t, want, vpc.String(path), path)
	}
	assert.Equal(t, 1, vpc.Int("weights[0]"))
	assert.False(t, vpc.Bool("cidrBlock"))
	assert.Empty(t, vpc.Strings("weights"))
}

func TestOneSaysWhatThereIs(t *testing.T) {
	_, err := exported(t).One("aws:ec2/vpc:Vpc", "staging")
	require.ErrorContains(t, err, `"staging": found 0`)
	assert.ErrorContains(t, err, `["dev"]`)
}

func TestNewRefusesAURNTwice(t *testing.T) {
	_, err := graph.New("p", "s", nil, []graph.Resource{{URN: "urn:a"}, {URN: "urn:b"}, {URN: "urn:a"}})
	assert.ErrorContains(t, err, "urn:a: registered twice")
}
