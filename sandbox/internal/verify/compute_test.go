package verify

import (
	"fmt"
	"strings"
)

// addCompute makes what serves, blue being live.
func (n *Network) addCompute() {
	n.Compute.Certificates = map[string]Certificate{"arn:cert": {
		Status: "ISSUED", SubjectAlternativeNames: []string{n.nameOf(public), n.nameOf(internal)},
	}}
	for _, side := range sides {
		n.addBalancer(side)
	}
	n.addWebACL()
	n.addFleet()
	n.addStorage()
	n.Compute.Runbooks = map[string]string{}
	for _, color := range colors {
		n.Compute.Runbooks[n.Environment+"-release-"+color] = `{"listeners":["arn:public:443","arn:internal:443"]}`
	}
}

func (n *Network) addBalancer(side string) {
	b := LoadBalancer{
		LoadBalancerArn: "arn:" + side, LoadBalancerName: n.Environment + "-" + side, Type: "application", Scheme: schemeOf[side],
		DNSName: side + ".elb.amazonaws.com", CanonicalHostedZoneId: "Z-ELB", SecurityGroups: []string{groupID(n.Environment + "-" + side)},
		Attributes: map[string]string{
			"deletion_protection.enabled": "true", "routing.http.drop_invalid_header_fields.enabled": "true",
			"routing.http.desync_mitigation_mode": "strictest", "routing.http2.enabled": "true", "idle_timeout.timeout_seconds": "60",
			"access_logs.s3.enabled": "true", "access_logs.s3.bucket": logBucket(n.Environment),
			"connection_logs.s3.enabled": "true", "connection_logs.s3.bucket": logBucket(n.Environment),
		},
	}
	b.State.Code = "active"
	for _, id := range n.subnetIDs(tierOf[side]) {
		b.AvailabilityZones = append(b.AvailabilityZones, struct{ ZoneName, SubnetId string }{"", id})
	}
	live := Action{Type: "forward"}
	live.ForwardConfig.TargetGroups = []Weight{{n.targetARN(side, blue), 100}, {n.targetARN(side, green), 0}}
	b.Listeners = []Listener{https(side, httpsPort, live)}
	if side == public {
		redirect := Action{Type: "redirect"}
		redirect.RedirectConfig.Protocol, redirect.RedirectConfig.Port, redirect.RedirectConfig.StatusCode = "HTTPS", "443", "HTTP_301"
		b.Listeners = append(b.Listeners,
			Listener{ListenerArn: "arn:public:80", Protocol: "HTTP", Port: httpPort, DefaultActions: []Action{redirect}},
			https(side, testPort, Action{Type: "forward", TargetGroupArn: n.targetARN(public, green)}))
	}
	n.Compute.LoadBalancers = append(n.Compute.LoadBalancers, b)
}

func https(side string, port int, action Action) Listener {
	return Listener{
		ListenerArn: fmt.Sprintf("arn:%s:%d", side, port), Protocol: "HTTPS", Port: port,
		SslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06", DefaultActions: []Action{action},
		Certificates: []struct{ CertificateArn string }{{"arn:cert"}},
	}
}

func (n *Network) targetARN(side, color string) string {
	return "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/" + n.targetGroup(side, color) + "/0123"
}

func (n *Network) addWebACL() {
	acl := WebACL{Name: n.Environment, ARN: "arn:acl"}
	limit := WebACLRule{Name: "limit", Action: map[string]any{"Block": map[string]any{}}}
	limit.Statement.RateBasedStatement.Limit, limit.Statement.RateBasedStatement.AggregateKeyType = 2000, "IP"
	acl.Rules = []WebACLRule{limit}
	for _, name := range managedRules {
		rule := WebACLRule{Name: name, OverrideAction: map[string]any{"None": map[string]any{}}}
		rule.Statement.ManagedRuleGroupStatement.VendorName, rule.Statement.ManagedRuleGroupStatement.Name = "AWS", name
		acl.Rules = append(acl.Rules, rule)
	}
	log := WebACLLog{ResourceArn: acl.ARN, LogDestinationConfigs: []string{"arn:aws:logs:us-east-1:1:log-group:aws-waf-logs-" + n.Environment}}
	for _, header := range []string{"cookie", "authorization"} {
		log.RedactedFields = append(log.RedactedFields, struct{ SingleHeader struct{ Name string } }{struct{ Name string }{header}})
	}
	n.Compute.WebACL, n.Compute.WebACLLogs = acl, []WebACLLog{log}
}

