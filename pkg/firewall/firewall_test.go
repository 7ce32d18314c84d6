package firewall_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/firewall"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/program"
	"aws-platform/pkg/securitygroups"
)

func prefixes(texts ...string) []netip.Prefix {
	parsed := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		parsed[i] = netip.MustParsePrefix(text)
	}
	return parsed
}

// production is the firewall that most tests look at.
func production() firewall.Args {
	return firewall.Args{
		Environment: "production", VPCID: pulumi.String("replaced by program"), VPCCIDR: netip.MustParsePrefix("10.20.0.0/16"),
		ApplicationPort: 8080, Internet: config.Internet{CIDRs: prefixes("0.0.0.0/0")}, TestRanges: prefixes("203.0.113.0/24"),
		Stores: []firewall.Store{{Name: "postgresql", Port: 5432}, {Name: "opensearch", Port: 443}},
	}
}

// registered is a program that registers a VPC, the firewall of args in it, and nothing else.
func registered(args firewall.Args) program.Func {
	return func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"111111111111"}),
		})
		if err != nil {
			return nil, err
		}
		vpc, err := ec2.NewVpc(ctx, "vpc", &ec2.VpcArgs{CidrBlock: pulumi.String("10.20.0.0/16")}, pulumi.Provider(provider))
		if err != nil {
			return nil, err
		}
		args.VPCID = vpc.ID()
		made, err := firewall.New(ctx, "production", args, pulumi.Provider(provider))
		if err != nil {
			return nil, err
		}
		outputs := pulumi.Map{
			"public": made.PublicLoadBalancer.ID(), "internal": made.InternalLoadBalancer.ID(), "app": made.App.ID(), "endpoints": made.Endpoints.ID(),
			"cluster": made.Cluster.ID(), "nodes": made.Nodes.ID(), "clients": made.Clients.ID(),
		}
		for name, store := range made.Stores {
			outputs["data-"+name] = store.ID()
		}
		return outputs, nil
	}
}

var options = record.Options{Project: "platform", Stack: "production"}

func plan(t *testing.T, args firewall.Args) *graph.Graph {
	t.Helper()
	g, err := record.Run(registered(args), options)
	require.NoError(t, err)
	return g
}

func groups(t *testing.T, g *graph.Graph) []securitygroups.Group {
	t.Helper()
	found, err := securitygroups.Read(g)
	require.NoError(t, err)
	return found
}

// lines are the rules as people read them: "app ingress tcp 8080 public".
func lines(t *testing.T, g *graph.Graph) []string {
	t.Helper()
	var all []string
	for _, rule := range securitygroups.Rules(groups(t, g)) {
		line := strings.Join([]string{rule.Group, string(rule.Direction), rule.Protocol, rule.Port(), rule.Peer.String()}, " ")
		all = append(all, strings.ReplaceAll(line, "production-", ""))
	}
	return all
}

// The chain, whole: what is not here does not get through.
func TestTheChain(t *testing.T) {
	assert.ElementsMatch(t, []string{
		"public ingress tcp 443 0.0.0.0/0",
		"public ingress tcp 80 0.0.0.0/0",
		"public ingress tcp 8443 203.0.113.0/24",
		"public egress tcp 8080 app",
		"internal ingress tcp 443 app",
		"internal egress tcp 8080 app",
		"app ingress tcp 8080 public",
		"app ingress tcp 8080 internal",
		"app egress tcp 443 0.0.0.0/0",
		"app egress udp 53 10.20.0.0/16",
		"app egress tcp 53 10.20.0.0/16",
		"app egress tcp 5432 data-postgresql",
		"app egress tcp 443 data-opensearch",
		"endpoints ingress tcp 443 app",
		"nodes egress tcp 443 cluster",
		"clients egress tcp 443 cluster",
		"cluster ingress tcp 443 clients",
		"cluster ingress tcp 443 nodes",
		"cluster egress tcp 10250 nodes",
		"cluster egress tcp 10251 nodes",
		"cluster egress tcp 9443 nodes",
		"cluster egress tcp 15017 nodes",
		"nodes ingress tcp 10250 cluster",
		"nodes ingress tcp 10251 cluster",
		"nodes ingress tcp 9443 cluster",
		"nodes ingress tcp 15017 cluster",
		"nodes egress udp 53 nodes",
		"nodes egress tcp 53 nodes",
		"nodes egress tcp 10250 nodes",
		"nodes egress tcp 15012 nodes",
		"nodes egress tcp 15008 nodes",
		"nodes ingress udp 53 nodes",
		"nodes ingress tcp 53 nodes",
		"nodes ingress tcp 10250 nodes",
		"nodes ingress tcp 15012 nodes",
		"nodes ingress tcp 15008 nodes",
		"data-postgresql ingress tcp 5432 app",
		"data-opensearch ingress tcp 443 app",
	}, lines(t, plan(t, production())))
}

