package verify

import "fmt"

// emptyDefaultGroup: CIS AWS Foundations Benchmark, "the default security group
// of every VPC restricts all traffic".
func emptyDefaultGroup(n Network) (int, []Finding) {
	looked, findings := 0, []Finding(nil)
	for _, group := range n.SecurityGroups {
		if group.GroupName != "default" {
			continue
		}
		looked++
		if rules := len(group.IpPermissions) + len(group.IpPermissionsEgress); rules > 0 {
			findings = append(findings, Finding{label(group.GroupId, group.Tags), fmt.Sprintf("%d rules", rules), "none"})
		}
	}
	return looked, findings
}

// implicitDeny is the number of the entry that AWS puts at the end of every
// ACL (and one more for IPv6), which nobody can remove.
const implicitDeny = 32767

// emptyDefaultACL: a subnet without an ACL of its tier lets nothing through.
func emptyDefaultACL(n Network) (int, []Finding) {
	looked, findings := 0, []Finding(nil)
	for _, acl := range n.ACLs {
		if !acl.IsDefault {
			continue
		}
		looked++
		for _, entry := range acl.Entries {
			if entry.RuleNumber < implicitDeny {
				findings = append(findings, Finding{
					label(acl.NetworkAclId, acl.Tags), fmt.Sprintf("entry %d (%s)", entry.RuleNumber, entry.RuleAction), "none",
				})
			}
		}
		for _, association := range acl.Associations {
			findings = append(findings, Finding{
				label(acl.NetworkAclId, acl.Tags), "subnet " + association.SubnetId, "no subnet: each has the ACL of its tier",
			})
		}
	}
	return looked, findings
}

// flowLogs: all traffic, accepted and rejected, a record a minute.
func flowLogs(n Network) (int, []Finding) {
	const wanted = "an active flow log of ALL traffic every 60 s"
	if len(n.FlowLogs) == 0 {
		return 1, []Finding{{label(n.VPC.VpcId, n.VPC.Tags), "no flow log", wanted}}
	}
	var findings []Finding
	for _, log := range n.FlowLogs {
		if log.TrafficType != "ALL" || log.FlowLogStatus != "ACTIVE" || log.MaxAggregationInterval != 60 {
			found := fmt.Sprintf("%s, %s, every %d s", log.TrafficType, log.FlowLogStatus, log.MaxAggregationInterval)
			findings = append(findings, Finding{log.FlowLogId, found, wanted})
		}
	}
	return len(n.FlowLogs), findings
}
