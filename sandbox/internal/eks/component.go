package eks

import (
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
)

// component is one cluster under construction.
type component struct {
	pulumi.ResourceState
	name   string
	inputs pulumi.Map
	server local

	cluster    cluster
	kubernetes kubernetesProvider
	issuer     issuer
	kubeconfig pulumi.StringOutput
}

// construct registers the component and its children:
//
//	aws:eks/cluster:Cluster                              <name>-eksCluster
//	pulumi:providers:kubernetes                          <name>-eks-k8s
//	aws:iam/openIdConnectProvider:OpenIdConnectProvider  <name>-oidcProvider
//
// The arguments have been validated. They are passed on as outputs, with what they
// depend on.
func construct(
	ctx *pulumi.Context, name string, inputs pulumi.Map, server local, options pulumi.ResourceOption,
) (*provider.ConstructResult, error) {
	c := &component{name: name, inputs: inputs, server: server}
	if err := ctx.RegisterComponentResource(componentType, name, c, options); err != nil {
		return nil, err
	}
	steps := []func(*pulumi.Context) error{c.registerCluster, c.registerKubernetes, c.registerIssuer}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	outputs := c.outputs()
	if err := ctx.RegisterResourceOutputs(c, outputs); err != nil {
		return nil, err
	}
	return &provider.ConstructResult{URN: c.URN(), State: outputs}, nil
}

// registerCluster registers the cluster. A change of the two ignored properties would
// replace it; the real component ignores them for that reason.
func (c *component) registerCluster(ctx *pulumi.Context) error {
	props := pulumi.Map{
		"roleArn": referred(c.inputs["serviceRole"], roleARN),
		"tags":    c.clusterTags(),
		"vpcConfig": c.pass(pulumi.Map{"subnetIds": c.subnetIDs()},
			"endpointPrivateAccess", "endpointPublicAccess", "publicAccessCidrs"),
		"accessConfig": pulumi.Map{
			"authenticationMode":                      c.inputs["authenticationMode"],
			"bootstrapClusterCreatorAdminPermissions": pulumi.Bool(true),
		},
	}
	if group, ok := c.inputs["clusterSecurityGroup"]; ok {
		props["vpcConfig"].(pulumi.Map)["securityGroupIds"] = pulumi.Array{referred(group, groupID)}
	}
	if key, ok := c.inputs["encryptionConfigKeyArn"]; ok {
		props["encryptionConfig"] = pulumi.Map{
			"provider":  pulumi.Map{"keyArn": key},
			"resources": pulumi.StringArray{pulumi.String("secrets")},
		}
	}
	return ctx.RegisterResource(clusterType, c.name+"-eksCluster",
		c.pass(props, "name", "version", "enabledClusterLogTypes"), &c.cluster, pulumi.Parent(c),
		pulumi.IgnoreChanges([]string{"accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"}))
}

// registerKubernetes registers the provider that the real component uses for its own
// objects. It has none here, as there; its kubeconfig is the only one with the profile.
func (c *component) registerKubernetes(ctx *pulumi.Context) error {
	c.kubeconfig = c.configured(ctx, false)
	return ctx.RegisterResource(kubernetesType, c.name+"-eks-k8s",
		pulumi.Map{"kubeconfig": c.configured(ctx, true)}, &c.kubernetes,
		pulumi.Parent(c), pulumi.Version(kubernetesVersion))
}

// registerIssuer registers the cluster's OIDC issuer with IAM.
func (c *component) registerIssuer(ctx *pulumi.Context) error {
	return ctx.RegisterResource(issuerType, c.name+"-oidcProvider", pulumi.Map{
		"clientIdLists":   pulumi.StringArray{pulumi.String("sts.amazonaws.com")},
		"url":             c.issuerURL(),
		"thumbprintLists": pulumi.StringArray{pulumi.String(c.server.thumbprint)},
	}, &c.issuer, pulumi.Parent(c))
}

// configured returns a kubeconfig, known once the cluster is.
func (c *component) configured(ctx *pulumi.Context, withProfile bool) pulumi.StringOutput {
	given, ok := c.inputs["providerCredentialOpts"]
	if !ok {
		given = ambient(ctx)
	}
	return pulumi.All(c.cluster.Name, c.cluster.ARN, given).ApplyT(func(v []any) (string, error) {
		who, _ := v[2].(map[string]any)
		as := identity{}
		as.roleARN, _ = who["roleArn"].(string)
		if withProfile {
			as.profile, _ = who["profileName"].(string)
		}
		region, err := regionOf(v[1].(string))
		if err != nil {
			return "", err
		}
		return write(v[0].(string), region, c.server.Endpoint, as)
	}).(pulumi.StringOutput)
}

// ambient is the profile that the real component falls back to.
func ambient(ctx *pulumi.Context) pulumi.Map {
	profile := os.Getenv("AWS_PROFILE")
	if profile == "" {
		profile, _ = ctx.GetConfig("aws:profile")
	}
	if profile == "" {
		return pulumi.Map{}
	}
	return pulumi.Map{"profileName": pulumi.String(profile)}
}

// pass adds the arguments of these names to props as they came, where they were given.
func (c *component) pass(props pulumi.Map, names ...string) pulumi.Map {
	for _, name := range names {
		if value, ok := c.inputs[name]; ok {
			props[name] = value
		}
	}
	return props
}

// subnetIDs are those of whichever argument was given.
func (c *component) subnetIDs() pulumi.Input {
	if ids, ok := c.inputs["subnetIds"]; ok {
		return ids
	}
	return c.inputs["privateSubnetIds"]
}
