package checklist

import (
	"slices"
	"strings"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/policy/policytest"
	"aws-platform/pkg/securitygroups"
)

// reach are the items on who may come in.
func reach() []Item {
	return []Item{
		{
			Key: "devops-ranges", Name: "DevOps ranges restricted", Scope: Environments, look: devopsRanges,
			Meaning:  "Ports other than 80 and 443 are open from outside to named ranges alone, never to everybody.",
			Tests:    []Test{{"tests", "TestTheInternetReachesThePublicLoadBalancersAlone"}, {"pkg/network", "TestAdministratorsReachTheAppTierAndNobodyElseDoes"}},
			Runbooks: []string{"common-tasks.md", "firewall-audit.md"},
		},
		{
			Key: "eks-api", Name: "EKS API restricted", Scope: Environments, look: eksAPI,
			Meaning:  "The Kubernetes API has no public endpoint, or one for named ranges alone.",
			Tests:    []Test{{"pkg/cluster/controlplane", "TestTheClusterIsPrivateEncryptedLoggedAndBare"}, {"tests", "TestTheControlPlaneIsInTheAppTier"}},
			Runbooks: []string{"cluster-break-glass.md"},
		},
		{
			Key: "certificates", Name: "ACM certificates", Scope: Environments, look: certificates,
			Meaning:  "Every HTTPS listener has a certificate of ACM that is proved by DNS and so renews itself.",
			Exempt:   map[string]string{config.Dev: "it has no domain: its load balancers forward nothing"},
			Tests:    []Test{{"pkg/compute/balancer", "TestOneCertificateForBothNamesProvedInTheZoneMadeHere"}, {"pkg/compute/balancer", "TestWithoutACertificateNothingIsForwarded"}},
			Runbooks: []string{"certificates.md"},
		},
		{
			Key: "mfa", Name: "MFA", Scope: Accounts, look: secondFactor,
			Meaning:  "People's group is denied everything without a second factor, and a sign-in without one is an alarm.",
			Tests:    []Test{{"pkg/baseline/mfa", "TestNothingIsDoneWithoutASecondFactor"}, {"tests", "TestUsersComeToRolesWithASecondFactor"}},
			Runbooks: []string{"mfa.md"},
		},
		{
			Key: "no-todo", Name: "No TODO left", Scope: Nowhere,
			Meaning: "No file of the repository has a comment that defers work.",
			Tests:   []Test{{"tests", "TestNoFileDefersWork"}},
		},
		{
			Key: "security-groups", Name: "Security groups audited", Scope: Environments, look: audited,
			Meaning:  "Every rule is of one port, has its reason in words, and the VPC's default group has none.",
			Tests:    []Test{{"tests", "TestEveryRuleIsOnePortAndSaysWhy"}, {"tests", "TestWhoMayTalkToWhom"}, {"tests", "TestTheDefaultGroupsHaveNoRule"}},
			Runbooks: []string{"firewall-audit.md"},
		},
	}
}

// groupsOf are the security groups of an environment, with the rules that the peering adds.
func groupsOf(estate Estate, g *graph.Graph, seen *Finding) (all, own []securitygroups.Group) {
	var graphs []*graph.Graph
	for stack, other := range estate {
		if !isAccount(stack) {
			graphs = append(graphs, other)
		}
	}
	all, err := securitygroups.Read(graphs...)
	if err != nil {
		seen.fault("%v", err)
		return nil, nil
	}
	for _, group := range all {
		if group.Environment == g.Stack {
			own = append(own, group)
		}
	}
	return all, own
}

// web are the ports that everybody may reach on a public load balancer.
func web(port int) bool { return port == 80 || port == 443 }

