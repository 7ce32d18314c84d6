package config

import (
	"fmt"
	"strconv"
)

const approversPath = "compute.release.approverRoleArns"

func approverPath(i int) string { return approversPath + "[" + strconv.Itoa(i) + "]" }

// approverRequired wants somebody's leave before traffic moves in production (PCI
// DSS 4.0.1, requirement 6.5.1: changes are approved by authorized parties).
func approverRequired(env Environment, found *Problems) {
	if env.Production() && len(env.Compute.Release.ApproverRoleARNs) == 0 {
		found.add(approversPath, none, "traffic would move in "+env.Name+" without approval (PCI DSS 6.5.1)",
			"name the IAM roles one of which must approve, as in arn:aws:iam::111111111111:role/platform-release-approver")
	}
}

func approverFormat(env Environment, found *Problems) {
	for i, arn := range env.Compute.Release.ApproverRoleARNs {
		if !rolePattern.MatchString(arn) {
			found.add(approverPath(i), quoted(arn), "is not the ARN of an IAM role", "write it as in arn:aws:iam::111111111111:role/platform-release-approver")
		}
	}
}

func approverPartition(env Environment, found *Problems) {
	for i, arn := range env.Compute.Release.ApproverRoleARNs {
		checkRolePartition(approverPath(i), arn, env.AWS.Region, found)
	}
}

func approverAccount(env Environment, found *Problems) {
	for i, arn := range env.Compute.Release.ApproverRoleARNs {
		checkRoleAccount(approverPath(i), arn, env.AWS.AccountID(), found)
	}
}

// approverDeploys keeps apart who deploys and who approves.
func approverDeploys(env Environment, found *Problems) {
	for i, arn := range env.Compute.Release.ApproverRoleARNs {
		if env.AWS.AssumeRole != nil && arn != "" && arn == env.AWS.AssumeRole.RoleARN {
			found.add(approverPath(i), arn, "is the role that deploys, which would approve its own work", "name a role that only people may assume")
		}
	}
}

func approverDuplicate(env Environment, found *Problems) {
	noneTwice(env.Compute.Release.ApproverRoleARNs, approverPath, found)
}

func approverCount(env Environment, found *Problems) {
	if count := len(env.Compute.Release.ApproverRoleARNs); count > MostApprovers {
		found.add(approversPath, strconv.Itoa(count)+" roles", fmt.Sprintf("is more than the %d that Systems Manager takes", MostApprovers), "name fewer roles, each assumed by more people")
	}
}

func approvalWindow(env Environment, found *Problems) {
	between("compute.release.approvalMinutes", env.Compute.Release.ApprovalMinutes, 1, MostReleaseMinutes, "is not a time to wait for approval", found)
}

func keepWindow(env Environment, found *Problems) {
	between("compute.release.keepMinutes", env.Compute.Release.KeepMinutes, 1, MostReleaseMinutes, "is not a time to keep the old fleet", found)
}
