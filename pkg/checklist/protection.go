package checklist

import (
	"regexp"
	"slices"
	"strings"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/routing"
	"aws-platform/pkg/securitygroups"
)

// auditDays is how long audit logs are kept (PCI DSS v4.0.1, requirement 10.5.1: 12 months).
const auditDays = 365

// protection are the items on what keeps data to those whom they are for.
func protection() []Item {
	const noAuditor = "no auditor asks for its logs; its account's trail is kept for 365 days"
	return []Item{
		{
			Key: "data-isolated", Name: "Data tier isolated", Scope: Environments, look: dataIsolated,
			Meaning:  "No route leads from the data tier to a gateway of the internet or to a peer, its groups let nothing out and only the app tier in, and every store is in it.",
			Tests:    []Test{{"tests", "TestTheAppTierIsTheOnlyWayToTheData"}, {"tests", "TestStoresHearTheAppTierAndSendNothing"}, {"pkg/network", "TestNetworkACLsAreASecondWall"}},
			Runbooks: []string{"firewall-audit.md"},
		},
		{
			Key: "encryption-at-rest", Name: "Encryption at rest everywhere", Scope: Everywhere, look: atRest,
			Meaning: "What keeps data has a KMS key: stores, volumes, buckets, logs, topics, streams, vaults, images, the cluster's secrets.",
			Tests:   []Test{{"tests", "TestEveryStoreIsEncryptedPrivateAndProtected"}, {"pkg/bucket", "TestEncryption"}, {"pkg/cluster/system", "TestVolumesAreEncryptedWithTheEnvironmentsKey"}},
		},
		{
			Key: "encryption-in-transit", Name: "Encryption in transit everywhere", Scope: Everywhere, look: inTransit,
			Meaning: "Stores, listeners, targets, buckets, subscribers and pods speak TLS alone.",
			Tests:   []Test{{"pkg/compute/balancer", "TestNothingIsServedWithoutTLS"}, {"pkg/data", "TestTheServerForcesTLSAndLogsWhoCame"}, {"pkg/bucket", "TestThePolicyDeniesWhatIsNotTLS"}, {"pkg/cluster/system", "TestTheWholeMeshIsStrict"}},
		},
		{
			Key: "audit-logs", Name: "Audit logs 365 days", Scope: Everywhere, look: auditLogs,
			Meaning:  "Audit logs are kept for 365 days, and those of the account cannot be deleted before.",
			Exempt:   map[string]string{config.Dev: noAuditor, config.Staging: noAuditor},
			Tests:    []Test{{"tests", "TestEveryLogGroupIsEncryptedKeptAndArchived"}, {"pkg/baseline/audit", "TestTheTrailsBucketIsLockedAndItsRequestsAreRecorded"}, {"pkg/baseline/audit", "TestTheTrailRecordsEverythingEverywhere"}},
			Runbooks: []string{"audit-events.md", "log-archive.md"},
		},
		{
			Key: "data-flow", Name: "Data flow diagrams", Scope: Environments, look: dataFlow,
			Meaning:  "[data-flow.md](data-flow.md) draws who sends to whom, from the same graphs; every store and every load balancer is in it.",
			Tests:    []Test{{"tests", "TestGeneratedPagesAreNotStale"}, {"tests", "TestEveryFlowSaysHowItIsEncrypted"}},
			Runbooks: []string{"firewall-audit.md"},
		},
	}
}

func dataIsolated(estate Estate, g *graph.Graph, seen *Finding) {
	all, own := groupsOf(estate, g, seen)
	var graphs []*graph.Graph
	for stack, other := range estate {
		if !isAccount(stack) {
			graphs = append(graphs, other)
		}
	}
	tables, err := routing.Tables(graphs...)
	if err != nil {
		seen.fault("%v", err)
	}
	routes := 0
	for _, table := range tables {
		if table.Environment != g.Stack || table.Tier != "data" {
			continue
		}
		routes++
		for _, route := range table.Routes {
			seen.need(route.Kind == routing.Local || route.Kind == routing.Endpoint, "%s leads to %s by %s", table.Name, route.Destination, route.Target)
		}
	}
	seen.need(routes > 0, "no route table of the data tier")
	stores := 0
	for _, group := range own {
		if group.Tier != "data" {
			continue
		}
		stores++
		seen.need(len(group.Egress) == 0, "%s lets %s out", group.Name, count(len(group.Egress), "rule"))
		for _, rule := range group.Ingress {
			from, known := securitygroups.Of(all, rule.Peer.Group)
			seen.need(known && from.Tier == "app" && from.Environment == g.Stack, "%s lets %s in", group.Name, rule.Peer)
		}
	}
	seen.need(stores > 0, "no security group of the data tier")
	outsideTheTier(g, seen)
	seen.say("%s, %s of stores without egress", count(routes, "route table"), count(stores, "group"))
}

