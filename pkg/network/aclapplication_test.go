package network_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/network"
)

// Whichever application port there is, both load balancer tiers reach it, nobody
// else in the world does, and the answers come back.
func TestTheApplicationPortIsReachedWhereverItIs(t *testing.T) {
	for _, port := range []int{1024, 3000, 3388, 3390, 8080, 8443, 32767} {
		decoded, err := config.Decode(production.Stack, production.Values())
		require.NoError(t, err)
		args := argsOf(decoded)
		args.ApplicationPort = port
		g, err := record.Run(register(args), record.Options{Project: "platform", Stack: "production"})
		require.NoError(t, err)
		for _, test := range []struct {
			tier, direction, address string
			want                     bool
		}{
			{"public", "egress", ownApp, true},
			{"loadbalancer", "egress", ownApp, true},
			{"app", "ingress", ownEdge, true},
			{"app", "ingress", ownLB, true},
			{"app", "ingress", internet, false},
			{"app", "ingress", peerApp, false},
			{"loadbalancer", "egress", internet, false},
			{"data", "ingress", ownApp, false},
		} {
			assert.Equal(t, test.want, admits(entries(g, test.tier, test.direction), tcp, port, test.address),
				"%d %s %s %s", port, test.tier, test.direction, test.address)
		}
	}
}

// A port among the answers would be open to the world in the app tier's ACL.
func TestAnApplicationPortThatTheACLsDoNotFitIsRefused(t *testing.T) {
	for _, port := range []int{-1, 0, 22, 80, 443, 1023, 3389, 32768, 65536} {
		decoded, err := config.Decode(production.Stack, production.Values())
		require.NoError(t, err)
		args := argsOf(decoded)
		args.ApplicationPort = port
		g, err := record.Run(register(args), record.Options{Project: "platform", Stack: "production"})
		assert.ErrorContains(t, err, "network.Args.ApplicationPort", "%d", port)
		assert.Empty(t, g.OfType(network.TypeToken))
	}
}

// register registers the network of args and nothing else.
func register(args network.Args) func(*pulumi.Context, map[string]string) (pulumi.Map, error) {
	return func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := newProvider(ctx, args.AccountID, args.Region)
		if err != nil {
			return nil, err
		}
		_, err = network.New(ctx, args.Environment, args, pulumi.Provider(provider))
		return nil, err
	}
}