func (n *Network) addFleet() {
	n.Compute.Health = map[string][]Target{}
	for _, color := range colors {
		group := ScalingGroup{AutoScalingGroupName: n.Environment + "-" + color, VPCZoneIdentifier: strings.Join(n.subnetIDs(app), ",")}
		group.MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification = TemplateReference{"lt-1", "2"}
		for _, side := range sides {
			group.TargetGroupARNs = append(group.TargetGroupARNs, n.targetARN(side, color))
		}
		n.Compute.Groups = append(n.Compute.Groups, group)
	}
	n.Compute.Groups[0].DesiredCapacity = 3
	for i := range 3 {
		n.launch(&n.Compute.Groups[0], fmt.Sprintf("i-%d", i))
	}
	version := TemplateVersion{LaunchTemplateId: "lt-1", VersionNumber: 2}
	template := &version.LaunchTemplateData
	template.MetadataOptions.HttpTokens, template.MetadataOptions.HttpPutResponseHopLimit = "required", 1
	template.SecurityGroupIds = []string{groupID(n.Environment + "-app")}
	template.BlockDeviceMappings = []struct{ Ebs Volume }{{Volume{Encrypted: true, KmsKeyId: "arn:key", VolumeType: "gp3"}}}
	n.Compute.Templates = []TemplateVersion{version}
}

// launch puts an instance into a group, healthy at all its target groups.
func (n *Network) launch(group *ScalingGroup, id string) {
	group.Instances = append(group.Instances, struct{ InstanceId, LifecycleState, HealthStatus string }{id, "InService", "Healthy"})
	n.Compute.Instances = append(n.Compute.Instances, Instance{InstanceId: id, SubnetId: "subnet-app-us-east-1a"})
	for _, arn := range group.TargetGroupARNs {
		target := Target{}
		target.Target.Id, target.TargetHealth.State = id, "healthy"
		n.Compute.Health[arn] = append(n.Compute.Health[arn], target)
	}
}

func (n *Network) addStorage() {
	n.Compute.Buckets = map[string]Bucket{}
	for _, name := range []string{logBucket(n.Environment), deploymentBucket(n.Environment)} {
		bucket := Bucket{Versioning: "Enabled", PublicAccess: PublicAccess{true, true, true, true}, Policy: tlsOnly("arn:aws:s3:::" + name)}
		by := Encryption{}
		by.ApplyServerSideEncryptionByDefault.SSEAlgorithm = "AES256"
		if name == deploymentBucket(n.Environment) {
			by.ApplyServerSideEncryptionByDefault.SSEAlgorithm, by.ApplyServerSideEncryptionByDefault.KMSMasterKeyID = "aws:kms", "arn:key"
		}
		bucket.Encryption = []Encryption{by}
		n.Compute.Buckets[name] = bucket
	}
	for i, zone := range []string{plans[n.Environment].domain, plans[n.Environment].privateZone} {
		record := Record{Name: n.nameOf(sides[i]) + ".", Type: "A"}
		record.AliasTarget.HostedZoneId, record.AliasTarget.DNSName = "Z-ELB", "dualstack."+sides[i]+".elb.amazonaws.com."
		n.Compute.Zones = append(n.Compute.Zones, Zone{Id: "Z" + fmt.Sprint(i), Name: zone + ".", Records: []Record{record}})
	}
}

func tlsOnly(arn string) string {
	return fmt.Sprintf(`{"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["%[1]s","%[1]s/*"],
		"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`, arn)
}
