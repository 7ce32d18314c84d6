package dataflow

import (
	"slices"
	"strings"

	"aws-platform/pkg/graph"
)

// How AWS services carry data among themselves: by their API, which takes TLS 1.2 or newer
// (the chapters "Infrastructure security" of their user guides).
const (
	api    = "AWS API"
	apiTLS = "TLS 1.2 or newer"
)

// logGroups is the place of the log groups of an environment or an account.
func (d *Diagram) logGroups(g *graph.Graph) string {
	p := Place{Name: g.Stack + " log groups", Kind: Store, In: InAccount}
	var keys []string
	for _, group := range g.OfType(logGroupType) {
		p.Classification = tagOf(g, group)
		keys = append(keys, keyName(g, group.String("kmsKeyId")))
	}
	slices.Sort(keys)
	p.Key = strings.Join(slices.Compact(keys), ", ")
	return d.place(p)
}

// logs are the logs of the environment on their way.
func (d *Diagram) logs() {
	g := d.environment
	if len(g.OfType(logGroupType)) == 0 {
		return
	}
	groups := d.logGroups(g)
	for _, r := range g.Resources {
		switch r.Type {
		case "aws:ec2/flowLog:FlowLog":
			d.copy(d.place(Place{Name: d.Stack + " network interfaces", Kind: Compute, In: d.Stack}), groups, "flow logs", api, apiTLS)
		case "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration":
			d.copy(d.place(Place{Name: d.Stack + " web ACL", Kind: Balancer, In: d.Stack}), groups, "requests, without what is redacted", api, apiTLS)
		case balancerType:
			d.copy(d.place(Place{Name: r.Name, Kind: Balancer, In: d.Stack}), d.bucketPlace(g, r.String("accessLogs.bucket")), "access and connection logs", api, apiTLS)
		case kafkaType:
			d.copy(d.storePlace(r), groups, "broker logs", api, apiTLS)
			d.copy(d.storePlace(r), d.bucketPlace(g, r.String("loggingInfo.brokerLogs.s3.bucket")), "broker logs", api, apiTLS)
		case searchType:
			d.copy(d.storePlace(r), groups, "application, slow and audit logs", api, apiTLS)
		case databaseType, cacheType:
			d.copy(d.storePlace(r), groups, "logs of the engine", api, apiTLS)
		case "eks:index:Cluster":
			d.copy(d.place(Place{Name: d.Stack + "-cluster", Kind: Compute, In: d.Stack}), groups, "logs of the control plane", api, apiTLS)
		}
	}
	d.copy(d.place(Place{Name: d.Stack + "-app", Kind: Compute, In: d.Stack}), groups, "logs of instances and containers", api, apiTLS)
	d.buckets(g)
	d.archive(g, groups)
}

// buckets are the flows of the buckets that people and instances write and read.
func (d *Diagram) buckets(g *graph.Graph) {
	for _, bucket := range g.OfType(bucketType) {
		name := bucket.String("bucket")
		switch {
		case strings.Contains(name, "-opensearch-snapshots-"):
			for _, domain := range g.OfType(searchType) {
				d.copy(d.storePlace(domain), d.bucketPlace(g, name), "snapshots of indices", api, apiTLS)
			}
		case strings.Contains(name, "-deployments-"):
			d.copy(d.bucketPlace(g, name), d.place(Place{Name: d.Stack + "-app", Kind: Compute, In: d.Stack}), "revisions of applications", api, apiTLS)
		}
	}
}

func (d *Diagram) archive(g *graph.Graph, groups string) {
	for _, stream := range g.OfType("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream") {
		name := d.place(Place{
			Name: stream.Name + " stream", Kind: Service, In: InAccount, Classification: tagOf(g, stream),
			Key: keyName(g, stream.String("serverSideEncryption.keyArn")),
		})
		d.copy(groups, name, "all log events", api, apiTLS)
		if url := stream.String("httpEndpointConfiguration.url"); url != "" {
			d.copy(name, d.place(Place{Name: "SIEM", Kind: Outside, In: InWorld}), "log events", "HTTPS", "TLS")
		}
		if _, bucket, has := strings.Cut(stream.String("extendedS3Configuration.bucketArn"), ":::"); has {
			d.copy(name, d.bucketPlace(g, bucket), "log archive", api, apiTLS)
		}
	}
}

