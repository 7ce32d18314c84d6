package tests

import (
	"aws-platform/pkg/checklist"
	"aws-platform/pkg/graph"
)

// wrongGraph is a stack with one thing changed, and what the checklist says of it.
type wrongGraph struct {
	item, stack string
	change      func(*graph.Graph) *graph.Graph
	says        string
}

const (
	pci        = "production-pci"
	pciAccount = "account-production-pci"
)

// without drops the resources of a type.
func without(typ string) func(*graph.Graph) *graph.Graph {
	return func(g *graph.Graph) *graph.Graph {
		other := *g
		other.Resources = g.Select(func(r graph.Resource) bool { return r.Type != typ })
		return &other
	}
}

// setting sets a property of all resources of a type.
func setting(typ, property string, value any) func(*graph.Graph) *graph.Graph {
	return func(g *graph.Graph) *graph.Graph {
		return changed(g, typ, func(r *graph.Resource) { set(r, property, value) })
	}
}

// settingOf sets a property of the resource of a type and a name.
func settingOf(typ, name, property string, value any) func(*graph.Graph) *graph.Graph {
	return func(g *graph.Graph) *graph.Graph {
		return changed(g, typ, func(r *graph.Resource) {
			if r.Name == name {
				set(r, property, value)
			}
		})
	}
}

func wrongGraphs() []wrongGraph {
	var all []wrongGraph
	for _, of := range [][]wrongGraph{wrongReach(), wrongDetection(), wrongWatching(), wrongRecovery(), wrongIsolation(), wrongEncryption(), wrongAudit()} {
		all = append(all, of...)
	}
	return all
}

func wrongReach() []wrongGraph {
	const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	everybody := func(g *graph.Graph) *graph.Graph {
		return changed(g, ingress, func(r *graph.Resource) {
			if r.Int("fromPort") == 8443 {
				set(r, "cidrIpv4", "0.0.0.0/0")
			}
		})
	}
	return []wrongGraph{
		{"devops-ranges", pci, everybody, "production-pci-public opens 8443 to 0.0.0.0/0"},
		{"eks-api", pci, setting("eks:index:Cluster", "endpointPublicAccess", true), "is open to everybody"},
		{"eks-api", "dev", setting("eks:index:Cluster", "publicAccessCidrs", []any{"0.0.0.0/0"}), "is open to everybody"},
		{"eks-api", pci, without("eks:index:Cluster"), "no cluster"},
		{"certificates", pci, setting("aws:lb/listener:Listener", "certificateArn", ""), "has no certificate"},
		{"certificates", pci, setting("aws:acm/certificate:Certificate", "validationMethod", "EMAIL"), "is not proved by DNS"},
		{"certificates", pci, without("aws:lb/listener:Listener"), "no HTTPS listener"},
		{"mfa", pciAccount, without("aws:iam/groupPolicyAttachment:GroupPolicyAttachment"), "no group is denied"},
		{"mfa", pciAccount, setting("aws:iam/policy:Policy", "policy", `{"Statement":[]}`), "no group is denied"},
		{"mfa", pciAccount, without(metricAlarmType), "no alarm on a sign-in"},
		{"security-groups", pci, setting(ingress, "description", ""), "has no reason"},
		{"security-groups", pci, setting(ingress, "toPort", 65535.0), "is of more than one port"},
	}
}

