package collect_test

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/promotion"
	"aws-platform/pkg/promotion/collect"
	"aws-platform/pkg/promotion/githubtest"
)

var another = "sha256:" + strings.Repeat("c", 64)

// A fresh build to dev: no history is read, no approvals.
func TestDeployingByTheAPI(t *testing.T) {
	s := started(t, promotion.Dev, promotion.Staging)
	s.Environments[promotion.Dev] = githubtest.Open(promotion.Dev)
	request := promotion.Request{Kind: promotion.Deploying, App: "web", To: promotion.Dev, Subject: githubtest.Digest, Run: 98}
	s.Runs[98] = githubtest.Run(98, "app-deploy-eks.yml", githubtest.Commit, time.Now().Add(-time.Hour), "author")
	d := judged(t, s, request)
	assert.True(t, d.Allowed, d.String())
	assert.Equal(t, githubtest.Commit, d.Commit)
	assert.NotContains(t, s.Calls(), "GET /repos/example/platform/deployments")
}

func TestRollingBackByTheAPI(t *testing.T) {
	s := started(t, promotion.Staging, promotion.Production)
	s.Runs[40] = githubtest.Run(40, "promote.yml", githubtest.Commit, time.Now().Add(-3*time.Hour), "starter")
	s.Deploys(3, 40, promotion.Production, another, githubtest.Commit, time.Now().Add(-2*time.Hour))
	s.Runs[50] = githubtest.Run(50, "rollback.yml", githubtest.Commit, time.Now(), "starter")
	request := promotion.Request{Kind: promotion.RollingBack, App: "web", From: promotion.Production, To: promotion.Production, Run: 50, Reason: "errors everywhere"}

	d := judged(t, s, request)
	assert.False(t, d.Allowed)
	assert.Contains(t, outcome(t, d, "starter").Fact, "starter is not in the team devops")

	s.Members["devops/starter"] = "active"
	d = judged(t, s, request)
	assert.True(t, d.Allowed, d.String())
	assert.Equal(t, "sha256:"+strings.Repeat("b", 64), d.Digest)
	assert.Equal(t, githubtest.Older, d.Commit)
}

func TestInfrastructureByTheAPI(t *testing.T) {
	s := started(t, promotion.Staging, promotion.Production)
	s.Environments[promotion.Staging] = githubtest.Open(promotion.Staging)
	s.Runs[60] = githubtest.Run(60, "infra-deploy.yml", githubtest.Commit, time.Now().Add(-time.Hour), "starter")
	request := promotion.Request{Kind: promotion.Infrastructure, App: promotion.InfrastructureApp, From: promotion.Dev, To: promotion.Staging, Subject: githubtest.Commit, Run: 60}
	d := judged(t, s, request)
	assert.False(t, d.Allowed)
	assert.Contains(t, outcome(t, d, "source").Fact, "no deployment of infrastructure to dev")

	record := promotion.Decision{Schema: 1, Allowed: true, Kind: promotion.Infrastructure, App: promotion.InfrastructureApp, To: promotion.Dev, Commit: githubtest.Commit, Run: 60}
	at := time.Now().Add(-30 * time.Minute)
	s.Artifacts = append(s.Artifacts, githubtest.Artifact{ID: 500, Name: "deployment.infrastructure.dev", Run: 60, At: at, File: collect.RecordFile, Content: record},
		githubtest.Artifact{ID: 501, Name: "ended.infrastructure.dev.success", Run: 60, At: at})
	s.Deployments = append(s.Deployments, githubtest.Deployment{ID: 500, Environment: "dev/infrastructure", At: at, Payload: record, Statuses: []githubtest.Status{{State: "success", At: at}}})
	d = judged(t, s, request)
	assert.True(t, d.Allowed, d.String())
}

