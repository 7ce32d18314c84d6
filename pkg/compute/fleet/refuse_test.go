package fleet_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/compute/color"
	"aws-platform/pkg/compute/fleet"
	"aws-platform/pkg/graph/record"
)

func TestWrongArgsAreRefusedBeforeAnythingIsRegistered(t *testing.T) {
	for want, spoil := range map[string]func(*fleet.Args){
		`Environment: ""`:                  func(a *fleet.Args) { a.Environment = "" },
		`Environment: "pr'od"`:             func(a *fleet.Args) { a.Environment = "pr'od" },
		"AccountID: empty":                 func(a *fleet.Args) { a.AccountID = "" },
		"Region: empty":                    func(a *fleet.Args) { a.Region = "" },
		"Partition: empty":                 func(a *fleet.Args) { a.Partition = "" },
		"SubnetIDs: nil":                   func(a *fleet.Args) { a.SubnetIDs = nil },
		"SecurityGroupID: nil":             func(a *fleet.Args) { a.SecurityGroupID = nil },
		"EBSKeyARN: nil":                   func(a *fleet.Args) { a.EBSKeyARN = nil },
		"S3KeyARN: nil":                    func(a *fleet.Args) { a.S3KeyARN = nil },
		"LogKeyARN: nil":                   func(a *fleet.Args) { a.LogKeyARN = nil },
		"LogRetentionDays: 0":              func(a *fleet.Args) { a.LogRetentionDays = 0 },
		"TargetGroups[green]: incomplete":  func(a *fleet.Args) { delete(a.TargetGroups, color.Green) },
		"TargetGroups[blue]: incomplete":   func(a *fleet.Args) { a.TargetGroups[color.Blue] = fleet.Targets{Public: targets("blue").Public} },
		"Listeners: empty":                 func(a *fleet.Args) { a.Listeners = nil },
		"min 4, desired 3, max 6":          func(a *fleet.Args) { a.Config.Fleet.Min = 4 },
		"min 2, desired 7, max 6":          func(a *fleet.Args) { a.Config.Fleet.Desired = 7 },
		"min 2, desired 3, max 0":          func(a *fleet.Args) { a.Config.Fleet.Max = 0 },
		"InstanceTypes, ImageParameter":    func(a *fleet.Args) { a.Config.Fleet.InstanceTypes = nil },
		"SpotPercentage: 101":              func(a *fleet.Args) { a.Config.Fleet.SpotPercentage = 101 },
		"CPUPercent and RequestsPerTarget": func(a *fleet.Args) { a.Config.Fleet.CPUPercent = 0 },
		"ApplicationPort and HealthCheck":  func(a *fleet.Args) { a.Config.HealthCheckPath = "" },
	} {
		t.Run(want, func(t *testing.T) {
			args := staging()
			g, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
				args.Listeners = []pulumi.Resource{&pulumi.ResourceState{}}
				spoil(&args)
				_, err := fleet.New(ctx, "staging", args)
				return nil, err
			}, record.Options{Project: "platform", Stack: "staging"})
			assert.ErrorContains(t, err, want)
			assert.Len(t, g.Resources, 1, "nothing is registered but the stack")
		})
	}
}

func TestEverythingThatIsWrongIsSaidAtOnce(t *testing.T) {
	_, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		_, err := fleet.New(ctx, "staging", fleet.Args{})
		return nil, err
	}, record.Options{Project: "platform", Stack: "staging"})
	for _, field := range []string{"Environment", "AccountID", "SubnetIDs", "LogKeyARN", "TargetGroups[blue]", "Config.Fleet", "LogRetentionDays"} {
		assert.ErrorContains(t, err, field)
	}
}
