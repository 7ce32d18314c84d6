package bucket

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/policy"
)

// minimumTLS is the oldest version of TLS that may be spoken (PCI DSS v4.0.1, requirement 4.2.1).
const minimumTLS = "1.2"

// policy attaches the policy. It follows the public access block and the
// ownership controls, for S3 refuses simultaneous changes to one bucket.
func (b *builder) policy() error {
	// The ARN is made from the name, so that the policy can be read in a preview.
	arn := "arn:" + b.args.Partition + ":s3:::" + b.args.Name
	statements := secureTransport(arn)
	if b.args.Statements != nil {
		statements = append(statements, b.args.Statements(arn)...)
	}
	attached, err := s3.NewBucketPolicy(b.ctx, b.name, &s3.BucketPolicyArgs{
		Bucket: b.bucket.Name,
		Policy: pulumi.String(policy.Document(statements...)),
	}, b.parent(pulumi.DependsOn(b.closed))...)
	b.bucket.Ready = append(b.bucket.Ready, attached)
	return err
}

// secureTransport denies everybody everything without TLS, or with an old one
// (Amazon S3 User Guide, "Security best practices for Amazon S3").
func secureTransport(arn string) []policy.Statement {
	deny := func(sid string, condition policy.Condition) policy.Statement {
		return policy.Statement{
			Sid: sid, Effect: policy.Deny, Principal: "*", Action: []string{"s3:*"},
			Resource: []string{arn, arn + "/*"}, Condition: condition,
		}
	}
	return []policy.Statement{
		deny("DenyPlainHTTP", policy.Condition{"Bool": {"aws:SecureTransport": "false"}}),
		deny("DenyOldTLS", policy.Condition{"NumericLessThan": {"s3:TlsVersion": minimumTLS}}),
	}
}
