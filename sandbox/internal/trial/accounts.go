package trial

import (
	"context"
	"errors"
	"fmt"

	"aws-platform/sandbox/internal/layout"
	"aws-platform/sandbox/internal/stacks"
)

// anybody is a trust policy that lets the workflows of every repository of GitHub in; a
// StringLike and a forgotten audience are how it is mostly done.
const anybody = `{"Version": "2012-10-17", "Statement": [{
  "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
  "Principal": {"Federated": "arn:aws:iam::%s:oidc-provider/token.actions.githubusercontent.com"},
  "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:*"}}}]}`

// admit opens a pipeline's role to everybody, takes another one's boundary away and stops AWS
// Config, by hand; wants the verification to name each, and the account's stack to mend them.
func (t *Trial) admit(ctx context.Context) error {
	collector, err := t.collector()
	if err != nil {
		return err
	}
	environment := environments[0]
	account, err := layout.AccountOf(environment)
	if err != nil {
		return err
	}
	if err := errors.Join(
		collector.Run(ctx, environment, "iam", "update-assume-role-policy", "--role-name", "platform-pipeline",
			"--policy-document", fmt.Sprintf(anybody, account.ID)),
		collector.Run(ctx, environment, "iam", "delete-role-permissions-boundary", "--role-name", "platform-deploy"),
		collector.Run(ctx, environment, "configservice", "stop-configuration-recorder", "--configuration-recorder-name", "default"),
	); err != nil {
		return err
	}
	return errors.Join(
		t.mustFail(ctx, []string{"verify", "--stacks", stacks.AccountProduction.Name},
			breach{"trust of platform-pipeline", "repo:*"}, breach{"platform-deploy", "boundary"}, breach{"recorder default", "running false"}),
		t.onEach(ctx, []stacks.Stack{stacks.AccountProduction}, "up", "--refresh", "--yes", "--skip-preview"),
		t.sandbox(ctx, "verify", "--stacks", stacks.AccountProduction.Name),
	)
}
