package balancer

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/bucket"
	"aws-platform/pkg/policy"
)

// The kinds of logs. The kind comes first in a prefix, for what reads them
// (Athena, a table a kind) reads one kind of both load balancers.
const (
	accessLogs     = "access"
	connectionLogs = "connection"
)

// deletedLogDays is how long a version of a log stays that is none any more.
const deletedLogDays = 30

func prefix(kind string, side Side) string { return kind + "/" + string(side) }

// logs makes the bucket. It is encrypted with keys that S3 manages: Elastic Load
// Balancing writes to no bucket that is encrypted otherwise (Application Load
// Balancers User Guide, "Enable access logs", requirements of the bucket).
func (b *builder) logs() (err error) {
	b.balancer.Logs, err = bucket.New(b.ctx, b.child("logs"), bucket.Args{
		Name:          b.physical("load-balancer-logs-" + b.args.AccountID),
		Partition:     b.args.Partition,
		RetentionDays: b.args.LogRetentionDays,
		// A log that was deleted, or has expired, can be had back for a month.
		NoncurrentDays: deletedLogDays,
		Statements:     b.delivery,
	}, b.parent()...)
	return err
}

// delivery lets Elastic Load Balancing write for load balancers of this account
// and region, and only where their logs are.
func (b *builder) delivery(bucketARN string) []policy.Statement {
	var places []string
	for _, kind := range []string{accessLogs, connectionLogs} {
		for _, side := range Sides() {
			places = append(places, bucketARN+"/"+prefix(kind, side)+"/AWSLogs/"+b.args.AccountID+"/*")
		}
	}
	return []policy.Statement{{
		Sid:       "LoadBalancersWriteTheirLogs",
		Effect:    policy.Allow,
		Principal: map[string]any{"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
		Action:    []string{"s3:PutObject"},
		Resource:  places,
		// The ARN names the account too, so aws:SourceAccount would say nothing more.
		Condition: policy.Condition{"ArnLike": {"aws:SourceArn": []string{b.sourceARN(Public), b.sourceARN(Internal)}}},
	}}
}

// sourceARN is a load balancer as it signs its logs; the end of it is AWS's.
func (b *builder) sourceARN(side Side) string {
	return fmt.Sprintf("arn:%s:elasticloadbalancing:%s:%s:loadbalancer/app/%s/*",
		b.args.Partition, b.args.Region, b.args.AccountID, b.physical(string(side)))
}

// accessLogsOf records every request (PCI DSS v4.0.1, requirement 10.2).
func (b *builder) accessLogsOf(side Side) lb.LoadBalancerAccessLogsArgs {
	return lb.LoadBalancerAccessLogsArgs{
		Bucket: b.balancer.Logs.Name, Prefix: pulumi.String(prefix(accessLogs, side)), Enabled: pulumi.Bool(true),
	}
}

// connectionLogsOf records every connection: TLS version, cipher, and handshakes that failed.
func (b *builder) connectionLogsOf(side Side) lb.LoadBalancerConnectionLogsArgs {
	return lb.LoadBalancerConnectionLogsArgs{
		Bucket: b.balancer.Logs.Name, Prefix: pulumi.String(prefix(connectionLogs, side)), Enabled: pulumi.Bool(true),
	}
}
