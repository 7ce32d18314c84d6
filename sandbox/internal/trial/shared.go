package trial

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"aws-platform/sandbox/internal/layout"
	"aws-platform/sandbox/internal/stacks"
	"aws-platform/sandbox/internal/verify"
)

// sharing are the environments that are deployed into one account, that of the first.
var sharing = []stacks.Stack{stacks.Dev, stacks.Staging}

// edit is a text that stands once in a stack file, and what is written in its place.
type edit struct{ before, after string }

// sharedEdits make of the committed files those of an account that dev shares with staging
// (docs/delivery.md). OpenSearch, the slowest of all, is off in both; so is staging's
// PostgreSQL, for the emulator has one database an account.
func sharedEdits(stack stacks.Stack) []edit {
	switch stack {
	case stacks.AccountDev:
		return []edit{{"    repository: example/platform\n", "    repository: example/platform\n    sharedWith: [staging]\n"}}
	case stacks.Dev:
		return []edit{{"  platform:data:\n", "  platform:data:\n    opensearch:\n      enabled: false\n"}}
	default:
		return []edit{
			{"    postgresql:\n", "    postgresql:\n      enabled: false\n"},
			{"    opensearch:\n", "    opensearch:\n      enabled: false\n"},
			{"stores: [postgresql, valkey, parameters]", "stores: [valkey, parameters]"},
		}
	}
}

// suffixed are the delivery's roles that an account has for each of its environments.
var suffixed = regexp.MustCompile(`:role/platform-(deploy|pipeline)\b`)

// sharedFile writes a stack's file for the shared account beside the logs.
func (t *Trial) sharedFile(stack stacks.Stack) (string, error) {
	name := "Pulumi." + stack.Name
	raw, err := os.ReadFile(filepath.Join(t.Layout.Root, stack.Dir, name+".yaml"))
	if err != nil {
		return "", err
	}
	text, err := sharedText(string(raw), stack)
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	path := t.Layout.LogFile(name+"-shared") + ".yaml"
	return path, os.WriteFile(path, []byte(text), 0o600)
}

func sharedText(text string, stack stacks.Stack) (string, error) {
	for _, e := range sharedEdits(stack) {
		if count := strings.Count(text, e.before); count != 1 {
			return "", fmt.Errorf("%q stands %d times, wanted once", e.before, count)
		}
		text = strings.Replace(text, e.before, e.after, 1)
	}
	if stack != stacks.Staging {
		return text, nil
	}
	text = strings.ReplaceAll(text, verify.AccountID(stacks.Staging.Name), verify.AccountID(stacks.Dev.Name))
	return suffixed.ReplaceAllString(text, ":role/platform-$1-"+stacks.Staging.Name), nil
}

// share deploys dev and staging into one account and wants each to be whole, what an account
// has once to be there once, and a second up of all to change nothing.
func (t *Trial) share(ctx context.Context) error {
	if err := t.sandbox(ctx, "up", "--no-deploy", "--stacks", stacks.Dev.Name+","+stacks.Staging.Name); err != nil {
		return err
	}
	up := []string{"up", "--yes", "--skip-preview"}
	if err := t.deployShared(ctx, up...); err != nil {
		return err
	}
	return errors.Join(t.lookShared(ctx), t.deployShared(ctx, append(up, "--expect-no-changes")...))
}

// deployShared runs a pulumi command on the account's stack, and then on both environments at once.
func (t *Trial) deployShared(ctx context.Context, args ...string) error {
	pulumi, err := t.pulumi()
	if err != nil {
		return err
	}
	for _, wave := range [][]stacks.Stack{{stacks.AccountDev}, sharing} {
		group, inner := errgroup.WithContext(ctx)
		for _, stack := range wave {
			group.Go(func() error {
				path, err := t.sharedFile(stack)
				if err != nil {
					return err
				}
				if err := pulumi.Init(inner, stack); err != nil {
					return err
				}
				if err := pulumi.Run(inner, t.Printer, stack, append(slices.Clone(args), "--config-file", path)...); err != nil {
					return fmt.Errorf("%w%s", err, stacks.Complaint(t.Layout.LogFile(args[0]+"-"+stack.Name)))
				}
				return nil
			})
		}
		if err := group.Wait(); err != nil {
			return err
		}
	}
	return nil
}

// lookShared looks at the shared account from outside, and at the other one, which stays empty.
func (t *Trial) lookShared(ctx context.Context) error {
	collector, err := t.collector()
	if err != nil {
		return err
	}
	both := []string{stacks.Dev.Name, stacks.Staging.Name}
	var topics []string
	for _, environment := range both {
		for _, name := range []string{"cost", "critical", "security", "warning"} {
			topics = append(topics, environment+"-"+name)
		}
	}
	slices.Sort(topics)
	profile := stacks.Dev.Name
	return errors.Join(
		t.wantList(ctx, collector, profile, both, "VPCs", "ec2", "describe-vpcs", "--query", "sort(Vpcs[].Tags[?Key=='Name'].Value[])"),
		t.wantList(ctx, collector, profile, append([]string{topics[0], topics[1], topics[2], topics[3], "platform-security"}, topics[4:]...), "topics",
			"sns", "list-topics", "--query", "sort(Topics[].TopicArn)"),
		t.wantList(ctx, collector, profile, []string{"default"}, "recorders", "configservice", "describe-configuration-recorders", "--query", "ConfigurationRecorders[].name"),
		t.wantCount(ctx, collector, profile, 1, "detectors", "guardduty", "list-detectors", "--query", "length(DetectorIds)"),
		t.wantCount(ctx, collector, profile, 14, "characters of a password", "iam", "get-account-password-policy", "--query", "PasswordPolicy.MinimumPasswordLength"),
		t.wantList(ctx, collector, profile, []string{"platform-deploy", "platform-deploy-staging"}, "deploy roles",
			"iam", "list-roles", "--query", "sort(Roles[?starts_with(RoleName, 'platform-deploy')].RoleName)"),
		t.wantList(ctx, collector, profile, []string{"dev-hours", "staging-hours"}, "groups of schedules",
			"scheduler", "list-schedule-groups", "--query", "sort(ScheduleGroups[?Name!='default'].Name)"),
		t.wantList(ctx, collector, stacks.Staging.Name, nil, "VPCs of staging's own account", "ec2", "describe-vpcs", "--query", "Vpcs[].Tags[?Key=='Name'].Value[]"),
	)
}

// wantList asks the CLI for a list of names or ARNs, and wants these names.
func (t *Trial) wantList(ctx context.Context, collector verify.Collector, profile string, want []string, what string, args ...string) error {
	var found []string
	if err := collector.Ask(ctx, &found, profile, args...); err != nil {
		return err
	}
	for i := range found {
		found[i] = strings.TrimPrefix(found[i], "arn:aws:sns:"+layout.Region+":"+verify.AccountID(profile)+":")
	}
	if !slices.Equal(found, want) {
		return fmt.Errorf("%s: found %s, wanted %s", what, strings.Join(found, ", "), strings.Join(want, ", "))
	}
	t.Printer.Linef("     %s: %s", what, strings.Join(found, ", "))
	return nil
}

// wantCount asks the CLI for a number.
func (t *Trial) wantCount(ctx context.Context, collector verify.Collector, profile string, want int, what string, args ...string) error {
	var found int
	if err := collector.Ask(ctx, &found, profile, args...); err != nil {
		return err
	}
	if found != want {
		return fmt.Errorf("%s: found %d, wanted %d", what, found, want)
	}
	t.Printer.Linef("     %s: %d", what, found)
	return nil
}
