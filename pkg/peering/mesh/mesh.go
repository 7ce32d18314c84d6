// Package mesh is the program of the peering stack: it reads what the
// environments publish, checks the whole matrix, and peers each pair.
package mesh

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/contract"
	"aws-platform/pkg/peering"
)

// Program registers the peerings of the matrix in the configuration. It returns,
// as the stack's output "connectionIds", the connection of each pair by the
// pair's name. Nothing is registered but the stack references if anything of
// the matrix is refused.
func Program(ctx *pulumi.Context, values map[string]string) (pulumi.Map, error) {
	cfg, err := config.DecodePeering(values)
	if err != nil {
		return nil, err
	}
	environments, err := read(ctx, cfg)
	if err != nil {
		return nil, err
	}
	sides, err := describe(cfg, environments)
	if err != nil {
		return nil, err
	}
	pairs := pairsOf(cfg)
	if err := peering.Check(sides, pairs); err != nil {
		return nil, err
	}
	if err := addProviders(ctx, cfg, sides); err != nil {
		return nil, err
	}
	connections := pulumi.StringMap{}
	for _, pair := range pairs {
		peered, err := peering.New(ctx, peering.Args{Requester: sides[pair.Requester], Accepter: sides[pair.Accepter]})
		if err != nil {
			return nil, err
		}
		connections[peering.Name(pair.Requester, pair.Accepter)] = peered.ConnectionID
	}
	return pulumi.Map{"connectionIds": connections}, nil
}

// pairsOf lists the matrix, sorted.
func pairsOf(cfg *config.Peering) []peering.Pair {
	var pairs []peering.Pair
	for _, requester := range slices.Sorted(maps.Keys(cfg.Matrix)) {
		for _, accepter := range slices.Sorted(slices.Values(cfg.Matrix[requester])) {
			pairs = append(pairs, peering.Pair{Requester: requester, Accepter: accepter})
		}
	}
	return pairs
}

// members are the peers that the matrix names, sorted; a peer that nobody
// peers with need not be deployed.
func members(cfg *config.Peering) []string {
	names := map[string]bool{}
	for _, pair := range pairsOf(cfg) {
		names[pair.Requester], names[pair.Accepter] = true, true
	}
	return slices.Sorted(maps.Keys(names))
}

// StackName qualifies a peer's stack as a stack reference wants it:
// <organization>/<project>/<stack>. A name that is qualified already stays.
func StackName(organization, stack string) string {
	if strings.Contains(stack, "/") {
		return stack
	}
	return organization + "/" + config.ProjectName + "/" + stack
}

// read reads the contract of every member, and reports all that cannot be read.
func read(ctx *pulumi.Context, cfg *config.Peering) (map[string]contract.Values, error) {
	environments := map[string]contract.Values{}
	var problems []error
	for _, name := range members(cfg) {
		stack := cfg.Peers[name].Stack
		reference, err := pulumi.NewStackReference(ctx, StackName(ctx.Organization(), stack), nil)
		if err != nil {
			return nil, err
		}
		environments[name], err = contract.Read(stack, func(output string) (any, error) {
			details, err := reference.GetOutputDetails(output)
			if err != nil {
				return nil, err
			}
			return details.Value, nil
		})
		problems = append(problems, err)
	}
	return environments, errors.Join(problems...)
}

// addProviders makes the provider of each side: its region, its role, and no
// other account than the one that its environment published.
func addProviders(ctx *pulumi.Context, cfg *config.Peering, sides map[string]peering.Side) error {
	for _, name := range slices.Sorted(maps.Keys(sides)) {
		side := sides[name]
		args := &aws.ProviderArgs{
			Region:            pulumi.String(side.Region),
			AllowedAccountIds: pulumi.ToStringArray([]string{side.AccountID}),
			DefaultTags:       aws.ProviderDefaultTagsArgs{Tags: pulumi.ToStringMap(cfg.ProviderTags(ctx.Stack()))},
		}
		if role := cfg.Peers[name].RoleARN; role != "" {
			args.AssumeRole = aws.ProviderAssumeRoleArgs{
				RoleArn:     pulumi.String(role),
				SessionName: pulumi.String(fmt.Sprintf("pulumi-%s", ctx.Project())),
			}
		}
		provider, err := aws.NewProvider(ctx, name, args)
		if err != nil {
			return err
		}
		side.Provider = provider
		sides[name] = side
	}
	return nil
}
