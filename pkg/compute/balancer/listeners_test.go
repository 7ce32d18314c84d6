package balancer_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/compute/balancer"
	"aws-platform/pkg/graph"
)

func TestNothingIsServedWithoutTLS(t *testing.T) {
	forwarding := 0
	for _, args := range []balancer.Args{whole(), plain()} {
		for _, preview := range []bool{false, true} {
			g, _, err := run(args, preview)
			require.NoError(t, err)
			for _, listener := range g.OfType(listenerType) {
				if listener.String("protocol") == "HTTP" {
					assert.NotEqual(t, "forward", listener.String("defaultActions[0].type"), listener.Name)
					continue
				}
				forwarding++
				assert.Equal(t, "HTTPS", listener.String("protocol"), listener.Name)
				assert.Equal(t, "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", listener.String("sslPolicy"), listener.Name)
			}
		}
	}
	assert.Equal(t, 6, forwarding, "three, in update and in preview")
}

func TestTheListenersWithACertificate(t *testing.T) {
	g := plan(t, whole())
	public, internal := one(t, g, loadBalancerType, "production-public").ID, one(t, g, loadBalancerType, "production-internal").ID
	type summary struct {
		loadBalancer string
		port         int
		action       string
		ignored      []string
	}
	data := []string{"defaultActions"}
	got := map[string]summary{}
	for _, r := range g.OfType(listenerType) {
		got[r.Name] = summary{r.String("loadBalancerArn"), r.Int("port"), r.String("defaultActions[0].type"), r.IgnoreChanges}
	}
	assert.Equal(t, map[string]summary{
		"production-public-http":    {public, 80, "redirect", nil},
		"production-public-https":   {public, 443, "forward", data},
		"production-internal-https": {internal, 443, "forward", data},
		"production-test":           {public, 8443, "forward", data},
	}, got)
}

func TestBlueServesAndGreenIsTriedWhenAnEnvironmentIsNew(t *testing.T) {
	g := plan(t, whole())
	id := func(name string) string { return one(t, g, targetGroupType, name).ID }
	for _, side := range []string{"production-public", "production-internal"} {
		listener := one(t, g, listenerType, side+"-https")
		const groups = "defaultActions[0].forward.targetGroups"
		assert.Equal(t, id(side+"-blue"), listener.String(groups+"[0].arn"))
		assert.Equal(t, "100", listener.String(groups+"[0].weight"))
		assert.Equal(t, id(side+"-green"), listener.String(groups+"[1].arn"))
		assert.Equal(t, "0", listener.String(groups+"[1].weight"))
	}
	assert.Equal(t, id("production-public-green"), one(t, g, listenerType, "production-test").String("defaultActions[0].targetGroupArn"))
}

func TestHTTPRedirectsToTheSamePlaceOnHTTPS(t *testing.T) {
	listener := one(t, plan(t, whole()), listenerType, "production-public-http")
	const redirect = "defaultActions[0].redirect."
	assert.Equal(t, "HTTPS", listener.String(redirect+"protocol"))
	assert.Equal(t, "443", listener.String(redirect+"port"))
	assert.Equal(t, "HTTP_301", listener.String(redirect+"statusCode"))
	_, elsewhere := listener.Lookup(redirect + "host")
	assert.False(t, elsewhere, "the host stays what was asked for")
}

func TestWithoutACertificateNothingIsForwarded(t *testing.T) {
	for _, preview := range []bool{false, true} {
		g, made, err := run(plain(), preview)
		require.NoError(t, err)
		assert.Equal(t, []string{"production-public-http"}, names(g.OfType(listenerType)))
		listener := one(t, g, listenerType, "production-public-http")
		assert.Equal(t, "fixed-response", listener.String("defaultActions[0].type"))
		assert.Contains(t, listener.String("defaultActions[0].fixedResponse.messageBody"), "no certificate")
		assert.Len(t, g.OfType(targetGroupType), 4, "the fleet is attached to them all the same")
		assert.Empty(t, g.OfType(certificateType))
		assert.Nil(t, made.HTTPS)
		assert.Nil(t, made.Test)
		assert.Empty(t, made.Listeners)
	}
}

func TestWhatForwardsIsHandedOut(t *testing.T) {
	_, made, err := run(whole(), false)
	require.NoError(t, err)
	assert.Len(t, made.Listeners, 3)
	assert.Len(t, made.HTTPS, 2)
	assert.NotNil(t, made.Test)
	for _, side := range balancer.Sides() {
		assert.Len(t, made.TargetGroups[side], 2, side)
	}
}

// certificateOf is the ARN that a listener shows.
func certificateOf(t *testing.T, g *graph.Graph, listener string) string {
	t.Helper()
	return one(t, g, listenerType, listener).String("certificateArn")
}