func wrongDetection() []wrongGraph {
	return []wrongGraph{
		{"guardduty", pciAccount, without("aws:guardduty/detector:Detector"), "detectors: 0, not one"},
		{"guardduty", pciAccount, setting("aws:guardduty/detector:Detector", "enable", false), "is off"},
		{"guardduty", pciAccount, setting("aws:guardduty/detectorFeature:DetectorFeature", "status", "DISABLED"), "RUNTIME_MONITORING is off"},
		{"security-hub", pciAccount, without("aws:securityhub/account:Account"), "Security Hub: 0, not one"},
		{"security-hub", pciAccount, without("aws:securityhub/standardsSubscription:StandardsSubscription"), "standards/pci-dss/v/4.0.1 is not subscribed to"},
		{"security-hub", pciAccount, without("aws:cloudwatch/eventTarget:EventTarget"), "go to no topic"},
		{"config-rules", pciAccount, setting("aws:cfg/recorderStatus:RecorderStatus", "isEnabled", false), "the recorder is off"},
		{"config-rules", pciAccount, setting("aws:cfg/recorder:Recorder", "recordingGroup.allSupported", false), "does not record everything"},
		{"config-rules", pciAccount, without("aws:cfg/deliveryChannel:DeliveryChannel"), "delivery channels: 0"},
		{"config-rules", pciAccount, without("aws:cfg/conformancePack:ConformancePack"), "no conformance pack"},
		{"vulnerability-scans", pciAccount, without("aws:inspector2/enabler:Enabler"), "Inspector: 0, not one"},
		{"vulnerability-scans", pciAccount, setting("aws:inspector2/enabler:Enabler", "resourceTypes", []any{"EC2"}), "does not scan ECR"},
		{"vulnerability-scans", pciAccount, setting("aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration", "scanType", "BASIC"), "is not scanned by Inspector"},
		{"intrusion-detection", pci, without("aws:wafv2/webAclAssociation:WebAclAssociation"), "nothing stands before production-pci-public"},
		{"intrusion-detection", pci, setting("aws:ec2/flowLog:FlowLog", "trafficType", "REJECT"), "has no flow log of all traffic"},
		{"access-review", pciAccount, setting("aws:accessanalyzer/analyzer:Analyzer", "type", "ACCOUNT"), "no analyzer of unused access"},
		{"access-review", pciAccount, without("aws:accessanalyzer/analyzer:Analyzer"), "no analyzer of access from outside"},
	}
}

func wrongWatching() []wrongGraph {
	return []wrongGraph{
		{"alarms", pci, setting(metricAlarmType, "alarmDescription", "It is bad."), "names no runbook"},
		{"alarms", pciAccount, setting(metricAlarmType, "actionsEnabled", false), "is silent"},
		{"sns", pci, setting("aws:sns/topic:Topic", "kmsMasterKeyId", ""), "is not encrypted"},
		{"sns", pciAccount, without("aws:sns/topicPolicy:TopicPolicy"), "has no policy"},
		{"sns", pci, without("aws:sns/topic:Topic"), "no topic production-pci-critical"},
		{"paging", pci, setting("aws:sns/topicSubscription:TopicSubscription", "protocol", "email"), "production-pci-critical is posted nowhere"},
		{"paging", pciAccount, without("aws:sns/topicSubscription:TopicSubscription"), "platform-security is posted nowhere"},
		{"paging", pci, setting("aws:sns/topicSubscription:TopicSubscription", "endpoint", "https://events.example.com/key"), "the address is no secret"},
		{"container-insights", pci, without("aws:eks/addon:Addon"), "no add-on with enhanced metrics"},
		{"container-insights", pci, without(logGroupType), "no log group /aws/containerinsights/production-pci-eks/host"},
		{"log-aggregation", pci, without(filterType), "/production-pci/fleet is not sent to the archive"},
		{"log-aggregation", pci, setting(filterType, "filterPattern", "ERROR"), "/production-pci/fleet is not sent to the archive"},
		{"log-aggregation", pci, without(streamType), "no archive"},
		{"dashboards", pci, without("aws:cloudwatch/dashboard:Dashboard"), "0 dashboards, not three"},
		{"dashboards", pci, setting("aws:cloudwatch/dashboard:Dashboard", "dashboardBody", `{"widgets":[]}`), "shows nothing"},
	}
}

