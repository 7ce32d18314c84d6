package backup_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/backup"
	"aws-platform/pkg/graph/record"
)

func TestWrongArgsAreRefusedBeforeAnythingIsRegistered(t *testing.T) {
	for message, wrong := range map[string]func(*backup.Args){
		`Environment: "": it is required`:                           func(a *backup.Args) { a.Environment = "" },
		`AccountID: "": it is required`:                             func(a *backup.Args) { a.AccountID = "" },
		`Region: "": it is required`:                                func(a *backup.Args) { a.Region = "" },
		`Partition: "": it is required`:                             func(a *backup.Args) { a.Partition = "" },
		"KeyARN: nil: it is required":                               func(a *backup.Args) { a.KeyARN = nil },
		"TopicARN: nil: it is required":                             func(a *backup.Args) { a.TopicARN = nil },
		"Config.DailyRetentionDays: 0: it is required":              func(a *backup.Args) { a.Config.DailyRetentionDays = 0 },
		"Config.MonthlyRetentionDays: 0: it is required":            func(a *backup.Args) { a.Config.MonthlyRetentionDays = 0 },
		`Config.Schedule: "": not one time of every day`:            func(a *backup.Args) { a.Config.Schedule = "" },
		`Config.Schedule: "cron(0 25 * * ? *)": not one`:            func(a *backup.Args) { a.Config.Schedule = "cron(0 25 * * ? *)" },
		`Config.Schedule: "cron(0 1 ? * MON *)": not one`:           func(a *backup.Args) { a.Config.Schedule = "cron(0 1 ? * MON *)" },
		`Config.Schedule: "cron(0 1 * * * *)": not one`:             func(a *backup.Args) { a.Config.Schedule = "cron(0 1 * * * *)" },
		`Config.Schedule: "cron(0 */4 * * ? *)": not one`:           func(a *backup.Args) { a.Config.Schedule = "cron(0 */4 * * ? *)" },
		"ContinuousDays: 36: AWS Backup takes 1 to 35":              func(a *backup.Args) { a.ContinuousDays = 36 },
		"ContinuousDays: -1: AWS Backup takes 1 to 35":              func(a *backup.Args) { a.ContinuousDays = -1 },
		"ContinuousDays: 3: the lock allows 7 to 366":               func(a *backup.Args) { a.ContinuousDays = 3 },
		"Config.DailyRetentionDays: 6: the lock allows 7":           func(a *backup.Args) { a.Config.DailyRetentionDays = 6 },
		"Config.MonthlyRetentionDays: 367: the lock allows":         func(a *backup.Args) { a.Config.MonthlyRetentionDays = 367 },
		"Config.ColdStorageAfterDays: 276: backups stay 90":         func(a *backup.Args) { a.Config.ColdStorageAfterDays = 276 },
		"Config.ColdStorageAfterDays: -1: backups stay 90":          func(a *backup.Args) { a.Config.ColdStorageAfterDays = -1 },
		"Config.Lock.GraceDays: 2: AWS Backup takes 3":              func(a *backup.Args) { a.Config.Lock.Compliance, a.Config.Lock.GraceDays = true, 2 },
		"Config.Lock.Compliance: true: there is no lock":            func(a *backup.Args) { a.Config.Lock.Compliance, a.Config.Lock.Enabled = true, false },
		"Config.Lock: 0 to 366 days: no range":                      func(a *backup.Args) { a.Config.Lock.MinRetentionDays = 0 },
		"Config.Lock: 7 to 6 days: no range":                        func(a *backup.Args) { a.Config.Lock.MaxRetentionDays = 6 },
		`Config.CopyRegion: "us-east-1": the backups are there`:     func(a *backup.Args) { a.Config.CopyRegion = "us-east-1" },
		`RestoreSubnetGroup: "": it is required`:                    func(a *backup.Args) { a.RestoreSubnetGroup = "" },
		`Config.RestoreTesting.Schedule: "": it is required: write`: func(a *backup.Args) { a.Config.RestoreTesting.Schedule = "" },
	} {
		t.Run(message, func(t *testing.T) {
			args := whole()
			wrong(&args)
			g, err := run(args, false)
			assert.ErrorContains(t, err, "backup.Args."+message)
			assert.Empty(t, g.OfType(backup.TypeToken))
		})
	}
}

func TestWhatJustPasses(t *testing.T) {
	for name, change := range map[string]func(*backup.Args){
		"cold storage for 90 days": func(a *backup.Args) { a.Config.ColdStorageAfterDays = 275 },
		"grace of 3 days":          func(a *backup.Args) { a.Config.Lock.Compliance, a.Config.Lock.GraceDays = true, 3 },
		"the lock's bounds":        func(a *backup.Args) { a.ContinuousDays, a.Config.MonthlyRetentionDays = 7, 366 },
		"the other way to say every day": func(a *backup.Args) {
			a.Config.Schedule = "cron(0 1 ? * * *)"
		},
	} {
		args := whole()
		change(&args)
		_, err := run(args, false)
		assert.NoError(t, err, name)
	}
}

func TestACopyRegionAndItsProviderComeTogether(t *testing.T) {
	for message, regions := range map[string]struct{ configured, provided string }{
		`backup.Args.CopyProvider: nil: backups are to be copied to us-west-2`:      {"us-west-2", ""},
		`backup.Args.Config.CopyRegion: "": there is a provider for it: name the r`: {"", "us-west-2"},
	} {
		g, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
			args := whole()
			args.Config.CopyRegion = regions.configured
			if regions.provided != "" {
				there, err := provider(ctx, "copy", regions.provided)
				require.NoError(t, err)
				args.CopyProvider = there
			}
			_, err := backup.New(ctx, "production-pci", args)
			return nil, err
		}, record.Options{Project: "platform", Stack: "production-pci"})
		assert.ErrorContains(t, err, message)
		assert.Empty(t, g.OfType(backup.TypeToken))
	}
}
