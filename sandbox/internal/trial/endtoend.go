package trial

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"aws-platform/sandbox/internal/stacks"
)

// environments are the two that the peering connects.
var environments = []string{stacks.Production.Name, stacks.ProductionPCI.Name}

// EndToEnd deploys the estate into a fresh cloud, looks at it from outside,
// breaks it, destroys it, and makes sure that nothing is left. It returns an
// error when anything failed; the last line it prints is "N passed, N failed".
func (t *Trial) EndToEnd(ctx context.Context) error {
	end, err := t.begin()
	if err != nil {
		return err
	}
	defer end()
	t.life(ctx)
	t.killed(ctx)
	t.Printer.Linef("%d passed, %d failed", t.passed, t.failed)
	if t.failed > 0 {
		return fmt.Errorf("%d steps of the end-to-end test failed", t.failed)
	}
	return nil
}

// life is the life of an estate from an empty account to an empty account.
func (t *Trial) life(ctx context.Context) {
	files, err := t.stackFiles()
	kubeFiles, problem := kubeHome()
	err = errors.Join(err, problem)
	var before inventory
	started := t.check("an empty cloud starts", func() error {
		return errors.Join(err, t.sandbox(ctx, "up", "--no-deploy"))
	}) && t.check("its accounts are empty but for what AWS puts into each", func() (err error) {
		before, err = t.inventory(ctx, environments...)
		return err
	})
	if started && t.check("the stacks deploy and every check from outside holds", func() error {
		return t.sandbox(ctx, "up")
	}) {
		t.deployed(ctx)
		t.check("destroy leaves the accounts as empty as before", func() error { return t.destroy(ctx, before) })
		t.check("dev and staging live in one account, with one of what an account has once, and a second up changes nothing", func() error {
			return t.share(ctx)
		})
	}
	t.check("no stack file was changed", func() error {
		now, err := t.stackFiles()
		return errors.Join(err, sameFiles(files, now))
	})
	t.check("down leaves no process, no address and no file of the cloud behind", func() error {
		return t.down(ctx, kubeFiles)
	})
}

// deployed holds what must be true of a deployed estate.
func (t *Trial) deployed(ctx context.Context) {
	t.check("a second up changes nothing", func() error {
		return t.onEach(ctx, stacks.Default, "up", "--yes", "--skip-preview", "--expect-no-changes")
	})
	t.check("refresh finds nothing that the coverage table does not announce", func() error {
		return t.onEach(ctx, stacks.Default, "refresh", "--preview-only", "--expect-no-changes")
	})
	t.check("no exported state has a credential in plaintext, and one that is planted is found", func() error {
		return t.noCredentials(ctx)
	})
	t.check("the subscriber's URL, which is a secret, is in no state and no log", t.endpointHidden)
	t.check("a message to each topic that pages reaches the HTTPS subscriber", func() error { return t.tell(ctx) })
	t.check("the exported clusters have no add-ons of EKS's own and no extended support", func() error {
		return completed(t.export(environments[0]), t.export(environments[1]))
	})
	t.check("destroy refuses what is protected and says how to lift it", func() error { return t.refuse(ctx) })
	t.check("a peering route added by hand to a data table fails the verification", func() error {
		return t.tamper(ctx)
	})
	t.check("without it, the verification holds again", func() error { return t.verifyBriefly(ctx) })
	t.check("developers bound to cluster-admin by hand are found by what they can do, and a namespace by hand as open and outside the mesh", func() error {
		return t.escalate(ctx)
	})
	t.check("SSH opened by hand and a default-deny policy taken away are found, and mended by the next up with --refresh", func() error {
		return t.repair(ctx)
	})
	t.check("a pipeline's role that was opened to every repository, a boundary that was taken away and AWS Config that was stopped, are found, and mended by the account's next up", func() error {
		return t.admit(ctx)
	})
	t.check("a network ACL entry that changes and keeps its number is replaced, and back", func() error {
		return t.changeEntry(ctx)
	})
	t.check("an image that the deployer released outlives the next up", func() error { return t.releaseApplication(ctx) })
	t.check("a completed release leaves nothing to change", func() error { return t.releaseToIdle(ctx) })
	t.check("a release whose alarm fires moves the traffic back and fails", func() error { return t.rollBack(ctx) })
	t.check("the next release goes back to blue, and the verification holds", func() error { return t.releaseBack(ctx) })
}

