package config

import "slices"

// The classes of logs, by what they are kept for.
const (
	// ApplicationLogs are the fleet's logs and those of Container Insights.
	ApplicationLogs = "application"
	// AuditLogs say who did what: the EKS control plane's, and OpenSearch's audit log.
	AuditLogs = "audit"
	// DataLogs are the data stores' own.
	DataLogs = "data"
	// LoadBalancerLogs are access and connection logs, in S3.
	LoadBalancerLogs = "loadBalancer"
	// NetworkLogs are VPC flow logs and the web ACL's log.
	NetworkLogs = "network"
)

// LogClasses are the classes of logs, sorted.
func LogClasses() []string {
	return []string{ApplicationLogs, AuditLogs, DataLogs, LoadBalancerLogs, NetworkLogs}
}

// leastRetentionPCI is a year, in days (PCI DSS v4.0.1, requirement 10.5.1).
const leastRetentionPCI = 365

// keptDays are a number of days by environment.
type keptDays struct{ pci, production, staging, dev int }

func (d keptDays) of(env Environment) int {
	return byEnvironment(env, d.pci, d.production, d.staging, d.dev)
}

// logRetentions are how long logs are kept by default, and at least. Production keeps
// audit logs for the year that PCI DSS asks for too, and of the others what an
// investigation needs at once: three months of traffic and stores, one of applications.
var logRetentions = map[string]struct{ byDefault, least keptDays }{
	ApplicationLogs:  {keptDays{leastRetentionPCI, 90, 90, 90}, keptDays{leastRetentionPCI, 30, 14, 7}},
	AuditLogs:        {keptDays{leastRetentionPCI, 365, 90, 90}, keptDays{leastRetentionPCI, 365, 90, 30}},
	DataLogs:         {keptDays{leastRetentionPCI, 90, 90, 90}, keptDays{leastRetentionPCI, 90, 30, 7}},
	LoadBalancerLogs: {keptDays{leastRetentionPCI, 90, 90, 90}, keptDays{leastRetentionPCI, 90, 30, 7}},
	NetworkLogs:      {keptDays{leastRetentionPCI, 90, 90, 90}, keptDays{leastRetentionPCI, 90, 30, 7}},
}

// defaultLogDays are the days of every class.
func defaultLogDays(env Environment) map[string]int {
	kept := map[string]int{}
	for class, retention := range logRetentions {
		kept[class] = retention.byDefault.of(env)
	}
	return kept
}

// LeastLogDays is how many days an environment keeps logs of a class at least; 0 for a
// class that there is not.
func LeastLogDays(env Environment, class string) int { return logRetentions[class].least.of(env) }

// Days is how many days logs of a class are kept. Of what was decoded, every class has one.
func (l Logs) Days(class string) int { return l.RetentionDays[class] }

// retentions are what CloudWatch Logs offers, in days (Amazon CloudWatch Logs API
// Reference, "PutRetentionPolicy").
var retentions = []int{
	1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
}

// LogRetention is the shortest retention of a log group that CloudWatch Logs offers
// and that keeps the log for so many days; the longest for more than that.
func LogRetention(days int) int {
	at, _ := slices.BinarySearch(retentions, days)
	return retentions[min(at, len(retentions)-1)]
}
