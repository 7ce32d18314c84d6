package configtest_test

import (
	"testing"

	"aws-platform/pkg/config"
	"aws-platform/pkg/config/configtest"
)

// TestEnvironmentsAreRight: what other packages' tests start from is refused by no rule.
func TestEnvironmentsAreRight(t *testing.T) {
	for name, env := range map[string]configtest.Environment{
		"production of three zones": {Stack: config.Production, Octet: 20, Zones: "abc", Peers: map[string]int{config.ProductionPCI: 21}},
		"production of eight zones": {Stack: config.ProductionPCI, Octet: 21, Zones: "hgfedcba"},
		"staging of two zones":      {Stack: config.Staging, Octet: 10, Zones: "ba", Single: true},
		"dev without HTTPS":         {Stack: config.Dev, Octet: 0, Zones: "ab", Plain: true},
		"an account of one's own":   {Stack: config.Production, Octet: 20, Zones: "abc", Account: "222222222222"},
	} {
		t.Run(name, func(t *testing.T) {
			decoded, err := config.Decode(env.Stack, env.Values())
			if err != nil {
				t.Fatal(err)
			}
			if decoded.Compute.HTTPS() == env.Plain {
				t.Errorf("HTTPS %t, plain %t", decoded.Compute.HTTPS(), env.Plain)
			}
		})
	}
}
