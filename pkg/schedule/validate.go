package schedule

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"aws-platform/pkg/config"
	"aws-platform/pkg/required"
)

// validate returns every reason why the schedule cannot be made of args.
func validate(args Args) error {
	problems := required.Missing("schedule.Args", args.needed()...)
	refuse := func(field string, value any, fact, remedy string) {
		problems = append(problems, fmt.Errorf("schedule.Args.%s: %v: %s: %s", field, value, fact, remedy))
	}
	if (config.Environment{Name: args.Environment}).Production() {
		refuse("Environment", args.Environment, "it always runs", "make no schedule")
	}
	for _, action := range actions() {
		if _, ok := config.SchedulerCron(args.cron(action)); !ok {
			refuse("Config."+map[string]string{stop: "Stop", start: "Start"}[action], fmt.Sprintf("%q", args.cron(action)),
				"it is no cron expression of five fields, or names two kinds of days", `write it as in "0 20 * * MON-FRI"`)
		}
	}
	return errors.Join(problems...)
}

// needed are the fields that must be given.
func (args Args) needed() []required.Field {
	fields := required.Place(args.Environment, args.AccountID, args.Region, args.Partition)
	need := func(name string, value any) {
		fields = append(fields, required.Field{Name: name, Value: value, Remedy: "pass the one of the configuration, or of the tier"})
	}
	need("Config.TimeZone", args.Config.TimeZone)
	if args.Database != nil {
		need("Database.Identifier", args.Database.Identifier)
		need("Database.ARN", args.Database.ARN)
	}
	for _, of := range []struct {
		name  string
		group Group
	}{{"Blue", args.Fleet.Blue}, {"Green", args.Fleet.Green}} {
		need("Fleet."+of.name+".Name", of.group.Name)
		need("Fleet."+of.name+".ARN", of.group.ARN)
		if args.Fleet.TestListenerARN != nil {
			need("Fleet."+of.name+".TargetGroupARN", of.group.TargetGroupARN)
		}
	}
	if len(args.Nodes) > 0 {
		need("ClusterName", args.ClusterName)
	}
	for _, name := range slices.Sorted(maps.Keys(args.Nodes)) {
		need(fmt.Sprintf("Nodes[%s].Name", name), args.Nodes[name].Name)
		need(fmt.Sprintf("Nodes[%s].ARN", name), args.Nodes[name].ARN)
	}
	return fields
}
