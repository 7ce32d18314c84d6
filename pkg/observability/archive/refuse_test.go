package archive_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/config"
	"aws-platform/pkg/observability/archive"
)

func TestWhatIsRefused(t *testing.T) {
	for want, change := range map[string]func(*archive.Args){
		`archive.Args.Environment: ""`:                   func(a *archive.Args) { a.Environment = "" },
		`archive.Args.AccountID: ""`:                     func(a *archive.Args) { a.AccountID = "" },
		`archive.Args.Region: ""`:                        func(a *archive.Args) { a.Region = "" },
		`archive.Args.Partition: ""`:                     func(a *archive.Args) { a.Partition = "" },
		"archive.Args.Config.Archive.ExpireAfterDays: 0": func(a *archive.Args) { a.Config.Archive.ExpireAfterDays = 0 },
		"archive.Args.Config.RetentionDays: 0":           func(a *archive.Args) { a.Config.RetentionDays = nil },
		"archive.Args.S3KeyARN: nil":                     func(a *archive.Args) { a.S3KeyARN = nil },
		"archive.Args.LogKeyARN: nil":                    func(a *archive.Args) { a.LogKeyARN = nil },
		"archive.Args.LogGroups: 0":                      func(a *archive.Args) { a.LogGroups = nil },
		"archive.Args.LogGroups[fleet].Name: nil":        func(a *archive.Args) { a.LogGroups["fleet"] = archive.LogGroup{Class: config.DataLogs} },
		`archive.Args.LogGroups[eks].Class: "trace": is not`: func(a *archive.Args) {
			a.LogGroups["eks"] = archive.LogGroup{Name: a.LogGroups["eks"].Name, Class: "trace"}
		},
		`archive.Args.Config.SIEM.URL: ""`:        func(a *archive.Args) { a.Config.SIEM.URL = "" },
		`archive.Args.Config.SIEM.SecretName: ""`: func(a *archive.Args) { a.Config.SIEM.SecretName = "" },
		"archive.Args.Config.SIEM.Classes: 0":     func(a *archive.Args) { a.Config.SIEM.Classes = nil },
	} {
		t.Run(want, func(t *testing.T) {
			args := withSIEM()
			change(&args)
			g, err := run(args, false)
			assert.ErrorContains(t, err, want)
			assert.Empty(t, g.OfType(archive.TypeToken), "nothing of it is registered")
		})
	}
}
