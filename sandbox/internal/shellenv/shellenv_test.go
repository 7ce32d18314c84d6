package shellenv

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/sandbox/internal/layout"
)

func testLayout(t *testing.T, name string) layout.Layout {
	dir := filepath.Join(t.TempDir(), name)
	return layout.Layout{Root: dir, Tools: dir, Data: dir}
}

// evaluate lets a shell evaluate the text and print a variable.
func evaluate(t *testing.T, text, variable string) string {
	t.Helper()
	cmd := exec.Command("sh", "-c", text+"\nprintf '%s' \"${"+variable+"-unset}\"")
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "AWS_PROFILE=mine", "PULUMI_ACCESS_TOKEN=mine", "AWS_SESSION_TOKEN=mine"}
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return string(out)
}

func TestShellSurvivesEvaluation(t *testing.T) {
	l := testLayout(t, "it's a \"folder\" with $HOME and spaces")
	text := For(l, "http://127.0.0.1:5").Shell()
	assert.Equal(t, l.Home(), evaluate(t, text, "PULUMI_HOME"))
	assert.Equal(t, "file://"+l.State(), evaluate(t, text, "PULUMI_BACKEND_URL"))
	assert.Equal(t, "http://127.0.0.1:5", evaluate(t, text, "AWS_ENDPOINT_URL"))
	assert.Equal(t, "", evaluate(t, text, "PULUMI_CONFIG_PASSPHRASE"))
}

func TestSomebodysOwnSessionIsPutAside(t *testing.T) {
	text := For(testLayout(t, "x"), "http://127.0.0.1:5").Shell()
	for _, name := range []string{"AWS_PROFILE", "AWS_SESSION_TOKEN", "PULUMI_ACCESS_TOKEN"} {
		assert.Equal(t, "unset", evaluate(t, text, name), name)
	}
}

func TestApplyAgreesWithShell(t *testing.T) {
	environment := For(testLayout(t, "x"), "http://127.0.0.1:5")
	applied := environment.Apply([]string{"AWS_PROFILE=mine", "AWS_REGION=eu-west-1", "KEPT=yes"})
	assert.Contains(t, applied, "KEPT=yes")
	assert.Contains(t, applied, "AWS_REGION="+layout.Region)
	assert.NotContains(t, applied, "AWS_REGION=eu-west-1")
	assert.NotContains(t, applied, "AWS_PROFILE=mine")
	for _, pair := range environment.Set {
		assert.Equal(t, pair[1], evaluate(t, environment.Shell(), pair[0]), pair[0])
	}
}

func TestSearchPathNamesEachFolderOnce(t *testing.T) {
	once := searchPath("/usr/bin:/bin", "/own", "/last")
	assert.Equal(t, "/own:/usr/bin:/bin:/last", once)
	assert.Equal(t, once, searchPath(once, "/own", "/last"), "evaluating twice must change nothing")
}

func TestLoopbackStaysOffTheProxy(t *testing.T) {
	t.Setenv("NO_PROXY", "intranet,localhost")
	assert.Equal(t, "intranet,localhost,127.0.0.1", noProxy("NO_PROXY"))
	t.Setenv("NO_PROXY", "")
	assert.Equal(t, "127.0.0.1,localhost", noProxy("NO_PROXY"))
}

func TestProfilesEnterTheirAccounts(t *testing.T) {
	var asked []string
	emulator := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		require.NoError(t, r.ParseForm())
		asked = append(asked, r.Form.Get("RoleArn"))
		account := strings.Split(r.Form.Get("RoleArn"), ":")[4]
		_, _ = fmt.Fprintf(w, `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>key-%s</AccessKeyId>`+
			`<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken></Credentials></AssumeRoleResult></AssumeRoleResponse>`, account)
	}))
	defer emulator.Close()
	l := testLayout(t, "x")
	require.NoError(t, WriteProfiles(context.Background(), l, emulator.URL))

	config, err := os.ReadFile(filepath.Join(l.AWS(), "config"))
	require.NoError(t, err)
	credentials, err := os.ReadFile(filepath.Join(l.AWS(), "credentials"))
	require.NoError(t, err)
	require.Len(t, asked, len(layout.Accounts))
	for _, account := range layout.Accounts {
		assert.Contains(t, asked, "arn:aws:iam::"+account.ID+":role/platform-deploy")
		assert.Contains(t, string(config), "[profile "+account.Environment+"]\nregion = us-east-1\noutput = json\nendpoint_url = "+emulator.URL)
		assert.Contains(t, string(credentials), "["+account.Environment+"]\naws_access_key_id = key-"+account.ID)
	}
}

func TestRefusedRoleIsAnError(t *testing.T) {
	emulator := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "<Error/>", http.StatusForbidden)
	}))
	defer emulator.Close()
	err := WriteProfiles(context.Background(), testLayout(t, "x"), emulator.URL)
	assert.ErrorContains(t, err, "403")
}
