package verify

import "strings"

func groupBreakages() []breakage {
	return []breakage{
		{"SSH from an office", func(n *Network) { n.admit(app, 22, "203.0.113.0/24") },
			[]string{groupPorts, internetCheck, matrixCheck}, "22 from 203.0.113.0/24"},
		{"SSH from an office into another VPC", func(n *Network) {
			n.AccountGroups = append(n.AccountGroups[:len(n.AccountGroups):len(n.AccountGroups)], SecurityGroup{
				GroupId: "sg-x", VpcId: "vpc-default", IpPermissions: []Permission{permission(Rule{Protocol: "tcp", Port: "22", Peer: "203.0.113.0/24"})},
			})
		}, []string{groupPorts, internetCheck}, "sg-x"},
		{"all traffic from another group", func(n *Network) {
			n.securityGroup(app).IpPermissions[0] = Permission{IpProtocol: "-1", UserIdGroupPairs: []GroupPeer{{"sg-x", ""}}}
		}, []string{groupPorts, matrixCheck}, "3389 from sg-x"},
		{"the app tier on the internet", func(n *Network) { n.admit(app, 8080, anywhere) },
			[]string{internetCheck, matrixCheck}, "ingress tcp 8080 0.0.0.0/0"},
		{"the app tier for half of the internet", func(n *Network) { n.admit(app, 8080, "128.0.0.0/1") },
			[]string{internetCheck, matrixCheck}, "128.0.0.0/1"},
		{"the test listener on the internet", func(n *Network) { n.admit(public, 8443, anywhere) },
			[]string{internetCheck, matrixCheck}, "8443 0.0.0.0/0"},
		{"the test listener for a prefix list", func(n *Network) {
			n.securityGroup(public).IpPermissions[2].PrefixListIds = []struct{ PrefixListId string }{{"pl-1"}}
		}, []string{internetCheck, matrixCheck}, "pl-1"},
		{"the public load balancer closed on 443", func(n *Network) { n.securityGroup(public).IpPermissions[0].IpRanges = nil },
			[]string{internetCheck, matrixCheck}, "nobody on 443"},
		{"the internal load balancer for the peer's whole VPC", func(n *Network) { n.admit(internal, 443, "10.21.0.0/16") },
			[]string{doorCheck, matrixCheck}, "tcp 443 from 10.21.0.0/16"},
		{"an app subnet of the peer left out", func(n *Network) {
			group := n.securityGroup(internal)
			group.IpPermissions = group.IpPermissions[:len(group.IpPermissions)-1]
		}, []string{doorCheck, matrixCheck}, "tcp 443 from 10.21.128.0/19"},
		{"the internal load balancer on another port too", func(n *Network) { n.admit(internal, 80, "production-app") },
			[]string{doorCheck, matrixCheck}, "tcp 80 from production-app"},
		{"an egress rule of the endpoints", func(n *Network) {
			group := n.securityGroup("endpoints")
			group.IpPermissionsEgress = append(group.IpPermissionsEgress, permission(Rule{Protocol: "tcp", Port: "443", Peer: "10.20.0.0/16"}))
		}, []string{matrixCheck}, "egress tcp 443 10.20.0.0/16"},
		{"another description", func(n *Network) { n.securityGroup(app).IpPermissionsEgress[0].IpRanges[0].Description = "x" },
			[]string{matrixCheck}, `"HTTPS to the internet" as in docs/network.md`},
		{"a range of ports", func(n *Network) {
			top := 9000
			n.securityGroup(app).IpPermissions[0].ToPort = &top
		}, []string{matrixCheck}, "tcp 8080-9000 production-public"},
		{"a group made by hand", func(n *Network) {
			n.SecurityGroups = append(n.SecurityGroups[:len(n.SecurityGroups):len(n.SecurityGroups)], SecurityGroup{GroupId: "sg-x", VpcId: n.VPC.VpcId})
		}, []string{matrixCheck}, "sg-x: found a group with 0 rules"},
		{"a group whose name is lost", func(n *Network) { n.securityGroup("endpoints").Tags = nil },
			[]string{matrixCheck}, "production-endpoints: found 0 of the name"},
	}
}

