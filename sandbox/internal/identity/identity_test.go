package identity

import (
	"bytes"
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

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/sandbox/internal/kubernetes"
)

var now = time.Date(2026, time.November, 24, 12, 0, 0, 0, time.UTC)

// request is a signed request as `aws eks get-token` makes it.
func request(host string) url.URL {
	return url.URL{Scheme: "http", Host: host, Path: "/", RawQuery: url.Values{
		"Action": {"GetCallerIdentity"}, "Version": {"2011-06-15"}, "X-Amz-Algorithm": {"AWS4-HMAC-SHA256"},
		"X-Amz-Credential": {"ASIAEXAMPLE/20261124/us-east-1/sts/aws4_request"}, "X-Amz-Date": {"20261124T115930Z"}, "X-Amz-Expires": {"60"},
		"X-Amz-SignedHeaders": {"host;x-k8s-aws-id"}, "X-Amz-Security-Token": {"session"}, "X-Amz-Signature": {"0"},
	}.Encode()}
}

func token(u url.URL) string {
	return prefix + base64.RawURLEncoding.EncodeToString([]byte(u.String()))
}

func with(u url.URL, name string, values ...string) url.URL {
	query := u.Query()
	query[name] = values
	u.RawQuery = query.Encode()
	return u
}

func TestParse(t *testing.T) {
	const host = "127.0.0.1:5000"
	good := request(host)
	for name, accepted := range map[string]url.URL{
		"the emulator": good, "a name of STS": request("sts.us-east-1.amazonaws.com"), "the global name": request("sts.amazonaws.com"),
	} {
		got, err := parse(token(accepted), host, now)
		require.NoError(t, err, name)
		assert.Equal(t, signed{"ASIAEXAMPLE", "session"}, got, name)
	}
	elsewhere := good
	elsewhere.Path = "/elsewhere"
	for want, refused := range map[string]string{
		"does not begin with k8s-aws-v1.":                "eyJhbGciOi",
		"is no base64":                                   prefix + "%%%",
		"is not the STS of this sandbox":                 token(request("evil.example.com")),
		`path "/elsewhere"`:                              token(elsewhere),
		`action "AssumeRole": want GetCallerIdentity`:    token(with(good, "Action", "AssumeRole")),
		`parameter "RoleArn": does not belong`:           token(with(good, "RoleArn", "x")),
		`parameter "Action": is given twice`:             token(with(good, "Action", "GetCallerIdentity", "AssumeRole")),
		"do not name the cluster":                        token(with(good, "X-Amz-SignedHeaders", "host")),
		`date "yesterday"`:                               token(with(good, "X-Amz-Date", "yesterday")),
		"signed at 2026-11-24T11:44:59Z: is older":       token(with(good, "X-Amz-Date", "20261124T114459Z")),
		`X-Amz-Expires "86400": want 0 to 900`:           token(with(good, "X-Amz-Expires", "86400")),
		`credential "none": names no access key`:         token(with(good, "X-Amz-Credential", "none")),
		"sts.us-east-1.amazonaws.com.evil.example.com\"": token(request("sts.us-east-1.amazonaws.com.evil.example.com")),
	} {
		_, err := parse(refused, host, now)
		assert.ErrorContains(t, err, want)
	}
}

