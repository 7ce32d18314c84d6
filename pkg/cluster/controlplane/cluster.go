package controlplane

import (
	"context"

	"github.com/pulumi/pulumi-eks/sdk/v3/go/eks"
	"github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// clusterType is the cluster itself, among the children of the component.
const clusterType = "aws:eks/cluster:Cluster"

// controlPlane makes the cluster, without anything that the component would add.
func (p *ControlPlane) controlPlane(ctx *pulumi.Context, name string, args Args) (err error) {
	mode := eks.AuthenticationModeApi
	clusterArgs := &eks.ClusterArgs{
		Name:                      pulumi.String(ClusterName(args.Environment)),
		Version:                   pulumi.String(args.Config.Version),
		AuthenticationMode:        &mode,
		ServiceRole:               p.role,
		VpcId:                     args.VPCID.ToStringOutput().ToStringPtrOutput(),
		PrivateSubnetIds:          args.SubnetIDs,
		ClusterSecurityGroup:      args.SecurityGroup,
		SkipDefaultSecurityGroups: pulumi.BoolRef(true),
		EndpointPrivateAccess:     pulumi.Bool(true),
		EndpointPublicAccess:      pulumi.Bool(len(args.Config.PublicAccessCIDRs) > 0),
		EnabledClusterLogTypes:    logTypes(),
		EncryptionConfigKeyArn:    args.SecretsKeyARN.ToStringOutput().ToStringPtrOutput(),
		CreateOidcProvider:        pulumi.Bool(true),
		SkipDefaultNodeGroup:      pulumi.BoolRef(true),
		UseDefaultVpcCni:          pulumi.BoolRef(true),
		CorednsAddonOptions:       &eks.CoreDnsAddonOptionsArgs{Enabled: pulumi.BoolRef(false)},
		KubeProxyAddonOptions:     &eks.KubeProxyAddonOptionsArgs{Enabled: pulumi.BoolRef(false)},
		Tags:                      pulumi.StringMap{"Name": pulumi.String(ClusterName(args.Environment))},
	}
	// The component refuses ranges without a public endpoint.
	if ranges := args.Config.PublicAccessCIDRs; len(ranges) > 0 {
		texts := pulumi.StringArray{}
		for _, prefix := range ranges {
			texts = append(texts, pulumi.String(prefix.String()))
		}
		clusterArgs.PublicAccessCidrs = texts
	}
	if args.DeployRoleARN != "" {
		clusterArgs.ProviderCredentialOpts = eks.KubeconfigOptionsArgs{RoleArn: pulumi.String(args.DeployRoleARN)}
	}
	// The project has no default providers; this one has no settings.
	component, err := eks.NewProvider(ctx, name+"-eks", &eks.ProviderArgs{}, pulumi.Parent(p))
	if err != nil {
		return err
	}
	// The group must have its settings before EKS writes to it; the role its policy before EKS uses it.
	p.cluster, err = eks.NewCluster(ctx, name+"-eks", clusterArgs,
		pulumi.Parent(p), pulumi.Provider(component), pulumi.Providers(args.AWS), pulumi.DependsOn([]pulumi.Resource{p.LogGroup, p.granted}),
		pulumi.Protect(args.Config.DeletionProtection),
		pulumi.Transforms([]pulumi.ResourceTransform{complete}))
	if err != nil {
		return err
	}
	// Through an output of the component, so that whoever names the cluster waits for it.
	p.Name = p.cluster.OidcIssuer.ApplyT(func(string) string { return ClusterName(args.Environment) }).(pulumi.StringOutput)
	p.OIDCProviderARN = p.cluster.OidcProviderArn
	return nil
}

// complete sets what the component has no argument for (package comment).
func complete(_ context.Context, child *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
	if child.Type != clusterType {
		return nil
	}
	child.Props["bootstrapSelfManagedAddons"] = pulumi.Bool(false)
	child.Props["upgradePolicy"] = pulumi.Map{"supportType": pulumi.String("STANDARD")}
	return &pulumi.ResourceTransformResult{Props: child.Props, Opts: child.Opts}
}

// provider makes the Kubernetes provider of the program. Objects are applied by the
// API server, which tells conflicts with other managers of a field.
func (p *ControlPlane) provider(ctx *pulumi.Context, name string, _ Args) (err error) {
	p.Kubernetes, err = kubernetes.NewProvider(ctx, name+"-kubernetes", &kubernetes.ProviderArgs{
		Kubeconfig:                  p.cluster.KubeconfigJson.ToStringPtrOutput(),
		EnableServerSideApply:       pulumi.Bool(true),
		SuppressDeprecationWarnings: pulumi.Bool(false),
	}, pulumi.Parent(p))
	return err
}
