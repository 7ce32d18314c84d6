package events

import (
	"slices"

	"aws-platform/pkg/alarms"
)

// benchmark are the events of Security Hub's controls CloudWatch.1 to CloudWatch.14, whose
// patterns are theirs letter by letter.
func benchmark() []Event { return slices.Concat(people(), settings(), network()) }

// people are the events of who signs in, and what is denied.
func people() []Event {
	return []Event{
		{
			Name: "root-use", Says: "The root user of the account did something.", Source: "CloudWatch.1", Severity: alarms.Critical,
			Pattern: `{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}`,
		},
		{
			Name: "unauthorized-calls", Says: "A call of the API was denied.", Source: "CloudWatch.2",
			Pattern: `{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}`,
		},
		{
			Name: "sign-in-without-mfa", Says: "A user signed in to the console without multi-factor authentication.", Source: "CloudWatch.3", Runbook: "mfa.md",
			Pattern: `{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }`,
		},
		{
			Name: "failed-sign-ins", Says: "Somebody failed to sign in to the console.", Source: "CloudWatch.6",
			Pattern: `{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}`,
		},
	}
}

// settings are the events of what secures the account.
func settings() []Event {
	return []Event{
		{
			Name: "policy-changes", Says: "A policy of IAM was changed.", Source: "CloudWatch.4",
			Pattern: "{($.eventSource=iam.amazonaws.com) && (" + anyOf(
				"DeleteGroupPolicy", "DeleteRolePolicy", "DeleteUserPolicy", "PutGroupPolicy", "PutRolePolicy", "PutUserPolicy", "CreatePolicy",
				"DeletePolicy", "CreatePolicyVersion", "DeletePolicyVersion", "AttachRolePolicy", "DetachRolePolicy", "AttachUserPolicy",
				"DetachUserPolicy", "AttachGroupPolicy", "DetachGroupPolicy") + ")}",
		},
		{
			Name: "trail-changes", Says: "A trail of CloudTrail was changed, started or stopped.", Source: "CloudWatch.5", Severity: alarms.Critical,
			Pattern: "{" + anyOf("CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging") + "}",
		},
		{
			Name: "key-deletion", Says: "A KMS key was disabled, or will be deleted.", Source: "CloudWatch.7", Severity: alarms.Critical,
			Pattern: "{($.eventSource=kms.amazonaws.com) && (" + anyOf("DisableKey", "ScheduleKeyDeletion") + ")}",
		},
		{
			Name: "bucket-policy-changes", Says: "Who may do what with a bucket was changed, or where its objects go.", Source: "CloudWatch.8",
			Pattern: "{($.eventSource=s3.amazonaws.com) && (" + anyOf(
				"PutBucketAcl", "PutBucketPolicy", "PutBucketCors", "PutBucketLifecycle", "PutBucketReplication", "DeleteBucketPolicy",
				"DeleteBucketCors", "DeleteBucketLifecycle", "DeleteBucketReplication") + ")}",
		},
		{
			Name: "config-changes", Says: "AWS Config was changed or stopped.", Source: "CloudWatch.9",
			Pattern: "{($.eventSource=config.amazonaws.com) && (" + anyOf(
				"StopConfigurationRecorder", "DeleteDeliveryChannel", "PutDeliveryChannel", "PutConfigurationRecorder") + ")}",
		},
	}
}

// network are the events of who reaches what.
func network() []Event {
	return []Event{
		{
			Name: "security-group-changes", Says: "A security group was changed.", Source: "CloudWatch.10",
			Pattern: "{" + anyOf(
				"AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress",
				"CreateSecurityGroup", "DeleteSecurityGroup") + "}",
		},
		{
			Name: "network-acl-changes", Says: "A network ACL was changed.", Source: "CloudWatch.11",
			Pattern: "{" + anyOf(
				"CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAcl", "DeleteNetworkAclEntry", "ReplaceNetworkAclEntry",
				"ReplaceNetworkAclAssociation") + "}",
		},
		{
			Name: "gateway-changes", Says: "A gateway of a VPC was changed.", Source: "CloudWatch.12",
			Pattern: "{" + anyOf(
				"CreateCustomerGateway", "DeleteCustomerGateway", "AttachInternetGateway", "CreateInternetGateway", "DeleteInternetGateway",
				"DetachInternetGateway") + "}",
		},
		{
			Name: "route-changes", Says: "A route table was changed.", Source: "CloudWatch.13",
			Pattern: "{($.eventSource=ec2.amazonaws.com) && (" + anyOf(
				"CreateRoute", "CreateRouteTable", "ReplaceRoute", "ReplaceRouteTableAssociation", "DeleteRouteTable", "DeleteRoute",
				"DisassociateRouteTable") + ")}",
		},
		{
			Name: "vpc-changes", Says: "A VPC or a peering of VPCs was changed.", Source: "CloudWatch.14",
			Pattern: "{" + anyOf(
				"CreateVpc", "DeleteVpc", "ModifyVpcAttribute", "AcceptVpcPeeringConnection", "CreateVpcPeeringConnection",
				"DeleteVpcPeeringConnection", "RejectVpcPeeringConnection", "AttachClassicLinkVpc", "DetachClassicLinkVpc",
				"DisableVpcClassicLink", "EnableVpcClassicLink") + "}",
		},
	}
}
