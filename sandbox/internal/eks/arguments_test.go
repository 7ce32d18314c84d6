package eks

import (
	"os"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWrongArguments(t *testing.T) { //nolint:paralleltest // sets the environment
	withCluster(t)
	unknown := resource.MakeComputed(resource.NewProperty(""))
	tests := map[string]struct {
		changes map[string]any
		want    string
	}{
		"unsupported":         {map[string]any{"fargate": true}, "fargate: the sandbox's eks component does not support it"},
		"access entries":      {map[string]any{"accessEntries": map[string]any{"a": map[string]any{}}}, "accessEntries: the sandbox's"},
		"creation role":       {map[string]any{"creationRoleProvider": map[string]any{}}, "creationRoleProvider: the sandbox's"},
		"public subnets":      {map[string]any{"publicSubnetIds": []any{"subnet-1"}}, "publicSubnetIds: the sandbox's"},
		"later argument":      {map[string]any{"upgradePolicy": map[string]any{}}, "upgradePolicy: pulumi-eks 3.9.1 has no such argument: set it on the child"},
		"deletion protection": {map[string]any{"deletionProtection": true}, "use pulumi.Protect"},
		"no name":             {map[string]any{"name": nil}, "name: not set"},
		"empty name":          {map[string]any{"name": ""}, `name: "": the sandbox's eks component wants a name`},
		"unknown name":        {map[string]any{"name": unknown}, "name: not known yet"},
		"mode":                {map[string]any{"authenticationMode": "CONFIG_MAP"}, `authenticationMode: "CONFIG_MAP": the sandbox's eks component wants "API"`},
		"no mode":             {map[string]any{"authenticationMode": nil}, "authenticationMode: not set"},
		"no role":             {map[string]any{"serviceRole": nil}, "serviceRole: not set"},
		"role's name":         {map[string]any{"serviceRole": "dev-eks"}, `serviceRole: "dev-eks": the sandbox's eks component wants an IAM role`},
		"group as role":       {map[string]any{"serviceRole": resource.MakeCustomResourceReference(groupURN, "sg-1", "")}, "serviceRole: a " + securityGroupType},
		"role as group":       {map[string]any{"clusterSecurityGroup": resource.MakeCustomResourceReference(roleURN, "r", "")}, "clusterSecurityGroup: a " + roleType},
		"no VPC":              {map[string]any{"vpcId": nil}, "vpcId: not set"},
		"no subnets":          {map[string]any{"privateSubnetIds": nil}, "subnetIds, privateSubnetIds: set one"},
		"both subnets":        {map[string]any{"subnetIds": []any{"subnet-1"}}, "subnetIds, privateSubnetIds: set one"},
		"CIDRs without":       {map[string]any{"publicAccessCidrs": []any{"192.0.2.0/24"}}, "publicAccessCidrs: can only be set when endpointPublicAccess is true"},
		"node group":          {map[string]any{"skipDefaultNodeGroup": nil}, "skipDefaultNodeGroup: not set"},
		"node group said":     {map[string]any{"skipDefaultNodeGroup": false}, "skipDefaultNodeGroup: false"},
		"security groups":     {map[string]any{"skipDefaultSecurityGroups": false}, "skipDefaultSecurityGroups: false"},
		"no OIDC":             {map[string]any{"createOidcProvider": false}, "createOidcProvider: false"},
		"VPC CNI":             {map[string]any{"useDefaultVpcCni": false}, "useDefaultVpcCni: false"},
		"coredns":             {map[string]any{"corednsAddonOptions": map[string]any{"enabled": true}}, "corednsAddonOptions: {enabled: true}"},
		"coredns by default":  {map[string]any{"corednsAddonOptions": map[string]any{}}, "corednsAddonOptions: {}"},
		"coredns configured":  {map[string]any{"corednsAddonOptions": map[string]any{"enabled": false, "version": "v1"}}, "corednsAddonOptions: {"},
		"coredns odd":         {map[string]any{"corednsAddonOptions": "no"}, `corednsAddonOptions: "no"`},
		"kube-proxy default":  {map[string]any{"kubeProxyAddonOptions": nil}, "kubeProxyAddonOptions: not set"},
		"kube-proxy":          {map[string]any{"kubeProxyAddonOptions": map[string]any{"enabled": true}}, "kubeProxyAddonOptions: {enabled: true}"},
		"odd credentials":     {map[string]any{"providerCredentialOpts": map[string]any{"token": "x"}}, "providerCredentialOpts: {"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m := &monitor{}
			_, err := run(t, m, arguments(test.changes))
			require.ErrorContains(t, err, test.want)
			assert.Empty(t, m.registered, "nothing is registered")
		})
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	t.Parallel()
	err := validate(arguments(map[string]any{"vpcId": nil, "useDefaultVpcCni": nil, "gpu": true}))
	require.Error(t, err)
	assert.Len(t, strings.Split(err.Error(), "\n"), 3)
}

// Secrets and outputs that are known are as good as their values; null is as good as nothing.
func TestWrappedArgumentsAreAccepted(t *testing.T) {
	t.Parallel()
	require.NoError(t, validate(arguments(map[string]any{
		"name":                 resource.MakeSecret(resource.NewProperty("dev-eks")),
		"createOidcProvider":   resource.NewProperty(resource.Output{Element: resource.NewProperty(true), Known: true}),
		"gpu":                  resource.NewNullProperty(),
		"endpointPublicAccess": true, "publicAccessCidrs": []any{"192.0.2.0/24"},
	})))
}

func TestOnlyClustersAreConstructed(t *testing.T) {
	t.Parallel()
	_, err := NewServer(nil).Construct(t.Context(), &pulumirpc.ConstructRequest{Type: "eks:index:NodeGroupV2"})
	require.ErrorContains(t, err, "eks:index:NodeGroupV2: the sandbox's eks component makes only eks:index:Cluster")
}

// The table for people says what the code accepts.
func TestReadmeListsTheArguments(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	var want, got []string
	for _, argument := range Arguments() {
		required := "no"
		if argument.Required {
			required = "yes"
		}
		want = append(want, "| `"+argument.Name+"` | "+required+" | "+argument.Accepts+" |")
	}
	_, table, found := strings.Cut(string(text), "| argument | required | accepted |\n| --- | --- | --- |\n")
	require.True(t, found, "README.md has the table")
	for line := range strings.Lines(table) {
		if !strings.HasPrefix(line, "|") {
			break
		}
		got = append(got, strings.TrimSpace(line))
	}
	assert.Equal(t, want, got)
}
