package main

import (
	"errors"
	"io"

	"github.com/spf13/cobra"

	"aws-platform/cmd/internal/cli"
	"aws-platform/pkg/config"
	"aws-platform/pkg/environment"
	"aws-platform/pkg/offline"
)

// validateCommand checks stack files: all that is wrong is printed, a line a problem.
func validateCommand() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "validate [stack]",
		Short: "Checks the configuration of a stack, or of all",
		Long: `Checks Pulumi.<stack>.yaml in the current directory (stacks/peering/Pulumi.peering.yaml
for peering, stacks/github/Pulumi.github.yaml for github, stacks/account/Pulumi.account-<environment>.yaml
for an account), or the file that --file names. Without either it checks all stacks,
that the environments agree on each other's addresses, and that the stacks of one
account name no Slack channel twice.

Prints what is wrong, a line a problem as "path: value: fact: remedy", and exits with 1.
What is right today and must be known, as an engine version that leaves its support soon or
a part of an account that must then exist elsewhere, is printed as a warning.`,
		Example: "  platform validate production\n  platform validate --file /tmp/Pulumi.production.yaml",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			out := cmd.OutOrStdout()
			switch {
			case file != "" && len(args) > 0:
				return errors.New("validate: name a stack or a --file, not both")
			case file != "":
				return validateOne(out, file)
			case len(args) > 0:
				return validateOne(out, offline.StackFile(args[0]))
			default:
				return validateAll(out)
			}
		},
	}
	cmd.Flags().StringVarP(&file, "file", "f", "", "the stack file to check")
	return cmd
}

// decodeFile reads a stack file; the environment and the account are nil for every other
// stack. The error is config.Problems if the file could be read and is wrong.
func decodeFile(path string) (*config.Environment, *config.Account, error) {
	stack, values, err := config.ReadStackFile(path)
	if err != nil {
		return nil, nil, err
	}
	if stack == offline.PeeringStack {
		_, err := config.DecodePeering(values)
		return nil, nil, err
	}
	if stack == offline.GitHubStack {
		_, err := config.DecodeGitHub(values)
		return nil, nil, err
	}
	if offline.IsAccount(stack) {
		account, err := config.DecodeAccount(stack, values)
		return nil, account, err
	}
	env, err := config.Decode(stack, values)
	if err != nil {
		return nil, nil, err
	}
	if problems := environment.Check(env); len(problems) > 0 {
		return nil, nil, problems
	}
	return env, nil, nil
}

func validateOne(out io.Writer, path string) error {
	env, account, err := decodeFile(path)
	if err != nil {
		return report(out, "", err)
	}
	if err := warn(out, "", env, account); err != nil {
		return err
	}
	return say(out, path+": ok")
}

// warn prints what is right today and must be known, as previews do.
func warn(out io.Writer, prefix string, env *config.Environment, account *config.Account) error {
	var warnings config.Problems
	switch {
	case env != nil:
		warnings = env.Warnings()
	case account != nil:
		warnings = account.Warnings()
	}
	for _, warning := range warnings {
		if err := say(out, prefix+"warning: "+warning.String()); err != nil {
			return err
		}
	}
	return nil
}

// validateAll checks every stack's file; its lines begin with the file.
func validateAll(out io.Writer) error {
	var environments []config.Environment
	var accounts []config.Account
	var failed error
	for _, path := range stackFiles() {
		env, account, err := decodeFile(path)
		if err != nil {
			failed = errReported
			if err := report(out, path+": ", err); !errors.Is(err, errReported) {
				return err
			}
			continue
		}
		if env != nil {
			environments = append(environments, *env)
		}
		if account != nil {
			accounts = append(accounts, *account)
		}
		if err := errors.Join(warn(out, path+": ", env, account), say(out, path+": ok")); err != nil {
			return err
		}
	}
	if problems := append(config.Agree(environments...), config.AgreeOnChannels(environments, accounts)...); len(problems) > 0 {
		return report(out, "", problems)
	}
	return failed
}

// report prints problems and returns errReported; any other error it returns.
func report(out io.Writer, prefix string, err error) error {
	var problems config.Problems
	if !errors.As(err, &problems) {
		return err
	}
	for _, problem := range problems {
		if err := say(out, prefix+problem.String()); err != nil {
			return err
		}
	}
	return errReported
}

func say(out io.Writer, line string) error { return cli.Say(out, line) }