func TestCurrent(t *testing.T) {
	s := started(t, promotion.Staging, promotion.Production)
	request := promotion.Request{Kind: promotion.Promoting, App: "web", From: promotion.Staging}
	digest, err := client(t, s).Current(context.Background(), request, policy())
	require.NoError(t, err)
	assert.Equal(t, githubtest.Digest, digest.Subject)
	assert.Equal(t, githubtest.Commit, digest.Commit)

	delete(s.Runs, githubtest.RunSource)
	_, err = client(t, s).Current(context.Background(), request, policy())
	require.ErrorIs(t, err, collect.ErrNothing)
	require.ErrorContains(t, err, "staging: web: no deployment with success")

	s.Instead["/deployments"] = &githubtest.Answer{Status: http.StatusForbidden}
	_, err = client(t, s).Current(context.Background(), request, policy())
	require.Error(t, err)
	require.NotErrorIs(t, err, collect.ErrNothing)
}

// A plan has no run, so nobody has started or approved it.
func TestPlanByTheAPI(t *testing.T) {
	s := started(t, promotion.Staging, promotion.Production)
	request := asks(promotion.Staging, promotion.Production)
	request.Run = 0
	d := judged(t, s, request)
	assert.False(t, d.Allowed)
	assert.Contains(t, outcome(t, d, "approvals").Fact, "0 of 2")
	for _, rule := range []string{"build", "source", "tests", "environments"} {
		assert.True(t, outcome(t, d, rule).Met, d.String())
	}
}

// What is written is what the next promotion reads.
func TestStartAndFinish(t *testing.T) {
	s := started(t, promotion.Staging, promotion.Production)
	request := asks(promotion.Staging, promotion.Production)
	decision := judged(t, s, request)
	require.True(t, decision.Allowed)
	c := client(t, s)
	number, err := c.Start(context.Background(), decision)
	require.NoError(t, err)
	s.Now = s.Now.Add(time.Second)
	require.NoError(t, c.Finish(context.Background(), number, promotion.Success))

	written := s.Written()
	require.Len(t, written, 3)
	payload := written[0]["payload"]
	delete(written[0], "payload")
	assert.Equal(t, githubtest.Object{
		"path": "/repos/example/platform/deployments", "ref": githubtest.Commit, "task": "deploy", "environment": "production/web",
		"description": "promotion of web by run 99", "auto_merge": false, "required_contexts": []any{}, "transient_environment": false, "production_environment": true,
	}, written[0])
	text, err := json.Marshal(payload)
	require.NoError(t, err)
	var record promotion.Decision
	require.NoError(t, json.Unmarshal(text, &record))
	assert.Equal(t, decision, record)
	for i, state := range []string{"in_progress", "success"} {
		assert.Equal(t, state, written[i+1]["state"])
		assert.Equal(t, false, written[i+1]["auto_inactive"])
	}

	// With the artifact that the run kept, production has it now.
	s.Artifacts = append(s.Artifacts, githubtest.Artifact{ID: 900, Name: "deployment.web.production", Run: githubtest.RunAsks, At: s.Now.Add(-time.Minute), File: collect.RecordFile, Content: record},
		githubtest.Artifact{ID: 901, Name: collect.EndingName("web", promotion.Production, promotion.Success), Run: githubtest.RunAsks, At: s.Now})
	digest, err := c.Current(context.Background(), promotion.Request{Kind: promotion.Promoting, App: "web", From: promotion.Production}, policy())
	require.NoError(t, err)
	assert.Equal(t, githubtest.Digest, digest.Subject)
}

// Nothing is written for what was refused, and nothing twice.
func TestWritingIsNotRetried(t *testing.T) {
	s := started(t, promotion.Staging, promotion.Production)
	c := client(t, s)
	_, err := c.Start(context.Background(), promotion.Decision{})
	require.ErrorContains(t, err, "allows nothing")
	require.ErrorContains(t, c.Finish(context.Background(), 1, promotion.InProgress), "success or failure")
	assert.Empty(t, s.Calls())

	s.Instead["/deployments"] = &githubtest.Answer{Status: http.StatusBadGateway}
	_, err = c.Start(context.Background(), promotion.Decision{Allowed: true, App: "web", To: promotion.Dev})
	require.ErrorContains(t, err, "deployment to dev/web")
	assert.Len(t, s.Calls(), 1)
	require.ErrorContains(t, c.Finish(context.Background(), 1, promotion.Failure), "deployment 1, failure")
	assert.Len(t, s.Calls(), 5, "twice the same status does no harm: it is tried again")

	s.Instead["/deployments"] = &githubtest.Answer{Status: http.StatusCreated, Body: "{}"}
	_, err = c.Start(context.Background(), promotion.Decision{Allowed: true, App: "web", To: promotion.Dev})
	require.ErrorContains(t, err, "has no id")
}