func TestWhatConfigurationOpens(t *testing.T) {
	usual := lines(t, plan(t, production()))
	for name, test := range map[string]struct {
		change        func(*firewall.Args)
		opened, moved []string
	}{
		"administration": {
			change: func(a *firewall.Args) { a.AdminRanges = prefixes("203.0.113.0/24", "2001:db8:1::/48") },
			opened: []string{
				"app ingress tcp 22 203.0.113.0/24", "app ingress tcp 3389 203.0.113.0/24",
				"app ingress tcp 22 2001:db8:1::/48", "app ingress tcp 3389 2001:db8:1::/48",
			},
		},
		"outbound HTTP": {change: func(a *firewall.Args) { a.OutboundHTTP = true }, opened: []string{"app egress tcp 80 0.0.0.0/0"}},
		"tests by IPv6": {
			change: func(a *firewall.Args) { a.TestRanges = append(a.TestRanges, prefixes("2001:db8:1::/48")...) },
			opened: []string{"public ingress tcp 8443 2001:db8:1::/48"},
		},
		"no tests": {change: func(a *firewall.Args) { a.TestRanges = nil }, moved: []string{"public ingress tcp 8443 203.0.113.0/24"}},
		"a prefix list has 443 alone": {
			change: func(a *firewall.Args) { a.Internet = config.Internet{PrefixListID: "pl-3b927c52"} },
			opened: []string{"public ingress tcp 443 pl-3b927c52"},
			moved:  []string{"public ingress tcp 443 0.0.0.0/0", "public ingress tcp 80 0.0.0.0/0"},
		},
		"a narrower internet": {
			change: func(a *firewall.Args) { a.Internet.CIDRs = prefixes("198.51.100.0/24") },
			opened: []string{"public ingress tcp 443 198.51.100.0/24", "public ingress tcp 80 198.51.100.0/24"},
			moved:  []string{"public ingress tcp 443 0.0.0.0/0", "public ingress tcp 80 0.0.0.0/0"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			args := production()
			test.change(&args)
			now := lines(t, plan(t, args))
			assert.ElementsMatch(t, test.opened, minus(now, usual))
			assert.ElementsMatch(t, test.moved, minus(usual, now))
		})
	}
}

// minus returns what of the texts is not among others.
func minus(texts, others []string) []string {
	var rest []string
	for _, text := range texts {
		if !strings.Contains("\n"+strings.Join(others, "\n")+"\n", "\n"+text+"\n") {
			rest = append(rest, text)
		}
	}
	return rest
}

func TestOutputsAreTheGroups(t *testing.T) {
	g := plan(t, production())
	assert.Len(t, g.Outputs, 9)
	for suffix, id := range g.Outputs {
		group, err := g.One("aws:ec2/securityGroup:SecurityGroup", "production-"+suffix)
		require.NoError(t, err)
		assert.Equal(t, group.ID, id)
		assert.Equal(t, "production-"+suffix, group.String("tags.Name"))
		assert.False(t, group.DeleteBeforeReplace, "an interface has the group")
	}
}