func wrongRecovery() []wrongGraph {
	const database, cache = "aws:rds/instance:Instance", "aws:elasticache/replicationGroup:ReplicationGroup"
	return []wrongGraph{
		{"backups", pci, setting(database, "backupRetentionPeriod", 1.0), "for 1 days"},
		{"backups", pci, setting(database, "tags.Backup", "none"), "is in no backup plan"},
		{"backups", pci, without("aws:backup/vaultLockConfiguration:VaultLockConfiguration"), "is not locked"},
		{"backups", pci, without("aws:backup/restoreTestingSelection:RestoreTestingSelection"), "no restore of RDS is tried"},
		{"backups", pci, without(metricAlarmType), "no alarm on a restore that fails"},
		{"point-in-time", pci, setting(database, "backupRetentionPeriod", 0.0), "to 0 days ago alone"},
		{"point-in-time", pci, without("aws:backup/plan:Plan"), "no continuous backup in the vault"},
		{"point-in-time", pci, setting("aws:backup/restoreTestingPlan:RestoreTestingPlan", "recoveryPointSelection.recoveryPointTypes", []any{"SNAPSHOT"}), "no restore to a point in time"},
		{"failover-rds", pci, setting(database, "multiAz", false), "has no standby"},
		{"failover-rds", pci, without(database), "no database"},
		{"failover-cache", pci, setting(cache, "automaticFailoverEnabled", false), "does not fail over"},
		{"failover-cache", pci, setting(cache, "numCacheClusters", 1.0), "does not fail over"},
		{"cross-region-copy", pci, without("aws:backup/vault:Vault"), "rule daily is copied nowhere"},
		{"cross-region-copy", pci, setting("pulumi:providers:aws", "region", "us-east-1"), "rule monthly is copied nowhere"},
		{"cross-region-copy", pci, without("aws:backup/plan:Plan"), "no backup plan"},
		{"cross-region-copy", pci, without("aws:backup/vaultLockConfiguration:VaultLockConfiguration"), "production-pci-backup-copy is not locked"},
	}
}

func wrongIsolation() []wrongGraph {
	const egress = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
	routed := func(g *graph.Graph) *graph.Graph {
		table := g.Select(func(r graph.Resource) bool {
			return r.Type == "aws:ec2/routeTable:RouteTable" && r.String("tags.Tier") == "data"
		})[0]
		return settingOf("aws:ec2/route:Route", g.OfType("aws:ec2/route:Route")[0].Name, "routeTableId", table.ID)(g)
	}
	group := func(g *graph.Graph, suffix string) string {
		for _, r := range g.OfType("aws:ec2/securityGroup:SecurityGroup") {
			if r.Name == pci+suffix {
				return r.ID
			}
		}
		return ""
	}
	talks := func(g *graph.Graph) *graph.Graph {
		return settingOf(egress, pci+"-app-https-to-internet", "securityGroupId", group(g, "-data-postgresql"))(g)
	}
	hears := func(g *graph.Graph) *graph.Graph {
		return changed(g, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", func(r *graph.Resource) {
			if r.Int("fromPort") == 5432 {
				set(r, "referencedSecurityGroupId", group(g, "-public"))
			}
		})
	}
	app := func(g *graph.Graph) *graph.Graph {
		return setting("aws:ec2/subnet:Subnet", "tags.Tier", "app")(g)
	}
	return []wrongGraph{
		{"data-isolated", pci, routed, "leads to 0.0.0.0/0"},
		{"data-isolated", pci, talks, "production-pci-data-postgresql lets 1 rule out"},
		{"data-isolated", pci, hears, "production-pci-data-postgresql lets production-pci-public in"},
		{"data-isolated", pci, app, "production-pci-kafka is outside the data tier"},
		{"data-isolated", pci, setting("aws:rds/instance:Instance", "publiclyAccessible", true), "is public"},
		{"data-flow", pci, settingOf("aws:s3/bucketV2:BucketV2", pci+"-deployments", "bucket", "another"), "another is in no flow"},
	}
}

