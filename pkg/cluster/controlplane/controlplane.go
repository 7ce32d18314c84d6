package controlplane

import (
	"errors"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-eks/sdk/v3/go/eks"
	"github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:cluster:ControlPlane"

// Args describe the control plane of one environment; every field is required unless
// it says otherwise.
type Args struct {
	// Environment begins all physical names.
	Environment string
	// AccountID, Region and Partition are where the cluster is.
	AccountID, Region, Partition string
	// Config is the validated configuration.
	Config config.Cluster
	// VPCID is the cluster's VPC; SubnetIDs are where the control plane's network
	// interfaces are, in two zones or more.
	VPCID     pulumi.StringInput
	SubnetIDs pulumi.StringArrayInput
	// SecurityGroup is on those interfaces, beside the one that EKS makes.
	SecurityGroup *ec2.SecurityGroup
	// SecretsKeyARN is of the KMS key of Kubernetes secrets; LogKeyARN of the log group's.
	SecretsKeyARN, LogKeyARN pulumi.StringInput
	// LogRetentionDays is how long the logs are kept at least, in days; rounded up to what
	// CloudWatch Logs offers.
	LogRetentionDays int
	// DeployRoleARN is the role by which the AWS provider makes the cluster, whose
	// administrator it thus is; empty: the caller's own credentials.
	DeployRoleARN string
	// AWS is the provider of the children: a remote component takes it by name alone.
	AWS *aws.Provider
}

// ControlPlane is the control plane of one environment. All fields are always there.
type ControlPlane struct {
	pulumi.ResourceState

	// Name is <environment>-eks, known when the cluster exists.
	Name pulumi.StringOutput
	// OIDCProviderARN is of the IAM provider of the cluster's service accounts.
	OIDCProviderARN pulumi.StringOutput
	// LogGroup holds the control plane's logs, the audit log among them.
	LogGroup *cloudwatch.LogGroup
	// Kubernetes applies objects in the cluster.
	Kubernetes *kubernetes.Provider

	role    *iam.Role
	granted *iam.RolePolicyAttachment
	cluster *eks.Cluster
}

// ClusterName is the physical name of an environment's cluster.
func ClusterName(environment string) string { return environment + "-eks" }

// LogGroupName is where EKS writes the logs of a cluster's control plane.
func LogGroupName(cluster string) string { return "/aws/eks/" + cluster + "/cluster" }

// New registers nothing when args are refused, and otherwise the control plane.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*ControlPlane, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	plane := &ControlPlane{}
	if err := ctx.RegisterComponentResource(TypeToken, name, plane, opts...); err != nil {
		return nil, err
	}
	for _, step := range []func(*pulumi.Context, string, Args) error{plane.logs, plane.serviceRole, plane.controlPlane, plane.provider} {
		if err := step(ctx, name, args); err != nil {
			return nil, err
		}
	}
	return plane, ctx.RegisterResourceOutputs(plane, pulumi.Map{
		"name": plane.Name, "oidcProviderArn": plane.OIDCProviderARN,
	})
}

// validate returns every reason why there can be no control plane of args.
func validate(args Args) error {
	const configured = "pass the validated configuration"
	fields := append(required.Place(args.Environment, args.AccountID, args.Region, args.Partition),
		required.Field{Name: "Config.Version", Value: args.Config.Version, Remedy: configured},
		required.Field{Name: "LogRetentionDays", Value: args.LogRetentionDays, Remedy: "write how many days audit logs are kept"},
		required.Field{Name: "VPCID", Value: args.VPCID, Remedy: "pass the environment's VPC"},
		required.Field{Name: "SubnetIDs", Value: args.SubnetIDs, Remedy: "pass the app subnets"},
		required.Field{Name: "SecurityGroup", Value: args.SecurityGroup, Remedy: "pass the control plane's group"},
		required.Field{Name: "SecretsKeyARN", Value: args.SecretsKeyARN, Remedy: "pass the key for EKS"},
		required.Field{Name: "LogKeyARN", Value: args.LogKeyARN, Remedy: "pass the key for logs"},
		required.Field{Name: "AWS", Value: args.AWS, Remedy: "pass the environment's provider"},
	)
	return errors.Join(required.Missing("controlplane.Args", fields...)...)
}
