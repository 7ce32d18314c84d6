package checklist

import (
	"slices"
	"strings"

	"aws-platform/pkg/graph"
)

// cardholderData is the value of the tag DataClassification of what may hold card data.
const cardholderData = "cardholder-data"

// detection are the items on what looks for intruders, weaknesses and misuse.
func detection() []Item {
	return []Item{
		{
			Key: "guardduty", Name: "GuardDuty", Scope: Accounts, look: guardDuty,
			Meaning:  "One detector is on in each account, with S3, EKS audit, runtime, malware, RDS and Lambda protection.",
			Tests:    []Test{{"pkg/baseline/detection", "TestEveryFeatureOfGuardDutyIsOn"}, {"tests", "TestGuardDutysAgentHasItsEndpoint"}},
			Runbooks: []string{"security-findings.md"},
		},
		{
			Key: "security-hub", Name: "Security Hub", Scope: Accounts, look: securityHub,
			Meaning:  "FSBP and CIS are on in each account, PCI DSS v4.0.1 where card data may be; CRITICAL and HIGH findings go to the topic.",
			Tests:    []Test{{"pkg/baseline/detection", "TestOnlyTheAccountOfCardDataHasTheStandardOfThem"}, {"pkg/baseline/detection", "TestFindingsGoToTheTopic"}},
			Runbooks: []string{"security-findings.md"},
		},
		{
			Key: "config-rules", Name: "AWS Config rules", Scope: Accounts, look: configRules,
			Meaning:  "A recorder of all resources is on and a conformance pack judges what it records.",
			Tests:    []Test{{"pkg/baseline/audit", "TestTheRecorderRecordsAllAndIsOn"}, {"pkg/baseline/audit", "TestThePackIsThatOfTheAccount"}, {"pkg/baseline/audit/conformance", "TestEveryRuleOfPCINamesItsRequirement"}},
			Runbooks: []string{"security-findings.md"},
		},
		{
			Key: "vulnerability-scans", Name: "Vulnerability scans", Scope: Accounts, look: vulnerabilityScans,
			Meaning:  "Inspector scans instances, images and functions; the registry scans every image continuously.",
			Tests:    []Test{{"pkg/baseline/detection", "TestInspectorScansAllOfThisAccount"}, {"pkg/delivery/registry", "TestRepositoriesAreAlikeInEveryAccount"}},
			Runbooks: []string{"vulnerability-findings.md"},
		},
		{
			Key: "intrusion-detection", Name: "Intrusion detection", Scope: Environments, look: intrusionDetection,
			Meaning:  "A web ACL stands before the public load balancer and every packet's flow is recorded for GuardDuty's findings to be followed.",
			Tests:    []Test{{"pkg/waf", "TestTheRulesInTheirOrder"}, {"pkg/waf", "TestItStandsBeforeTheLoadBalancer"}, {"pkg/network", "TestFlowLogsRecordEverythingEncrypted"}},
			Runbooks: []string{"incident-response.md", "security-findings.md"},
		},
	}
}

