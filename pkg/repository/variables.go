package repository

import (
	"strings"

	"github.com/pulumi/pulumi-github/sdk/v6/go/github"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// accountVariable is the account of the environment that a job is in.
const accountVariable = "AWS_ACCOUNT_ID"

// suffixVariable ends the names of the roles of an environment that lives in the account of another.
const suffixVariable = "AWS_ROLE_SUFFIX"

// Variable is what workflows read as vars.<Name>.
type Variable struct{ Name, Value string }

// Variables are the variables of the repository, sorted by name. Each environment of the
// estate, and the peering's, has AWS_ACCOUNT_ID beside them,
// and one that lives in the account of another AWS_ROLE_SUFFIX.
func Variables(cfg config.GitHub) []Variable {
	var all []Variable
	for _, name := range cfg.EnvironmentNames() {
		suffix := strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
		all = append(all, Variable{accountVariable + "_" + suffix, cfg.Environments[name].AccountID})
	}
	return append(all,
		Variable{"AWS_REGION", cfg.Variables.Region},
		Variable{"PROMOTION_APP_ID", cfg.Variables.PromotionAppID},
		Variable{"PULUMI_BACKEND_URL", cfg.Variables.BackendURL},
	)
}

func (b *builder) variables() error {
	for _, variable := range Variables(b.cfg) {
		name := b.name + "-" + strings.ToLower(strings.ReplaceAll(variable.Name, "_", "-"))
		_, err := github.NewActionsVariable(b.ctx, name, &github.ActionsVariableArgs{
			Repository:   b.repository.Name,
			VariableName: pulumi.String(variable.Name),
			Value:        pulumi.String(variable.Value),
		}, b.parent()...)
		if err != nil {
			return err
		}
	}
	return nil
}
