package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/schedule"
)

func TestWhatCannotBeScheduledIsRefused(t *testing.T) {
	for want, spoil := range map[string]func(*schedule.Args){
		`Environment: "": it is required`:                        func(a *schedule.Args) { a.Environment = "" },
		`Environment: production: it always runs`:                func(a *schedule.Args) { a.Environment = "production" },
		`Environment: production-pci: it always runs`:            func(a *schedule.Args) { a.Environment = "production-pci" },
		`AccountID: "": it is required`:                          func(a *schedule.Args) { a.AccountID = "" },
		`Region: "": it is required`:                             func(a *schedule.Args) { a.Region = "" },
		`Partition: "": it is required`:                          func(a *schedule.Args) { a.Partition = "" },
		`Config.TimeZone: "": it is required`:                    func(a *schedule.Args) { a.Config.TimeZone = "" },
		`Config.Stop: "": it is no cron expression`:              func(a *schedule.Args) { a.Config.Stop = "" },
		`Config.Start: "0 7 1 * MON": it is no cron expression`:  func(a *schedule.Args) { a.Config.Start = "0 7 1 * MON" },
		`Database.Identifier: nil: it is required`:               func(a *schedule.Args) { a.Database.Identifier = nil },
		`Database.ARN: nil: it is required`:                      func(a *schedule.Args) { a.Database.ARN = nil },
		`Fleet.Green.Name: nil: it is required`:                  func(a *schedule.Args) { a.Fleet.Green.Name = nil },
		`Fleet.Blue.ARN: nil: it is required`:                    func(a *schedule.Args) { a.Fleet.Blue.ARN = nil },
		`Fleet.Green.TargetGroupARN: nil: it is required`:        func(a *schedule.Args) { a.Fleet.Green.TargetGroupARN = nil },
		`ClusterName: nil: it is required`:                       func(a *schedule.Args) { a.ClusterName = nil },
		`Nodes[default].Name: nil: it is required`:               func(a *schedule.Args) { a.Nodes["default"] = schedule.NodeGroup{} },
		`Nodes[default].ARN: nil: it is required: pass the one `: func(a *schedule.Args) { a.Nodes["default"] = schedule.NodeGroup{} },
	} {
		t.Run(want, func(t *testing.T) {
			args := whole()
			spoil(&args)
			g, err := run(args, false)
			assert.ErrorContains(t, err, "schedule.Args."+want)
			assert.Empty(t, g.OfType(schedule.TypeToken), "nothing is registered")
		})
	}
}
