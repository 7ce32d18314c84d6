package verify

import (
	"fmt"
	"slices"
	"strings"
)

// managedRules are the rule groups of AWS that stand before the public load balancer.
var managedRules = []string{
	"AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesAnonymousIpList", "AWSManagedRulesCommonRuleSet",
	"AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesSQLiRuleSet",
}

// behindWebACL: the public load balancer has a web ACL in which the managed rules
// and a limit of the rate block what they catch, and do not merely count it.
func behindWebACL(n Network) (int, []Finding) {
	acl, resource := n.Compute.WebACL, n.Environment+"-"+public
	if acl.Name == "" {
		return 1, []Finding{{resource, "no web ACL", "one"}}
	}
	var blocking []string
	limited := false
	for _, rule := range acl.Rules {
		_, blocks := rule.Action["Block"]
		_, holds := rule.OverrideAction["None"]
		if managed := rule.Statement.ManagedRuleGroupStatement; managed.VendorName == "AWS" && holds {
			blocking = append(blocking, managed.Name)
		}
		rate := rule.Statement.RateBasedStatement
		limited = limited || blocks && rate.Limit > 0 && rate.AggregateKeyType == "IP"
	}
	var findings []Finding
	for _, absent := range without(managedRules, blocking) {
		findings = append(findings, Finding{acl.label(), "not blocking by " + absent, "every managed rule group"})
	}
	if !limited {
		findings = append(findings, Finding{acl.label(), "no limit of the rate of an address that blocks", "one"})
	}
	return len(acl.Rules), findings
}

// webACLRedacts: the log is kept, and shows nobody's credentials.
func webACLRedacts(n Network) (int, []Finding) {
	acl := n.Compute.WebACL
	at := slices.IndexFunc(n.Compute.WebACLLogs, func(l WebACLLog) bool { return acl.ARN != "" && l.ResourceArn == acl.ARN })
	if at < 0 {
		return 1, []Finding{{"web ACL " + orNothing(acl.Name), "no log", "one"}}
	}
	log := n.Compute.WebACLLogs[at]
	var headers []string
	for _, field := range log.RedactedFields {
		headers = append(headers, strings.ToLower(field.SingleHeader.Name))
	}
	slices.Sort(headers)
	destination := strings.Join(log.LogDestinationConfigs, ", ")
	group := "log-group:aws-waf-logs-" + n.Environment
	if !strings.HasSuffix(destination, ":"+group) {
		return 1, []Finding{{"web ACL " + acl.Name, "a log in " + orNothing(destination), group}}
	}
	if absent := without([]string{"authorization", "cookie"}, headers); len(absent) > 0 {
		return 1, []Finding{{"web ACL " + acl.Name, "a log that shows " + fmt.Sprint(absent), "both redacted"}}
	}
	return 1, nil
}

func (a WebACL) label() string { return "web ACL " + orNothing(a.Name) }
