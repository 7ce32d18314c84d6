package pipeline

import (
	"github.com/spf13/cobra"

	"aws-platform/cmd/internal/cli"
	"aws-platform/pkg/promotion"
)

// planCommand says what is missing, before anybody starts anything.
func planCommand(policy *string) *cobra.Command {
	request := promotion.Request{Kind: promotion.Promoting}
	cmd := &cobra.Command{
		Use:     "plan",
		Short:   "Says what a promotion still lacks, and when its soak ends",
		Example: "  platform promote plan --from staging --to production --app web",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if request.Subject == "" {
				runs, err := current(cmd, *policy, request)
				if err != nil {
					return err
				}
				request.Subject = runs.Subject
			}
			return decide(cmd, *policy, request, files{})
		},
	}
	way(cmd, &request)
	cmd.Flags().StringVar(&request.Subject, "digest", "", "what is to move; by default what runs in the source")
	return requiring(cmd, "from", "to", "app")
}

// way adds the flags of a way between environments.
func way(cmd *cobra.Command, request *promotion.Request) {
	cmd.Flags().StringVar(&request.From, "from", "", "the source environment")
	cmd.Flags().StringVar(&request.To, "to", "", "the target environment")
	cmd.Flags().StringVar(&request.App, "app", "", "the application")
}

// verifyCommand decides: the job behind the gates and before the deployment.
func verifyCommand(policy *string) *cobra.Command {
	var request promotion.Request
	var to files
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Decides whether a digest may go to an environment",
		Long: `Decides whether a digest may go to an environment: without --from a fresh build to dev,
otherwise a promotion. Exits with 1 if it may not, and writes the record in either case.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			request.Kind = promotion.Promoting
			if request.From == "" {
				request.Kind = promotion.Deploying
			}
			return decide(cmd, *policy, request, to)
		},
	}
	way(cmd, &request)
	cmd.Flags().StringVar(&request.Subject, "digest", "", "what moves: sha256: and 64 hex digits")
	asking(cmd, &request, &to)
	return requiring(cmd, "to", "app", "digest", "run", "record", "evidence")
}

// asking adds the flags of a decision that is made for a run.
func asking(cmd *cobra.Command, request *promotion.Request, to *files) {
	cmd.Flags().Int64Var(&request.Run, "run", 0, "the workflow run that asks")
	cmd.Flags().StringVar(&request.Emergency, "emergency", "", "the reason for not waiting for soak and freeze")
	to.flags(cmd)
}

// infrastructureCommand decides about a commit of the estate.
func infrastructureCommand(policy *string) *cobra.Command {
	request := promotion.Request{Kind: promotion.Infrastructure, App: promotion.InfrastructureApp}
	var to files
	cmd := &cobra.Command{
		Use:   "infrastructure",
		Short: "Decides whether a commit of the estate may go to a stack",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			request.From = promotion.Before(request.To)
			return decide(cmd, *policy, request, to)
		},
	}
	cmd.Flags().StringVar(&request.To, "to", "", "the stack: dev, staging, production, production-pci or peering")
	cmd.Flags().StringVar(&request.Subject, "commit", "", "the commit, 40 hex digits")
	asking(cmd, &request, &to)
	return requiring(cmd, "to", "commit", "run", "record", "evidence")
}

// rollbackCommand finds what an environment goes back to.
func rollbackCommand(policy *string) *cobra.Command {
	request := promotion.Request{Kind: promotion.RollingBack}
	var to files
	cmd := &cobra.Command{
		Use:   "rollback",
		Short: "Decides to which digest an environment goes back",
		Long: `Decides to which digest an environment goes back. Without --run it only says which one it
would be, in the line "previous"; a run is what is missing then.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			request.From = request.To
			return decide(cmd, *policy, request, to)
		},
	}
	cmd.Flags().StringVar(&request.To, "in", "", "the environment")
	cmd.Flags().StringVar(&request.App, "app", "", "the application")
	cmd.Flags().Int64Var(&request.Run, "run", 0, "the workflow run that asks")
	cmd.Flags().StringVar(&request.Reason, "reason", "", "why")
	to.flags(cmd)
	return requiring(cmd, "in", "app")
}

// currentCommand prints what runs in an environment.
func currentCommand(policy *string) *cobra.Command {
	request := promotion.Request{Kind: promotion.Promoting}
	var commit bool
	cmd := &cobra.Command{
		Use:   "current",
		Short: "Prints the digest that was last deployed to an environment with success",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			runs, err := current(cmd, *policy, request)
			if err != nil {
				return err
			}
			if commit {
				return cli.Say(cmd.OutOrStdout(), runs.Commit)
			}
			return cli.Say(cmd.OutOrStdout(), runs.Subject)
		},
	}
	cmd.Flags().StringVar(&request.From, "in", "", "the environment")
	cmd.Flags().StringVar(&request.App, "app", "", "the application")
	cmd.Flags().BoolVar(&commit, "commit", false, "print the commit that it was built from instead")
	return requiring(cmd, "in", "app")
}

func current(cmd *cobra.Command, policyFile string, request promotion.Request) (promotion.Deployment, error) {
	client, policy, err := reach(cmd, policyFile)
	if err != nil {
		return promotion.Deployment{}, err
	}
	return client.Current(cmd.Context(), request, policy)
}
