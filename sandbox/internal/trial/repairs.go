package trial

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"aws-platform/sandbox/internal/stacks"
)

// repair opens SSH in the default security group, and a namespace to its neighbours, as
// an intruder would, wants the verification to name both, and wants `pulumi up
// --refresh` to close them.
func (t *Trial) repair(ctx context.Context) error {
	collector, err := t.collector()
	if err != nil {
		return err
	}
	environment := environments[0]
	var groups []string
	if err := collector.Ask(ctx, &groups, environment, "ec2", "describe-security-groups",
		"--filters", "Name=group-name,Values=default", "Name=tag:Environment,Values="+environment,
		"--query", "SecurityGroups[].GroupId"); err != nil {
		return err
	}
	if len(groups) != 1 {
		return fmt.Errorf("default security groups of %s: found %v, wanted one", environment, groups)
	}
	var ignored any
	if err := collector.Ask(ctx, &ignored, environment, "ec2", "authorize-security-group-ingress",
		"--group-id", groups[0], "--protocol", "tcp", "--port", "22", "--cidr", "0.0.0.0/0"); err != nil {
		return err
	}
	if err := t.openNamespace(ctx); err != nil {
		return err
	}
	return errors.Join(
		t.mustFailNaming(ctx, breach{groups[0], "0.0.0.0/0"}, breach{"namespace web", "no default-deny policy"}),
		t.onEach(ctx, []stacks.Stack{stacks.Production}, "up", "--refresh", "--yes", "--skip-preview"),
		t.verifyBriefly(ctx),
	)
}

// The change of changeEntry: a subnet of the peer, as the network ACLs know it.
const (
	peerSubnet  = "10.21.7.0/24"
	otherSubnet = "10.21.8.0/24"
)

// changeEntry deploys production with another CIDR in network ACL entries that
// keep their numbers, wants it in the cloud, and deploys the committed file again.
func (t *Trial) changeEntry(ctx context.Context) error {
	path, err := t.editedStackFile(peerSubnet, otherSubnet)
	if err != nil {
		return err
	}
	collector, err := t.collector()
	if err != nil {
		return err
	}
	production := []stacks.Stack{stacks.Production}
	deploy := []string{"up", "--yes", "--skip-preview"}
	if err := t.onEach(ctx, production, append(deploy, "--config-file", path)...); err != nil {
		return err
	}
	var rules []int
	err = collector.Ask(ctx, &rules, stacks.Production.Name, "ec2", "describe-network-acls",
		"--filters", "Name=tag:Tier,Values=app", "--query", "NetworkAcls[].Entries[?CidrBlock=='"+otherSubnet+"'][].RuleNumber")
	if err == nil && len(rules) != 2 {
		err = fmt.Errorf("entries of %s in the app tier's ACL: found rules %v, wanted one in each direction", otherSubnet, rules)
	}
	return errors.Join(err, t.onEach(ctx, production, deploy...), t.verifyBriefly(ctx))
}

// editedStackFile writes production's stack file beside the logs, with one text, which
// stands there once, in place of another.
func (t *Trial) editedStackFile(before, after string) (string, error) {
	raw, err := os.ReadFile(filepath.Join(t.Layout.Root, "Pulumi.production.yaml"))
	if err != nil {
		return "", err
	}
	if count := strings.Count(string(raw), before); count != 1 {
		return "", fmt.Errorf("stack file of production: %q stands %d times, wanted once", before, count)
	}
	path := t.Layout.LogFile("Pulumi.production") + ".yaml"
	return path, os.WriteFile(path, []byte(strings.Replace(string(raw), before, after, 1)), 0o600)
}
