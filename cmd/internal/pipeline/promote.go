package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"aws-platform/cmd/internal/cli"
	"aws-platform/pkg/promotion"
	"aws-platform/pkg/promotion/collect"
)

// Promote decides what may go to which environment, and keeps records of it.
func Promote() *cobra.Command {
	var policy string
	cmd := &cobra.Command{
		Use:   "promote",
		Short: "Decides what may go to which environment, and records what went",
		Long: `Decides by the rules of pkg/promotion what may go to which environment, from evidence
that it reads from the GitHub API, and records what was deployed.

GITHUB_REPOSITORY (owner/name) and GITHUB_TOKEN are required; GITHUB_API_URL is
https://api.github.com by default. PROMOTION_TOKEN is of a GitHub App that may read the
members of teams, which GITHUB_TOKEN never may. Any error of the API means no.`,
	}
	cmd.PersistentFlags().StringVar(&policy, "policy", "", "a file with the policy; by default what the branch main has now")
	cmd.AddCommand(planCommand(&policy), verifyCommand(&policy), infrastructureCommand(&policy), rollbackCommand(&policy),
		currentCommand(&policy), findingsCommand(&policy), startCommand(&policy), endedCommand(), finishCommand(), buildCommand(), resultCommand())
	return cmd
}

// github is the client that the environment describes.
func github() (*collect.Client, error) {
	return collect.New(collect.Options{
		URL: os.Getenv("GITHUB_API_URL"), Repository: os.Getenv("GITHUB_REPOSITORY"),
		Token: os.Getenv("GITHUB_TOKEN"), MembersToken: os.Getenv("PROMOTION_TOKEN"), Wait: wait(),
	})
}

// reach prepares the client and reads the policy: the file's, or what main has now.
func reach(cmd *cobra.Command, policyFile string) (*collect.Client, promotion.Policy, error) {
	client, err := github()
	if err != nil {
		return nil, promotion.Policy{}, err
	}
	if policyFile != "" {
		policy, err := promotion.ReadPolicy(policyFile)
		return client, policy, err
	}
	policy, err := client.Policy(cmd.Context())
	return client, policy, err
}

// wait is the first wait before GitHub is asked again; PROMOTION_RETRY_WAIT shortens it.
func wait() time.Duration {
	d, err := time.ParseDuration(os.Getenv("PROMOTION_RETRY_WAIT"))
	if err != nil {
		return 0
	}
	return d
}

// files are where a decision and its evidence are written; "" is nowhere.
type files struct{ record, evidence string }

func (f *files) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.record, "record", "", "the file for the decision, JSON")
	cmd.Flags().StringVar(&f.evidence, "evidence", "", "the file for the evidence, JSON")
}

// decide collects, judges, prints and writes. A decision that allows nothing is cli.ErrReported.
func decide(cmd *cobra.Command, policyFile string, request promotion.Request, to files) error {
	client, policy, err := reach(cmd, policyFile)
	if err != nil {
		return err
	}
	evidence, err := client.Evidence(cmd.Context(), request, policy)
	if err != nil {
		return fmt.Errorf("nothing is allowed: the evidence is not complete: %w", err)
	}
	decision := promotion.Decide(request, policy, evidence)
	if err := keep(decision, evidence, to); err != nil {
		return err
	}
	if err := cli.Say(cmd.OutOrStdout(), decision.String()); err != nil {
		return err
	}
	if !decision.Allowed {
		return cli.ErrReported
	}
	return nil
}

// keep writes the record and the evidence that it names.
func keep(decision promotion.Decision, evidence promotion.Evidence, to files) error {
	if err := decision.Seal(evidence); err != nil {
		return err
	}
	if to.evidence != "" {
		text, err := promotion.EvidenceJSON(evidence)
		if err != nil {
			return err
		}
		if err := os.WriteFile(to.evidence, text, 0o600); err != nil {
			return err
		}
	}
	if to.record == "" {
		return nil
	}
	return writeJSON(to.record, decision)
}

func writeJSON(path string, value any) error {
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o600)
}

// requiring makes flags required: cobra names the ones that are missing.
func requiring(cmd *cobra.Command, flags ...string) *cobra.Command {
	for _, flag := range flags {
		if err := cmd.MarkFlagRequired(flag); err != nil {
			panic(err) // a flag that the command does not have
		}
	}
	return cmd
}

// firstAttempt refuses the re-run of a job: it would deploy a second time on one
// decision, and approvals of all attempts look alike.
func firstAttempt() error {
	if attempt := os.Getenv("GITHUB_RUN_ATTEMPT"); attempt != "1" {
		return fmt.Errorf("GITHUB_RUN_ATTEMPT: %q: is not the first: start a new run instead of a re-run", attempt)
	}
	return nil
}

// ofThisRun refuses a record that another run made.
func ofThisRun(record promotion.Decision) error {
	if run := fmt.Sprint(record.Run); run != os.Getenv("GITHUB_RUN_ID") {
		return fmt.Errorf("run: %s: is not this one, GITHUB_RUN_ID %q: use the record of this run", run, os.Getenv("GITHUB_RUN_ID"))
	}
	return nil
}

// mostWait is how long after its decision something may begin to be deployed.
const mostWait = 2 * time.Hour

// fresh refuses a record that has waited for too long in the queue, or whose digest is
// not what runs in the source any more: somebody may have rolled it back meanwhile.
func fresh(cmd *cobra.Command, client *collect.Client, policy promotion.Policy, record promotion.Decision) error {
	if waited := time.Since(record.At); waited > mostWait {
		return fmt.Errorf("record: is of %s, %s ago: start a new run", record.At.Format(time.RFC3339), waited.Truncate(time.Minute))
	}
	if record.Kind == promotion.Infrastructure {
		return unchanged(cmd, client, policy, record)
	}
	if record.Kind != promotion.Promoting {
		return nil
	}
	now, err := client.Current(cmd.Context(), promotion.Request{Kind: record.Kind, App: record.App, From: record.From}, policy)
	if err != nil {
		return err
	}
	if now.Subject != record.Digest {
		return fmt.Errorf("%s: runs %s by now, not %s: start a new run", record.From, now.Subject, record.Digest)
	}
	return nil
}

// unchanged refuses a commit of the estate if the stack has another one than when it
// was decided: the two may have been pushed one after the other, and decided at once.
func unchanged(cmd *cobra.Command, client *collect.Client, policy promotion.Policy, record promotion.Decision) error {
	now, err := client.Current(cmd.Context(), promotion.Request{Kind: record.Kind, App: record.App, From: record.To}, policy)
	if err != nil && !errors.Is(err, collect.ErrNothing) {
		return err
	}
	if now.Commit != record.Base {
		return fmt.Errorf("%s: has %s by now, and it was decided for %s: start a new run", record.To, now.Commit, record.Base)
	}
	return nil
}

func readRecord(path string) (promotion.Decision, error) {
	text, err := os.ReadFile(path) // #nosec G304 -- the file that the caller names
	if err != nil {
		return promotion.Decision{}, err
	}
	var record promotion.Decision
	if err := json.Unmarshal(text, &record); err != nil {
		return promotion.Decision{}, fmt.Errorf("%s: %w", path, err)
	}
	if record.Schema != promotion.Schema {
		return promotion.Decision{}, errors.New(path + ": is no record of this version of platform")
	}
	return record, nil
}
