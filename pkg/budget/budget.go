// Package budget says what an environment may cost in a month, and tells who pays when it
// costs more, is going to, or costs what it never did: an AWS budget, and AWS Cost Anomaly
// Detection.
//
// What belongs to the environment is told by its tag Environment, which every resource
// has. Billing knows the tag once it is activated as a cost allocation tag, in the account
// that pays; from then on, and not for what was before. What has no tags is not counted:
// tax, support, and data transfer that AWS tags with nothing (AWS Billing User Guide,
// "Activating user-defined cost allocation tags"; docs/cost.md).
//
// The monitor is one of ours by the tag, of which an account takes a hundred, and not AWS'
// own of all services, of which it takes one: two environments in an account do not fight
// for it. AWS makes monitors by tag in the account that pays alone (AWS Cost Management User
// Guide, "Getting started with AWS Cost Anomaly Detection"). In a member account of an
// organization the configuration names a monitor that is there, and any number of
// environments may subscribe to that.
//
// AWS GovCloud has neither: who pays for it is an account of the standard partition, which
// watches it (AWS GovCloud User Guide, "AWS GovCloud (US) Billing and Payment").
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-monthly   Budget
//	<name>-anomaly   AnomalyMonitor, where none is named; AnomalySubscription
//
// Refused before anything is registered: a missing argument, a partition without
// billing, an amount or a share that is not more than zero. Nothing is protected: a budget
// holds no data.
package budget

import (
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/budgets"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/costexplorer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// TypeToken is the type of the component.
const TypeToken = "platform:budget:Budget"

// tag is the cost allocation tag by which costs are told apart.
const tag = "Environment"

// Args describe the budget of one environment; every field is required.
type Args struct {
	// Environment is the value of the tag Environment, and begins the names.
	Environment string
	// AccountID and Partition are where it is; billing has no region.
	AccountID, Partition string
	// Config is the validated configuration; its schedule is not of the budget.
	Config config.Cost
	// CostTopicARN hears of it. Its policy and its key must let budgets.amazonaws.com and
	// costalerts.amazonaws.com publish.
	CostTopicARN pulumi.StringInput
}

// Budget is what watches the costs of one environment.
type Budget struct {
	pulumi.ResourceState

	// Monthly is the budget of a month.
	Monthly *budgets.Budget
	// Subscription is nil where anomalies are not watched.
	Subscription *costexplorer.AnomalySubscription
}

// New validates args, registers nothing on an error, and otherwise the budget.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Budget, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	budget := &Budget{}
	if err := ctx.RegisterComponentResource(TypeToken, name, budget, opts...); err != nil {
		return nil, err
	}
	if err := budget.monthly(ctx, name+"-monthly", args); err != nil {
		return nil, err
	}
	if args.Config.Anomaly.Enabled {
		if err := budget.anomaly(ctx, name+"-anomaly", args); err != nil {
			return nil, err
		}
	}
	return budget, ctx.RegisterResourceOutputs(budget, pulumi.Map{"budgetName": budget.Monthly.Name})
}

// The kinds of notification, as AWS Budgets spells them.
const (
	actual     = "ACTUAL"
	forecasted = "FORECASTED"
)

// monthly makes the budget: what is charged, without what is refunded and credited, or a
// credit would hide that the environment got dearer.
func (b *Budget) monthly(ctx *pulumi.Context, name string, args Args) (err error) {
	physical := args.Environment + "-monthly"
	b.Monthly, err = budgets.NewBudget(ctx, name, &budgets.BudgetArgs{
		AccountId:   pulumi.String(args.AccountID),
		Name:        pulumi.String(physical),
		BudgetType:  pulumi.String("COST"),
		TimeUnit:    pulumi.String("MONTHLY"),
		LimitAmount: pulumi.String(strconv.FormatFloat(args.Config.Budget.MonthlyUSD, 'f', -1, 64)),
		LimitUnit:   pulumi.String("USD"),
		CostFilters: budgets.BudgetCostFilterArray{budgets.BudgetCostFilterArgs{
			// A tag of ours, and not one of AWS', has user: before its key.
			Name: pulumi.String("TagKeyValue"), Values: pulumi.ToStringArray([]string{"user:" + tag + "$" + args.Environment}),
		}},
		CostTypes: budgets.BudgetCostTypesArgs{IncludeCredit: pulumi.Bool(false), IncludeRefund: pulumi.Bool(false)},
		Notifications: budgets.BudgetNotificationArray{
			notification(actual, args.Config.Budget.ActualPercent, args.CostTopicARN),
			notification(forecasted, args.Config.Budget.ForecastPercent, args.CostTopicARN),
		},
		Tags: pulumi.StringMap{"Name": pulumi.String(physical)},
	}, pulumi.Parent(b))
	return err
}

// notification tells the topic of a share of the budget.
func notification(kind string, percent float64, topic pulumi.StringInput) budgets.BudgetNotificationArgs {
	return budgets.BudgetNotificationArgs{
		NotificationType:       pulumi.String(kind),
		ComparisonOperator:     pulumi.String("GREATER_THAN"),
		Threshold:              pulumi.Float64(percent),
		ThresholdType:          pulumi.String("PERCENTAGE"),
		SubscriberSnsTopicArns: pulumi.StringArray{topic},
	}
}
