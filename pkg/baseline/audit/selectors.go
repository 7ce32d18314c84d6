package audit

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudtrail"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/keys/keypolicy"
)

// field is one condition of a selector.
type field = cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs

// selectors are what is recorded: all management events, and who reads and writes objects
// and calls functions (PCI DSS v4.0.1, requirements 10.2.1.1 and 10.2.1.3).
//
// What CloudTrail and S3 write to the two buckets of audit logs is not: each file would be
// an event, of which there were a file. What else happens to those logs, reading and deletion, is.
func (b *builder) selectors() cloudtrail.TrailAdvancedEventSelectorArray {
	list := cloudtrail.TrailAdvancedEventSelectorArray{selector("Management events", equals("eventCategory", "Management"))}
	if !b.args.Config.CloudTrail.DataEvents {
		return list
	}
	logs := pulumi.ToStringArray([]string{b.objects(keypolicy.Trail), b.objects("access-logs")})
	return append(list,
		selector("Objects, but for audit logs", data("AWS::S3::Object", field{Field: pulumi.String("resources.ARN"), NotStartsWiths: logs})...),
		selector("Audit logs, but for their delivery", data("AWS::S3::Object",
			field{Field: pulumi.String("resources.ARN"), StartsWiths: logs},
			field{Field: pulumi.String("eventName"), NotEquals: pulumi.ToStringArray([]string{"PutObject"})})...),
		selector("Functions", data("AWS::Lambda::Function")...),
	)
}

// objects begin the ARNs of the objects of a bucket.
func (b *builder) objects(part string) string {
	return "arn:" + b.args.Partition + ":s3:::" + b.bucketName(part) + "/"
}

func selector(name string, fields ...field) cloudtrail.TrailAdvancedEventSelectorArgs {
	selectors := cloudtrail.TrailAdvancedEventSelectorFieldSelectorArray{}
	for _, f := range fields {
		selectors = append(selectors, f)
	}
	return cloudtrail.TrailAdvancedEventSelectorArgs{Name: pulumi.String(name), FieldSelectors: selectors}
}

// data are the conditions of data events of a type of resource.
func data(resource string, more ...field) []field {
	return append([]field{equals("eventCategory", "Data"), equals("resources.type", resource)}, more...)
}

func equals(name, value string) field {
	return field{Field: pulumi.String(name), Equals: pulumi.ToStringArray([]string{value})}
}