// subnetsOf are where the stores' interfaces are: by type, the property with the subnets.
var subnetsOf = map[string]string{
	"aws:rds/subnetGroup:SubnetGroup":         "subnetIds",
	"aws:elasticache/subnetGroup:SubnetGroup": "subnetIds",
	kafkaType:  "brokerNodeGroupInfo.clientSubnets",
	searchType: "vpcOptions.subnetIds",
}

func outsideTheTier(g *graph.Graph, seen *Finding) {
	for _, r := range g.Resources {
		property, placed := subnetsOf[r.Type]
		if !placed {
			continue
		}
		subnets := r.Strings(property)
		seen.need(len(subnets) > 0, "%s is in no subnet", nameOf(r))
		for _, id := range subnets {
			subnet, _ := g.ByID("aws:ec2/subnet:Subnet", id)
			seen.need(subnet.String("tags.Tier") == "data", "%s is outside the data tier: %s", nameOf(r), id)
		}
	}
	for _, database := range g.OfType(databaseType) {
		seen.need(!database.Bool("publiclyAccessible"), "%s is public", nameOf(database))
	}
}

// auditGroups are the log groups of an environment with audit logs, by the type of which
// there are some (pkg/config, AuditLogs).
var auditGroups = map[string]*regexp.Regexp{
	"eks:index:Cluster": regexp.MustCompile(`^/aws/eks/[^/]+/cluster$`),
	searchType:          regexp.MustCompile(`^/aws/opensearch/[^/]+/audit$`),
}

func auditLogs(_ Estate, g *graph.Graph, seen *Finding) {
	if isAccount(g.Stack) {
		trail(g, seen)
		return
	}
	seen.need(len(g.OfType(logGroupType)) > 0, "no log group")
	for _, typ := range []string{"eks:index:Cluster", searchType} {
		found := 0
		for _, group := range g.OfType(logGroupType) {
			if auditGroups[typ].MatchString(group.String("name")) {
				found++
				kept(group, seen)
			}
		}
		seen.need(found >= len(g.OfType(typ)), "no log group of the audit logs of %s", typ)
	}
}

// kept is a fault of a log group that forgets before the time; 0 days is for ever.
func kept(group graph.Resource, seen *Finding) {
	days := group.Int("retentionInDays")
	seen.need(days == 0 || days >= auditDays, "%s is kept for %d days", group.String("name"), days)
	seen.say("%s %d days", group.String("name"), days)
}

func trail(g *graph.Graph, seen *Finding) {
	made, one := single(g, seen, "aws:cloudtrail/trail:Trail", "trails")
	if !one {
		return
	}
	for _, property := range []string{"enableLogging", "enableLogFileValidation", "isMultiRegionTrail"} {
		seen.need(made.Bool(property), "%s: %s is off", nameOf(made), property)
	}
	bucket := made.String("s3BucketName")
	lock := slices.IndexFunc(g.OfType("aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2"), func(r graph.Resource) bool {
		return r.String("bucket") == bucket && r.Int("rule.defaultRetention.days") >= auditDays
	})
	seen.need(lock >= 0, "%s: objects are not locked for %d days", bucket, auditDays)
	for _, lifecycle := range g.OfType("aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2") {
		for _, rule := range listOf(lifecycle, "rules") {
			days := rule.Int("expiration.days")
			seen.need(lifecycle.String("bucket") != bucket || days == 0 || days >= auditDays, "%s expires after %d days", bucket, days)
		}
	}
	for _, group := range g.OfType(logGroupType) {
		kept(group, seen)
	}
	if lock >= 0 {
		seen.say("trail locked for %d days", auditDays)
	}
}

// plainBuckets are the buckets to which the writing service can write with SSE-S3 alone, by
// what their names begin with behind the owner's, and why.
var plainBuckets = map[string]string{
	"load-balancer-logs-": "SSE-S3: Elastic Load Balancing writes access logs to no other (its User Guide, \"Enable access logs\")",
	"access-logs-":        "SSE-S3: Amazon S3 writes server access logs to no other (its User Guide, \"Enabling server access logging\")",
}

func plainBucket(name string) (reason string) {
	for part, why := range plainBuckets {
		if strings.Contains(name, part) {
			return why
		}
	}
	return ""
}