// Where nothing tells what the target has, the commits of 90 days count.
func TestUnknownBase(t *testing.T) {
	s := started(t, promotion.Staging, promotion.Production)
	s.Deployments = s.Deployments[:1]
	early, late := strings.Repeat("4", 40), strings.Repeat("5", 40)
	s.Commits[early] = githubtest.CommitOf(early, "alice", "An old one", time.Now().Add(-91*24*time.Hour))
	s.Commits[late] = githubtest.CommitOf(late, "bob", "A new one", time.Now().Add(-89*24*time.Hour))
	d := judged(t, s, asks(promotion.Staging, promotion.Production))
	assert.False(t, d.Allowed)
	fact := outcome(t, d, "approvals").Fact
	assert.Contains(t, fact, "bob wrote "+late)
	assert.NotContains(t, fact, "alice")
}

// What other runs keep under our names is not opened: it may be anything, and stops nobody.
func TestGarbageOfBranches(t *testing.T) {
	s := started(t, promotion.Staging, promotion.Production)
	s.Runs[66] = githubtest.Run(66, "promote.yml", githubtest.Commit, time.Now().Add(-time.Hour), "mallory")
	s.Runs[66]["head_branch"] = "feature"
	s.Runs[67] = githubtest.Run(67, "promote.yml", githubtest.Commit, time.Now().Add(-time.Hour), "mallory")
	s.Runs[67]["event"] = "pull_request"
	for i, name := range []string{"deployment.web.staging", "deployment.web.production", collect.BuildName("web", githubtest.Digest), collect.ResultName("load", "web", "staging", githubtest.Digest)} {
		for _, run := range []int64{66, 67, 4711} {
			s.Artifacts = append(s.Artifacts, githubtest.Artifact{ID: int64(600+10*i) + run%7, Name: name, Run: run, At: time.Now().Add(-time.Hour), File: "garbage", Content: "x"})
		}
	}
	d := judged(t, s, asks(promotion.Staging, promotion.Production))
	assert.True(t, d.Allowed, d.String())
}

// However many deployments there are, the newest are read, and GitHub's limit of calls is kept.
func TestHowManyCalls(t *testing.T) {
	s := started(t, promotion.Staging, promotion.Production)
	for i := range 200 {
		run := int64(1000 + i)
		s.Runs[run] = githubtest.Run(run, "promote.yml", githubtest.Older, time.Now().Add(-2000*time.Hour), "starter")
		for _, environment := range []string{"staging", "production"} {
			s.Deploys(run*2+int64(len(environment)%2), run, environment, another, githubtest.Older, time.Now().Add(-time.Duration(1500-i)*time.Hour))
		}
	}
	slices.SortFunc(s.Deployments, func(a, b githubtest.Deployment) int { return a.At.Compare(b.At) })
	slices.SortFunc(s.Artifacts, func(a, b githubtest.Artifact) int { return b.At.Compare(a.At) })
	d := judged(t, s, asks(promotion.Staging, promotion.Production))
	assert.True(t, d.Allowed, d.String())
	calls := slices.DeleteFunc(s.Calls(), func(call string) bool { return strings.Contains(call, "/blob/") })
	t.Logf("%d calls", len(calls))
	assert.Less(t, len(calls), 1000, "a workflow's token may ask 1000 times an hour")
}