// features are what GuardDuty protects beside its own sources (Amazon GuardDuty API
// Reference, "DetectorFeatureConfiguration").
var features = []string{"S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "RUNTIME_MONITORING", "EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS"}

func guardDuty(_ Estate, g *graph.Graph, seen *Finding) {
	detector, one := single(g, seen, "aws:guardduty/detector:Detector", "detectors")
	if !one {
		return
	}
	seen.need(detector.Bool("enable"), "%s is off", nameOf(detector))
	on := map[string]bool{}
	for _, feature := range g.OfType("aws:guardduty/detectorFeature:DetectorFeature") {
		on[feature.String("name")] = feature.String("status") == "ENABLED" && feature.String("detectorId") == detector.ID
	}
	for _, feature := range features {
		seen.need(on[feature], "%s is off", feature)
	}
	seen.say("1 detector, %s", count(len(on), "feature"))
}

func securityHub(_ Estate, g *graph.Graph, seen *Finding) {
	single(g, seen, "aws:securityhub/account:Account", "Security Hub")
	wanted := []string{"standards/aws-foundational-security-best-practices/v/", "standards/cis-aws-foundations-benchmark/v/"}
	if classification(g) == cardholderData {
		wanted = append(wanted, "standards/pci-dss/v/4.0.1")
	}
	standards := g.OfType("aws:securityhub/standardsSubscription:StandardsSubscription")
	for _, standard := range wanted {
		seen.need(slices.ContainsFunc(standards, func(r graph.Resource) bool {
			return strings.Contains(r.String("standardsArn"), standard)
		}), "%s is not subscribed to", standard)
	}
	for _, rule := range g.OfType("aws:cloudwatch/eventRule:EventRule") {
		pattern := rule.String("eventPattern")
		if strings.Contains(pattern, "aws.securityhub") && strings.Contains(pattern, `"CRITICAL"`) && strings.Contains(pattern, `"HIGH"`) && goesToTopic(g, rule) {
			seen.say("%s, CRITICAL and HIGH go to the topic", count(len(standards), "standard"))
		}
	}
	seen.need(len(seen.Found) > 0, "findings of CRITICAL and HIGH go to no topic")
}

// goesToTopic tells whether a topic of the graph is a target of the rule.
func goesToTopic(g *graph.Graph, rule graph.Resource) bool {
	return slices.ContainsFunc(g.OfType("aws:cloudwatch/eventTarget:EventTarget"), func(target graph.Resource) bool {
		_, is := g.ByID(topicType, target.String("arn"))
		return is && target.String("rule") == rule.ID
	})
}

// classification is the tag that every resource of the stack has by its provider.
func classification(g *graph.Graph) string {
	for _, provider := range g.OfType("pulumi:providers:aws") {
		if tag := provider.String("defaultTags.tags.DataClassification"); tag != "" {
			return tag
		}
	}
	return ""
}

func configRules(_ Estate, g *graph.Graph, seen *Finding) {
	if recorder, one := single(g, seen, "aws:cfg/recorder:Recorder", "recorders"); one {
		seen.need(recorder.Bool("recordingGroup.allSupported"), "%s does not record everything", nameOf(recorder))
	}
	if status, one := single(g, seen, "aws:cfg/recorderStatus:RecorderStatus", "switches of the recorder"); one {
		seen.need(status.Bool("isEnabled"), "the recorder is off")
	}
	single(g, seen, "aws:cfg/deliveryChannel:DeliveryChannel", "delivery channels")
	packs := g.OfType("aws:cfg/conformancePack:ConformancePack")
	seen.need(len(packs) > 0, "no conformance pack")
	for _, pack := range packs {
		rules := strings.Count(pack.String("templateBody"), "AWS::Config::ConfigRule")
		seen.need(rules > 0, "%s has no rule", nameOf(pack))
		seen.say("%s: %s", pack.String("name"), count(rules, "rule"))
	}
}

func vulnerabilityScans(_ Estate, g *graph.Graph, seen *Finding) {
	if inspector, one := single(g, seen, "aws:inspector2/enabler:Enabler", "Inspector"); one {
		scanned := inspector.Strings("resourceTypes")
		for _, kind := range []string{"EC2", "ECR", "LAMBDA"} {
			seen.need(slices.Contains(scanned, kind), "Inspector does not scan %s", kind)
		}
		seen.say("Inspector scans %s", strings.Join(scanned, ", "))
	}
	if registry, one := single(g, seen, "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration", "scans of the registry"); one {
		seen.need(registry.String("scanType") == "ENHANCED", "the registry is not scanned by Inspector")
		seen.need(registry.String("rules[0].scanFrequency") == "CONTINUOUS_SCAN", "images are not scanned continuously")
		seen.say("images: %s", registry.String("rules[0].scanFrequency"))
	}
}

func intrusionDetection(_ Estate, g *graph.Graph, seen *Finding) {
	public := g.Select(func(r graph.Resource) bool {
		return r.Type == "aws:lb/loadBalancer:LoadBalancer" && !r.Bool("internal")
	})
	seen.need(len(public) > 0, "no public load balancer")
	for _, balancer := range public {
		for _, behind := range g.OfType("aws:wafv2/webAclAssociation:WebAclAssociation") {
			for _, acl := range g.OfType("aws:wafv2/webAcl:WebAcl") {
				rules := len(listOf(acl, "rules"))
				if behind.String("resourceArn") == balancer.ID && behind.String("webAclArn") == acl.Outputs["arn"] && rules > 0 {
					seen.say("web ACL of %s before %s", count(rules, "rule"), nameOf(balancer))
				}
			}
		}
		seen.need(len(seen.Found) > 0, "nothing stands before %s", nameOf(balancer))
	}
	seen.need(len(g.OfType("aws:ec2/vpc:Vpc")) > 0, "no VPC")
	for _, vpc := range g.OfType("aws:ec2/vpc:Vpc") {
		seen.need(slices.ContainsFunc(g.OfType("aws:ec2/flowLog:FlowLog"), func(log graph.Resource) bool {
			return log.String("vpcId") == vpc.ID && log.String("trafficType") == "ALL"
		}), "%s has no flow log of all traffic", nameOf(vpc))
	}
	for _, agent := range g.OfType(addOnType) {
		if agent.String("addonName") == "aws-guardduty-agent" {
			seen.say("GuardDuty's agent on the nodes")
		}
	}
	seen.say("%s", count(len(g.OfType("aws:ec2/flowLog:FlowLog")), "flow log"))
}
