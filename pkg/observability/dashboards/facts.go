package dashboards

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// facts are Args whose outputs are known.
type facts struct {
	painter
	environment, runbooks, account string
	objective                      float64
	brokers                        int
	applications                   []string
	logStream, siemStream          string // empty where there is none
	scheduleGroup                  string // empty where there is none
	logFilters                     []string

	composites, databases, valkeyNodes []string
	balancers, groups                  map[string]string
	gateways, certificates             map[string]string
	targetGroups                       map[string]map[string]string
	releaseAlarms                      map[string][]string
	kafka, openSearch, vault, cluster  string // empty where there is none
}

// facts wait for the outputs.
func (a Args) facts() pulumi.AnyOutput {
	targetGroups, releaseAlarms := pulumi.StringMapMap{}, pulumi.StringArrayMap{}
	for color, groups := range a.TargetGroups {
		targetGroups[color] = groups
	}
	for color, alarms := range a.ReleaseAlarmARNs {
		releaseAlarms[color] = alarms
	}
	return pulumi.All(
		a.PagingAlarmARNs, a.Databases, a.ValkeyNodes, a.Balancers, a.Groups, targetGroups, releaseAlarms,
		optional(a.KafkaCluster), optional(a.OpenSearchDomain), optional(a.BackupVault), optional(a.Cluster),
		a.NATGateways, a.CertificateARNs,
	).ApplyT(func(known []any) any {
		return facts{
			painter:     painter{region: a.Region, alarms: a.Alarms},
			environment: a.Environment, runbooks: a.RunbookURL, account: a.AccountID,
			objective: a.AvailabilityPercent, brokers: a.KafkaBrokers, applications: a.Applications,
			logStream: a.LogStream, siemStream: a.SIEMStream, logFilters: a.LogFilters, scheduleGroup: a.ScheduleGroup,
			composites: known[0].([]string), databases: known[1].([]string), valkeyNodes: known[2].([]string),
			balancers: known[3].(map[string]string), groups: known[4].(map[string]string),
			targetGroups: known[5].(map[string]map[string]string), releaseAlarms: known[6].(map[string][]string),
			kafka: known[7].(string), openSearch: known[8].(string), vault: known[9].(string), cluster: known[10].(string),
			gateways: known[11].(map[string]string), certificates: known[12].(map[string]string),
		}
	}).(pulumi.AnyOutput)
}

// optional is an input that may be left out.
func optional(input pulumi.StringInput) pulumi.StringInput {
	if input == nil {
		return pulumi.String("")
	}
	return input
}

// each makes series of everything by name, in the order of the names.
func each(of map[string]string, drawn func(name, value string) []series) []series {
	var lines []series
	for _, name := range slices.Sorted(maps.Keys(of)) {
		lines = append(lines, drawn(name, of[name])...)
	}
	return lines
}
