package trial

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strings"

	"aws-platform/sandbox/internal/stacks"
	"aws-platform/sandbox/internal/verify"
)

// The colors of the fleets. A new environment serves from blue.
const (
	blue  = "blue"
	green = "green"
)

// released is the environment whose release is tried.
var released = stacks.Production

// releaseToIdle performs the release runbook of green and wants the traffic on
// green, blue at zero, and nothing that the program would change, neither by what
// the state says nor by what the cloud does.
func (t *Trial) releaseToIdle(ctx context.Context) error {
	out, err := t.perform(ctx, green, false)
	if err := errors.Join(err, out.problem); err != nil {
		return err
	}
	if err := t.wantLive(ctx, green); err != nil {
		return err
	}
	only := []stacks.Stack{released}
	return errors.Join(
		t.onEach(ctx, only, "preview", "--expect-no-changes"),
		t.onEach(ctx, only, "refresh", "--yes", "--skip-preview"),
		t.onEach(ctx, only, "preview", "--expect-no-changes"),
		t.verifyBriefly(ctx),
	)
}

// rollBack performs the release runbook of blue as if the alarm fired, and wants
// it to fail and the traffic to be on green as before.
func (t *Trial) rollBack(ctx context.Context) error {
	out, err := t.perform(ctx, blue, true)
	if err != nil {
		return err
	}
	const end = "ReleaseStands" // the assertion that a release which was rolled back cannot meet
	if last := out.visited[len(out.visited)-1]; last != end || out.problem == nil {
		return errors.Join(fmt.Errorf("found a release that ended at %s, wanted it to fail at %s", last, end), out.problem)
	}
	t.Printer.Linef("     it ends as failed, as it must: the traffic is back")
	return errors.Join(t.wantLive(ctx, green), t.onEach(ctx, []stacks.Stack{released}, "preview", "--expect-no-changes"))
}

// releaseBack performs the release runbook of blue, and wants the estate to be as
// it was deployed.
func (t *Trial) releaseBack(ctx context.Context) error {
	out, err := t.perform(ctx, blue, false)
	if err := errors.Join(err, out.problem); err != nil {
		return err
	}
	return errors.Join(
		t.wantLive(ctx, blue),
		t.onEach(ctx, []stacks.Stack{released}, "preview", "--expect-no-changes"),
		t.sandbox(ctx, "verify"),
	)
}

// perform reads the release runbook of a color back from the cloud and performs
// it with the AWS CLI, with a revision of its own that is gone afterwards.
func (t *Trial) perform(ctx context.Context, color string, alarm bool) (out outcome, err error) {
	collector, err := t.collector()
	if err != nil {
		return outcome{}, err
	}
	var text string
	if err := collector.Ask(ctx, &text, released.Name, "ssm", "get-document",
		"--name", released.Name+"-release-"+color, "--query", "Content"); err != nil {
		return outcome{}, err
	}
	document, err := parseRunbook(text)
	if err != nil {
		return outcome{}, err
	}
	parameters, remove, err := t.revision(ctx, collector, document)
	if err != nil {
		return outcome{}, err
	}
	defer func() { err = errors.Join(err, remove()) }()
	performance := &performance{
		runbook: document, values: parameters, call: callerOf(collector, released.Name), say: t.Printer.Linef, alarm: alarm,
	}
	return performance.run(ctx)
}

// revision uploads a revision as a pipeline does, and returns the parameters of
// its release and what removes it.
func (t *Trial) revision(ctx context.Context, collector verify.Collector, document runbook) (values, func() error, error) {
	bucket, err := document.text("VerifyRevision", "Bucket")
	if err != nil {
		return nil, nil, err
	}
	const key = "end-to-end/revision.zip"
	content := []byte("what CodeDeploy would unpack")
	path := t.Layout.LogFile("revision") + ".zip"
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return nil, nil, err
	}
	restore, err := withoutPolicy(ctx, collector, bucket)
	if err != nil {
		return nil, nil, err
	}
	var put struct{ VersionId, ChecksumSHA256 string }
	if err := collector.Ask(ctx, &put, released.Name, "s3api", "put-object",
		"--bucket", bucket, "--key", key, "--body", path, "--checksum-algorithm", "SHA256"); err != nil {
		return nil, nil, errors.Join(err, restore())
	}
	remove := func() error {
		return errors.Join(
			collector.Run(ctx, released.Name, "s3api", "delete-object", "--bucket", bucket, "--key", key, "--version-id", put.VersionId),
			restore(),
		)
	}
	sum := sha256.Sum256(content)
	if own := base64.StdEncoding.EncodeToString(sum[:]); put.ChecksumSHA256 != own || put.VersionId == "" {
		return nil, nil, errors.Join(remove(), fmt.Errorf("put-object: found checksum %q and version %q, wanted %q and one",
			put.ChecksumSHA256, put.VersionId, own))
	}
	return values{"RevisionKey": key, "RevisionVersion": put.VersionId, "RevisionSha256": put.ChecksumSHA256}, remove, nil
}

// wantLive wants all traffic of both load balancers on a color, the test listener
// on the other one, and that one at zero.
func (t *Trial) wantLive(ctx context.Context, live string) error {
	collector, err := t.collector()
	if err != nil {
		return err
	}
	idle := map[string]string{blue: green, green: blue}[live]
	var problems []error
	for side, ports := range map[string][]string{"public": {"443 " + live, "8443 " + idle}, "internal": {"443 " + live}} {
		found, err := forwarded(ctx, collector, side)
		if err == nil && strings.Join(found, ", ") != strings.Join(ports, ", ") {
			err = fmt.Errorf("%s load balancer: found all traffic of %v, wanted %v", side, found, ports)
		}
		problems = append(problems, err)
	}
	return errors.Join(append(problems, wantSizes(ctx, collector, live, idle))...)
}

// forwarded lists the ports of a load balancer and the color that all of their
// traffic goes to, as "443 green", by port.
func forwarded(ctx context.Context, collector verify.Collector, side string) ([]string, error) {
	var balancers []string
	if err := collector.Ask(ctx, &balancers, released.Name, "elbv2", "describe-load-balancers",
		"--names", released.Name+"-"+side, "--query", "LoadBalancers[].LoadBalancerArn"); err != nil {
		return nil, err
	}
	var listeners struct{ Listeners []listener }
	if err := collector.Ask(ctx, &listeners, released.Name, "elbv2", "describe-listeners",
		"--load-balancer-arn", strings.Join(balancers, "")); err != nil {
		return nil, err
	}
	return carried(listeners.Listeners), nil
}

// wantSizes wants the live fleet to have instances and the idle one none.
func wantSizes(ctx context.Context, collector verify.Collector, live, idle string) error {
	for color, serves := range map[string]bool{live: true, idle: false} {
		var sizes []int
		if err := collector.Ask(ctx, &sizes, released.Name, "autoscaling", "describe-auto-scaling-groups",
			"--auto-scaling-group-names", released.Name+"-"+color,
			"--query", "AutoScalingGroups[].[MinSize, DesiredCapacity, length(Instances)][]"); err != nil {
			return err
		}
		if len(sizes) != 3 || (sizes[1] > 0) != serves || sizes[2] != sizes[1] || (sizes[0] > 0) != serves {
			return fmt.Errorf("fleet %s: found minimum, desired and instances %v, wanted it to serve: %t", color, sizes, serves)
		}
	}
	return nil
}
