package identity

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/sandbox/internal/kubernetes"
)

func TestWhoIsLetInAndAsWhom(t *testing.T) {
	state := t.TempDir()
	other := entryOf("elsewhere", outputs{"clusterName": "staging-eks"})
	gone := entryOf("gone", nil)
	gone["delete"] = true
	checkpoint(t, state,
		map[string]any{"type": "aws:s3/bucketV2:BucketV2", "outputs": outputs{"principalArn": 5}},
		entryOf("developer", outputs{"kubernetesGroups": []string{"platform:developers"}}),
		entryOf("path/to/deployer", outputs{"userName": "robot"}),
		entryOf("devops", nil), policyOf("devops", adminPolicy, defaultScope),
		entryOf("viewer", nil), policyOf("viewer", viewPolicy, defaultScope),
		policyOf("entryless", adminPolicy, defaultScope),
		entryOf("sly", outputs{"kubernetesGroups": []string{"system:masters"}}), other, gone)
	for name, one := range map[string]struct {
		arn, user string
		groups    []string
		refused   string
	}{
		"a group":            {arn: session("developer", "ann"), user: session("developer", "ann"), groups: []string{"platform:developers"}},
		"a path and a name":  {arn: session("deployer", "ci"), user: "robot"},
		"administrator":      {arn: session("devops", "bob"), user: session("devops", "bob"), groups: []string{kubernetes.AdministratorsGroup}},
		"creator":            {arn: session("platform-deploy", "p"), user: session("platform-deploy", "p"), groups: []string{kubernetes.AdministratorsGroup}},
		"unmapped":           {arn: session("stranger", "x"), refused: "has no access entry"},
		"policy, no entry":   {arn: session("entryless", "x"), refused: "has no access entry"},
		"another cluster's":  {arn: session("elsewhere", "x"), refused: "has no access entry"},
		"being deleted":      {arn: session("gone", "x"), refused: "has no access entry"},
		"another account's":  {arn: "arn:aws:sts::222222222222:assumed-role/devops/bob", refused: "has no access entry"},
		"a foreign creator":  {arn: "arn:aws:sts::222222222222:assumed-role/platform-deploy/p", refused: "has no access entry"},
		"a user of the name": {arn: "arn:aws:iam::" + testAccount + ":user/devops", refused: "has no access entry"},
		"a reserved group":   {arn: session("sly", "x"), refused: `group "system:masters": begins with system:`},
		"an unknown policy":  {arn: session("viewer", "x"), refused: "AmazonEKSViewPolicy"},
		"root":               {arn: "arn:aws:iam::" + testAccount + ":root", refused: "neither a role nor a user"},
	} {
		t.Run(name, func(t *testing.T) {
			sts, asked := fakeSTS(t, http.StatusOK, callerXML(one.arn))
			got := ask(t, webhook(t, sts.URL, state, time.Minute), tokenOf(sts.URL+"/", query()))
			if one.refused != "" {
				assert.False(t, got.Authenticated)
				assert.Nil(t, got.User)
				assert.Contains(t, got.Error, one.refused)
				return
			}
			require.True(t, got.Authenticated, got.Error)
			assert.Equal(t, one.user, got.User.Username)
			assert.Equal(t, one.groups, got.User.Groups)
			assert.Equal(t, []string{one.arn}, got.User.Extra["arn"])
			assert.Equal(t, []string{testKey}, got.User.Extra["accessKeyId"])
			assert.Equal(t, testCluster, asked.Header.Get(clusterHeader))
			assert.Equal(t, "session", asked.Header.Get("X-Amz-Security-Token"))
			assert.Contains(t, asked.Header.Get("Authorization"), testKey+"/")
			assert.Equal(t, "GetCallerIdentity", asked.Form.Get("Action"))
		})
	}
}

func TestSTSThatDoesNotSayWho(t *testing.T) {
	for name, one := range map[string]struct {
		code       int
		body, want string
	}{
		"refusal": {http.StatusForbidden, "ExpiredToken", "STS refuses the token: 403 Forbidden: ExpiredToken"},
		"no ARN":  {http.StatusOK, "<a/>", "without an ARN"},
		"no XML":  {http.StatusOK, "{}", "without an ARN"},
	} {
		t.Run(name, func(t *testing.T) {
			sts, _ := fakeSTS(t, one.code, one.body)
			got := ask(t, webhook(t, sts.URL, t.TempDir(), 0), tokenOf(sts.URL+"/", query()))
			assert.False(t, got.Authenticated)
			assert.Contains(t, got.Error, one.want)
		})
	}
}

func TestEntriesAreReadAgain(t *testing.T) {
	state := t.TempDir()
	sts, _ := fakeSTS(t, http.StatusOK, callerXML(session("developer", "ann")))
	handler, token := webhook(t, sts.URL, state, 0), tokenOf(sts.URL+"/", query())
	assert.Contains(t, ask(t, handler, token).Error, "access entries of production-eks", "before the first deployment")
	checkpoint(t, state)
	assert.Contains(t, ask(t, handler, token).Error, "has no access entry")
	path := checkpoint(t, state, entryOf("developer", outputs{"kubernetesGroups": []string{"aaaa"}}))
	assert.Equal(t, []string{"aaaa"}, ask(t, handler, token).User.Groups)
	checkpoint(t, state, entryOf("developer", outputs{"kubernetesGroups": []string{"bbbb"}}))
	require.NoError(t, os.Chtimes(path, time.Now(), time.Now().Add(time.Hour)))
	assert.Equal(t, []string{"bbbb"}, ask(t, handler, token).User.Groups, "the same size at another time")
	require.NoError(t, os.WriteFile(path, []byte("{"), 0o644))
	assert.False(t, ask(t, handler, token).Authenticated, "a broken file lets nobody in")
}

func TestWhatIsNoTokenReview(t *testing.T) {
	recorder := httptest.NewRecorder()
	webhook(t, "http://127.0.0.1:1", t.TempDir(), 0).ServeHTTP(recorder, httptest.NewRequest(http.MethodPost, "/", strings.NewReader("x")))
	assert.Equal(t, http.StatusBadRequest, recorder.Code)
}
