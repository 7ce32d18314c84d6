package access

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	table "aws-platform/pkg/access"
)

// Namespace is CloudWatch's namespace of the metric.
const Namespace = "Platform/EKS"

// watch raises the alarm when a session of the break-glass role calls the Kubernetes
// API: the audit log names the session, arn:aws:sts::<account>:assumed-role/<role>/<session>.
func (a *Access) watch(ctx *pulumi.Context, name string, args Args) error {
	role := table.RoleName(args.Environment, table.BreakGlass)
	metric := role + "-requests"
	used := name + "-eks-" + table.BreakGlass + "-used"
	if _, err := cloudwatch.NewLogMetricFilter(ctx, used, &cloudwatch.LogMetricFilterArgs{
		Name:         pulumi.String(metric),
		LogGroupName: args.LogGroup,
		Pattern:      pulumi.String(`{ $.user.username = "*:assumed-role/` + role + `/*" }`),
		MetricTransformation: cloudwatch.LogMetricFilterMetricTransformationArgs{
			Namespace: pulumi.String(Namespace), Name: pulumi.String(metric), Value: pulumi.String("1"), Unit: pulumi.String("Count"),
		},
	}, pulumi.Parent(a)); err != nil {
		return err
	}
	const minute = 60
	_, err := cloudwatch.NewMetricAlarm(ctx, used, &cloudwatch.MetricAlarmArgs{
		Name:               pulumi.String(role + "-used"),
		AlarmDescription:   pulumi.String("Somebody came to the Kubernetes API of " + args.Environment + " by the break-glass role: docs/runbooks/cluster-break-glass.md"),
		Namespace:          pulumi.String(Namespace),
		MetricName:         pulumi.String(metric),
		Statistic:          pulumi.String("Sum"),
		Period:             pulumi.Int(minute),
		EvaluationPeriods:  pulumi.Int(1),
		Threshold:          pulumi.Float64(1),
		ComparisonOperator: pulumi.String("GreaterThanOrEqualToThreshold"),
		TreatMissingData:   pulumi.String("notBreaching"),
		AlarmActions:       pulumi.Array{args.TopicARN},
		Tags:               pulumi.StringMap{"Name": pulumi.String(role + "-used")},
	}, pulumi.Parent(a))
	return err
}
