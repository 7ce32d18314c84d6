package environment

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/cluster"
	"aws-platform/pkg/config"
	"aws-platform/pkg/observability"
	"aws-platform/pkg/observability/dashboards"
	"aws-platform/pkg/observability/slo"
)

// operate makes what is around the tiers: backups, alarms and the objective, dashboards,
// the archive of logs, and what the environment may cost.
func operate(ctx *pulumi.Context, env *config.Environment, of parts, kubernetes *cluster.Cluster) error {
	if err := protect(ctx, env, of.keys, of.topics, of.aws); err != nil {
		return err
	}
	provider := pulumi.Provider(of.aws)
	watching, err := observability.New(ctx, env.Name, observabilityArgs(env, of, kubernetes), provider)
	if err != nil {
		return err
	}
	objective, err := slo.New(ctx, env.Name, sloArgs(env, of, watching), provider)
	if err != nil {
		return err
	}
	if _, err := dashboards.New(ctx, env.Name, dashboardArgs(env, of, watching, objective), provider); err != nil {
		return err
	}
	if err := archiveLogs(ctx, env, of, kubernetes); err != nil {
		return err
	}
	return limitCost(ctx, env, of, kubernetes)
}
