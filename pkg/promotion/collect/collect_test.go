package collect_test

import (
	"context"
	"fmt"
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

func policy() promotion.Policy {
	return promotion.Policy{
		Repository:   githubtest.Repository,
		Teams:        map[promotion.Team]string{promotion.DevOps: "devops", promotion.Security: "security"},
		Applications: map[string]promotion.Application{"web": {Platform: "eks"}},
	}
}

func client(t *testing.T, s *githubtest.Server) *collect.Client {
	t.Helper()
	c, err := collect.New(collect.Options{URL: s.URL, Repository: githubtest.Repository, Token: "token", MembersToken: "members", Wait: time.Millisecond})
	require.NoError(t, err)
	return c
}

func asks(from, to string) promotion.Request {
	return promotion.Request{Kind: promotion.Promoting, App: "web", From: from, To: to, Subject: githubtest.Digest, Run: githubtest.RunAsks}
}

// judged collects and decides.
func judged(t *testing.T, s *githubtest.Server, request promotion.Request) promotion.Decision {
	t.Helper()
	evidence, err := client(t, s).Evidence(context.Background(), request, policy())
	require.NoError(t, err)
	return promotion.Decide(request, policy(), evidence)
}

func started(t *testing.T, from, to string) *githubtest.Server {
	t.Helper()
	s := githubtest.Start(t)
	s.Promotable(from, to, time.Now())
	return s
}

func TestPromotionsByTheAPI(t *testing.T) {
	for _, step := range promotion.Steps() {
		t.Run(step.From+" to "+step.To, func(t *testing.T) {
			d := judged(t, started(t, step.From, step.To), asks(step.From, step.To))
			assert.True(t, d.Allowed, d.String())
		})
	}
}

// Pages of one thing each give the same evidence as one large page.
func TestPages(t *testing.T) {
	whole := started(t, promotion.Production, promotion.ProductionPCI)
	for i := range 5 {
		whole.Runs[int64(200+i)] = githubtest.Run(int64(200+i), "promote.yml", githubtest.Older, time.Now().Add(-400*time.Hour), "starter")
		whole.Deploys(int64(100+i), int64(200+i), promotion.Production, "sha256:"+strings.Repeat("c", 64), githubtest.Older, time.Now().Add(-time.Duration(300-i)*time.Hour))
	}
	want, err := client(t, whole).Evidence(context.Background(), asks(promotion.Production, promotion.ProductionPCI), policy())
	require.NoError(t, err)
	require.Len(t, want.Histories[promotion.Production].Deployments.Items, 6)
	require.Len(t, want.Histories[promotion.Production].Deployments.Items[0].Statuses, 2)
	require.Len(t, want.Histories[promotion.Production].Endings.Items, 6)
	require.Len(t, want.Changes.Items, 2, "both commits that the target lacks")
	assert.Equal(t, githubtest.Older, want.Base)

	whole.Page = 1
	found, err := client(t, whole).Evidence(context.Background(), asks(promotion.Production, promotion.ProductionPCI), policy())
	require.NoError(t, err)
	found.Now, found.Local = want.Now, want.Local
	assert.Equal(t, want, found)
	pages := slices.DeleteFunc(whole.Calls(), func(call string) bool { return !strings.HasSuffix(call, "/deployments") })
	assert.Greater(t, len(pages), 7, "the pages were really turned")
}

// Who must not approve is told by the API too.
func TestPeople(t *testing.T) {
	for name, c := range map[string]struct {
		change func(s *githubtest.Server)
		says   string
	}{
		"a pending member": {func(s *githubtest.Server) { s.Members["devops/bob"] = "pending" }, "bob is not in the team devops"},
		"no member":        {func(s *githubtest.Server) { delete(s.Members, "devops/bob") }, "bob is not in the team devops"},
		"the author": {func(s *githubtest.Server) {
			s.Commits[githubtest.Commit]["author"] = githubtest.User("bob")
		}, "bob wrote"},
		"an author of an earlier commit": {func(s *githubtest.Server) {
			s.Between[githubtest.Older+"..."+githubtest.Commit][0]["author"] = githubtest.User("bob")
		}, "bob wrote"},
		"a co-author": {func(s *githubtest.Server) { s.CoAuthors[githubtest.Commit] = []string{"author", "", "Bob"} }, "bob wrote"},
		"the author of a pull request": {func(s *githubtest.Server) {
			s.PullRequests = map[string][]string{githubtest.Commit: {"bob", "author"}}
		}, "bob wrote"},
		"an author of a commit that was squashed": {func(s *githubtest.Server) {
			s.PullRequests = map[string][]string{githubtest.Commit: {"author", "author", "bob", ""}}
		}, "bob wrote"},
		"a co-author of an earlier commit": {func(s *githubtest.Server) {
			s.CoAuthors[strings.Repeat("3", 40)] = []string{"carol", "bob"}
		}, "bob wrote"},
		"an author whom GitHub does not know": {func(s *githubtest.Server) { s.Commits[githubtest.Commit]["author"] = nil }, "GitHub does not know author@example.com"},
		"a bot": {func(s *githubtest.Server) {
			s.Approvals[githubtest.RunAsks][1]["user"] = githubtest.Object{"login": "bob", "type": "Bot"}
		}, "bob is no person"},
		"nobody": {func(s *githubtest.Server) { s.Approvals[githubtest.RunAsks][1]["user"] = nil }, "is no person"},
		"who started it": {func(s *githubtest.Server) {
			s.Runs[githubtest.RunAsks]["triggering_actor"] = githubtest.User("bob")
		}, "bob started the run"},
		"a rejection":  {func(s *githubtest.Server) { s.Approvals[githubtest.RunAsks][1]["state"] = "rejected" }, "rejected by bob"},
		"no approvals": {func(s *githubtest.Server) { s.Approvals = nil }, "0 of 2 different people"},
	} {
		t.Run(name, func(t *testing.T) {
			s := started(t, promotion.Staging, promotion.Production)
			c.change(s)
			d := judged(t, s, asks(promotion.Staging, promotion.Production))
			assert.False(t, d.Allowed)
			assert.Contains(t, outcome(t, d, "approvals").Fact, c.says)
		})
	}
}

func outcome(t *testing.T, d promotion.Decision, rule string) promotion.Outcome {
	t.Helper()
	at := slices.IndexFunc(d.Rules, func(o promotion.Outcome) bool { return o.Rule == rule })
	require.GreaterOrEqual(t, at, 0, d.String())
	return d.Rules[at]
}

// What the API says of runs, histories and gates refuses where it must.
func TestRefusals(t *testing.T) {
	gate := func(change func(body githubtest.Object)) func(*githubtest.Server) {
		return func(s *githubtest.Server) { change(s.Environments["production-approval-1"].Body) }
	}
	const run = githubtest.RunAsks
	for name, c := range map[string]struct {
		change     func(s *githubtest.Server)
		rule, says string
	}{
		"a run that is gone": {func(s *githubtest.Server) { delete(s.Runs, run) }, "run", "run 99 is not known"},
		"a run of a branch":  {func(s *githubtest.Server) { s.Runs[run]["head_branch"] = "feature" }, "run", "not of the branch main"},
		"a run of a fork": {func(s *githubtest.Server) {
			s.Runs[run]["head_repository"] = githubtest.Object{"full_name": "mallory/platform"}
		}, "run", "not of the branch main"},
		"a tag named main":     {func(s *githubtest.Server) { s.Runs[run]["head_sha"] = strings.Repeat("9", 40) }, "run", "not of the branch main"},
		"a re-run":             {func(s *githubtest.Server) { s.Runs[run]["run_attempt"] = 2 }, "run", "attempt 2"},
		"a workflow elsewhere": {func(s *githubtest.Server) { s.Runs[run]["path"] = "evil/promote.yml" }, "run", "evil/promote.yml"},
		"a forged build":       {func(s *githubtest.Server) { s.Runs[githubtest.RunBuild]["head_branch"] = "feature" }, "build", "no run of main is known"},
		"a build of another digest in its place": {func(s *githubtest.Server) {
			s.Artifacts[0].Content = collect.Build{App: "web", Digest: "sha256:" + strings.Repeat("d", 64), Commit: githubtest.Commit}
		}, "build", "no run of main is known"},
		"an expired build": {func(s *githubtest.Server) { s.Artifacts[0].Expired = true }, "build", "no run of main is known"},
		"another digest deployed": {func(s *githubtest.Server) {
			s.Runs[40] = githubtest.Run(40, "promote.yml", githubtest.Commit, time.Now().Add(-3*time.Hour), "starter")
			s.Deploys(3, 40, promotion.Staging, "sha256:"+strings.Repeat("c", 64), githubtest.Commit, time.Now().Add(-2*time.Hour))
		}, "source", "deployment 3 brought sha256:cccccccccccc"},
		"a deployment that is no record": {func(s *githubtest.Server) {
			s.Deployments = append(s.Deployments, githubtest.Deployment{ID: 3, Environment: "staging/web", At: time.Now().Add(-2 * time.Hour), Payload: "by hand"})
		}, "source", "deployment 3 is not what run"},
		"a deployment that names a run that never was": {func(s *githubtest.Server) {
			s.Deployments = append(s.Deployments, githubtest.Deployment{ID: 3, Environment: "staging/web", At: time.Now().Add(-2 * time.Hour),
				Payload: promotion.Decision{Kind: promotion.Promoting, Digest: githubtest.Digest, Run: 4711}})
		}, "source", "deployment 3 is not what run"},
		"a record without its deployment": {func(s *githubtest.Server) {
			s.Runs[40] = githubtest.Run(40, "promote.yml", githubtest.Commit, time.Now().Add(-3*time.Hour), "starter")
			s.Deploys(3, 40, promotion.Staging, "sha256:"+strings.Repeat("c", 64), githubtest.Commit, time.Now().Add(-2*time.Hour))
			s.Deployments = s.Deployments[:2]
		}, "source", "run 40 kept a record of a deployment that is not there"},
		"nothing was deployed": {func(s *githubtest.Server) { s.Deployments = nil }, "source", "no deployment of web to staging"},
		"a gate that is gone":  {func(s *githubtest.Server) { delete(s.Environments, "production-approval-1") }, "environments", "production-approval-1 is not there"},
		"a gate of another team": {gate(func(b githubtest.Object) {
			b["protection_rules"].([]githubtest.Object)[1]["reviewers"] = []githubtest.Object{{"type": "Team", "reviewer": githubtest.Object{"slug": "interns"}}}
		}), "environments", "not reviewed by devops alone"},
		"a gate of a person": {gate(func(b githubtest.Object) {
			b["protection_rules"].([]githubtest.Object)[1]["reviewers"] = []githubtest.Object{{"type": "User", "reviewer": githubtest.User("mallory")}}
		}), "environments", "not reviewed by devops alone"},
		"a gate of something else": {gate(func(b githubtest.Object) {
			b["protection_rules"].([]githubtest.Object)[1]["reviewers"] = []githubtest.Object{
				{"type": "Team", "reviewer": githubtest.Object{"slug": "devops"}}, {"type": "Role", "reviewer": githubtest.Object{"slug": "admin"}}}
		}), "environments", ""},
		"self-review": {gate(func(b githubtest.Object) {
			b["protection_rules"].([]githubtest.Object)[1]["prevent_self_review"] = false
		}), "environments", "approve their own runs"},
		"administrators may":         {gate(func(b githubtest.Object) { b["can_admins_bypass"] = true }), "environments", "lets administrators pass"},
		"administrators not told of": {gate(func(b githubtest.Object) { delete(b, "can_admins_bypass") }), "environments", "lets administrators pass"},
		"any branch":                 {gate(func(b githubtest.Object) { b["deployment_branch_policy"] = nil }), "environments", "open to other branches"},
		"any protected branch": {gate(func(b githubtest.Object) {
			b["deployment_branch_policy"] = githubtest.Object{"protected_branches": true, "custom_branch_policies": false}
		}), "environments", "open to other branches"},
		"two branches": {func(s *githubtest.Server) {
			s.Environments["production"] = githubtest.Environment{Body: s.Environments["production"].Body, Branches: []string{"main", "release/*"}}
		}, "environments", "production is open to other branches"},
		"clocks apart": {func(s *githubtest.Server) { s.Now = time.Now().Add(-time.Hour) }, "clock", "from GitHub's"},
	} {
		t.Run(name, func(t *testing.T) {
			s := started(t, promotion.Staging, promotion.Production)
			c.change(s)
			if name == "a gate of something else" { // go-github refuses to read it at all
				_, err := client(t, s).Evidence(context.Background(), asks(promotion.Staging, promotion.Production), policy())
				require.Error(t, err)
				return
			}
			d := judged(t, s, asks(promotion.Staging, promotion.Production))
			assert.False(t, d.Allowed)
			assert.Contains(t, outcome(t, d, c.rule).Fact, c.says)
		})
	}
}

// calls are parts of the paths of every call that the evidence of a promotion takes.
var calls = []string{
	"/actions/artifacts", "/actions/artifacts/1/zip", "/blob/", "/actions/runs/99/approvals", "/actions/runs/20", "/deployments", "/deployments/1/statuses",
	"/environments/production", "/environments/production/deployment-branch-policies", "/branches/main", "/commits/", "/compare/", "/memberships/", "/rate_limit", "/graphql",
}

// Any error of any call means that there is no evidence.
func TestErrorsAreNoEvidence(t *testing.T) {
	answers := map[string]githubtest.Answer{
		"403 forbidden":        {Status: http.StatusForbidden, Body: `{"message": "Resource not accessible by integration"}`},
		"403 rate limit":       {Status: http.StatusForbidden, Body: `{"message": "API rate limit exceeded"}`, Header: map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Limit": "60", "X-RateLimit-Reset": fmt.Sprint(time.Now().Add(time.Hour).Unix())}},
		"403 secondary limit":  {Status: http.StatusForbidden, Body: `{"message": "You have exceeded a secondary rate limit", "documentation_url": "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits"}`},
		"401 unauthorized":     {Status: http.StatusUnauthorized, Body: `{"message": "Bad credentials"}`},
		"429 too many":         {Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "0"}},
		"500":                  {Status: http.StatusInternalServerError},
		"502 with a page":      {Status: http.StatusBadGateway, Body: "<html>Unicorn!</html>"},
		"503":                  {Status: http.StatusServiceUnavailable},
		"no JSON":              {Status: http.StatusOK, Body: "<html>"},
		"half of it":           {Status: http.StatusOK, Body: `{"total_count": 1, "artifacts": [{"id"`},
		"JSON of another kind": {Status: http.StatusOK, Body: `"ok"`},
	}
	tried := 0
	for name, answer := range answers {
		for _, call := range calls {
			t.Run(name+" "+call, func(t *testing.T) {
				s := started(t, promotion.Staging, promotion.Production)
				s.Instead[call] = &answer
				evidence, err := client(t, s).Evidence(context.Background(), asks(promotion.Staging, promotion.Production), policy())
				require.Error(t, err)
				assert.Equal(t, promotion.Evidence{}, evidence)
			})
			tried++
		}
	}
	require.Equal(t, len(answers)*len(calls), tried)
}

// An empty object is an answer without what every answer has: an error, or a no.
func TestAnswersWithoutContent(t *testing.T) {
	for _, call := range calls {
		for _, body := range []string{"{}", "[]", "null"} {
			t.Run(call+" "+body, func(t *testing.T) {
				s := started(t, promotion.Staging, promotion.Production)
				s.Instead[call] = &githubtest.Answer{Status: http.StatusOK, Body: body}
				request := asks(promotion.Staging, promotion.Production)
				evidence, err := client(t, s).Evidence(context.Background(), request, policy())
				if err != nil {
					return
				}
				if d := promotion.Decide(request, policy(), evidence); call != "/rate_limit" {
					assert.False(t, d.Allowed, d.String())
				}
			})
		}
	}
}

// What is not there is no error, and a no: 404 is GitHub's answer too for what the token may not see.
func TestNotFound(t *testing.T) {
	answers := 0
	for _, call := range calls {
		s := started(t, promotion.Staging, promotion.Production)
		s.Instead[call] = &githubtest.Answer{Status: http.StatusNotFound, Body: `{"message": "Not Found"}`}
		request := asks(promotion.Staging, promotion.Production)
		evidence, err := client(t, s).Evidence(context.Background(), request, policy())
		if err != nil {
			continue
		}
		answers++
		assert.False(t, promotion.Decide(request, policy(), evidence).Allowed, call)
	}
	assert.Positive(t, answers)
}

// GitHub's servers may fail for a moment: a promotion need not begin anew for it.
func TestReadingIsRetried(t *testing.T) {
	for _, call := range calls {
		s := started(t, promotion.Staging, promotion.Production)
		s.Instead[call] = &githubtest.Answer{Status: http.StatusBadGateway, Times: 2}
		d := judged(t, s, asks(promotion.Staging, promotion.Production))
		assert.True(t, d.Allowed, call)
	}
}

// Counts that do not fit what was listed are an error.
func TestCounts(t *testing.T) {
	for call, body := range map[string]string{
		"/actions/artifacts": `{"total_count": 7, "artifacts": []}`,
		"/environments/production/deployment-branch-policies":      `{"total_count": 2, "branch_policies": [{"name": "main", "type": "branch"}]}`,
		"/compare/" + githubtest.Older + "..." + githubtest.Commit: `{"status": "ahead", "total_commits": 251, "commits": []}`,
	} {
		s := started(t, promotion.Staging, promotion.Production)
		s.Instead[call] = &githubtest.Answer{Status: http.StatusOK, Body: body}
		_, err := client(t, s).Evidence(context.Background(), asks(promotion.Staging, promotion.Production), policy())
		require.ErrorContains(t, err, "GitHub says that there are", call)
	}
}

// A tag's policy is no branch's.
func TestTagPolicy(t *testing.T) {
	s := started(t, promotion.Staging, promotion.Production)
	s.Instead["/environments/production/deployment-branch-policies"] = &githubtest.Answer{Status: http.StatusOK, Body: `{"total_count": 1, "branch_policies": [{"name": "main", "type": "tag"}]}`}
	d := judged(t, s, asks(promotion.Staging, promotion.Production))
	assert.Contains(t, outcome(t, d, "environments").Fact, "production is open to other branches")
}

// An artifact that is too large, or no archive, is an error.
func TestArchives(t *testing.T) {
	for name, body := range map[string]string{"no archive": "PK no", "too large": strings.Repeat("x", 1<<20+1)} {
		s := started(t, promotion.Staging, promotion.Production)
		s.Instead["/blob/"] = &githubtest.Answer{Status: http.StatusOK, Body: body}
		_, err := client(t, s).Evidence(context.Background(), asks(promotion.Staging, promotion.Production), policy())
		require.ErrorContains(t, err, "artifact", name)
	}
	s := started(t, promotion.Staging, promotion.Production)
	s.Artifacts[0].File = "other.json"
	_, err := client(t, s).Evidence(context.Background(), asks(promotion.Staging, promotion.Production), policy())
	require.ErrorContains(t, err, "build.json")

	s = started(t, promotion.Staging, promotion.Production)
	s.Artifacts[0].Content = collect.Build{App: "api", Digest: githubtest.Digest, Commit: githubtest.Commit}
	_, err = client(t, s).Evidence(context.Background(), asks(promotion.Staging, promotion.Production), policy())
	require.ErrorContains(t, err, "has no build of web")
}

// A refusal keeps a record too; it deployed nothing.
func TestRecordsOfRefusals(t *testing.T) {
	s := started(t, promotion.Staging, promotion.Production)
	s.Artifacts = append(s.Artifacts, githubtest.Artifact{ID: 77, Name: collect.RecordName("web", promotion.Staging), Run: 50, At: time.Now().Add(-time.Hour),
		File: collect.RecordFile, Content: promotion.Decision{Allowed: false, Digest: "sha256:" + strings.Repeat("c", 64)}})
	assert.True(t, judged(t, s, asks(promotion.Staging, promotion.Production)).Allowed)
}

// The token goes to GitHub alone, not to the host that has the artifacts; the app's token reads the teams.
func TestTokens(t *testing.T) {
	s := started(t, promotion.Staging, promotion.Production)
	require.True(t, judged(t, s, asks(promotion.Staging, promotion.Production)).Allowed)
	for prefix, want := range map[string]string{"/repos": "Bearer token", "/orgs": "Bearer members", "/blob": ""} {
		token, called := s.Token(prefix)
		require.True(t, called, prefix)
		assert.Equal(t, want, token, prefix)
	}
}

func TestOptions(t *testing.T) {
	right := collect.Options{Repository: "example/platform", Token: "x"}
	_, err := collect.New(right)
	require.NoError(t, err)
	for says, change := range map[string]func(*collect.Options){
		"GITHUB_REPOSITORY": func(o *collect.Options) { o.Repository = "platform" },
		"owner/name":        func(o *collect.Options) { o.Repository = "a/b/c" },
		"GITHUB_TOKEN":      func(o *collect.Options) { o.Token = "" },
		"GITHUB_API_URL":    func(o *collect.Options) { o.URL = "github" },
	} {
		o := right
		change(&o)
		_, err := collect.New(o)
		require.ErrorContains(t, err, says)
	}
	s := started(t, promotion.Staging, promotion.Production)
	other := policy()
	other.Repository = "example/other"
	_, err = client(t, s).Evidence(context.Background(), asks(promotion.Staging, promotion.Production), other)
	require.ErrorContains(t, err, "whose policy this is")
	_, err = client(t, s).Current(context.Background(), asks(promotion.Staging, promotion.Production), other)
	require.ErrorContains(t, err, "whose policy this is")
}
