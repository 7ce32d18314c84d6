package verify

import (
	"fmt"
	"slices"
	"strings"
)

// portsOf are the listeners that the load balancer of a side has.
var portsOf = map[string][]int{public: {httpPort, httpsPort, testPort}, internal: {httpsPort}}

// listenersEncrypted: what is served, is served over TLS 1.2 or 1.3; plain HTTP
// only sends people there.
func listenersEncrypted(n Network) (int, []Finding) {
	looked, findings := 0, []Finding(nil)
	for _, side := range sides {
		balancer, _ := n.balancer(side)
		looked += len(balancer.Listeners)
		if found := balancer.ports(); !slices.Equal(found, portsOf[side]) {
			findings = append(findings, Finding{n.Environment + "-" + side, fmt.Sprintf("listeners on %v", found), fmt.Sprint(portsOf[side])})
		}
		for _, listener := range balancer.Listeners {
			resource := fmt.Sprintf("%s listener %d", balancer.LoadBalancerName, listener.Port)
			if listener.Port == httpPort {
				findings = append(findings, listener.onlyRedirects(resource)...)
				continue
			}
			if listener.Protocol != "HTTPS" || !modern(listener.SslPolicy) {
				findings = append(findings, Finding{resource, listener.Protocol + " by " + orNothing(listener.SslPolicy), "HTTPS by a TLS 1.3 policy without TLS 1.0 and 1.1"})
			}
		}
	}
	return looked, findings
}

// modern knows the policies with TLS 1.3 and nothing older than TLS 1.2. Those
// named TLS13-1-0 and TLS13-1-1 take older versions too.
func modern(policy string) bool {
	return strings.HasPrefix(policy, "ELBSecurityPolicy-TLS13-1-2-") || strings.HasPrefix(policy, "ELBSecurityPolicy-TLS13-1-3-")
}

func (l Listener) onlyRedirects(resource string) []Finding {
	const wanted = "redirect to HTTPS 443 by HTTP_301"
	var found []string
	for _, action := range l.DefaultActions {
		to := action.RedirectConfig
		found = append(found, fmt.Sprintf("%s to %s %s by %s", action.Type, to.Protocol, to.Port, to.StatusCode))
	}
	if text := strings.Join(found, ", then "); text != wanted || l.Protocol != "HTTP" {
		return []Finding{{resource, l.Protocol + ", " + orNothing(text), "HTTP, " + wanted}}
	}
	return nil
}

func (b LoadBalancer) ports() []int {
	var ports []int
	for _, listener := range b.Listeners {
		ports = append(ports, listener.Port)
	}
	slices.Sort(ports)
	return ports
}

// listener is the one on a port.
func (b LoadBalancer) listener(port int) Listener {
	for _, listener := range b.Listeners {
		if listener.Port == port {
			return listener
		}
	}
	return Listener{}
}

// certificatesIssued: each HTTPS listener has one certificate, issued, for the
// name by which its load balancer is called.
func certificatesIssued(n Network) (int, []Finding) {
	looked, findings := 0, []Finding(nil)
	for _, side := range sides {
		balancer, _ := n.balancer(side)
		for _, listener := range balancer.Listeners {
			if listener.Port == httpPort {
				continue
			}
			looked++
			resource := fmt.Sprintf("%s listener %d", balancer.LoadBalancerName, listener.Port)
			if len(listener.Certificates) == 0 {
				findings = append(findings, Finding{resource, "no certificate", "one for " + n.nameOf(side)})
				continue
			}
			certificate := n.Compute.Certificates[listener.Certificates[0].CertificateArn]
			if certificate.Status != "ISSUED" || !slices.Contains(certificate.SubjectAlternativeNames, n.nameOf(side)) {
				found := fmt.Sprintf("a certificate %s for %s", orNothing(certificate.Status), strings.Join(certificate.SubjectAlternativeNames, ", "))
				findings = append(findings, Finding{resource, found, "ISSUED for " + n.nameOf(side)})
			}
		}
	}
	return looked, findings
}

// nameOf is the DNS name of the load balancer of a side.
func (n Network) nameOf(side string) string {
	if side == public {
		return "app." + plans[n.Environment].domain
	}
	return "internal." + plans[n.Environment].privateZone
}
