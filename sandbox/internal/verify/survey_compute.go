package verify

import "slices"

// askCompute asks for what serves. CodeDeploy's and the composite alarms' parts
// are simulated in the sandbox: no call would find them.
func (s *survey) askCompute() {
	s.askBalancers()
	s.askFleet()
	s.askZones()
	for _, name := range []string{logBucket(s.environment), deploymentBucket(s.environment)} {
		s.askBucket(name)
	}
	for _, color := range colors {
		name := s.environment + "-release-" + color
		ask(s, func(out struct{ Content string }) { s.compute.Runbooks[name] = out.Content },
			"ssm", "get-document", "--name", name)
	}
	ask(s, func(out struct{ LoggingConfigurations []WebACLLog }) {
		s.compute.WebACLLogs = out.LoggingConfigurations
	},
		"wafv2", "list-logging-configurations", "--scope", "REGIONAL")
}

func (s *survey) askBalancers() {
	ask(s, func(out struct{ LoadBalancers []LoadBalancer }) {
		s.compute.LoadBalancers = out.LoadBalancers
		for i := range out.LoadBalancers {
			s.askBalancer(&s.compute.LoadBalancers[i])
		}
	}, "elbv2", "describe-load-balancers")
}

func (s *survey) askBalancer(balancer *LoadBalancer) {
	arn := balancer.LoadBalancerArn
	balancer.Attributes = map[string]string{}
	ask(s, func(out struct{ Attributes []Tag }) {
		for _, attribute := range out.Attributes {
			balancer.Attributes[attribute.Key] = attribute.Value
		}
	}, "elbv2", "describe-load-balancer-attributes", "--load-balancer-arn", arn)
	ask(s, func(out struct{ Listeners []Listener }) {
		balancer.Listeners = out.Listeners
		s.askCertificates(out.Listeners)
	}, "elbv2", "describe-listeners", "--load-balancer-arn", arn)
	if balancer.LoadBalancerName == s.environment+"-"+public {
		ask(s, func(out struct{ WebACL WebACL }) { s.compute.WebACL = out.WebACL },
			"wafv2", "get-web-acl-for-resource", "--resource-arn", arn)
	}
}

// askCertificates asks once for each certificate that nobody has asked for.
func (s *survey) askCertificates(listeners []Listener) {
	for _, listener := range listeners {
		for _, used := range listener.Certificates {
			arn := used.CertificateArn
			if _, asked := s.compute.Certificates[arn]; asked {
				continue
			}
			s.compute.Certificates[arn] = Certificate{}
			ask(s, func(out struct{ Certificate Certificate }) { s.compute.Certificates[arn] = out.Certificate },
				"acm", "describe-certificate", "--certificate-arn", arn)
		}
	}
}

func (s *survey) askFleet() {
	ask(s, func(out struct{ AutoScalingGroups []ScalingGroup }) {
		s.compute.Groups = out.AutoScalingGroups
		var templates []string
		for _, group := range out.AutoScalingGroups {
			if id := group.template().LaunchTemplateId; id != "" && !slices.Contains(templates, id) {
				templates = append(templates, id)
				s.askTemplate(id)
			}
			if len(group.Instances) > 0 {
				s.askHealth(group.TargetGroupARNs)
			}
		}
	}, "autoscaling", "describe-auto-scaling-groups")
	ask(s, func(out struct {
		Reservations []struct{ Instances []Instance }
	}) {
		for _, reservation := range out.Reservations {
			s.compute.Instances = append(s.compute.Instances, reservation.Instances...)
		}
	}, "ec2", "describe-instances")
}

func (s *survey) askTemplate(id string) {
	ask(s, func(out struct{ LaunchTemplateVersions []TemplateVersion }) {
		s.compute.Templates = append(s.compute.Templates, out.LaunchTemplateVersions...)
	}, "ec2", "describe-launch-template-versions", "--launch-template-id", id)
}

func (s *survey) askHealth(targetGroups []string) {
	for _, arn := range targetGroups {
		ask(s, func(out struct{ TargetHealthDescriptions []Target }) {
			s.compute.Health[arn] = out.TargetHealthDescriptions
		},
			"elbv2", "describe-target-health", "--target-group-arn", arn)
	}
}
