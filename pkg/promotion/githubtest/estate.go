package githubtest

import (
	"strings"
	"time"

	"aws-platform/pkg/promotion"
	"aws-platform/pkg/promotion/collect"
)

// The digests, commits and runs of [Server.Promotable].
var (
	Digest = "sha256:" + strings.Repeat("a", 64)
	Commit = strings.Repeat("1", 40)
	Older  = strings.Repeat("2", 40)
)

// The runs of [Server.Promotable].
const (
	RunBuild  = 10 // built the digest
	RunEarly  = 15 // deployed it to staging, and tested it there, where production is the source
	RunSource = 20 // deployed it to the source, and tested it there
	RunTarget = 30 // deployed what the target has
	RunAsks   = 99 // asks
)

// User is an account as the API gives it.
func User(login string) Object { return Object{"login": login, "id": len(login), "type": "User"} }

// Run is a workflow run of main as the API gives it.
func Run(id int64, workflow, sha string, started time.Time, starter string) Object {
	return Object{
		"id": id, "path": ".github/workflows/" + workflow, "head_branch": "main", "head_sha": sha, "run_attempt": 1, "event": "workflow_dispatch",
		"run_started_at": stamp(started), "created_at": stamp(started), "repository": Object{"full_name": Repository},
		"head_repository": Object{"full_name": Repository}, "actor": User(starter), "triggering_actor": User(starter),
	}
}

// CommitOf is a commit as the API gives it.
func CommitOf(sha, author, message string, at time.Time) Object {
	signature := Object{"name": author, "email": author + "@example.com", "date": stamp(at)}
	return Object{
		"sha": sha, "commit": Object{"message": message, "author": signature, "committer": signature},
		"author": User(author), "committer": User("web-flow"),
	}
}

// Gate is an environment with a team that must approve.
func Gate(name, team string, wait int) Environment {
	e := Open(name)
	e.Body["protection_rules"] = []Object{
		{"id": 1, "type": "wait_timer", "wait_timer": wait},
		{"id": 2, "type": "required_reviewers", "prevent_self_review": true, "reviewers": []Object{{"type": "Team", "reviewer": Object{"id": 1, "slug": team, "name": team}}}},
		{"id": 3, "type": "branch_policy"},
	}
	return e
}

// Open is an environment without reviewers, for the branch main alone.
func Open(name string) Environment {
	return Environment{Branches: []string{"main"}, Body: Object{
		"id": 1, "name": name, "can_admins_bypass": false, "protection_rules": []Object{{"id": 3, "type": "branch_policy"}},
		"deployment_branch_policy": Object{"protected_branches": false, "custom_branch_policies": true},
	}}
}

// Promotable fills the server with everything that the promotion of web from one
// environment to the next needs: built, deployed, soaked for 50 hours, tested, and
// approved by alice and bob of devops and sam of security.
func (s *Server) Promotable(from, to string, now time.Time) {
	s.Now = now
	ago := func(hours int) time.Time { return now.Add(-time.Duration(hours) * time.Hour) }
	s.OnMain[Commit], s.OnMain[Older] = true, true
	s.Commits[Commit] = CommitOf(Commit, "author", "Faster answers", ago(121))
	s.Between[Older+"..."+Commit] = []Object{CommitOf(strings.Repeat("3", 40), "carol", "Smaller answers", ago(122)), s.Commits[Commit]}
	s.Runs[RunBuild] = Run(RunBuild, "app-deploy-eks.yml", Commit, ago(121), "author")
	s.Runs[RunSource] = Run(RunSource, "promote.yml", Commit, ago(51), "starter")
	s.Runs[RunTarget] = Run(RunTarget, "promote.yml", Older, ago(500), "starter")
	s.Runs[RunAsks] = Run(RunAsks, "promote.yml", Commit, ago(1), "starter")
	s.keeps(RunBuild, collect.BuildName("web", Digest), ago(120), collect.BuildFile, collect.Build{App: "web", Digest: Digest, Commit: Commit})
	s.Deploys(1, RunSource, from, Digest, Commit, ago(50))
	if from == promotion.Production {
		s.Runs[RunEarly] = Run(RunEarly, "promote.yml", Commit, ago(100), "starter")
		s.Deploys(3, RunEarly, promotion.Staging, Digest, Commit, ago(99))
	}
	s.Deploys(2, RunTarget, to, "sha256:"+strings.Repeat("b", 64), Older, ago(499))
	s.Environments[to] = Open(to)
	for _, step := range promotion.Steps() {
		if step.From != from || step.To != to {
			continue
		}
		for _, check := range step.Checks {
			run := int64(RunSource)
			if check.Environment != from {
				run = RunEarly
			}
			s.keeps(run, collect.ResultName(check.Test, "web", check.Environment, Digest), ago(49), collect.ResultFile,
				collect.Result{Test: check.Test, App: "web", Environment: check.Environment, Digest: Digest, Outcome: promotion.Passed})
		}
		reviewers := []string{"alice", "bob", "sam"}
		for i, gate := range step.Gates {
			s.Environments[gate.Environment] = Gate(gate.Environment, string(gate.Team), gate.WaitMinutes)
			s.Approve(RunAsks, gate.Environment, reviewers[i])
		}
	}
	s.Members["devops/alice"], s.Members["devops/bob"], s.Members["security/sam"] = "active", "active", "active"
}

// Approve adds an approval to a run's review history.
func (s *Server) Approve(run int64, environment, login string) {
	s.Approvals[run] = append(s.Approvals[run], Object{
		"state": "approved", "comment": "", "user": User(login), "environments": []Object{{"id": 1, "name": environment}},
	})
}

// Deploys adds a deployment that succeeded, with what its run kept before and after.
func (s *Server) Deploys(id, run int64, environment, digest, commit string, at time.Time) {
	record := promotion.Decision{
		Schema: promotion.Schema, Allowed: true, Kind: promotion.Promoting, App: "web", To: environment, Digest: digest, Commit: commit, Run: run,
	}
	s.keeps(run, collect.RecordName("web", environment), at.Add(-31*time.Minute), collect.RecordFile, record)
	s.keeps(run, collect.EndingName("web", environment, promotion.Success), at, "ended.json", Object{})
	s.Deployments = append(s.Deployments, Deployment{
		ID: id, Environment: collect.EnvironmentName(environment, "web"), At: at.Add(-30 * time.Minute), Payload: record,
		Statuses: []Status{{"in_progress", at.Add(-29 * time.Minute)}, {"success", at}},
	})
}

func (s *Server) keeps(run int64, name string, at time.Time, file string, content any) {
	s.Artifacts = append(s.Artifacts, Artifact{ID: int64(len(s.Artifacts) + 1), Name: name, Run: run, At: at, File: file, Content: content})
}
