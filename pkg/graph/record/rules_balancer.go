package record

import (
	"strings"

	"aws-platform/pkg/graph"
)

const elbARN = "arn:$partition:elasticloadbalancing:$region:$account:"

// balancerRules are the rules of buckets, load balancers, certificates, DNS
// records and web ACLs.
var balancerRules = map[string]rule{
	"aws:s3/bucketV2:BucketV2": {"$in.bucket", map[string]string{
		"arn": "arn:$partition:s3:::$in.bucket", "region": "$region",
		"bucketDomainName": "$in.bucket.s3.amazonaws.com", "bucketRegionalDomainName": "$in.bucket.s3.$region.amazonaws.com",
	}},
	"aws:s3/bucketVersioningV2:BucketVersioningV2":                                               {"$in.bucket", nil},
	"aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": {"$in.bucket", nil},
	"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock":                                     {"$in.bucket", nil},
	"aws:s3/bucketOwnershipControls:BucketOwnershipControls":                                     {"$in.bucket", nil},
	"aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2":                       {"$in.bucket", nil},
	"aws:s3/bucketPolicy:BucketPolicy":                                                           {"$in.bucket", nil},
	// The zone is us-east-1's, of the load balancers' names: one shape for all regions.
	"aws:lb/loadBalancer:LoadBalancer": {elbARN + "loadbalancer/app/$in.name/$urn16", map[string]string{
		"arn": "$id", "arnSuffix": "app/$in.name/$urn16", "zoneId": "Z35SXDOTRQ7X7K",
		"dnsName": "$in.name-$urn7.$region.elb.amazonaws.com",
	}},
	"aws:lb/targetGroup:TargetGroup": {elbARN + "targetgroup/$in.name/$urn16", map[string]string{
		"arn": "$id", "arnSuffix": "targetgroup/$in.name/$urn16",
	}},
	"aws:lb/listener:Listener":                                        {"$in.loadBalancerArn/$urn16", nil},
	"aws:acm/certificate:Certificate":                                 {"arn:$partition:acm:$region:$account:certificate/$uuid", map[string]string{"arn": "$id", "status": "PENDING_VALIDATION"}},
	"aws:acm/certificateValidation:CertificateValidation":             {"2026-01-01 00:00:00 +0000 UTC", nil},
	"aws:route53/record:Record":                                       {"${in_zoneId}_${in_name}_$in.type", map[string]string{"fqdn": "$in.name"}},
	"aws:cloudwatch/logResourcePolicy:LogResourcePolicy":              {"$in.policyName", nil},
	"aws:wafv2/webAcl:WebAcl":                                         {"$uuid", map[string]string{"arn": "arn:$partition:wafv2:$region:$account:regional/webacl/$in.name/$id"}},
	"aws:wafv2/webAclAssociation:WebAclAssociation":                   {"$in.webAclArn,$in.resourceArn", nil},
	"aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {"$in.resourceArn", nil},
}

// amendments say what no text can; by type. They change outputs and return the ID.
var amendments = map[string]func(r graph.Resource, id string, outputs map[string]any) string{
	"aws:acm/certificate:Certificate":                     validationOptions,
	"aws:ec2/launchTemplate:LaunchTemplate":               firstVersion,
	"aws:iam/role:Role":                                   namedRole,
	"aws:iam/openIdConnectProvider:OpenIdConnectProvider": issuer,
	"aws:lb/listener:Listener":                            listenerARN,
	"aws:msk/configuration:Configuration":                 firstRevision,
	"aws:rds/instance:Instance":                           managedSecret,
	"aws:lb/loadBalancer:LoadBalancer":                    internalName,
	"aws:route53/zone:Zone":                               nameServers,
}

// validationOptions are the records by which ACM wants each name proved.
func validationOptions(r graph.Resource, id string, outputs map[string]any) string {
	options := []any{}
	for _, name := range append([]string{r.String("domainName")}, r.Strings("subjectAlternativeNames")...) {
		options = append(options, map[string]any{
			"domainName": name, "resourceRecordType": "CNAME",
			"resourceRecordName":  "_" + hash(name, 32) + "." + name + ".",
			"resourceRecordValue": "_" + hash(id+name, 32) + ".acm-validations.aws.",
		})
	}
	outputs["domainValidationOptions"] = options
	return id
}

// listenerARN is the load balancer's, of another kind and with an ID at its end.
func listenerARN(_ graph.Resource, id string, outputs map[string]any) string {
	id = strings.Replace(id, ":loadbalancer/", ":listener/", 1)
	outputs["arn"] = id
	return id
}

// internalName marks the name of a load balancer that is not on the internet.
func internalName(r graph.Resource, id string, outputs map[string]any) string {
	if name, ok := outputs["dnsName"].(string); ok && r.Bool("internal") {
		outputs["dnsName"] = "internal-" + name
	}
	return id
}

// nameServers are four, as Route 53 gives a zone.
func nameServers(_ graph.Resource, id string, outputs map[string]any) string {
	servers := []any{}
	for _, domain := range []string{"com", "net", "org", "co.uk"} {
		servers = append(servers, "ns-"+hash(id+domain, 3)+".awsdns-00."+domain)
	}
	outputs["nameServers"] = servers
	return id
}