// tamper adds a route as an intruder would, wants the verification to name it,
// and takes it away again.
func (t *Trial) tamper(ctx context.Context) error {
	collector, err := t.collector()
	if err != nil {
		return err
	}
	profile, peer := environments[0], environments[1]
	var tables, peerings, targets []string
	err = errors.Join(
		collector.Ask(ctx, &tables, profile, "ec2", "describe-route-tables",
			"--filters", "Name=tag:Tier,Values=data", "--query", "RouteTables[].RouteTableId"),
		collector.Ask(ctx, &peerings, profile, "ec2", "describe-vpc-peering-connections",
			"--filters", "Name=status-code,Values=active", "--query", "VpcPeeringConnections[].VpcPeeringConnectionId"),
		collector.Ask(ctx, &targets, peer, "ec2", "describe-subnets",
			"--filters", "Name=tag:Tier,Values=data", "--query", "Subnets[].CidrBlock"),
	)
	if err != nil || len(tables) == 0 || len(peerings) == 0 || len(targets) == 0 {
		return fmt.Errorf("found data tables %v, active peerings %v, peer's data subnets %v, wanted each: %w",
			tables, peerings, targets, err)
	}
	route := []string{"--route-table-id", tables[0], "--destination-cidr-block", targets[0]}
	var ignored any
	if err := collector.Ask(ctx, &ignored, profile, append(append([]string{"ec2", "create-route"}, route...),
		"--vpc-peering-connection-id", peerings[0])...); err != nil {
		return err
	}
	verdict := t.mustFailNaming(ctx, breach{tables[0], targets[0]})
	return errors.Join(verdict, collector.Run(ctx, profile, append([]string{"ec2", "delete-route"}, route...)...))
}

// breach is something that was opened, and what a finding must say of it.
type breach struct{ resource, opened string }

// mustFailNaming runs the verification and wants it to fail with a finding for each
// breach, which names the resource and what is wrong with it.
func (t *Trial) mustFailNaming(ctx context.Context, breaches ...breach) error {
	return t.mustFail(ctx, []string{"verify", "--brief"}, breaches...)
}

// verifyBriefly wants the verification to hold, without what watches and secures: that is
// looked at first and last.
func (t *Trial) verifyBriefly(ctx context.Context) error { return t.sandbox(ctx, "verify", "--brief") }

// mustFail is mustFailNaming with the arguments of the verification.
func (t *Trial) mustFail(ctx context.Context, verification []string, breaches ...breach) error {
	out, err := t.command(ctx, t.Self, verification...).CombinedOutput()
	if code := exitCode(err); code != 1 {
		return fmt.Errorf("verify: found exit code %d, wanted 1:\n%s", code, out)
	}
	var problems []error
	for _, b := range breaches {
		line, found := finding(string(out), b)
		if !found {
			problems = append(problems, fmt.Errorf("verify failed without naming %s and %s:\n%s", b.resource, b.opened, out))
			continue
		}
		t.Printer.Linef("     it says: %s", line)
	}
	return errors.Join(problems...)
}

// finding is the line of an output that names a breach.
func finding(output string, b breach) (string, bool) {
	for line := range strings.Lines(output) {
		if strings.Contains(line, b.resource) && strings.Contains(line, b.opened) {
			return strings.TrimSpace(line), true
		}
	}
	return "", false
}

// exitCode is the code a program ended with, -1 when it did not run.
func exitCode(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	default:
		return -1
	}
}

// destroy takes the stacks down and wants the accounts to be as they were.
func (t *Trial) destroy(ctx context.Context, before inventory) error {
	if err := t.teardown(ctx, stacks.Default...); err != nil {
		return err
	}
	if err := t.clustersEmpty(ctx); err != nil {
		return err
	}
	after, err := t.inventory(ctx, environments...)
	if err != nil {
		return err
	}
	for _, environment := range environments {
		if kept := after.forgotten(environment); len(kept) > 0 {
			t.Printer.Linef("     moto keeps of the deleted VPC of %s, as AWS does not: %s", environment, strings.Join(kept, ", "))
		}
	}
	if text := difference(before, after); text != "" {
		return errors.New("the accounts differ:" + text)
	}
	t.Printer.Linef("     %d things in the accounts before, the same after", before.count())
	return nil
}

func sameFiles(before, now map[string]string) error {
	if len(before) == 0 {
		return errors.New("found no stack file, wanted at least one to compare")
	}
	for path, content := range before {
		if now[path] != content {
			return fmt.Errorf("%s was changed", path)
		}
	}
	return nil
}
