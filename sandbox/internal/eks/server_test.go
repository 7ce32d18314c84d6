package eks

import (
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
)

// An engine that is not told of references would send the role's ID for the role.
func TestEngineIsAskedForReferencesAndOutputs(t *testing.T) {
	t.Parallel()
	server := NewServer(nil)
	handshake, err := server.Handshake(t.Context(), &pulumirpc.ProviderHandshakeRequest{})
	require.NoError(t, err)
	configured, err := server.Configure(t.Context(), &pulumirpc.ConfigureRequest{})
	require.NoError(t, err)
	for name, accepts := range map[string]bool{
		"handshake: secrets": handshake.GetAcceptSecrets(), "configure: secrets": configured.GetAcceptSecrets(),
		"handshake: resources": handshake.GetAcceptResources(), "configure: resources": configured.GetAcceptResources(),
		"handshake: outputs": handshake.GetAcceptOutputs(), "configure: outputs": configured.GetAcceptOutputs(),
		"configure: preview": configured.GetSupportsPreview(),
	} {
		assert.True(t, accepts, name)
	}
}

func TestProviderHasNoConfiguration(t *testing.T) {
	t.Parallel()
	server := NewServer(nil)
	inputs, err := structpb.NewStruct(map[string]any{"version": Version})
	require.NoError(t, err)
	checked, err := server.CheckConfig(t.Context(), &pulumirpc.CheckRequest{News: inputs})
	require.NoError(t, err)
	assert.Equal(t, inputs, checked.GetInputs())
	diff, err := server.DiffConfig(t.Context(), &pulumirpc.DiffRequest{})
	require.NoError(t, err)
	assert.Equal(t, pulumirpc.DiffResponse_DIFF_NONE, diff.GetChanges())
	info, err := server.GetPluginInfo(t.Context(), &emptypb.Empty{})
	require.NoError(t, err)
	assert.Equal(t, Version, info.GetVersion())
}

func TestGetKubeconfigIsRefused(t *testing.T) {
	t.Parallel()
	_, err := NewServer(nil).Call(t.Context(), &pulumirpc.CallRequest{Tok: "eks:index:Cluster/getKubeconfig"})
	require.ErrorContains(t, err, "eks:index:Cluster/getKubeconfig: the sandbox's eks component does not serve it")
}
