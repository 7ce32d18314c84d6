package verify

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSubtract(t *testing.T) {
	for _, c := range []struct {
		reason string
		from   string
		denied []string
		left   []string
	}{
		{"nothing denied", "10.0.0.0/8", nil, []string{"10.0.0.0/8"}},
		{"elsewhere denied", "10.0.0.0/8", []string{"11.0.0.0/8"}, []string{"10.0.0.0/8"}},
		{"all denied", "10.0.0.0/8", []string{"0.0.0.0/0"}, nil},
		{"denied in two halves", "10.0.0.0/8", []string{"10.0.0.0/9", "10.128.0.0/9"}, nil},
		{"a quarter denied", "10.0.0.0/8", []string{"10.64.0.0/10"}, []string{"10.0.0.0/10", "10.128.0.0/9"}},
		{"one address denied of two", "10.0.0.0/31", []string{"10.0.0.1/32"}, []string{"10.0.0.0/32"}},
		{"IPv6 is not covered by an IPv4 deny", "::/0", []string{"0.0.0.0/0"}, []string{"::/0"}},
		{"half of IPv6 denied", "::/0", []string{"8000::/1"}, []string{"::/1"}},
	} {
		t.Run(c.reason, func(t *testing.T) {
			var denied []netip.Prefix
			for _, d := range c.denied {
				denied = append(denied, netip.MustParsePrefix(d))
			}
			var left []string
			rest, err := subtract(netip.MustParsePrefix(c.from), denied)
			require.NoError(t, err)
			for _, p := range rest {
				left = append(left, p.String())
			}
			assert.Equal(t, c.left, left)
		})
	}
}

func TestACLIgnoresWhatCannotAdmit(t *testing.T) {
	acl := ACL{Entries: []ACLEntry{
		{RuleNumber: 1, RuleAction: "allow", Protocol: "17", CidrBlock: "0.0.0.0/0"},
		{RuleNumber: 2, RuleAction: "allow", Protocol: "-1", CidrBlock: "0.0.0.0/0", Egress: true},
		entry(3, "allow", 23, 3388),
	}}
	assert.Empty(t, acl.admits(22))
	assert.Empty(t, acl.admits(3389))
	acl.Entries = append(acl.Entries, ACLEntry{RuleNumber: 4, RuleAction: "allow", Protocol: "-1", Ipv6CidrBlock: "::/0"})
	assert.Equal(t, []string{"entry 4 admits 22 from ::/0"}, acl.admits(22))
}
