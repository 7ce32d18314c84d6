package trial

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"aws-platform/sandbox/internal/stacks"
	"aws-platform/sandbox/internal/verify"
)

// liftDeletionProtection does what an operator must do before the load balancers and
// the database of production can go: AWS itself refuses to delete them until then.
func (t *Trial) liftDeletionProtection(ctx context.Context) error {
	collector, err := t.collector()
	if err != nil {
		return err
	}
	for _, environment := range environments {
		var balancers []string
		if err := collector.Ask(ctx, &balancers, environment, "elbv2", "describe-load-balancers",
			"--query", "LoadBalancers[].LoadBalancerArn"); err != nil {
			return err
		}
		for _, balancer := range balancers {
			var ignored any
			if err := collector.Ask(ctx, &ignored, environment, "elbv2", "modify-load-balancer-attributes",
				"--load-balancer-arn", balancer, "--attributes", "Key=deletion_protection.enabled,Value=false"); err != nil {
				return fmt.Errorf("lift the deletion protection of %s: %w", balancer, err)
			}
		}
		if err := t.liftDatabases(ctx, collector, environment); err != nil {
			return err
		}
	}
	return nil
}

func (t *Trial) liftDatabases(ctx context.Context, collector verify.Collector, environment string) error {
	var databases []string
	if err := collector.Ask(ctx, &databases, environment, "rds", "describe-db-instances",
		"--query", "DBInstances[].DBInstanceIdentifier"); err != nil {
		return err
	}
	for _, database := range databases {
		var ignored any
		if err := collector.Ask(ctx, &ignored, environment, "rds", "modify-db-instance",
			"--db-instance-identifier", database, "--no-deletion-protection"); err != nil {
			return fmt.Errorf("lift the deletion protection of %s: %w", database, err)
		}
	}
	return nil
}

// keptByDestroy takes away what a destroy leaves behind on purpose, and wants it to be
// there: the final snapshot of each database.
func (t *Trial) keptByDestroy(ctx context.Context, list []stacks.Stack) error {
	collector, err := t.collector()
	if err != nil {
		return err
	}
	for _, stack := range list {
		if stack.Project != stacks.Production.Project {
			continue // the peering has no database
		}
		environment := stack.Name
		snapshot := environment + "-postgresql-final"
		var found []string
		err := collector.Ask(ctx, &found, environment, "rds", "describe-db-snapshots",
			"--snapshot-type", "manual", "--query", "DBSnapshots[].DBSnapshotIdentifier")
		if err != nil || !slices.Equal(found, []string{snapshot}) {
			return errors.Join(err, fmt.Errorf("snapshots of the deleted database of %s: found %v, wanted %s", environment, found, snapshot))
		}
		var ignored any
		if err := collector.Ask(ctx, &ignored, environment, "rds", "delete-db-snapshot", "--db-snapshot-identifier", snapshot); err != nil {
			return err
		}
	}
	return nil
}
