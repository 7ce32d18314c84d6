package eks

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/sandbox/internal/kubernetes"
)

const deploy = "arn:aws:iam::333333333333:role/platform-deploy"

// The text is what generateKubeconfig of pulumi-eks makes of the same values.
func TestKubeconfigIsTheRealOnes(t *testing.T) {
	t.Parallel()
	server := kubernetes.Endpoint{Endpoint: "https://127.0.0.1:6443", CertificateAuthority: "Y2E="}
	text, err := write("dev-eks", "us-east-1", server, identity{})
	require.NoError(t, err)
	assert.Equal(t, `{"apiVersion":"v1",`+
		`"clusters":[{"cluster":{"server":"https://127.0.0.1:6443","certificate-authority-data":"Y2E="},"name":"kubernetes"}],`+
		`"contexts":[{"context":{"cluster":"kubernetes","user":"aws"},"name":"aws"}],"current-context":"aws","kind":"Config",`+
		`"users":[{"name":"aws","user":{"exec":{"apiVersion":"client.authentication.k8s.io/v1beta1","command":"aws",`+
		`"args":["--region","us-east-1","eks","get-token","--cluster-name","dev-eks","--output","json"],`+
		`"env":[{"name":"KUBERNETES_EXEC_INFO","value":"{\"apiVersion\": \"client.authentication.k8s.io/v1beta1\"}"}]}}}]}`, text)
}

// The program gets the role and never the profile; the component's own provider both.
func TestIdentities(t *testing.T) { //nolint:paralleltest // sets the environment
	tests := map[string]struct {
		credentials any
		environment string
		program     []string
		provider    []string
	}{
		"role":            {map[string]any{"roleArn": deploy}, "", []string{"--role", deploy}, []string{"--role", deploy}},
		"profile":         {map[string]any{"profileName": "dev"}, "", nil, []string{"--profile", "dev"}},
		"both":            {map[string]any{"roleArn": deploy, "profileName": "dev"}, "", []string{"--role", deploy}, []string{"--role", deploy, "--profile", "dev"}},
		"none":            {nil, "", nil, nil},
		"ambient profile": {nil, "ops", nil, []string{"--profile", "ops"}},
		"role wins":       {map[string]any{"roleArn": deploy}, "ops", []string{"--role", deploy}, []string{"--role", deploy}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			withCluster(t)
			t.Setenv("AWS_PROFILE", test.environment)
			m := &monitor{}
			state, err := run(t, m, arguments(map[string]any{"providerCredentialOpts": test.credentials}))
			require.NoError(t, err)
			assert.Equal(t, test.program, extra(t, state["kubeconfigJson"].StringValue()))
			assert.Equal(t, test.provider, extra(t, m.child(t, kubernetesType).GetObject().AsMap()["kubeconfig"].(string)))
		})
	}
}

// extra are the arguments of `aws` after those that every kubeconfig has.
func extra(t *testing.T, text string) []string {
	t.Helper()
	var config kubeconfig
	require.NoError(t, json.Unmarshal([]byte(text), &config))
	args := config.Users[0].User.Exec.Args
	require.GreaterOrEqual(t, len(args), 8)
	assert.Equal(t, []string{"--region", "us-east-1", "eks", "get-token", "--cluster-name", "dev-eks", "--output", "json"}, args[:8])
	if len(args) == 8 {
		return nil
	}
	return args[8:]
}
