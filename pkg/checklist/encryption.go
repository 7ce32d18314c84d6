package checklist

import (
	"maps"
	"slices"
	"strings"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/policy/policytest"
)

// keysAtRest are the properties with the KMS key of what keeps data, by type.
var keysAtRest = map[string][]string{
	databaseType:                    {"kmsKeyId", "masterUserSecretKmsKeyId", "performanceInsightsKmsKeyId"},
	cacheType:                       {"kmsKeyId"},
	kafkaType:                       {"encryptionInfo.encryptionAtRestKmsKeyArn"},
	searchType:                      {"encryptAtRest.kmsKeyId"},
	vaultType:                       {"kmsKeyArn"},
	topicType:                       {"kmsMasterKeyId"},
	logGroupType:                    {"kmsKeyId"},
	streamType:                      {"serverSideEncryption.keyArn"},
	"eks:index:Cluster":             {"encryptionConfigKeyArn"},
	"aws:ecr/repository:Repository": {"encryptionConfigurations[0].kmsKey"},
	"aws:cloudtrail/trail:Trail":    {"kmsKeyId"},
	"kubernetes:storage.k8s.io/v1:StorageClass": {"parameters.kmsKeyId"},
}

func atRest(_ Estate, g *graph.Graph, seen *Finding) {
	holders := 0
	for _, r := range g.Resources {
		properties, keeps := keysAtRest[r.Type]
		if keeps {
			holders++
		}
		for _, property := range properties {
			seen.need(strings.HasPrefix(r.String(property), "arn:"), "%s: no key in %s", nameOf(r), property)
		}
		switch r.Type {
		case "aws:ec2/launchTemplate:LaunchTemplate":
			holders++
			volumes(r, seen)
		case bucketType:
			holders++
			bucketKey(g, r, seen)
		}
	}
	for _, account := range g.OfType("aws:ebs/encryptionByDefault:EncryptionByDefault") {
		seen.need(account.Bool("enabled"), "volumes are not encrypted by default")
	}
	seen.need(holders > 0, "nothing keeps data")
	seen.say("%d that keep data", holders)
}

func volumes(template graph.Resource, seen *Finding) {
	mappings := listOf(template, "blockDeviceMappings")
	seen.need(len(mappings) > 0, "%s: says nothing of its volumes", nameOf(template))
	for _, volume := range mappings {
		seen.need(volume.String("ebs.encrypted") == "true" && volume.String("ebs.kmsKeyId") != "", "%s: %s is not encrypted", nameOf(template), volume.String("deviceName"))
	}
}

func bucketKey(g *graph.Graph, bucket graph.Resource, seen *Finding) {
	name, found := bucket.String("bucket"), false
	for _, encryption := range g.OfType("aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2") {
		if encryption.String("bucket") != name {
			continue
		}
		const rule = "rules[0].applyServerSideEncryptionByDefault."
		found = encryption.String(rule+"sseAlgorithm") == "aws:kms" && encryption.String(rule+"kmsMasterKeyId") != ""
	}
	if reason := plainBucket(name); !found && reason != "" {
		seen.accept(name, reason)
		return
	}
	seen.need(found, "%s has no key", name)
}

// spoken are the properties by which a store speaks TLS alone, by type.
var spoken = map[string]map[string]any{
	cacheType: {"transitEncryptionEnabled": true, "transitEncryptionMode": "required"},
	kafkaType: {"encryptionInfo.encryptionInTransit.clientBroker": "TLS", "encryptionInfo.encryptionInTransit.inCluster": true},
	searchType: {
		"nodeToNodeEncryption.enabled": true, "domainEndpointOptions.enforceHttps": true,
		"domainEndpointOptions.tlsSecurityPolicy": "Policy-Min-TLS-1-2-PFS-2023-10",
	},
}

func inTransit(_ Estate, g *graph.Graph, seen *Finding) {
	stores := 0
	for _, r := range g.Resources {
		if _, is := spoken[r.Type]; is || r.Type == databaseType {
			stores++
		}
		for property, want := range spoken[r.Type] {
			is, _ := r.Lookup(property)
			seen.need(is == want, "%s: %s is %v", nameOf(r), property, is)
		}
		switch r.Type {
		case databaseType:
			seen.need(ForcesTLS(g, r), "%s takes connections without TLS", nameOf(r))
		case listenerType:
			secureListener(r, seen)
		case targetGroupType:
			secureTargets(r, seen)
		case bucketType:
			secureBucket(g, r, seen)
		case subscribedType:
			protocol := r.String("protocol")
			seen.need(protocol != "http", "%s is sent plain HTTP", nameOf(r))
		}
	}
	if len(g.OfType("eks:index:Cluster")) > 0 {
		strict(g, seen)
	}
	seen.need(len(g.OfType(bucketType)) > 0, "no bucket")
	seen.say("%s", count(len(g.OfType(bucketType)), "bucket"))
	if listeners := len(g.OfType(listenerType)); listeners > 0 {
		seen.say("%s, %s, the mesh", count(listeners, "listener"), count(stores, "store"))
	}
}

