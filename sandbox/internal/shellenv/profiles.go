package shellenv

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"aws-platform/sandbox/internal/layout"
)

// The emulator accepts any credentials; these can open nothing elsewhere.
const (
	accessKey = "test"
	secretKey = "test"
)

func configFile(l layout.Layout) string      { return filepath.Join(l.AWS(), "config") }
func credentialsFile(l layout.Layout) string { return filepath.Join(l.AWS(), "credentials") }

// WriteProfiles writes the AWS CLI's files: a profile for each environment, in
// its account. Each names the endpoint, so `aws --profile production` reaches
// the sandbox even in a shell that only has AWS_CONFIG_FILE.
//
// The profiles hold session credentials of the role that the program assumes,
// obtained once, and not the role itself: the CLI would assume it on every run
// and cache the result in the user's ~/.aws/cli/cache, where a real profile
// with the same role would find it.
func WriteProfiles(ctx context.Context, l layout.Layout, endpoint string) error {
	var config, credentials strings.Builder
	config.WriteString("# Written by the sandbox: dummy credentials, local endpoint.\n")
	writeProfile(&config, "default", endpoint)
	writeCredentials(&credentials, "default", session{AccessKeyID: accessKey, SecretAccessKey: secretKey})
	for _, account := range layout.Accounts {
		assumed, err := assumeRole(ctx, endpoint, account)
		if err != nil {
			return err
		}
		writeProfile(&config, "profile "+account.Environment, endpoint)
		writeCredentials(&credentials, account.Environment, assumed)
	}
	if err := os.MkdirAll(l.AWS(), 0o750); err != nil {
		return fmt.Errorf("folder for AWS profiles: %w", err)
	}
	if err := os.WriteFile(configFile(l), []byte(config.String()), 0o600); err != nil {
		return fmt.Errorf("AWS profiles: %w", err)
	}
	if err := os.WriteFile(credentialsFile(l), []byte(credentials.String()), 0o600); err != nil {
		return fmt.Errorf("AWS credentials: %w", err)
	}
	return nil
}

func writeProfile(to *strings.Builder, section, endpoint string) {
	fmt.Fprintf(to, "\n[%s]\nregion = %s\noutput = json\nendpoint_url = %s\n", section, layout.Region, endpoint)
}

func writeCredentials(to *strings.Builder, section string, s session) {
	fmt.Fprintf(to, "[%s]\naws_access_key_id = %s\naws_secret_access_key = %s\n", section, s.AccessKeyID, s.SecretAccessKey)
	if s.SessionToken != "" {
		fmt.Fprintf(to, "aws_session_token = %s\n", s.SessionToken)
	}
	to.WriteString("\n")
}
