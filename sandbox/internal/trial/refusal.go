package trial

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"strings"

	"aws-platform/sandbox/internal/stacks"
)

// guarded are the ends of the URNs of what holds production's data. The keys are
// protected as well: Pulumi names those whose dependents are not refused already.
var guarded = []string{
	"aws:rds/instance:Instance::production-postgresql",
	"aws:elasticache/replicationGroup:ReplicationGroup::production-valkey",
	"aws:msk/cluster:Cluster::production-kafka",
	"aws:opensearch/domain:Domain::production-opensearch",
	"aws:backup/vault:Vault::production-backup",
	"aws:backup/vault:Vault::production-backup-copy",
}

// refuse destroys production as somebody would by mistake. Pulumi must refuse before it
// deletes anything, and name what is protected with the command that lifts it; and where
// it does not ask Pulumi, RDS must refuse by itself.
func (t *Trial) refuse(ctx context.Context) error {
	pulumi, err := t.pulumi()
	if err != nil {
		return err
	}
	stack := stacks.Production
	before, err := pulumi.Inventory(ctx, stack)
	if err != nil {
		return err
	}
	out, failure := pulumi.Command(ctx, stack, "destroy", "--yes").CombinedOutput()
	log := t.Layout.LogFile("refused-" + stack.Name)
	if err := os.WriteFile(log, out, 0o600); err != nil {
		return err
	}
	if err := refusal(exitCode(failure), string(out)); err != nil {
		return fmt.Errorf("%w, see %s", err, log)
	}
	after, err := pulumi.Inventory(ctx, stack)
	if err != nil {
		return err
	}
	if !maps.Equal(before, after) {
		return fmt.Errorf("the refused destroy deleted something: %d resources before, %d after", before.Total(), after.Total())
	}
	t.Printer.Linef("     it names %d protected resources, and deleted none of %d", strings.Count(string(out), unprotect), after.Total())
	return t.stillProtected(ctx, stack.Name)
}

// unprotect begins the command that Pulumi gives for each resource that it refuses.
const unprotect = "`pulumi state unprotect '"

// refusal wants a failure that gives the command for everything that is guarded.
func refusal(code int, text string) error {
	if code == 0 {
		return errors.New("destroy succeeded, wanted a refusal")
	}
	for _, urn := range guarded {
		if !commanded(text, urn) {
			return fmt.Errorf("destroy does not say how to unprotect %s", urn)
		}
	}
	return nil
}

// commanded tells whether a line gives the command for a URN that ends so.
func commanded(text, end string) bool {
	for line := range strings.Lines(text) {
		_, urn, found := strings.Cut(line, unprotect)
		if found && strings.Contains(urn, "$"+end+"'") {
			return true
		}
	}
	return false
}

// stillProtected wants RDS itself to refuse what did not ask Pulumi.
func (t *Trial) stillProtected(ctx context.Context, environment string) error {
	collector, err := t.collector()
	if err != nil {
		return err
	}
	var ignored any
	err = collector.Ask(ctx, &ignored, environment, "rds", "delete-db-instance",
		"--db-instance-identifier", environment+"-postgresql", "--skip-final-snapshot")
	switch {
	case err == nil:
		return fmt.Errorf("rds delete-db-instance deleted %s-postgresql, wanted a refusal because of its deletion protection", environment)
	case !strings.Contains(strings.ToLower(err.Error()), "deletion protection"):
		return fmt.Errorf("wanted RDS to refuse because of the deletion protection, found: %w", err)
	default:
		return nil
	}
}