func devopsRanges(estate Estate, g *graph.Graph, seen *Finding) {
	all, own := groupsOf(estate, g, seen)
	seen.need(len(own) > 0, "no security group")
	restricted := false
	for _, rule := range securitygroups.FromOutside(all) {
		switch wide := !rule.Peer.CIDR.IsValid() || rule.Peer.CIDR.Bits() == 0; {
		case rule.Environment != g.Stack || rule.OnePort() && web(rule.From):
		case wide:
			seen.fault("%s opens %s to %s", rule.Group, rule.Port(), rule.Peer)
		default:
			restricted = true
			seen.say("%s opens %s to %s", rule.Group, rule.Port(), rule.Peer)
		}
	}
	if !restricted && seen.Holds() {
		seen.say("no port but 80 and 443 is open from outside")
	}
}

func eksAPI(_ Estate, g *graph.Graph, seen *Finding) {
	clusters := g.OfType("eks:index:Cluster")
	seen.need(len(clusters) > 0, "no cluster")
	for _, cluster := range clusters {
		ranges := cluster.Strings("publicAccessCidrs")
		open := !cluster.Bool("endpointPublicAccess")
		switch _, said := cluster.Lookup("endpointPublicAccess"); {
		case open && said:
			seen.say("%s is reached from its VPC alone", nameOf(cluster))
		case len(ranges) == 0 || slices.ContainsFunc(ranges, func(r string) bool { return strings.HasSuffix(r, "/0") }):
			seen.fault("%s is open to everybody", nameOf(cluster))
		default:
			seen.say("%s is open to %s", nameOf(cluster), strings.Join(ranges, ", "))
		}
	}
}

func certificates(_ Estate, g *graph.Graph, seen *Finding) {
	secure := 0
	for _, listener := range g.OfType(listenerType) {
		if listener.String("protocol") != "HTTPS" {
			continue
		}
		secure++
		seen.need(strings.HasPrefix(listener.String("certificateArn"), "arn:"), "%s has no certificate", nameOf(listener))
	}
	issued := g.OfType("aws:acm/certificate:Certificate")
	for _, certificate := range issued {
		seen.need(certificate.String("validationMethod") == "DNS", "%s is not proved by DNS", nameOf(certificate))
	}
	seen.need(secure > 0, "no HTTPS listener")
	if secure > 0 {
		seen.say("%s on %s", count(len(issued), "certificate"), count(secure, "HTTPS listener"))
	}
}

func secondFactor(_ Estate, g *graph.Graph, seen *Finding) {
	for _, attached := range g.OfType("aws:iam/groupPolicyAttachment:GroupPolicyAttachment") {
		for _, candidate := range g.OfType("aws:iam/policy:Policy") {
			if candidate.Outputs["arn"] != attached.String("policyArn") {
				continue
			}
			asked := policytest.Ask(candidate.String("policy"), policytest.Request{
				Action: "s3:GetObject", Resource: "*", Context: map[string][]string{"aws:MultiFactorAuthPresent": {"false"}},
			})
			if asked == policytest.Denied {
				seen.say("group %s is denied everything without it", attached.String("group"))
			}
		}
	}
	seen.need(len(seen.Found) > 0, "no group is denied what it does without a second factor")
	watched := g.Select(func(r graph.Resource) bool {
		return r.Type == metricAlarmType && strings.HasSuffix(r.Name, "-sign-in-without-mfa")
	})
	seen.need(len(watched) == 1, "no alarm on a sign-in without a second factor")
	if len(watched) == 1 {
		seen.say("an alarm on a sign-in without it")
	}
}

func audited(estate Estate, g *graph.Graph, seen *Finding) {
	_, own := groupsOf(estate, g, seen)
	rules := securitygroups.Rules(own)
	seen.need(len(rules) > 0, "no rule")
	for _, rule := range rules {
		seen.need(rule.OnePort(), "%s: %s rule of %s is of more than one port", rule.Group, rule.Direction, rule.Port())
		seen.need(rule.Description != "", "%s: %s rule of %s has no reason", rule.Group, rule.Direction, rule.Port())
	}
	for _, adopted := range g.OfType("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup") {
		if group, known := securitygroups.Of(own, adopted.Name); known {
			seen.need(len(group.Ingress)+len(group.Egress) == 0, "%s has rules", adopted.Name)
		}
	}
	seen.say("%s, %s", count(len(own), "group"), count(len(rules), "rule"))
}