func balancerBreakages() []breakage {
	return []breakage{
		{"an internal load balancer on the internet", func(n *Network) { n.Compute.LoadBalancers[1].Scheme = "internet-facing" },
			[]string{placeCheck}, "internet-facing"},
		{"a load balancer in two zones", func(n *Network) {
			b := &n.Compute.LoadBalancers[0]
			b.AvailabilityZones = b.AvailabilityZones[:2]
		}, []string{placeCheck}, "subnet-public-us-east-1c"},
		{"a load balancer that failed", func(n *Network) { n.Compute.LoadBalancers[0].State.Code = "failed" }, []string{placeCheck}, "state failed"},
		{"a load balancer in the app tier's group", func(n *Network) {
			n.Compute.LoadBalancers[1].SecurityGroups = []string{groupID("production-app")}
		}, []string{placeCheck}, "production-app"},
		{"a third load balancer", func(n *Network) {
			n.Compute.LoadBalancers = append(n.Compute.LoadBalancers, LoadBalancer{LoadBalancerName: "x", Attributes: n.Compute.LoadBalancers[0].Attributes})
		}, []string{placeCheck}, "load balancer x"},
		{"no deletion protection", attribute("deletion_protection.enabled", "false"), []string{hardenCheck}, "deletion_protection"},
		{"invalid headers let through", attribute("routing.http.drop_invalid_header_fields.enabled", "false"), []string{hardenCheck}, "drop_invalid"},
		{"desync mitigation by default", attribute("routing.http.desync_mitigation_mode", "defensive"), []string{hardenCheck}, "defensive"},
		{"HTTP/1.1 alone", attribute("routing.http2.enabled", "false"), []string{hardenCheck}, "http2"},
		{"no access logs", attribute("access_logs.s3.enabled", "false"), []string{hardenCheck}, "access_logs"},
		{"connection logs elsewhere", attribute("connection_logs.s3.bucket", "theirs"), []string{hardenCheck}, "theirs"},
		{"an hour of silence", attribute("idle_timeout.timeout_seconds", "3600"), []string{hardenCheck}, "3600"},
		{"no web ACL", func(n *Network) { n.Compute.WebACL = WebACL{} }, []string{aclAheadCheck, redactCheck}, "no web ACL"},
		{"a managed rule group left out", func(n *Network) { n.Compute.WebACL.Rules = n.Compute.WebACL.Rules[:5] },
			[]string{aclAheadCheck}, "AWSManagedRulesSQLiRuleSet"},
		{"a managed rule group that counts", func(n *Network) {
			n.Compute.WebACL.Rules[1].OverrideAction = map[string]any{"Count": map[string]any{}}
		}, []string{aclAheadCheck}, "AWSManagedRulesAmazonIpReputationList"},
		{"a limit of the rate that counts", func(n *Network) {
			n.Compute.WebACL.Rules[0].Action = map[string]any{"Count": map[string]any{}}
		}, []string{aclAheadCheck}, "no limit of the rate"},
		{"no log of the web ACL", func(n *Network) { n.Compute.WebACLLogs = nil }, []string{redactCheck}, "no log"},
		{"a log of the web ACL elsewhere", func(n *Network) {
			n.Compute.WebACLLogs[0].LogDestinationConfigs = []string{"arn:aws:s3:::aws-waf-logs-x"}
		}, []string{redactCheck}, "aws-waf-logs-x"},
		{"cookies in the log", func(n *Network) {
			n.Compute.WebACLLogs[0].RedactedFields = n.Compute.WebACLLogs[0].RedactedFields[1:]
		}, []string{redactCheck}, "[cookie]"},
	}
}

// attribute breaks one of the internal load balancer.
func attribute(key, value string) func(*Network) {
	return func(n *Network) { n.Compute.LoadBalancers[1].Attributes[key] = value }
}

