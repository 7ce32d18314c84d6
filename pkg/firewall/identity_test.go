package firewall_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/firewall"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

// everything is a firewall that has a rule of each kind.
func everything() firewall.Args {
	args := production()
	args.OutboundHTTP = true
	args.Internet.CIDRs = prefixes("0.0.0.0/0", "198.51.100.0/24")
	args.TestRanges = prefixes("203.0.113.0/24", "2001:db8::/32")
	args.AdminRanges = prefixes("203.0.113.0/24", "192.0.2.0/24", "2001:db8::/32")
	return args
}

// byURN is what each resource is made of.
func byURN(g *graph.Graph) map[string]map[string]any {
	inputs := map[string]map[string]any{}
	for _, r := range g.Resources {
		inputs[r.URN] = r.Inputs
	}
	return inputs
}

func TestReorderingTouchesNothing(t *testing.T) {
	reordered := everything()
	slices.Reverse(reordered.Internet.CIDRs)
	slices.Reverse(reordered.TestRanges)
	slices.Reverse(reordered.AdminRanges)
	slices.Reverse(reordered.Stores)
	assert.Equal(t, byURN(plan(t, everything())), byURN(plan(t, reordered)))
}

func TestARangeThatComesTouchesNoOther(t *testing.T) {
	before := byURN(plan(t, everything()))
	more := everything()
	more.AdminRanges = append(prefixes("198.51.100.128/25"), more.AdminRanges...)
	more.Stores = append(more.Stores, firewall.Store{Name: "kafka", Port: 9098})
	after := byURN(plan(t, more))
	for urn, inputs := range before {
		assert.Equal(t, inputs, after[urn], urn)
	}
	assert.Len(t, after, len(before)+2+3, "SSH and RDP of the range; the store's group and both ends of its rule")
}

// A group in use cannot be deleted: no argument but the environment and the VPC
// may stand in what EC2 replaces a group for, its name and its description.
func TestNoArgumentReplacesAGroup(t *testing.T) {
	other := everything()
	other.ApplicationPort, other.OutboundHTTP, other.AdminRanges, other.TestRanges = 9000, false, nil, nil
	other.Internet = config.Internet{PrefixListID: "pl-3b927c52"}
	other.Stores = []firewall.Store{{Name: "postgresql", Port: 6432}, {Name: "opensearch", Port: 9200}}
	before, after := plan(t, everything()), plan(t, other)
	for _, group := range before.OfType("aws:ec2/securityGroup:SecurityGroup") {
		same, known := after.ByURN(group.URN)
		require.True(t, known, group.URN)
		assert.Equal(t, group.Inputs, same.Inputs)
		assert.NotContains(t, group.Inputs, "name")
	}
}

func TestTheGroupOfTheEndpointsMovesFromTheNetwork(t *testing.T) {
	group, err := plan(t, production()).One("aws:ec2/securityGroup:SecurityGroup", "production-endpoints")
	require.NoError(t, err)
	assert.Equal(t, []string{"urn:pulumi:production::platform::platform:network:Network$aws:ec2/securityGroup:SecurityGroup::production-endpoints"}, group.Aliases)
	assert.Equal(t, "Interface VPC endpoints of production", group.String("description"), "another one would replace the group")
}

// describable is what EC2 takes as a description (CreateSecurityGroup and IpRange in its API reference).
var describable = regexp.MustCompile(`^[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{1,255}$`)

func TestEverythingIsDescribedAndNamed(t *testing.T) {
	described := 0
	for _, r := range plan(t, everything()).Resources {
		if !strings.Contains(r.Type, "ecurityGroup") {
			continue
		}
		described++
		assert.Regexp(t, describable, r.String("description"), r.URN)
		assert.Equal(t, r.Name, r.String("tags.Name"), r.URN)
		assert.NotContains(t, r.Name, "::", "it parts the fields of a URN")
	}
	assert.Greater(t, described, 20)
}

func TestPreviewBeforeTheFirstDeploymentRegistersTheSame(t *testing.T) {
	preview := options
	preview.Preview = true
	g, err := record.Run(registered(everything()), preview)
	require.NoError(t, err)
	for urn := range byURN(plan(t, everything())) {
		_, known := g.ByURN(urn)
		assert.True(t, known, urn)
	}
}
