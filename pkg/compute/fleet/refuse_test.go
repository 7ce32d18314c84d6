package fleet_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/compute/color"
	"aws-platform/pkg/compute/fleet"
	"aws-platform/pkg/graph/record"
)

func TestWrongArgsAreRefusedBeforeAnythingIsRegistered(t *testing.T) {
	for want, spoil := range map[string]func(*fleet.Args){
		`Environment: ""`:                 func(a *fleet.Args) { a.Environment = "" },
		`Environment: "pr'od"`:            func(a *fleet.Args) { a.Environment = "pr'od" },
		`AccountID: ""`:                   func(a *fleet.Args) { a.AccountID = "" },
		`Region: ""`:                      func(a *fleet.Args) { a.Region = "" },
		`Partition: ""`:                   func(a *fleet.Args) { a.Partition = "" },
		"SubnetIDs: nil":                  func(a *fleet.Args) { a.SubnetIDs = nil },
		"SecurityGroupID: nil":            func(a *fleet.Args) { a.SecurityGroupID = nil },
		"EBSKeyARN: nil":                  func(a *fleet.Args) { a.EBSKeyARN = nil },
		"S3KeyARN: nil":                   func(a *fleet.Args) { a.S3KeyARN = nil },
		"LogKeyARN: nil":                  func(a *fleet.Args) { a.LogKeyARN = nil },
		`RunbookURL: ""`:                  func(a *fleet.Args) { a.RunbookURL = "" },
		"LogRetentionDays: 0":             func(a *fleet.Args) { a.LogRetentionDays = 0 },
		"TargetGroups[green]: incomplete": func(a *fleet.Args) { delete(a.TargetGroups, color.Green) },
		"TargetGroups[blue]: incomplete":  func(a *fleet.Args) { a.TargetGroups[color.Blue] = fleet.Targets{Public: targets("blue").Public} },
		"Listeners: none":                 func(a *fleet.Args) { a.Listeners = nil },
		"min 4, desired 3, max 6":         func(a *fleet.Args) { a.Config.Fleet.Min = 4 },
		"min 2, desired 7, max 6":         func(a *fleet.Args) { a.Config.Fleet.Desired = 7 },
		"min 2, desired 3, max 0":         func(a *fleet.Args) { a.Config.Fleet.Max = 0 },
		"InstanceTypes: none":             func(a *fleet.Args) { a.Config.Fleet.InstanceTypes = nil },
		`ImageParameter: ""`:              func(a *fleet.Args) { a.Config.Fleet.ImageParameter = "" },
		"RootVolumeGiB: 0":                func(a *fleet.Args) { a.Config.Fleet.RootVolumeGiB = 0 },
		"SpotPercentage: 101":             func(a *fleet.Args) { a.Config.Fleet.SpotPercentage = 101 },
		"CPUPercent: 0":                   func(a *fleet.Args) { a.Config.Fleet.CPUPercent = 0 },
		"RequestsPerTarget: 0":            func(a *fleet.Args) { a.Config.Fleet.RequestsPerTarget = 0 },
		"ApplicationPort: 0":              func(a *fleet.Args) { a.Config.ApplicationPort = 0 },
		`HealthCheckPath: ""`:             func(a *fleet.Args) { a.Config.HealthCheckPath = "" },
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

func TestEverythingThatIsWrongIsSaidAtOnceInOneOrder(t *testing.T) {
	_, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		_, err := fleet.New(ctx, "staging", fleet.Args{})
		return nil, err
	}, record.Options{Project: "platform", Stack: "staging"})
	require.Error(t, err)
	var fields []string
	for _, line := range strings.Split(err.Error(), "\n") {
		field, _, _ := strings.Cut(line[strings.Index(line, "fleet.Args."):], ": ")
		fields = append(fields, strings.TrimPrefix(field, "fleet.Args."))
	}
	assert.Equal(t, []string{
		"Environment", "AccountID", "Region", "Partition", "SubnetIDs", "SecurityGroupID", "EBSKeyARN", "S3KeyARN", "LogKeyARN", "RunbookURL",
		"Config.ApplicationPort", "Config.HealthCheckPath", "Config.Fleet.InstanceTypes", "Config.Fleet.ImageParameter",
		"Config.Fleet.RootVolumeGiB", "Config.Fleet", "Config.Fleet.CPUPercent", "Config.Fleet.RequestsPerTarget",
		"TargetGroups[blue]", "TargetGroups[green]", "LogRetentionDays",
	}, fields)
}
