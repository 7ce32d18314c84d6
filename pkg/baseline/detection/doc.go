// Package detection makes what finds a fault in an account, and what keeps one from being
// made: GuardDuty, Security Hub, Inspector, IAM Access Analyzer, Macie, the account's
// defaults, and the policy that asks people for a second factor. All of it exists once an
// account and region, so that an account's stack makes it and no environment's.
//
// Each part has a switch (platform-account:baseline), for an organization may own it
// centrally. A switch that is off makes nothing of its part. GuardDuty's features are not
// turned off by themselves: they go with the detector.
//
// What is found goes to a topic by EventBridge rules (see sources.go for which, and why
// not all of it by Security Hub). Nothing is archived here: what is meant to be as it is, a
// person archives or suppresses, which is the review.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-guardduty                 Detector
//	<name>-guardduty-<feature>       DetectorFeature           s3-data-events and so on
//	<name>-security-hub              Account
//	<name>-security-hub-<standard>   StandardsSubscription     fsbp, cis; pci in the account of card data
//	<name>-inspector                 Enabler
//	<name>-external-access           Analyzer                  platform-external-access
//	<name>-unused-access             Analyzer                  platform-unused-access
//	<name>-macie                     Account
//	<name>-macie-cardholder-data     ClassificationJob         platform-cardholder-data
//	<name>-findings-<source>         EventRule, EventTarget    platform-<source>-findings
//	<name>-findings-<source>-lost    MetricAlarm               platform-<source>-findings-lost
//	<name>-ebs-encryption            EncryptionByDefault
//	<name>-ebs-snapshots             SnapshotBlockPublicAccess
//	<name>-images                    ImageBlockPublicAccess
//	<name>-instance-metadata         InstanceMetadataDefaults
//	<name>-serial-console            SerialConsoleAccess
//	<name>-s3                        AccountPublicAccessBlock
//	<name>-passwords                 AccountPasswordPolicy
//	<name>-require-mfa               Policy                    platform-require-mfa
//	<name>-people                    Group                     platform-people
//	<name>-people-require-mfa        GroupPolicyAttachment
//	<name>-cost-tag-<tag>            CostAllocationTag         Environment, Project, CostCenter, Owner
//
// Refused before anything is registered: a missing field; Security Hub without AWS Config.
package detection
