package eks

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// authority holds a block that is no certificate; only its bytes count here.
var authority = base64.StdEncoding.EncodeToString([]byte("-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n"))

// helloSHA1 is the SHA-1 of the block's content, "hello".
const helloSHA1 = "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"

// withClusters has the variable name a file with this content.
func withClusters(t *testing.T, content string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clusters.json")
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	t.Setenv(ClustersVariable, path)
	t.Setenv("AWS_PROFILE", "")
}

func withCluster(t *testing.T) {
	t.Helper()
	withClusters(t, `{"dev-eks": {"endpoint": "https://127.0.0.1:6443", "certificateAuthority": "`+authority+`", "account": "333333333333"}}`)
}

func TestRegistersWhatTheRealComponentRegisters(t *testing.T) { //nolint:paralleltest // sets the environment
	withCluster(t)
	m := &monitor{}
	_, err := run(t, m, arguments(nil))
	require.NoError(t, err)

	names := map[string]string{}
	for _, request := range m.registered {
		names[request.GetName()] = request.GetType()
	}
	assert.Equal(t, map[string]string{
		"dev": componentType, "dev-eksCluster": clusterType,
		"dev-eks-k8s": kubernetesType, "dev-oidcProvider": issuerType,
	}, names)
	assert.Equal(t, parentURN, m.child(t, componentType).GetParent())
	for _, typ := range []string{clusterType, issuerType} {
		child := m.child(t, typ)
		assert.Equal(t, stackURN+componentType+"::dev", child.GetParent(), typ)
		assert.Equal(t, awsURN+"::aws-id", child.GetProvider(), typ)
	}
	assert.Equal(t, kubernetesVersion, m.child(t, kubernetesType).GetVersion())
	require.Len(t, m.outputs, 1)
}

func TestClusterHasTheArguments(t *testing.T) { //nolint:paralleltest // sets the environment
	withCluster(t)
	m := &monitor{}
	_, err := run(t, m, arguments(nil))
	require.NoError(t, err)
	request := m.child(t, clusterType)
	assert.Equal(t, map[string]any{
		"name": "dev-eks", "version": "1.36", "roleArn": clusterRoleARN,
		"enabledClusterLogTypes": []any{"api", "audit"},
		"accessConfig":           map[string]any{"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": true},
		"encryptionConfig": map[string]any{
			"provider": map[string]any{"keyArn": "arn:aws:kms:us-east-1:333333333333:key/1"}, "resources": []any{"secrets"},
		},
		"vpcConfig": map[string]any{
			"endpointPrivateAccess": true, "endpointPublicAccess": false,
			"subnetIds": []any{"subnet-1", "subnet-2"}, "securityGroupIds": []any{"sg-1"},
		},
		"tags": map[string]any{"Name": "dev-eksCluster", "Tier": "app", "Environment": "dev"},
	}, request.GetObject().AsMap())
	assert.ElementsMatch(t, []string{"accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"},
		request.GetIgnoreChanges())
	assert.Contains(t, request.GetPropertyDependencies()["roleArn"].GetUrns(), roleURN)
}

func TestIssuerIsTheClusters(t *testing.T) { //nolint:paralleltest // sets the environment
	withCluster(t)
	m := &monitor{}
	_, err := run(t, m, arguments(nil))
	require.NoError(t, err)
	assert.Equal(t, map[string]any{
		"clientIdLists": []any{"sts.amazonaws.com"}, "url": "https://" + oidcHost, "thumbprintLists": []any{helloSHA1},
	}, m.child(t, issuerType).GetObject().AsMap())
}

func TestOutputs(t *testing.T) { //nolint:paralleltest // sets the environment
	withCluster(t)
	tests := map[string]struct {
		changes map[string]any
		group   string
	}{
		"with a security group": {nil, "sg-1"},
		"without":               {map[string]any{"clusterSecurityGroup": nil}, "sg-own"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			state, err := run(t, &monitor{}, arguments(test.changes))
			require.NoError(t, err)
			assert.Equal(t, test.group, state["clusterSecurityGroupId"].StringValue())
			assert.Equal(t, "sg-own", state["nodeSecurityGroupId"].StringValue())
			assert.Equal(t, oidcHost, state["oidcIssuer"].StringValue())
			assert.Equal(t, "https://"+oidcHost, state["oidcProviderUrl"].StringValue())
			assert.Equal(t, "arn:aws:iam::333333333333:oidc-provider/"+oidcHost, state["oidcProviderArn"].StringValue())
			for _, reference := range []resource.PropertyValue{state["eksCluster"], state["core"].ObjectValue()["cluster"]} {
				require.True(t, reference.IsResourceReference())
				assert.Equal(t, "dev-eksCluster", reference.ResourceReferenceValue().URN.Name())
			}
			text, err := json.Marshal(state["kubeconfig"].Mappable())
			require.NoError(t, err)
			assert.JSONEq(t, state["kubeconfigJson"].StringValue(), string(text))
			assert.Empty(t, state["defaultNodeGroupAsgName"].StringValue())
		})
	}
}

// A preview knows neither the ARN nor the issuer, and says so.
func TestPreviewLeavesOpenWhatAWSDecides(t *testing.T) { //nolint:paralleltest // sets the environment
	withCluster(t)
	m := &monitor{preview: true}
	subnet := resource.MakeComputed(resource.NewProperty(""))
	state, err := run(t, m, arguments(map[string]any{
		"privateSubnetIds": resource.NewProperty([]resource.PropertyValue{subnet}),
	}))
	require.NoError(t, err)
	assert.Len(t, m.registered, 4)
	for _, key := range []resource.PropertyKey{"kubeconfigJson", "oidcIssuer", "oidcProviderArn", "nodeSecurityGroupId"} {
		assert.True(t, state[key].IsComputed(), "%s: %v", key, state[key])
	}
	assert.Equal(t, "sg-1", state["clusterSecurityGroupId"].StringValue())
}

func TestSubnetsComeFromEitherArgument(t *testing.T) { //nolint:paralleltest // sets the environment
	withCluster(t)
	m := &monitor{}
	_, err := run(t, m, arguments(map[string]any{"privateSubnetIds": nil, "subnetIds": []any{"subnet-9"}}))
	require.NoError(t, err)
	vpc := m.child(t, clusterType).GetObject().AsMap()["vpcConfig"].(map[string]any)
	assert.Equal(t, []any{"subnet-9"}, vpc["subnetIds"])
}

func TestEachClusterHasAnIssuerOfItsOwn(t *testing.T) {
	dev, staging := ownIssuer(emulatedIssuer, "dev"), ownIssuer(emulatedIssuer, "staging")
	assert.Equal(t, "https://"+oidcHost, dev)
	assert.NotEqual(t, dev, staging)
}
