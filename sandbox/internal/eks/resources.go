package eks

import (
	"fmt"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const (
	componentType     = "eks:index:Cluster"
	clusterType       = "aws:eks/cluster:Cluster"
	issuerType        = "aws:iam/openIdConnectProvider:OpenIdConnectProvider"
	kubernetesType    = "pulumi:providers:kubernetes"
	roleType          = "aws:iam/role:Role"
	securityGroupType = "aws:ec2/securityGroup:SecurityGroup"
)

// The handles of the AWS resources have what the component reads of them. The SDK for
// AWS would take a minute to compile for these.
type (
	cluster struct {
		pulumi.CustomResourceState
		ARN        pulumi.StringOutput `pulumi:"arn"`
		Name       pulumi.StringOutput `pulumi:"name"`
		Identities pulumi.ArrayOutput  `pulumi:"identities"`
		VPCConfig  pulumi.MapOutput    `pulumi:"vpcConfig"`
	}
	issuer struct {
		pulumi.CustomResourceState
		ARN pulumi.StringOutput `pulumi:"arn"`
	}
	kubernetesProvider struct{ pulumi.ProviderResourceState }
	role               struct {
		pulumi.CustomResourceState
		ARN pulumi.StringOutput `pulumi:"arn"`
	}
	securityGroup struct{ pulumi.CustomResourceState }
)

// module makes handles of the resources that are given as arguments: the engine is asked
// for their state by URN.
type module struct{}

// Version has the major version of the SDK for AWS that may refer to its resources, which
// is what pulumi-eks 3 works with.
func (module) Version() semver.Version { return semver.Version{Major: 6} }

// Construct is called for a reference to a resource among the arguments.
func (module) Construct(ctx *pulumi.Context, name, typ, urn string) (pulumi.Resource, error) {
	var handle pulumi.CustomResource
	switch typ {
	case roleType:
		handle = &role{}
	case securityGroupType:
		handle = &securityGroup{}
	default:
		return nil, fmt.Errorf("%s: the sandbox's eks component takes no %s", name, typ)
	}
	return handle, ctx.RegisterResource(typ, name, nil, handle, pulumi.URN_(urn))
}

func init() {
	pulumi.RegisterResourceModule("aws", "iam/role", module{})
	pulumi.RegisterResourceModule("aws", "ec2/securityGroup", module{})
}