func wrongAudit() []wrongGraph {
	return []wrongGraph{
		{"audit-logs", pci, setting(logGroupType, "retentionInDays", 180.0), "/aws/opensearch/production-pci-opensearch/audit is kept for 180 days"},
		{"audit-logs", pci, without(logGroupType), "no log group of the audit logs of eks:index:Cluster"},
		{"audit-logs", pciAccount, without("aws:cloudtrail/trail:Trail"), "trails: 0, not one"},
		{"audit-logs", pciAccount, setting("aws:cloudtrail/trail:Trail", "enableLogFileValidation", false), "enableLogFileValidation is off"},
		{"audit-logs", pciAccount, without("aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2"), "objects are not locked for 365 days"},
		{"audit-logs", pciAccount, setting("aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2", "rules", []any{map[string]any{"expiration": map[string]any{"days": 90.0}}}), "expires after 90 days"},
	}
}

func wrongEncryption() []wrongGraph {
	all := []wrongGraph{
		{"encryption-at-rest", pci, setting("aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2", "rules", []any{}), "production-pci-log-archive-222222222222 has no key"},
		{"encryption-at-rest", pciAccount, without("aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2"), "platform-trail-222222222222 has no key"},
		{"encryption-at-rest", pci, setting("aws:ec2/launchTemplate:LaunchTemplate", "blockDeviceMappings", []any{}), "says nothing of its volumes"},
		{"encryption-at-rest", pci, setting("aws:ec2/launchTemplate:LaunchTemplate", "blockDeviceMappings", []any{map[string]any{"deviceName": "/dev/xvda", "ebs": map[string]any{"encrypted": "false"}}}), "/dev/xvda is not encrypted"},
		{"encryption-at-rest", pciAccount, setting("aws:ebs/encryptionByDefault:EncryptionByDefault", "enabled", false), "volumes are not encrypted by default"},
		{"encryption-in-transit", pci, setting("aws:lb/listener:Listener", "sslPolicy", "ELBSecurityPolicy-2016-08"), "takes old TLS"},
		{"encryption-in-transit", pci, setting("aws:lb/listener:Listener", "protocol", "HTTP"), "forwards plain HTTP"},
		{"encryption-in-transit", pci, settingOf("aws:lb/targetGroup:TargetGroup", pci+"-web-active", "protocol", "HTTP"), "speaks HTTP to its targets"},
		{"encryption-in-transit", pci, setting("aws:s3/bucketPolicy:BucketPolicy", "policy", `{"Statement":[]}`), "takes plain HTTP"},
		{"encryption-in-transit", pciAccount, without("aws:s3/bucketPolicy:BucketPolicy"), "platform-trail-222222222222 takes plain HTTP"},
		{"encryption-in-transit", pci, setting("aws:sns/topicSubscription:TopicSubscription", "protocol", "http"), "is sent plain HTTP"},
		{"encryption-in-transit", pci, setting("aws:rds/parameterGroup:ParameterGroup", "parameters", []any{}), "takes connections without TLS"},
		{"encryption-in-transit", pci, setting("aws:msk/cluster:Cluster", "encryptionInfo.encryptionInTransit.clientBroker", "TLS_PLAINTEXT"), "clientBroker is TLS_PLAINTEXT"},
		{"encryption-in-transit", pci, setting("kubernetes:security.istio.io/v1:PeerAuthentication", "spec.mtls.mode", "PERMISSIVE"), "the mesh takes plain text"},
		{"encryption-in-transit", pci, settingOf("kubernetes:security.istio.io/v1:PeerAuthentication", pci+"-strict", "spec.portLevelMtls", map[string]any{"5432": map[string]any{"mode": "DISABLE"}}), "port 5432: mode DISABLE"},
	}
	for typ, properties := range checklist.KeysAtRest() {
		stack := pci
		if typ == "aws:ecr/repository:Repository" || typ == "aws:cloudtrail/trail:Trail" {
			stack = pciAccount
		}
		for _, property := range properties {
			change, says := setting(typ, property, ""), "no key in "+property
			if typ == "aws:ecr/repository:Repository" {
				change = setting(typ, "encryptionConfigurations", []any{})
			}
			all = append(all, wrongGraph{"encryption-at-rest", stack, change, says})
		}
	}
	return all
}
