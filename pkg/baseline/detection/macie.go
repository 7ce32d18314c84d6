package detection

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/macie2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// The tag by which a bucket says that it may hold card data; aws:defaultTags has it from
// platform-account:tags and platform:tags.
const (
	classification = "DataClassification"
	cardholderData = "cardholder-data"
)

// macie watches the policies of all buckets, and looks once a week for card numbers in
// those that may hold card data: everything at first, then what was added. Card data that
// nothing masks or encrypts is what it must not find (PCI DSS v4.0.1, requirement 12.10.7).
// Macie reads an object that a key of ours encrypts only where the key lets its
// service-linked role decrypt; otherwise it counts it as not analyzed.
func (b builder) macie() error {
	account, err := macie2.NewAccount(b.ctx, b.name+"-macie", &macie2.AccountArgs{
		FindingPublishingFrequency: pulumi.String("FIFTEEN_MINUTES"),
		Status:                     pulumi.String(enabled),
	}, b.child()...)
	if err != nil {
		return err
	}
	const job = prefix + cardholderData
	_, err = macie2.NewClassificationJob(b.ctx, b.name+"-macie-"+cardholderData, &macie2.ClassificationJobArgs{
		Name:              pulumi.String(job),
		Description:       pulumi.String("Looks for sensitive data in the buckets that are tagged " + classification + "=" + cardholderData),
		JobType:           pulumi.String("SCHEDULED"),
		InitialRun:        pulumi.Bool(true),
		ScheduleFrequency: macie2.ClassificationJobScheduleFrequencyArgs{WeeklySchedule: pulumi.String("MONDAY")},
		S3JobDefinition:   macie2.ClassificationJobS3JobDefinitionArgs{BucketCriteria: tagged()},
		Tags:              tags(job),
	}, b.child(pulumi.DependsOn([]pulumi.Resource{account}))...)
	return err
}

// tagged are the buckets with the tag.
func tagged() macie2.ClassificationJobS3JobDefinitionBucketCriteriaArgs {
	return macie2.ClassificationJobS3JobDefinitionBucketCriteriaArgs{
		Includes: macie2.ClassificationJobS3JobDefinitionBucketCriteriaIncludesArgs{
			Ands: macie2.ClassificationJobS3JobDefinitionBucketCriteriaIncludesAndArray{
				macie2.ClassificationJobS3JobDefinitionBucketCriteriaIncludesAndArgs{
					TagCriterion: macie2.ClassificationJobS3JobDefinitionBucketCriteriaIncludesAndTagCriterionArgs{
						Comparator: pulumi.String("EQ"),
						TagValues: macie2.ClassificationJobS3JobDefinitionBucketCriteriaIncludesAndTagCriterionTagValueArray{
							macie2.ClassificationJobS3JobDefinitionBucketCriteriaIncludesAndTagCriterionTagValueArgs{
								Key: pulumi.String(classification), Value: pulumi.String(cardholderData),
							},
						},
					},
				},
			},
		},
	}
}
