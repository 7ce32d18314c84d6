package pipeline

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"aws-platform/cmd/internal/cli"
	"aws-platform/pkg/promotion"
	"aws-platform/pkg/promotion/collect"
)

// startCommand records that a deployment begins.
func startCommand(policyFile *string) *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "start",
		Short: "Records that what was decided is being deployed; prints the deployment's number",
		Long: `Makes a GitHub deployment in the environment <environment>/<application>, with the record
as its payload and the status in_progress, and prints its number. The record must be of
this very run (GITHUB_RUN_ID), in its first attempt (GITHUB_RUN_ATTEMPT), at most two hours old,
and allow it; a promotion's digest must still be what runs in the source.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			record, err := readRecord(file)
			if err != nil {
				return err
			}
			if err := firstAttempt(); err != nil {
				return err
			}
			if err := ofThisRun(record); err != nil {
				return err
			}
			client, policy, err := reach(cmd, *policyFile)
			if err != nil {
				return err
			}
			if err := fresh(cmd, client, policy, record); err != nil {
				return err
			}
			number, err := client.Start(cmd.Context(), record)
			if err != nil {
				return err
			}
			return cli.Say(cmd.OutOrStdout(), fmt.Sprint(number))
		},
	}
	cmd.Flags().StringVar(&file, "record", "", "the record of the decision")
	return requiring(cmd, "record")
}

// endedCommand names what a run must keep before finish: whoever may write can set a
// status, and only the run itself adds to its artifacts.
func endedCommand() *cobra.Command {
	var app, environment, state, folder string
	cmd := &cobra.Command{
		Use:   "ended",
		Short: "Writes what a deployment came to; prints the name that its artifact must have",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := collect.CheckEnd(promotion.State(state)); err != nil {
				return err
			}
			return artifact(cmd, folder, "ended.json", map[string]string{"state": state}, collect.EndingName(app, environment, promotion.State(state)))
		},
	}
	cmd.Flags().StringVar(&app, "app", "", "the application; infrastructure for the estate itself")
	cmd.Flags().StringVar(&environment, "environment", "", "where it was deployed")
	cmd.Flags().StringVar(&state, "state", "", "success or failure")
	cmd.Flags().StringVar(&folder, "output", "", "the folder for ended.json")
	return requiring(cmd, "app", "environment", "state", "output")
}

// finishCommand records how a deployment ended.
func finishCommand() *cobra.Command {
	var number int64
	var state string
	cmd := &cobra.Command{
		Use:   "finish",
		Short: "Records how a deployment ended",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			client, err := github()
			if err != nil {
				return err
			}
			return client.Finish(cmd.Context(), number, promotion.State(state))
		},
	}
	cmd.Flags().Int64Var(&number, "deployment", 0, "what start printed")
	cmd.Flags().StringVar(&state, "state", "", "success or failure")
	return requiring(cmd, "deployment", "state")
}

// buildCommand writes what a build keeps.
func buildCommand() *cobra.Command {
	var build collect.Build
	var folder string
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Writes the record of a build; prints the name that its artifact must have",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := promotion.CheckDigest(build.Digest); err != nil {
				return err
			}
			return artifact(cmd, folder, collect.BuildFile, build, collect.BuildName(build.App, build.Digest))
		},
	}
	cmd.Flags().StringVar(&build.App, "app", "", "the application")
	cmd.Flags().StringVar(&build.Digest, "digest", "", "what was built: sha256: and 64 hex digits")
	cmd.Flags().StringVar(&build.Commit, "commit", "", "from which commit, 40 hex digits")
	cmd.Flags().StringVar(&folder, "output", "", "the folder for "+collect.BuildFile)
	return requiring(cmd, "app", "digest", "commit", "output")
}

// resultCommand writes what a test keeps.
func resultCommand() *cobra.Command {
	var result collect.Result
	var folder string
	cmd := &cobra.Command{
		Use:   "result",
		Short: "Writes the record of a test's result; prints the name that its artifact must have",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := promotion.CheckDigest(result.Digest); err != nil {
				return err
			}
			if result.Outcome != promotion.Passed && result.Outcome != promotion.Failed {
				return fmt.Errorf("outcome: %q: is none: %s or %s", result.Outcome, promotion.Passed, promotion.Failed)
			}
			return artifact(cmd, folder, collect.ResultFile, result, collect.ResultName(result.Test, result.App, result.Environment, result.Digest))
		},
	}
	cmd.Flags().StringVar(&result.Test, "test", "", "the test: smoke, integration, load, security-scan or pci-compliance")
	cmd.Flags().StringVar(&result.App, "app", "", "the application")
	cmd.Flags().StringVar(&result.Environment, "environment", "", "where it ran")
	cmd.Flags().StringVar(&result.Digest, "digest", "", "what was tested: sha256: and 64 hex digits")
	cmd.Flags().StringVar(&result.Outcome, "outcome", "", "passed or failed")
	cmd.Flags().StringVar(&folder, "output", "", "the folder for "+collect.ResultFile)
	return requiring(cmd, "test", "app", "environment", "digest", "outcome", "output")
}

// artifact writes a file into a folder and prints the artifact's name.
func artifact(cmd *cobra.Command, folder, file string, content any, name string) error {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	if err := writeJSON(filepath.Join(folder, file), content); err != nil {
		return err
	}
	return cli.Say(cmd.OutOrStdout(), name)
}

// findingsCommand judges the scan of an image.
func findingsCommand(policyFile *string) *cobra.Command {
	var app, digest, file string
	cmd := &cobra.Command{
		Use:   "findings",
		Short: "Judges the vulnerabilities that ECR found in an image",
		Long: `Judges what "aws ecr describe-image-scan-findings" printed: a CRITICAL or HIGH finding
stops the image, unless the policy lists it for the application with a date that is to come.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			policy, err := promotion.ReadPolicy(cmp.Or(*policyFile, promotion.PolicyFile))
			if err != nil {
				return err
			}
			text, err := os.ReadFile(file) // #nosec G304 -- the file that the caller names
			if err != nil {
				return err
			}
			findings, err := policy.Judge(text, app, digest, time.Now())
			if err != nil {
				return err
			}
			for _, finding := range findings {
				line := finding.Severity + " " + finding.ID + ": fix it, or list it in " + promotion.PolicyFile + " with a date"
				if err := cli.Say(cmd.OutOrStdout(), line); err != nil {
					return err
				}
			}
			if len(findings) > 0 {
				return cli.ErrReported
			}
			return cli.Say(cmd.OutOrStdout(), digest+": no finding stops it")
		},
	}
	cmd.Flags().StringVar(&app, "app", "", "the application")
	cmd.Flags().StringVar(&digest, "digest", "", "the image: sha256: and 64 hex digits")
	cmd.Flags().StringVar(&file, "file", "", "what the AWS CLI printed")
	return requiring(cmd, "app", "digest", "file")
}
