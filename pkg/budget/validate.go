package budget

import (
	"errors"
	"fmt"

	"aws-platform/pkg/required"
)

// billed is the partition in which AWS Budgets and Cost Explorer are.
const billed = "aws"

// validate returns every reason why the budget cannot be made of args.
func validate(args Args) error {
	problems := required.Missing("budget.Args",
		required.Field{Name: "Environment", Value: args.Environment, Remedy: "pass the environment's name"},
		required.Field{Name: "AccountID", Value: args.AccountID, Remedy: "pass the ID of the environment's account"},
		required.Field{Name: "CostTopicARN", Value: args.CostTopicARN, Remedy: "pass the topic of costs"},
	)
	refuse := func(field string, value any, fact, remedy string) {
		problems = append(problems, fmt.Errorf("budget.Args.%s: %v: %s: %s", field, value, fact, remedy))
	}
	if args.Partition != billed {
		refuse("Partition", fmt.Sprintf("%q", args.Partition), "it has no AWS Budgets", "make no budget there: the account that pays watches it")
	}
	more := func(field string, value float64) {
		if value <= 0 {
			refuse("Config."+field, value, "it is no amount", "pass more than zero")
		}
	}
	more("Budget.MonthlyUSD", args.Config.Budget.MonthlyUSD)
	more("Budget.ActualPercent", args.Config.Budget.ActualPercent)
	more("Budget.ForecastPercent", args.Config.Budget.ForecastPercent)
	if args.Config.Anomaly.Enabled {
		more("Anomaly.ThresholdUSD", args.Config.Anomaly.ThresholdUSD)
	}
	return errors.Join(problems...)
}
