// Package dashboards makes what people look at in CloudWatch when something is wrong, and
// when nothing is: an overview of the environment, its data stores, and its deliveries.
// They show the metrics that alarms watch, with the alarms' thresholds, and what explains them.
//
// Dashboards are of the account, not of a region, so that the environment is in their
// names. What is changed in the console is lost with the next update. A store, or a
// cluster, that is not there has no widgets.
//
// Not on them, because it is in no CloudWatch metric: the state of CodeDeploy's
// deployments, of Systems Manager's runbooks and of Argo Rollouts, and what all costs,
// which AWS Budgets says (package budget).
//
// Refused before anything is registered: a missing field. Nothing is protected: a
// dashboard keeps nothing.
//
// Children of the component, by name (names are API: they are part of the URN); those in
// CloudWatch are <environment>-overview and so on:
//
//	<name>-overview   Dashboard
//	<name>-data       Dashboard
//	<name>-delivery   Dashboard
package dashboards

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:observability:Dashboards" //nolint:gosec // a type, not a credential

// Args describe what is shown of one environment. Environment, Region and RunbookURL are
// required; all else is what there is, and its zero value means that it is not there.
type Args struct {
	// Environment begins the dashboards' names.
	Environment string
	// Region is where the metrics are.
	Region string
	// RunbookURL is the folder or URL of the runbooks.
	RunbookURL string
	// AvailabilityPercent is the objective of the load balancers, 0 for none.
	AvailabilityPercent float64
	// Alarms are those whose thresholds are drawn, as the environment has them.
	Alarms []alarms.Alarm
	// PagingAlarmARNs are the alarms that page, and those of the objective, shown first.
	PagingAlarmARNs pulumi.StringArray
	// Balancers are the load balancers that forward, by name: their ARN suffixes.
	Balancers pulumi.StringMap
	// TargetGroups are the fleets' by color, and then by load balancer: their ARN suffixes.
	TargetGroups map[string]pulumi.StringMap
	// NATGateways are by zone: their IDs.
	NATGateways pulumi.StringMap
	// CertificateARNs are of the load balancers' certificates, by name.
	CertificateARNs pulumi.StringMap
	// Groups are the names of the auto scaling groups, by color.
	Groups pulumi.StringMap
	// ReleaseAlarmARNs are those that stop a release, by color.
	ReleaseAlarmARNs map[string]pulumi.StringArray
	// Databases are the identifiers of PostgreSQL's instances, the primary first.
	Databases pulumi.StringArray
	// ValkeyNodes are the IDs of the cache's nodes ("production-valkey-001").
	ValkeyNodes pulumi.StringArray
	// KafkaCluster is the name of the MSK cluster, and KafkaBrokers how many brokers it has.
	KafkaCluster pulumi.StringInput
	KafkaBrokers int
	// OpenSearchDomain is the name of the domain, and AccountID the account that it is in.
	OpenSearchDomain pulumi.StringInput
	AccountID        string
	// BackupVault is the name of the vault.
	BackupVault pulumi.StringInput
	// Cluster is the name of the EKS cluster, and Applications the namespaces of what runs in it.
	Cluster      pulumi.StringInput
	Applications []string
	// LogStream is the name of the stream to the archive of logs, SIEMStream of the one to the
	// SIEM, and LogFilters those of the subscription filters that feed them.
	LogStream, SIEMStream string
	LogFilters            []string
	// ScheduleGroup is the name of the group of schedules that stop and start the environment.
	ScheduleGroup string
}

// Dashboards are those of one environment.
type Dashboards struct {
	pulumi.ResourceState

	// Dashboards are by what they show: overview, data, delivery.
	Dashboards map[string]*cloudwatch.Dashboard
}

// pages are the dashboards and what is on them.
var pages = map[string]func(facts) []section{"overview": overview, "data": stores, "delivery": delivery}

// New validates args, registers nothing on an error, and otherwise the dashboards.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Dashboards, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	made := &Dashboards{Dashboards: map[string]*cloudwatch.Dashboard{}}
	if err := ctx.RegisterComponentResource(TypeToken, name, made, opts...); err != nil {
		return nil, err
	}
	known := args.facts()
	for _, page := range slices.Sorted(maps.Keys(pages)) {
		dashboard, err := cloudwatch.NewDashboard(ctx, name+"-"+page, &cloudwatch.DashboardArgs{
			DashboardName: pulumi.String(args.Environment + "-" + page),
			DashboardBody: known.ApplyT(func(known any) (string, error) {
				return encode(pages[page](known.(facts)))
			}).(pulumi.StringOutput),
		}, pulumi.Parent(made))
		if err != nil {
			return nil, err
		}
		made.Dashboards[page] = dashboard
	}
	return made, ctx.RegisterResourceOutputs(made, pulumi.Map{})
}

// encode writes a dashboard.
func encode(sections []section) (string, error) {
	encoded, err := json.Marshal(body{Start: "-PT6H", PeriodOverride: "inherit", Widgets: arrange(sections)})
	return string(encoded), err
}

// validate returns every reason why the dashboards cannot be made of args.
func validate(args Args) error {
	fields := []required.Field{
		{Name: "Environment", Value: args.Environment, Remedy: "pass the environment's name"},
		{Name: "Region", Value: args.Region, Remedy: "pass the environment's region"},
		{Name: "RunbookURL", Value: args.RunbookURL, Remedy: "pass the folder or URL of the runbooks"},
	}
	if args.OpenSearchDomain != nil {
		fields = append(fields, required.Field{Name: "AccountID", Value: args.AccountID, Remedy: "pass the ID of the domain's account"})
	}
	if args.KafkaCluster != nil {
		fields = append(fields, required.Field{Name: "KafkaBrokers", Value: args.KafkaBrokers, Remedy: "pass how many brokers the cluster has"})
	}
	return errors.Join(required.Missing("dashboards.Args", fields...)...)
}