// ForcesTLS tells whether a database of RDS refuses connections without TLS, by its
// parameter group (Amazon RDS User Guide, "Requiring an SSL connection to a PostgreSQL DB instance").
func ForcesTLS(g *graph.Graph, database graph.Resource) bool {
	for _, group := range g.OfType("aws:rds/parameterGroup:ParameterGroup") {
		if group.String("name") != database.String("parameterGroupName") {
			continue
		}
		return slices.ContainsFunc(listOf(group, "parameters"), func(p graph.Resource) bool {
			return p.String("name") == "rds.force_ssl" && p.String("value") == "1"
		})
	}
	return false
}

func secureListener(listener graph.Resource, seen *Finding) {
	if listener.String("protocol") == "HTTPS" {
		seen.need(strings.HasPrefix(listener.String("sslPolicy"), "ELBSecurityPolicy-TLS13-1-"), "%s takes old TLS: %s", nameOf(listener), listener.String("sslPolicy"))
		return
	}
	for _, action := range listOf(listener, "defaultActions") {
		redirects := action.String("type") == "redirect" && action.String("redirect.protocol") == "HTTPS"
		seen.need(redirects || action.String("type") == "fixed-response", "%s forwards plain HTTP", nameOf(listener))
	}
}

// secureTargets accepts HTTP to instances, which is the way from a load balancer to the fleet
// inside the VPC, and nothing else.
func secureTargets(group graph.Resource, seen *Finding) {
	if group.String("protocol") == "HTTPS" {
		return
	}
	if group.String("protocol") == "HTTP" && group.String("targetType") == "instance" {
		seen.accept(nameOf(group), "HTTP from the load balancer to the fleet, inside the VPC and between two security groups; "+
			"PCI DSS v4.0.1, requirement 4.2.1, asks for encryption over open, public networks")
		return
	}
	seen.fault("%s speaks %s to its targets", nameOf(group), group.String("protocol"))
}

// secureBucket asks the bucket's policy for a request by plain HTTP.
func secureBucket(g *graph.Graph, bucket graph.Resource, seen *Finding) {
	name, denied := bucket.String("bucket"), false
	for _, document := range g.OfType("aws:s3/bucketPolicy:BucketPolicy") {
		if document.String("bucket") != name {
			continue
		}
		denied = policytest.Ask(document.String("policy"), policytest.Request{
			Principal: "arn:aws:iam::123456789012:role/anybody", Action: "s3:GetObject", Resource: "arn:aws:s3:::" + name + "/object",
			Context: map[string][]string{"aws:SecureTransport": {"false"}},
		}) == policytest.Denied
	}
	seen.need(denied, "%s takes plain HTTP", name)
}

// strict is a fault of a mesh that takes plain text (Istio, "PeerAuthentication": the one in
// the root namespace is the whole mesh's).
func strict(g *graph.Graph, seen *Finding) {
	var whole bool
	for _, r := range g.OfType("kubernetes:security.istio.io/v1:PeerAuthentication") {
		mode := r.String("spec.mtls.mode")
		whole = whole || r.String("metadata.namespace") == "istio-system" && mode == "STRICT"
		seen.need(mode == "STRICT", "%s: mode %s", nameOf(r), mode)
		ports, _ := r.Lookup("spec.portLevelMtls")
		for port, value := range asMap(ports) {
			level, _ := value.(map[string]any)
			selected, _ := r.Lookup("spec.selector.matchLabels")
			if level["mode"] != "STRICT" && len(asMap(selected)) > 0 {
				seen.accept(nameOf(r)+" port "+port, "the load balancer is not in the mesh: it speaks TLS to the pod itself")
				continue
			}
			seen.need(level["mode"] == "STRICT", "%s: port %s: mode %v", nameOf(r), port, level["mode"])
		}
	}
	seen.need(whole, "the mesh takes plain text")
}

func asMap(value any) map[string]any {
	object, _ := value.(map[string]any)
	return object
}

// KeysAtRest are the properties with the KMS key of what keeps data, by type.
func KeysAtRest() map[string][]string { return maps.Clone(keysAtRest) }