// backups are the ways of the database's backups.
func (d *Diagram) backups() {
	g := d.environment
	vaults := map[string]string{}
	for _, vault := range g.OfType(vaultType) {
		p := Place{Name: vault.Name, Kind: Store, In: InAccount, Classification: tagOf(g, vault), Key: keyName(g, vault.String("kmsKeyArn"))}
		if provider, _ := g.ByURN(vault.Provider); provider.String("region") != homeRegion(g) {
			p.In = InCopy
		}
		arn, _ := vault.Outputs["arn"].(string)
		vaults[arn], vaults[vault.String("name")+p.In] = p.Name, p.Name
		d.place(p)
	}
	for _, plan := range g.OfType("aws:backup/plan:Plan") {
		rules, _ := plan.Inputs["rules"].([]any)
		for _, properties := range rules {
			rule := graph.Resource{Inputs: asMap(properties)}
			vault := vaults[rule.String("targetVaultName")+InAccount]
			for _, database := range g.OfType(databaseType) {
				if database.String("tags.Backup") != "" {
					d.copy(d.storePlace(database), vault, "backups", api, apiTLS)
				}
			}
			if to := vaults[rule.String("copyActions[0].destinationVaultArn")]; to != "" {
				d.copy(vault, to, "copies of backups", api, apiTLS)
			}
		}
	}
}

func homeRegion(g *graph.Graph) string {
	for _, vpc := range g.OfType("aws:ec2/vpc:Vpc") {
		provider, _ := g.ByURN(vpc.Provider)
		return provider.String("region")
	}
	return ""
}

// alarms are the topics and who is told by them.
func (d *Diagram) alarms(g *graph.Graph) {
	for _, subscribed := range g.OfType("aws:sns/topicSubscription:TopicSubscription") {
		topic, _ := g.ByID("aws:sns/topic:Topic", subscribed.String("topic"))
		from := d.place(Place{
			Name: topic.String("name") + " topic", Kind: Service, In: InAccount, Classification: tagOf(g, topic), Key: keyName(g, topic.String("kmsMasterKeyId")),
		})
		_, who, _ := strings.Cut(subscribed.Name, strings.TrimPrefix(topic.Name, g.Stack)+"-")
		protocol, encryption := subscribed.String("protocol"), "TLS"
		if protocol != "https" {
			encryption = plain + " that is assured: e-mail"
		}
		d.copy(from, d.place(Place{Name: who, Kind: Outside, In: InWorld}), "alarms and findings", protocol, encryption)
	}
}

// records are what the account keeps of what is done in it.
func (d *Diagram) records() {
	g := d.account
	calls := func() string { return d.place(Place{Name: "calls of AWS APIs", Kind: Service, In: InAccount}) }
	for _, r := range g.Resources {
		switch r.Type {
		case "aws:cloudtrail/trail:Trail":
			d.copy(calls(), d.bucketPlace(g, r.String("s3BucketName")), "CloudTrail's records", api, apiTLS)
			d.copy(calls(), d.logGroups(g), "CloudTrail's records", api, apiTLS)
		case "aws:ssm/document:Document":
			if strings.Contains(r.String("content"), `"cloudWatchStreamingEnabled":true`) {
				d.copy(d.place(Place{Name: "Session Manager", Kind: Service, In: InAccount}), d.logGroups(g), "what people type on instances", api, apiTLS)
			}
		case "aws:cfg/deliveryChannel:DeliveryChannel":
			d.copy(d.place(Place{Name: "AWS Config", Kind: Service, In: InAccount}), d.bucketPlace(g, r.String("s3BucketName")), "history of configurations", api, apiTLS)
		case "aws:s3/bucketLoggingV2:BucketLoggingV2":
			d.copy(d.bucketPlace(g, r.String("bucket")), d.bucketPlace(g, r.String("targetBucket")), "access logs", api, apiTLS)
		case "aws:cloudwatch/eventTarget:EventTarget":
			if topic, is := g.ByID("aws:sns/topic:Topic", r.String("arn")); is {
				to := d.place(Place{Name: topic.String("name") + " topic", Kind: Service, In: InAccount, Classification: tagOf(g, topic), Key: keyName(g, topic.String("kmsMasterKeyId"))})
				d.copy(d.place(Place{Name: r.String("rule"), Kind: Service, In: InAccount}), to, "findings", api, apiTLS)
			}
		}
	}
}