func listenerBreakages() []breakage {
	return []breakage{
		{"a policy with TLS 1.0", func(n *Network) {
			n.Compute.LoadBalancers[1].Listeners[0].SslPolicy = "ELBSecurityPolicy-TLS13-1-0-2021-06"
		},
			[]string{listenCheck}, "TLS13-1-0"},
		{"plain HTTP that serves", func(n *Network) {
			n.Compute.LoadBalancers[0].Listeners[1].DefaultActions = n.Compute.LoadBalancers[0].Listeners[0].DefaultActions
		}, []string{listenCheck}, "forward"},
		{"a redirect that is not for ever", func(n *Network) {
			n.Compute.LoadBalancers[0].Listeners[1].DefaultActions[0].RedirectConfig.StatusCode = "HTTP_302"
		}, []string{listenCheck}, "HTTP_302"},
		{"an internal listener on 8080", func(n *Network) {
			n.Compute.LoadBalancers[1].Listeners = append(n.Compute.LoadBalancers[1].Listeners, https(internal, 8080, Action{}))
		}, []string{listenCheck}, "listeners on [443 8080]"},
		{"a certificate that waits", func(n *Network) {
			n.Compute.Certificates["arn:cert"] = Certificate{"PENDING_VALIDATION", []string{n.nameOf(public), n.nameOf(internal)}}
		}, []string{certificateCheck}, "PENDING_VALIDATION"},
		{"a certificate without the internal name", func(n *Network) {
			n.Compute.Certificates["arn:cert"] = Certificate{"ISSUED", []string{n.nameOf(public)}}
		}, []string{certificateCheck}, "internal.production.example.com"},
		{"no certificate on the test listener", func(n *Network) { n.Compute.LoadBalancers[0].Listeners[2].Certificates = nil },
			[]string{certificateCheck}, "no certificate"},
	}
}

func releaseBreakages() []breakage {
	return []breakage{
		{"the internal load balancer half way", weigh(internal, 50, 50), []string{colorCheck}, "production-internal-blue 50, production-internal-green 50"},
		{"nobody live inside", weigh(internal, 0, 0), []string{colorCheck}, "production-internal-blue 0"},
		{"the sides apart", weigh(internal, 0, 100), []string{colorCheck}, `"blue" live on the public and "green" on the internal`},
		{"a release that forgot the fleets and the test listener", func(n *Network) {
			weigh(public, 0, 100)(n)
			weigh(internal, 0, 100)(n)
		}, []string{colorCheck, fleetCheck}, "8443: found production-public-green 1, wanted the idle production-public-blue"},
		{"the test listener on what is live", func(n *Network) {
			n.Compute.LoadBalancers[0].Listeners[2].DefaultActions[0].TargetGroupArn = n.targetARN(public, blue)
		}, []string{colorCheck}, "the idle production-public-green"},
		{"no runbook for green", func(n *Network) { delete(n.Compute.Runbooks, "production-release-green") },
			[]string{runbookCheck}, "production-release-green"},
		{"a runbook in YAML", func(n *Network) { n.Compute.Runbooks["production-release-blue"] = "schemaVersion: 0.3" },
			[]string{runbookCheck}, "no JSON"},
		{"a runbook of an earlier listener", func(n *Network) {
			n.Compute.Runbooks["production-release-blue"] = `{"listeners":["arn:public:443","arn:internal:4430"]}`
		}, []string{runbookCheck}, "internal HTTPS listener"},
	}
}

// weigh sets the weights of a side's HTTPS listener.
func weigh(side string, blueWeight, greenWeight int) func(*Network) {
	return func(n *Network) {
		for i := range n.Compute.LoadBalancers {
			if b := n.Compute.LoadBalancers[i]; strings.HasSuffix(b.LoadBalancerName, side) {
				b.Listeners[0].DefaultActions[0].ForwardConfig.TargetGroups = []Weight{
					{n.targetARN(side, blue), blueWeight}, {n.targetARN(side, green), greenWeight},
				}
			}
		}
	}
}
