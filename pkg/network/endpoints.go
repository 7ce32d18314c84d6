package network

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/policy"
)

// gatewayEndpoints keeps traffic to S3 and DynamoDB off the NAT gateways. Only
// app and data tables get them: nobody else has a reason. In the data tier the
// way is there and closed: its network ACL lets out answers to the app tier alone.
func (b *builder) gatewayEndpoints() error {
	for service, document := range map[string]string{"s3": b.s3Policy(), "dynamodb": b.accountPolicy("dynamodb:*")} {
		endpoint, err := ec2.NewVpcEndpoint(b.ctx, b.child(service), &ec2.VpcEndpointArgs{
			VpcId:           b.net.VPC.ID(),
			VpcEndpointType: pulumi.String("Gateway"),
			ServiceName:     pulumi.String(b.serviceName(service)),
			Policy:          pulumi.String(document),
			Tags:            b.tags(service),
		}, b.parent()...)
		if err != nil {
			return err
		}
		if err := b.routeEndpoint(service, endpoint); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) routeEndpoint(service string, endpoint *ec2.VpcEndpoint) error {
	tables := map[string]*ec2.RouteTable{string(Data): b.net.dataRouteTable}
	for zone, table := range b.net.AppRouteTables {
		tables[string(App)+"-"+zone] = table
	}
	for suffix, table := range tables {
		association, err := ec2.NewVpcEndpointRouteTableAssociation(b.ctx, b.child(service+"-"+suffix), &ec2.VpcEndpointRouteTableAssociationArgs{
			VpcEndpointId: endpoint.ID(),
			RouteTableId:  table.ID(),
		}, b.parent()...)
		if err != nil {
			return err
		}
		b.net.Ready = append(b.net.Ready, association)
	}
	return nil
}

// accountPolicy allows this account's principals what they may do on this
// account's resources: an endpoint is no way out for data with foreign credentials.
func (b *builder) accountPolicy(action string) string {
	return policy.Document(b.accountStatement(action))
}

func (b *builder) accountStatement(action string) policy.Statement {
	return policy.Statement{
		Sid: "ThisAccount", Effect: policy.Allow, Principal: "*", Action: []string{action}, Resource: []string{"*"},
		Condition: policy.Condition{"StringEquals": {
			"aws:PrincipalAccount": b.args.AccountID,
			"aws:ResourceAccount":  b.args.AccountID,
		}},
	}
}

// s3Policy adds to the account's own buckets, read-only, the ones of AWS that
// hosts cannot do without: ECR's image layers, Amazon Linux 2023's packages, the
// CodeDeploy agent, and Systems Manager's agent and patch snapshots (AWS Systems Manager
// User Guide, "SSM Agent communications with AWS managed S3 buckets").
func (b *builder) s3Policy() string {
	arn := func(bucket string) string {
		return fmt.Sprintf("arn:%s:s3:::%s/*", b.args.Partition, bucket)
	}
	return policy.Document(b.accountStatement("s3:*"), policy.Statement{
		Sid: "AWSOwnedDownloads", Effect: policy.Allow, Principal: "*", Action: []string{"s3:GetObject"},
		Resource: []string{
			arn("prod-" + b.args.Region + "-starport-layer-bucket"),
			arn("al2023-repos-" + b.args.Region + "-de612dc2"),
			arn("aws-codedeploy-" + b.args.Region),
			arn("aws-ssm-" + b.args.Region),
			arn("amazon-ssm-" + b.args.Region),
			arn("patch-baseline-snapshot-" + b.args.Region),
		},
	}, policy.Statement{
		// Public registries send who asks for an image from inside AWS to a bucket of theirs,
		// which is by this endpoint: registry.k8s.io to its bucket of the region, quay.io (Argo
		// Rollouts) and Docker Hub (Istio) to theirs in us-east-1. They are nobody's whom we
		// know: only reading. A pull-through cache of ECR would need none of them.
		Sid: "PublicImages", Effect: policy.Allow, Principal: "*", Action: []string{"s3:GetObject"},
		Resource: []string{arn("prod-registry-k8s-io-" + b.args.Region), arn("quayio-production-s3"), arn("docker-images-prod")},
	})
}

func (b *builder) serviceName(service string) string { return serviceName(b.args.Region, service) }

func serviceName(region, service string) string { return "com.amazonaws." + region + "." + service }
