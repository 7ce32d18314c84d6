package trial

import (
	"context"
	"fmt"
)

// liftDeletionProtection does what an operator must do before the load balancers
// of production can go: AWS itself refuses to delete them until then.
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
	}
	return nil
}
