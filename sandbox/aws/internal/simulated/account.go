package simulated

import "aws-platform/sandbox/aws/internal/invent"

// accountServices are the services that secure an account, as far as the emulator lacks them.
func accountServices() []Type {
	inRegion := map[string]invent.Shape{"id": func(r invent.Resource) string { return r.Place.Region }}
	return []Type{
		{
			"aws_cloudtrail",
			"moto 5.2.1: StartLogging and DeleteTrail do not take a trail's ARN, by which the provider calls them",
			map[string]invent.Shape{
				"id": invent.ARN("cloudtrail", "trail/", "name"), "arn": invent.ARN("cloudtrail", "trail/", "name"),
				"home_region": func(r invent.Resource) string { return r.Place.Region },
			},
		},
		{
			"aws_config_conformance_pack",
			"moto 5.2.1: PutConformancePack is not implemented",
			map[string]invent.Shape{"id": invent.Named("name"), "arn": func(r invent.Resource) string {
				return invent.ARN("config", "conformance-pack/", "name")(r) + "/conformance-pack-" + invent.UUID(r)[:8]
			}},
		},
		{
			"aws_guardduty_detector_feature",
			"moto 5.2.1: UpdateDetector replaces the whole list of features by the last one",
			map[string]invent.Shape{"id": invent.Joined("/", "detector_id", "name")},
		},
		{"aws_securityhub_account", "moto 5.2.1: UpdateSecurityHubConfiguration is not implemented", map[string]invent.Shape{
			"id": invent.Account, "arn": invent.ARN("securityhub", "hub/default"),
		}},
		{
			"aws_securityhub_standards_subscription",
			"moto 5.2.1: BatchEnableStandards answers 404",
			map[string]invent.Shape{"id": subscribedStandard},
		},
		{"aws_accessanalyzer_analyzer", "moto 5.2.1: CreateAnalyzer is not implemented", map[string]invent.Shape{
			"id": invent.Named("analyzer_name"), "arn": invent.ARN("access-analyzer", "analyzer/", "analyzer_name"),
		}},
		{"aws_ec2_instance_metadata_defaults", "moto 5.2.1: ModifyInstanceMetadataDefaults is not implemented", inRegion},
		{"aws_ec2_image_block_public_access", "moto 5.2.1: EnableImageBlockPublicAccess is not implemented", inRegion},
		{"aws_ec2_serial_console_access", "moto 5.2.1: DisableSerialConsoleAccess is not implemented", inRegion},
		{"aws_ebs_snapshot_block_public_access", "moto 5.2.1: EnableSnapshotBlockPublicAccess is not implemented", inRegion},
	}
}

// recorded is what records an account, as far as the emulator lacks it.
func recorded() []Type {
	return []Type{
		{
			"aws_s3_bucket_logging",
			"moto 5.2.1: PutBucketLogging cannot read a bucket policy that denies something to everybody (Principal: *)",
			map[string]invent.Shape{"id": invent.Named("bucket")},
		},
		{
			"aws_macie2_classification_job",
			"moto 5.2.1: CreateClassificationJob is not implemented",
			map[string]invent.Shape{
				"id": invent.UUID, "job_id": invent.UUID, "job_status": invent.Constant("RUNNING"), "sampling_percentage": invent.Constant("100"),
				"job_arn": func(r invent.Resource) string {
					return "arn:aws:macie2:" + r.Place.Region + ":" + r.Place.Account + ":classification-job/" + invent.UUID(r)
				},
			},
		},
	}
}

// subscribedStandard is the ARN of a subscription, which has the account's in place of the
// standard's empty one and "subscription" in place of "standards".
func subscribedStandard(r invent.Resource) string {
	const at = "/"
	standard := invent.Named("standards_arn")(r)
	for i := range standard {
		if standard[i:i+1] == at {
			return "arn:aws:securityhub:" + r.Place.Region + ":" + r.Place.Account + ":subscription" + standard[i:]
		}
	}
	return standard
}

// costs are the services that say what an account costs.
func costs() []Type {
	return []Type{
		{
			"aws_budgets_budget",
			"moto 5.2.1: ListTagsForResource and DescribeSubscribersForNotification of AWS Budgets are not implemented",
			map[string]invent.Shape{
				"id": func(r invent.Resource) string { return r.Place.Account + ":" + invent.Named("name")(r) },
				"arn": func(r invent.Resource) string {
					return "arn:aws:budgets::" + r.Place.Account + ":budget/" + invent.Named("name")(r)
				},
				"account_id": invent.Account,
			},
		},
		{"aws_ce_anomaly_monitor", "moto 5.2.1: CreateAnomalyMonitor is not implemented", map[string]invent.Shape{
			"id": anomalyARN("anomalymonitor"), "arn": anomalyARN("anomalymonitor"),
		}},
		{"aws_ce_anomaly_subscription", "moto 5.2.1: CreateAnomalySubscription is not implemented", map[string]invent.Shape{
			"id": anomalyARN("anomalysubscription"), "arn": anomalyARN("anomalysubscription"), "account_id": invent.Account,
		}},
		{"aws_ce_cost_allocation_tag", "moto 5.2.1: UpdateCostAllocationTagsStatus is not implemented", map[string]invent.Shape{
			"id": invent.Named("tag_key"), "type": invent.Constant("UserDefined"),
		}},
		{
			"aws_chatbot_slack_channel_configuration",
			"moto 5.2.1: has no AWS Chatbot",
			map[string]invent.Shape{"chat_configuration_arn": func(r invent.Resource) string {
				return "arn:aws:chatbot::" + r.Place.Account + ":chat-configuration/slack-channel/" + invent.Named("configuration_name")(r)
			}},
		},
	}
}

// anomalyARN is the ARN of something of Cost Anomaly Detection, which is in no region.
func anomalyARN(kind string) invent.Shape {
	return func(r invent.Resource) string {
		return "arn:aws:ce::" + r.Place.Account + ":" + kind + "/" + invent.UUID(r)
	}
}
