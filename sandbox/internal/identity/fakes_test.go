package identity

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	testCluster  = "production-eks"
	testAccount  = "111111111111"
	testCreator  = "arn:aws:iam::" + testAccount + ":role/platform-deploy"
	adminPolicy  = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
	viewPolicy   = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"
	testKey      = "ASIAEXAMPLE"
	defaultScope = "cluster"
)

var signedAt = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// query is what `aws eks get-token` signs.
func query() url.Values {
	return url.Values{
		"Action": {"GetCallerIdentity"}, "Version": {"2011-06-15"},
		"X-Amz-Algorithm": {"AWS4-HMAC-SHA256"}, "X-Amz-Credential": {testKey + "/20261124/us-east-1/sts/aws4_request"},
		"X-Amz-Date": {signedAt.Format("20060102T150405Z")}, "X-Amz-Expires": {"60"},
		"X-Amz-SignedHeaders": {"host;x-k8s-aws-id"}, "X-Amz-Security-Token": {"session"}, "X-Amz-Signature": {"00"},
	}
}

func tokenOf(address string, values url.Values) string {
	return prefix + base64.RawURLEncoding.EncodeToString([]byte(address+"?"+values.Encode()))
}

// fakeSTS says that the caller is arn; what it was asked is in the returned request.
func fakeSTS(t *testing.T, code int, body string) (*httptest.Server, *http.Request) {
	t.Helper()
	asked := &http.Request{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		*asked = *r
		w.WriteHeader(code)
		_, _ = fmt.Fprint(w, body)
	}))
	t.Cleanup(server.Close)
	return server, asked
}

func callerXML(arn string) string {
	return "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>" + arn + "</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>"
}

func session(role, name string) string {
	return "arn:aws:sts::" + testAccount + ":assumed-role/" + role + "/" + name
}

type outputs map[string]any

func entryOf(role string, more outputs) map[string]any {
	out := outputs{"clusterName": testCluster, "principalArn": "arn:aws:iam::" + testAccount + ":role/" + role}
	for k, v := range more {
		out[k] = v
	}
	return map[string]any{"type": entryType, "outputs": out}
}

func policyOf(role, policy, scope string) map[string]any {
	one := entryOf(role, outputs{"policyArn": policy, "accessScope": outputs{"type": scope}})
	one["type"] = associationType
	return one
}

func checkpoint(t *testing.T, dir string, resources ...map[string]any) string {
	t.Helper()
	path := filepath.Join(dir, ".pulumi", "stacks", "platform", "production.json")
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	raw, err := json.Marshal(map[string]any{"version": 3, "checkpoint": map[string]any{"latest": map[string]any{"resources": resources}}})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, raw, 0o644))
	return path
}

// webhook returns the webhook as it is at the time of signedAt plus age.
func webhook(t *testing.T, sts, state string, age time.Duration) *authenticator {
	t.Helper()
	handler, err := New(Options{STS: sts, StateDir: state, Cluster: testCluster, Environment: "production", CreatorARNs: []string{testCreator}})
	require.NoError(t, err)
	made := handler.(*authenticator)
	made.now = func() time.Time { return signedAt.Add(age) }
	return made
}

// ask sends a TokenReview.
func ask(t *testing.T, handler http.Handler, token string) status {
	t.Helper()
	body := `{"apiVersion":"authentication.k8s.io/v1","kind":"TokenReview","spec":{"token":"` + token + `"}}`
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body)))
	require.Equal(t, http.StatusOK, recorder.Code, recorder.Body.String())
	var answer review
	require.NoError(t, json.Unmarshal(recorder.Body.Bytes(), &answer))
	require.Equal(t, "authentication.k8s.io/v1", answer.APIVersion)
	require.Equal(t, "TokenReview", answer.Kind)
	return answer.Status
}
