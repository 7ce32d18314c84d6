package tfprotocol

import (
	"os"

	"github.com/hashicorp/go-hclog"
)

// logger is what the provider says on its standard error, dropped unless Terraform's
// own variables ask for it: TF_LOG is the level (TRACE to ERROR), TF_LOG_PATH the file
// that it is appended to. A file that cannot be opened leaves the log dropped.
func logger() hclog.Logger {
	level, path := os.Getenv("TF_LOG"), os.Getenv("TF_LOG_PATH")
	if level == "" || path == "" {
		return hclog.NewNullLogger()
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600) //nolint:gosec // the user's choice
	if err != nil {
		return hclog.NewNullLogger()
	}
	return hclog.New(&hclog.LoggerOptions{Output: file, Level: hclog.LevelFromString(level)})
}
