package budget_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/budget"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const (
	topic            = "arn:aws:sns:us-east-1:111111111111:production-cost"
	existing         = "arn:aws:ce::111111111111:anomalymonitor/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f"
	budgetType       = "aws:budgets/budget:Budget"
	monitorType      = "aws:costexplorer/anomalyMonitor:AnomalyMonitor"
	subscriptionType = "aws:costexplorer/anomalySubscription:AnomalySubscription"
)

func whole() budget.Args {
	return budget.Args{
		Environment: "production", AccountID: "111111111111", Partition: "aws", CostTopicARN: pulumi.String(topic),
		Config: config.Cost{
			Budget:  config.Budget{MonthlyUSD: 1300.5, ActualPercent: 80, ForecastPercent: 100},
			Anomaly: config.Anomaly{Enabled: true, ThresholdUSD: 50},
		},
	}
}

func run(args budget.Args, preview bool) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "production", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"111111111111"}),
		})
		if err != nil {
			return nil, err
		}
		_, err = budget.New(ctx, args.Environment, args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "production", Preview: preview})
}

func plan(t *testing.T, args budget.Args) *graph.Graph {
	t.Helper()
	g, err := run(args, false)
	require.NoError(t, err)
	return g
}

func one(t *testing.T, g *graph.Graph, typ, name string) graph.Resource {
	t.Helper()
	found, err := g.One(typ, name)
	require.NoError(t, err)
	return found
}

func TestTheBudgetIsOfWhatHasTheEnvironmentsTag(t *testing.T) {
	made := one(t, plan(t, whole()), budgetType, "production-monthly")
	for property, want := range map[string]string{
		"accountId": "111111111111", "name": "production-monthly", "budgetType": "COST", "timeUnit": "MONTHLY",
		"limitAmount": "1300.5", "limitUnit": "USD", "costFilters[0].name": "TagKeyValue", "costFilters[0].values[0]": "user:Environment$production",
	} {
		assert.Equal(t, want, made.String(property), property)
	}
	assert.False(t, made.Bool("costTypes.includeCredit"), "a credit hides what is spent")
	assert.False(t, made.Bool("costTypes.includeRefund"))
}

func TestTheTopicHearsOfWhatIsSpentAndOfWhatWillBe(t *testing.T) {
	made := one(t, plan(t, whole()), budgetType, "production-monthly")
	notifications, _ := made.Lookup("notifications")
	require.Len(t, notifications, 2)
	for path, want := range map[string]struct {
		kind    string
		percent int
	}{"notifications[0]": {"ACTUAL", 80}, "notifications[1]": {"FORECASTED", 100}} {
		assert.Equal(t, want.kind, made.String(path+".notificationType"))
		assert.Equal(t, want.percent, made.Int(path+".threshold"))
		assert.Equal(t, "PERCENTAGE", made.String(path+".thresholdType"))
		assert.Equal(t, "GREATER_THAN", made.String(path+".comparisonOperator"))
		assert.Equal(t, []string{topic}, made.Strings(path+".subscriberSnsTopicArns"))
	}
}

func TestAnomaliesOfTheEnvironmentAreToldAtOnce(t *testing.T) {
	g := plan(t, whole())
	monitor, subscription := one(t, g, monitorType, "production-anomaly"), one(t, g, subscriptionType, "production-anomaly")
	assert.Equal(t, "CUSTOM", monitor.String("monitorType"), "an account has one of AWS' own")
	// All fields, as AWS returns them, or the provider would replace it every time
	// (hashicorp/terraform-provider-aws#39885).
	assert.JSONEq(t, `{"And": null, "CostCategories": null, "Dimensions": null, "Not": null, "Or": null,
		"Tags": {"Key": "Environment", "MatchOptions": null, "Values": ["production"]}}`, monitor.String("monitorSpecification"))
	assert.Equal(t, []string{monitor.Outputs["arn"].(string)}, subscription.Strings("monitorArnLists"))
	for property, want := range map[string]string{
		"name": "production-anomaly", "frequency": "IMMEDIATE", "subscribers[0].type": "SNS", "subscribers[0].address": topic,
		"thresholdExpression.dimension.key":             "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
		"thresholdExpression.dimension.matchOptions[0]": "GREATER_THAN_OR_EQUAL",
		"thresholdExpression.dimension.values[0]":       "50",
	} {
		assert.Equal(t, want, subscription.String(property), property)
	}
}

