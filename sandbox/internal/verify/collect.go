package verify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"aws-platform/sandbox/internal/layout"
)

// Collector asks the AWS CLI.
type Collector struct {
	// Environ is the environment of the CLI (as os.Environ): endpoint, profiles.
	Environ []string
	// Path is the CLI's executable.
	Path string
	// Kubectl is kubectl's executable; empty: the clusters are not looked at.
	Kubectl string
	// Questions are asked of every cluster.
	Questions []Question
	// Brief leaves out what watches environments and secures accounts: a third of all calls.
	Brief bool
}

// answer is what all calls in one account returned. The CLI's documents have
// one list each, under different names.
type answer struct {
	Vpcs                  []VPC
	Subnets               []Subnet
	RouteTables           []RouteTable
	NatGateways           []NATGateway
	SecurityGroups        []SecurityGroup
	NetworkAcls           []ACL
	FlowLogs              []FlowLog
	VpcPeeringConnections []Peering
}

// questions are the EC2 calls, one a list of answer. Each is a run of the CLI,
// about a second of CPU, so there are as few as possible.
var questions = []string{
	"describe-vpcs", "describe-subnets", "describe-route-tables", "describe-nat-gateways",
	"describe-security-groups", "describe-network-acls", "describe-flow-logs", "describe-vpc-peering-connections",
}

// Collect finds what is in the accounts of the given environments.
func (c Collector) Collect(ctx context.Context, environments ...string) (Estate, error) {
	surveys := make([]*survey, len(environments))
	slots := make(chan struct{}, runtime.NumCPU())
	group, ctx := errgroup.WithContext(ctx)
	for i, environment := range environments {
		surveys[i] = &survey{ctx: ctx, collector: c, group: group, slots: slots, environment: environment, compute: Compute{
			Certificates: map[string]Certificate{}, Health: map[string][]Target{},
			Buckets: map[string]Bucket{}, Runbooks: map[string]string{},
		}, stores: Stores{ParameterKeys: map[string]string{}, Keys: map[string]Key{}, Vaults: map[string]Vault{}},
			operations: Operations{Topics: map[string]Topic{}, Dashboards: map[string]string{}, Filters: map[string][]LogFilter{}}}
		surveys[i].askNetwork()
		surveys[i].askCompute()
		surveys[i].askStores()
		if !c.Brief {
			surveys[i].askOperations()
		}
		surveys[i].askCluster()
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	estate := make(Estate, len(environments))
	for i, environment := range environments {
		network, err := choose(environment, surveys[i].all)
		if err != nil {
			return nil, err
		}
		network.Compute, network.Stores = surveys[i].compute, surveys[i].stores
		network.Operations = surveys[i].operations
		network.Cluster = surveys[i].cluster
		estate[i] = network
	}
	return estate, nil
}

// endpoint names the emulator once more for services of which version 1 of the CLI has an
// endpoint of its own in us-east-1, whatever AWS_ENDPOINT_URL says
// (awscli/customizations/overridesslcommonname.py).
func (c Collector) endpoint(service string) []string {
	if service != "rds" {
		return nil
	}
	for _, variable := range c.Environ {
		if url, ok := strings.CutPrefix(variable, "AWS_ENDPOINT_URL="); ok {
			return []string{"--endpoint-url", url}
		}
	}
	return nil
}

// environ names the emulator as a proxy, too, to S3 Control, whose requests go to
// <account>.<endpoint>, which does not resolve.
func (c Collector) environ(service string) []string {
	if service != "s3control" {
		return c.Environ
	}
	for _, variable := range c.Environ {
		if url, ok := strings.CutPrefix(variable, "AWS_ENDPOINT_URL="); ok {
			return append(slices.Clone(c.Environ), "HTTP_PROXY="+url, "http_proxy="+url, "NO_PROXY=", "no_proxy=")
		}
	}
	return c.Environ
}

// Ask runs the CLI with the environment's profile and reads its JSON into out.
func (c Collector) Ask(ctx context.Context, out any, profile string, args ...string) error {
	cmd := exec.CommandContext(ctx, c.Path, slices.Concat([]string{"--profile", profile, "--output", "json"}, c.endpoint(args[0]), args)...)
	cmd.Env = c.environ(args[0])
	raw, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = fmt.Errorf("%w: %s", err, strings.TrimSpace(string(exit.Stderr)))
		}
		return fmt.Errorf("aws --profile %s %s: %w", profile, strings.Join(args, " "), err)
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil // how the CLI prints a document without a field
	}
	if err := json.Unmarshal(raw, out); err != nil {
		return fmt.Errorf("aws --profile %s %s: %w", profile, strings.Join(args, " "), err)
	}
	return nil
}

// add joins the answer of another call, which filled its own list.
func (a *answer) add(b answer) {
	a.Vpcs = append(a.Vpcs, b.Vpcs...)
	a.Subnets = append(a.Subnets, b.Subnets...)
	a.RouteTables = append(a.RouteTables, b.RouteTables...)
	a.NatGateways = append(a.NatGateways, b.NatGateways...)
	a.SecurityGroups = append(a.SecurityGroups, b.SecurityGroups...)
	a.NetworkAcls = append(a.NetworkAcls, b.NetworkAcls...)
	a.FlowLogs = append(a.FlowLogs, b.FlowLogs...)
	a.VpcPeeringConnections = append(a.VpcPeeringConnections, b.VpcPeeringConnections...)
}

// choose picks the environment's VPC by its Name tag, and what is in it.
func choose(environment string, all answer) (Network, error) {
	vpcs := keep(all.Vpcs, func(v VPC) bool { return tag(v.Tags, "Name") == environment })
	if len(vpcs) != 1 {
		return Network{}, fmt.Errorf("account of %s (%s): found %d VPCs with the tag Name=%s, wanted one; is it deployed?",
			environment, AccountID(environment), len(vpcs), environment)
	}
	id := vpcs[0].VpcId
	return Network{
		Environment:    environment,
		Account:        AccountID(environment),
		VPC:            vpcs[0],
		Subnets:        keep(all.Subnets, func(s Subnet) bool { return s.VpcId == id }),
		RouteTables:    keep(all.RouteTables, func(t RouteTable) bool { return t.VpcId == id }),
		NATGateways:    keep(all.NatGateways, func(g NATGateway) bool { return g.VpcId == id }),
		SecurityGroups: keep(all.SecurityGroups, func(g SecurityGroup) bool { return g.VpcId == id }),
		ACLs:           keep(all.NetworkAcls, func(a ACL) bool { return a.VpcId == id }),
		FlowLogs:       keep(all.FlowLogs, func(f FlowLog) bool { return f.ResourceId == id }),
		Peerings: keep(all.VpcPeeringConnections, func(p Peering) bool {
			return p.RequesterVpcInfo.VpcId == id || p.AccepterVpcInfo.VpcId == id
		}),
		AccountGroups: all.SecurityGroups,
	}, nil
}

func keep[T any](list []T, wanted func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), func(t T) bool { return !wanted(t) })
}

// AccountID returns the account of an environment, "" when there is none.
func AccountID(environment string) string {
	account, _ := layout.AccountOf(environment)
	return account.ID
}

// Run runs a command of the CLI whose output does not matter.
func (c Collector) Run(ctx context.Context, profile string, args ...string) error {
	cmd := exec.CommandContext(ctx, c.Path, append([]string{"--profile", profile}, args...)...)
	cmd.Env = c.Environ
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("aws --profile %s %s: %w: %s", profile, strings.Join(args, " "), err, out)
	}
	return nil
}
