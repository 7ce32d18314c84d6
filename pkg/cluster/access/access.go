// Package access makes the IAM roles by which people and pipelines come to a cluster,
// and the access entries by which EKS knows them, from the one table of pkg/access.
//
// A role without anybody who may assume it is not made, nor its entry. A role may call
// eks:DescribeCluster on its cluster, which `aws eks update-kubeconfig` needs, and
// nothing else in AWS. What it may do in Kubernetes is said by its entry.
//
// Refused before anything is registered: a missing field; a principal with a wildcard.
// Configuration refuses more.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-eks-<role>              Role <environment>-eks-<role>, devops, developer, deployer or breakglass
//	<name>-eks-<role>-describe     RolePolicy
//	<name>-eks-<role>-entry        AccessEntry
//	<name>-eks-<role>-admin        AccessPolicyAssociation, of devops and breakglass
//	<name>-eks-mapping-<role name> AccessEntry of a role that configuration maps
//	<name>-eks-breakglass-used     LogMetricFilter and MetricAlarm
package access

import (
	"errors"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	table "aws-platform/pkg/access"
	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:cluster:Access"

// Args say who comes in; every field is required unless it says otherwise.
type Args struct {
	// Environment begins all physical names.
	Environment string
	// AccountID, Region and Partition are where the cluster is.
	AccountID, Region, Partition string
	// Mappings are who may do what; none is fine.
	Mappings []table.Mapping
	// ClusterName is the cluster's name, known when the cluster exists.
	ClusterName pulumi.StringInput
	// ClusterARN is the cluster's ARN.
	ClusterARN string
	// LogGroup is the name of the control plane's log group, which holds the audit log.
	LogGroup pulumi.StringInput
	// TopicARN hears of the use of the break-glass role.
	TopicARN pulumi.StringInput
	// RunbookURL is the folder or URL of the runbooks, which the alarm names.
	RunbookURL string
}

// Access is the roles of one cluster.
type Access struct {
	pulumi.ResourceState

	// Roles are by the name of their mapping, those that the program makes.
	Roles map[string]*iam.Role
}

// New registers nothing when args are refused, and otherwise the roles and entries.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Access, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	access := &Access{Roles: map[string]*iam.Role{}}
	if err := ctx.RegisterComponentResource(TypeToken, name, access, opts...); err != nil {
		return nil, err
	}
	arns := pulumi.StringMap{}
	for _, mapping := range args.Mappings {
		if err := access.enter(ctx, name, args, mapping); err != nil {
			return nil, err
		}
		if role := access.Roles[mapping.Name]; role != nil {
			arns[mapping.Name] = role.Arn
		}
	}
	if access.Roles[table.BreakGlass] != nil {
		if err := access.watch(ctx, name, args); err != nil {
			return nil, err
		}
	}
	return access, ctx.RegisterResourceOutputs(access, pulumi.Map{"roleArns": arns})
}

// enter makes a role, where the program makes it, and its entry.
func (a *Access) enter(ctx *pulumi.Context, name string, args Args, mapping table.Mapping) error {
	if mapping.RoleName == "" {
		return a.entry(ctx, name+"-eks-mapping-"+mapped(mapping.RoleARN), args, mapping, pulumi.String(mapping.RoleARN))
	}
	if len(mapping.AssumedBy) == 0 {
		return nil
	}
	role, err := a.role(ctx, name+"-eks-"+mapping.Name, args, mapping)
	if err != nil {
		return err
	}
	a.Roles[mapping.Name] = role
	return a.entry(ctx, name+"-eks-"+mapping.Name, args, mapping, role.Arn)
}

// mapped names a role by its account, path and name, so that no two are called the same.
func mapped(arn string) string {
	account, role, _ := strings.Cut(strings.SplitN(arn, ":", 5)[4], ":role/")
	return account + "-" + strings.ReplaceAll(role, "/", "-")
}

// validate returns every reason why nobody can be let in by args.
func validate(args Args) error {
	problems := required.Missing("access.Args", append(required.Place(args.Environment, args.AccountID, args.Region, args.Partition),
		required.Field{Name: "ClusterName", Value: args.ClusterName, Remedy: "pass the cluster's name"},
		required.Field{Name: "ClusterARN", Value: args.ClusterARN, Remedy: "pass the cluster's ARN"},
		required.Field{Name: "LogGroup", Value: args.LogGroup, Remedy: "pass the control plane's log group"},
		required.Field{Name: "TopicARN", Value: args.TopicARN, Remedy: "pass the security topic"},
		required.Field{Name: "RunbookURL", Value: args.RunbookURL, Remedy: "pass the folder or URL of the runbooks"},
	)...)
	for _, mapping := range args.Mappings {
		for _, arn := range append([]string{mapping.RoleARN}, mapping.AssumedBy...) {
			if strings.ContainsAny(arn, "*?") {
				problems = append(problems, fmt.Errorf("access.Args.Mappings[%s]: %s: has a wildcard: name one principal", mapping.Name, arn))
			}
		}
		if (mapping.Policy == "") == (len(mapping.Groups) == 0) {
			problems = append(problems, fmt.Errorf("access.Args.Mappings[%s]: policy %q, groups %q: one of the two says what the role may do: set one",
				mapping.Name, mapping.Policy, mapping.Groups))
		}
	}
	return errors.Join(problems...)
}