// What two environments in one account make has different names, and none of it is one an account.
func TestTwoEnvironmentsInAnAccountDoNotFight(t *testing.T) {
	names := map[string]bool{}
	for _, environment := range []string{"dev", "staging"} {
		args := whole()
		args.Environment = environment
		g := plan(t, args)
		assert.NotEqual(t, "DIMENSIONAL", one(t, g, monitorType, environment+"-anomaly").String("monitorType"))
		for _, typ := range []string{budgetType, monitorType, subscriptionType} {
			for _, r := range g.OfType(typ) {
				names[typ+" "+r.String("name")] = true
			}
		}
	}
	assert.Len(t, names, 6)
}

func TestAMemberOfAnOrganizationSubscribesToTheMonitorThatIsThere(t *testing.T) {
	args := whole()
	args.Config.Anomaly.MonitorARN = existing
	g := plan(t, args)
	assert.Empty(t, g.OfType(monitorType))
	assert.Equal(t, []string{existing}, one(t, g, subscriptionType, "production-anomaly").Strings("monitorArnLists"))
}

func TestWithoutAnomaliesThereIsTheBudgetAlone(t *testing.T) {
	args := whole()
	args.Config.Anomaly = config.Anomaly{}
	g := plan(t, args)
	assert.Empty(t, g.OfType(monitorType))
	assert.Empty(t, g.OfType(subscriptionType))
	assert.Len(t, g.OfType(budgetType), 1)
}

func TestAPreviewRegistersTheSame(t *testing.T) {
	preview, err := run(whole(), true)
	require.NoError(t, err)
	update := plan(t, whole())
	require.Len(t, preview.Resources, len(update.Resources))
	for i := range update.Resources {
		assert.Equal(t, update.Resources[i].URN, preview.Resources[i].URN)
	}
}

func TestWhatCannotBeABudgetIsRefused(t *testing.T) {
	for want, spoil := range map[string]func(*budget.Args){
		`Environment: "": it is required`:                      func(a *budget.Args) { a.Environment = "" },
		`AccountID: "": it is required`:                        func(a *budget.Args) { a.AccountID = "" },
		`CostTopicARN: nil: it is required`:                    func(a *budget.Args) { a.CostTopicARN = nil },
		`Partition: "": it has no AWS Budgets`:                 func(a *budget.Args) { a.Partition = "" },
		`Partition: "aws-us-gov": it has no AWS Budgets`:       func(a *budget.Args) { a.Partition = "aws-us-gov" },
		`Config.Budget.MonthlyUSD: 0: it is no amount`:         func(a *budget.Args) { a.Config.Budget.MonthlyUSD = 0 },
		`Config.Budget.ActualPercent: -1: it is no amount`:     func(a *budget.Args) { a.Config.Budget.ActualPercent = -1 },
		`Config.Budget.ForecastPercent: 0: it is no amount`:    func(a *budget.Args) { a.Config.Budget.ForecastPercent = 0 },
		`Config.Anomaly.ThresholdUSD: -0.5: it is no amount: `: func(a *budget.Args) { a.Config.Anomaly.ThresholdUSD = -0.5 },
	} {
		t.Run(want, func(t *testing.T) {
			args := whole()
			spoil(&args)
			g, err := run(args, false)
			assert.ErrorContains(t, err, "budget.Args."+want)
			assert.Empty(t, g.OfType(budget.TypeToken), "nothing is registered")
		})
	}
}