func TestPolicyOfMain(t *testing.T) {
	s := started(t, promotion.Staging, promotion.Production)
	_, err := client(t, s).Policy(context.Background())
	require.ErrorContains(t, err, "404")
	s.Policy = "repository: example/platform\nteams: {devops: devops, security: security}\napplications: {web: {platform: eks}}\n"
	p, err := client(t, s).Policy(context.Background())
	require.NoError(t, err)
	assert.Equal(t, "eks", p.Applications["web"].Platform)
	s.Policy = "repository: 7"
	_, err = client(t, s).Policy(context.Background())
	require.ErrorContains(t, err, "teams.devops")
	s.Instead["/contents/"] = &githubtest.Answer{Status: http.StatusOK, Body: "[]"}
	_, err = client(t, s).Policy(context.Background())
	require.ErrorContains(t, err, "is a folder")
}

// A workflow of main that calls the builder may say what the builder says; one that
// calls a namesake elsewhere, or at a commit that is not on main, may not.
func TestCalledWorkflows(t *testing.T) {
	for path, allowed := range map[string]bool{
		"example/platform/.github/workflows/app-deploy-eks.yml@refs/heads/main": true,
		"mallory/platform/.github/workflows/app-deploy-eks.yml@refs/heads/main": false,
		"example/platform/.github/workflows/other.yml@refs/heads/main":          false,
	} {
		s := started(t, promotion.Staging, promotion.Production)
		s.Runs[githubtest.RunBuild]["path"] = ".github/workflows/all.yml"
		s.Runs[githubtest.RunBuild]["referenced_workflows"] = []githubtest.Object{{"path": path, "sha": githubtest.Commit, "ref": "refs/heads/main"}}
		d := judged(t, s, asks(promotion.Staging, promotion.Production))
		assert.Equal(t, allowed, d.Allowed, "%s\n%s", path, d)

		s.Runs[githubtest.RunBuild]["referenced_workflows"].([]githubtest.Object)[0]["sha"] = strings.Repeat("9", 40)
		assert.False(t, judged(t, s, asks(promotion.Staging, promotion.Production)).Allowed)
	}
}

// A commit that is behind what dev has would destroy what the newer one made.
func TestInfrastructureGoesForward(t *testing.T) {
	for status, allowed := range map[string]bool{"ahead": true, "identical": true, "behind": false, "diverged": false} {
		s := started(t, promotion.Staging, promotion.Production)
		s.Environments[promotion.Dev] = githubtest.Open(promotion.Dev)
		s.Runs[60] = githubtest.Run(60, "infra-deploy.yml", githubtest.Commit, time.Now().Add(-time.Hour), "starter")
		s.Runs[59] = githubtest.Run(59, "infra-deploy.yml", githubtest.Older, time.Now().Add(-5*time.Hour), "starter")
		record := promotion.Decision{Schema: 1, Allowed: true, Kind: promotion.Infrastructure, App: promotion.InfrastructureApp, To: promotion.Dev, Commit: githubtest.Older, Run: 59}
		at := time.Now().Add(-4 * time.Hour)
		s.Artifacts = append(s.Artifacts, githubtest.Artifact{ID: 500, Name: "deployment.infrastructure.dev", Run: 59, At: at, File: collect.RecordFile, Content: record},
			githubtest.Artifact{ID: 501, Name: "ended.infrastructure.dev.success", Run: 59, At: at})
		s.Deployments = append(s.Deployments, githubtest.Deployment{ID: 500, Environment: "dev/infrastructure", At: at, Payload: record, Statuses: []githubtest.Status{{State: "success", At: at}}})
		s.Instead["/compare/"+githubtest.Older+"..."+githubtest.Commit] = &githubtest.Answer{Status: http.StatusOK,
			Body: `{"status": "` + status + `", "total_commits": 0, "commits": []}`}
		d := judged(t, s, promotion.Request{Kind: promotion.Infrastructure, App: promotion.InfrastructureApp, To: promotion.Dev, Subject: githubtest.Commit, Run: 60})
		assert.Equal(t, allowed, d.Allowed, "%s\n%s", status, d)
	}
}