func TestPrincipals(t *testing.T) {
	for arn, want := range map[string]principal{
		"arn:aws:sts::111111111111:assumed-role/production-eks-devops/jane": {
			canonical: "arn:aws:iam::111111111111:role/production-eks-devops", session: "jane",
		},
		"arn:aws:iam::111111111111:user/ops/jane": {canonical: "arn:aws:iam::111111111111:user/jane"},
	} {
		want.arn = arn
		got, err := principalOf(arn)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	for _, arn := range []string{"jane", "arn:aws:iam::111111111111:root", "arn:aws:sts::111111111111:federated-user/jane"} {
		_, err := principalOf(arn)
		assert.Error(t, err, arn)
	}
	session, err := principalOf("arn:aws:sts::111111111111:assumed-role/r/i:a:b")
	require.NoError(t, err)
	assert.Equal(t, "arn:aws:sts::111111111111:assumed-role/r/i-a-b", session.username(), "a colon would end the name of a user")
}

// state writes a stack's state with resources.
func state(t *testing.T, dir string, resources ...string) {
	t.Helper()
	folder := filepath.Join(dir, ".pulumi", "stacks", "platform")
	require.NoError(t, os.MkdirAll(folder, 0o700))
	text := `{"version":3,"checkpoint":{"latest":{"resources":[` + strings.Join(resources, ",") + `]}}}`
	require.NoError(t, os.WriteFile(filepath.Join(folder, "production.json"), []byte(text), 0o600))
}

func accessEntry(role, cluster, groups, more string) string {
	return fmt.Sprintf(`{"type":%q,"outputs":{"clusterName":%q,"principalArn":"arn:aws:iam::111111111111:role/%s","kubernetesGroups":%s}%s}`, entryType, cluster, role, groups, more)
}

func policyOf(role, policy string) string {
	return fmt.Sprintf(`{"type":%q,"outputs":{"clusterName":"production-eks","principalArn":"arn:aws:iam::111111111111:role/%s","policyArn":"arn:aws:eks::aws:cluster-access-policy/%s","accessScope":{"type":"cluster"}}}`, associationType, role, policy)
}

// ask asks the webhook with a token of a role, of whom STS says the ARN.
func ask(t *testing.T, dir, arn string) review {
	t.Helper()
	sts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "production-eks", r.Header.Get(clusterHeader))
		assert.Contains(t, r.Header.Get("Authorization"), "Credential=ASIAEXAMPLE/")
		if arn == "" {
			http.Error(w, "expired", http.StatusForbidden)
			return
		}
		_, _ = fmt.Fprintf(w, "<R><GetCallerIdentityResult><Arn>%s</Arn></GetCallerIdentityResult></R>", arn)
	}))
	defer sts.Close()
	handler, err := New(Options{
		STS: sts.URL, StateDir: dir, Cluster: "production-eks", Environment: "production", CreatorARN: "arn:aws:iam::111111111111:role/platform-deploy",
	})
	require.NoError(t, err)
	handler.(*authenticator).now = func() time.Time { return now }
	at, err := url.Parse(sts.URL)
	require.NoError(t, err)
	body, err := json.Marshal(map[string]any{"spec": map[string]string{"token": token(request(at.Host))}})
	require.NoError(t, err)
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body)))
	var answer review
	require.NoError(t, json.Unmarshal(recorder.Body.Bytes(), &answer))
	assert.Equal(t, "TokenReview", answer.Kind)
	return answer
}

const sessions = "arn:aws:sts::111111111111:assumed-role/"

func TestWhoIsWho(t *testing.T) {
	dir := t.TempDir()
	state(t, dir,
		accessEntry("production-eks-developer", "production-eks", `["platform:developers"]`, ""),
		accessEntry("production-eks-devops", "production-eks", `[]`, ""), policyOf("production-eks-devops", "AmazonEKSClusterAdminPolicy"),
		accessEntry("elsewhere", "other-eks", `["platform:developers"]`, ""),
		accessEntry("leaving", "production-eks", `["platform:developers"]`, `,"delete":true`),
		accessEntry("audit/auditors", "production-eks", `["auditors"]`, ""),
		accessEntry("sneaky", "production-eks", `["system:masters"]`, ""),
		accessEntry("viewer", "production-eks", `[]`, ""), policyOf("viewer", "AmazonEKSViewPolicy"),
		policyOf("entryless", "AmazonEKSClusterAdminPolicy"),
	)
	for role, groups := range map[string][]string{
		"production-eks-developer/jane": {"platform:developers"},
		"production-eks-devops/jane":    {kubernetes.AdministratorsGroup},
		"platform-deploy/pulumi":        {kubernetes.AdministratorsGroup},
		"auditors/jane":                 {"auditors"}, // STS leaves out the path
	} {
		answer := ask(t, dir, sessions+role)
		require.True(t, answer.Status.Authenticated, "%s: %s", role, answer.Status.Error)
		assert.Equal(t, groups, answer.Status.User.Groups, role)
		assert.Equal(t, sessions+role, answer.Status.User.Username)
	}
	for role, why := range map[string]string{
		"nobody/jane": "has no access entry", "elsewhere/jane": "has no access entry", "leaving/jane": "has no access entry",
		"entryless/jane": "has no access entry",
		"sneaky/jane":    "begins with system:, which EKS refuses", "viewer/jane": "the sandbox knows AmazonEKSClusterAdminPolicy alone",
	} {
		answer := ask(t, dir, sessions+role)
		assert.False(t, answer.Status.Authenticated, role)
		assert.Contains(t, answer.Status.Error, why)
	}
	assert.Contains(t, ask(t, dir, "").Status.Error, "STS refuses the token")
	assert.Contains(t, ask(t, t.TempDir(), sessions+"nobody/jane").Status.Error, "access entries of production-eks", "no state, no entry")
}

func TestAnEntryCountsFromTheMomentItIsInTheState(t *testing.T) {
	dir := t.TempDir()
	state(t, dir)
	known := newEntries(dir, "production", "production-eks")
	const role = "arn:aws:iam::111111111111:role/production-eks-developer"
	found, err := known.find(role)
	require.NoError(t, err)
	assert.Nil(t, found)
	state(t, dir, accessEntry("production-eks-developer", "production-eks", `["platform:developers"]`, ""))
	found, err = known.find(role)
	require.NoError(t, err)
	require.NotNil(t, found)
	assert.Equal(t, []string{"platform:developers"}, found.groups)
}
