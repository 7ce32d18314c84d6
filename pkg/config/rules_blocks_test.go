package config

import (
	"strings"
	"testing"
)

// The zones of base: two of its lines, and what is left of them.
const (
	baseZones = "      us-east-1b: {public: 10.20.2.0/24, loadbalancer: 10.20.6.0/24, app: 10.20.96.0/19, data: 10.20.22.0/24}\n" + baseZoneC
	twoZones  = "      us-east-1b: {public: 10.20.2.0/24, loadbalancer: 10.20.6.0/24, app: 10.20.96.0/19, data: 10.20.22.0/24}\n"
	oneZone   = ""
)

// outsideAll are the lines that base's subnets give when the VPC is elsewhere.
func outsideAll(vpc string) []string {
	var lines []string
	for _, subnet := range []string{
		"us-east-1a].app: 10.20.64.0/19", "us-east-1a].data: 10.20.21.0/24", "us-east-1a].loadbalancer: 10.20.5.0/24", "us-east-1a].public: 10.20.1.0/24",
		"us-east-1b].app: 10.20.96.0/19", "us-east-1b].data: 10.20.22.0/24", "us-east-1b].loadbalancer: 10.20.6.0/24", "us-east-1b].public: 10.20.2.0/24",
		"us-east-1c].app: 10.20.128.0/19", "us-east-1c].data: 10.20.23.0/24", "us-east-1c].loadbalancer: 10.20.7.0/24", "us-east-1c].public: 10.20.3.0/24",
	} {
		lines = append(lines, "network.zones["+subnet+": is not inside the VPC's "+vpc+": choose a range inside it")
	}
	return lines
}

// longDomain is a domain of that many characters.
func longDomain(length int) string {
	label := strings.Repeat("a", 60) + "."
	domain := strings.Repeat(label, length/len(label)+1)
	return "b" + domain[len(domain)-length:len(domain)-1]
}

func TestVPCRange(t *testing.T) {
	cases := []struct {
		reason, cidr, line string
	}{
		{"RFC 1918, first and last of each block", "10.0.0.0/16", ""},
		{"", "10.255.0.0/16", ""},
		{"", "172.16.0.0/16", ""},
		{"", "172.31.0.0/16", ""},
		{"", "192.168.0.0/16", ""},
		{"RFC 6598", "100.64.0.0/16", ""},
		{"", "100.127.255.240/28", ""},
		{"next to RFC 1918", "172.32.0.0/16", "network.cidr: 172.32.0.0/16" + notPrivate},
		{"", "172.15.0.0/16", "network.cidr: 172.15.0.0/16" + notPrivate},
		{"", "192.169.0.0/16", "network.cidr: 192.169.0.0/16" + notPrivate},
		{"next to RFC 6598", "100.128.0.0/16", "network.cidr: 100.128.0.0/16" + notPrivate},
		{"", "11.0.0.0/16", "network.cidr: 11.0.0.0/16" + notPrivate},
		{"smaller than AWS takes", "10.0.0.0/29", "network.cidr: 10.0.0.0/29" + notAVPC},
		{"larger than AWS takes", "10.0.0.0/15", "network.cidr: 10.0.0.0/15" + notAVPC},
	}
	for _, c := range cases {
		t.Run(c.cidr, func(t *testing.T) {
			env := Environment{Network: Network{CIDR: prefixes(c.cidr)[0]}}
			var found Problems
			for _, rule := range []rule{vpcRequired, vpcHostBits, vpcSize, vpcPrivate} {
				rule(env, &found)
			}
			if found.Error() != c.line {
				t.Errorf("%s: got %q, wanted %q", c.reason, found.Error(), c.line)
			}
		})
	}
}
