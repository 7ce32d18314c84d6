package config

import (
	"fmt"
	"strings"
)

const (
	approver      = "arn:aws:iam::111111111111:role/platform-release-approver"
	firstApprover = "compute.release.approverRoleArns[0]: "
)

func approversCase(rule, wrong, right string, lines ...string) ruleCase {
	return ruleCase{rule: rule, old: baseApprovers, wrong: "approverRoleArns: [" + wrong + "]", right: "approverRoleArns: [" + right + "]", lines: lines}
}

// minutesCase adds a key beside the approvers.
func minutesCase(rule, wrong, right string, lines ...string) ruleCase {
	return ruleCase{rule: rule, old: baseApprovers, wrong: baseApprovers + ", " + wrong, right: baseApprovers + ", " + right, lines: lines}
}

// approvers are as many roles.
func approvers(count int) string {
	roles := make([]string, count)
	for i := range roles {
		roles[i] = fmt.Sprintf("%s-%d", approver, i)
	}
	return strings.Join(roles, ", ")
}

var releaseCases = []ruleCase{
	approversCase("approverRequired", "", "", `compute.release.approverRoleArns: none: traffic would move in production without approval (PCI DSS 6.5.1): name the IAM roles one of which must approve, as in `+approver).on(Production, Dev),
	approversCase("approverRequired", "", approver, `compute.release.approverRoleArns: none: traffic would move in production-pci without approval (PCI DSS 6.5.1): name the IAM roles one of which must approve, as in `+approver).on(ProductionPCI),
	approversCase("approverFormat", "arn:aws:iam::111111111111:user/me", approver, firstApprover+`arn:aws:iam::111111111111:user/me: is not the ARN of an IAM role: write it as in `+approver),
	approversCase("approverFormat", `""`, approver+"-2", firstApprover+`"": is not the ARN of an IAM role: write it as in `+approver),
	approversCase("approverPartition", "arn:aws-us-gov:iam::111111111111:role/a", "arn:aws:iam::111111111111:role/a",
		firstApprover+`arn:aws-us-gov:iam::111111111111:role/a: is a role of the partition aws-us-gov, and us-east-1 is in aws: name a role of the partition aws`),
	approversCase("approverAccount", "arn:aws:iam::222222222222:role/a", "arn:aws:iam::111111111111:role/a",
		firstApprover+`arn:aws:iam::222222222222:role/a: is a role of account 222222222222, and aws:allowedAccountIds has 111111111111: name a role of the environment's own account`),
	approversCase("approverDeploys", someRole, someRole+"-approver", firstApprover+someRole+`: is the role that deploys, which would approve its own work: name a role that only people may assume`),
	approversCase("approverDuplicate", approver+", "+approver, approver+", "+approver+"-2",
		`compute.release.approverRoleArns[1]: `+approver+`: is listed already, at compute.release.approverRoleArns[0]: remove one`),
	approversCase("approverCount", approvers(11), approvers(10),
		`compute.release.approverRoleArns: 11 roles: is more than the 10 that Systems Manager takes: name fewer roles, each assumed by more people`),
	minutesCase("approvalWindow", "approvalMinutes: 0", "approvalMinutes: 1", `compute.release.approvalMinutes: 0: is not a time to wait for approval: set 1 to 1440`),
	minutesCase("approvalWindow", "approvalMinutes: 1441", "approvalMinutes: 1440", `compute.release.approvalMinutes: 1441: is not a time to wait for approval: set 1 to 1440`),
	minutesCase("keepWindow", "keepMinutes: 0", "keepMinutes: 1", `compute.release.keepMinutes: 0: is not a time to keep the old fleet: set 1 to 1440`),
	minutesCase("keepWindow", "keepMinutes: 1441", "keepMinutes: 1440", `compute.release.keepMinutes: 1441: is not a time to keep the old fleet: set 1 to 1440`),
}
