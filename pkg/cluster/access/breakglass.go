package access

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	table "aws-platform/pkg/access"
	"aws-platform/pkg/alarms"
	"aws-platform/pkg/alarms/metricalarm"
)

// Namespace is CloudWatch's namespace of the metric.
const Namespace = "Platform/EKS"

// watch raises the alarm when a session of the break-glass role calls the Kubernetes
// API: the audit log names the session, arn:aws:sts::<account>:assumed-role/<role>/<session>.
func (a *Access) watch(ctx *pulumi.Context, name string, args Args) error {
	const minute = 60
	role := table.RoleName(args.Environment, table.BreakGlass)
	_, err := metricalarm.New(ctx, name+"-eks-"+table.BreakGlass+"-used", alarms.Alarm{
		Name: table.BreakGlass + "-used", Says: "Somebody came to the Kubernetes API of " + args.Environment + " by the break-glass role.",
		Metrics:    []alarms.Metric{{Namespace: Namespace, Name: role + "-requests", Statistic: alarms.Sum}},
		Pattern:    `{ $.user.username = "*:assumed-role/` + role + `/*" }`,
		Comparison: alarms.AtLeast, Threshold: 1, Unit: alarms.Count,
		PeriodSeconds: minute, Periods: 1, Datapoints: 1, Missing: alarms.NotBreaching,
		Severity: alarms.Critical, Runbook: "cluster-break-glass.md",
	}, metricalarm.Args{
		Name: role + "-used", RunbookURL: args.RunbookURL, LogGroup: args.LogGroup, Actions: pulumi.Array{args.TopicARN},
	}, pulumi.Parent(a))
	return err
}
