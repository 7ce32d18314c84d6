package pipeline

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/cmd/internal/cli"
	"aws-platform/pkg/promotion"
	"aws-platform/pkg/promotion/collect"
	"aws-platform/pkg/promotion/githubtest"
)

// promote runs `platform promote` against a GitHub of its own, with this repository's policy.
func promote(t *testing.T, s *githubtest.Server, args ...string) (int, string) {
	t.Helper()
	for name, value := range map[string]string{
		"GITHUB_API_URL": s.URL, "GITHUB_REPOSITORY": githubtest.Repository, "GITHUB_TOKEN": "token", "PROMOTION_TOKEN": "members",
		"GITHUB_RUN_ID": "99", "GITHUB_RUN_ATTEMPT": "1", "PROMOTION_RETRY_WAIT": "1ms",
	} {
		if _, set := os.LookupEnv("TEST_" + name); !set {
			t.Setenv(name, value)
		}
	}
	var out bytes.Buffer
	status := execute(append([]string{"promote", "--policy", policyWithoutFreezes(t)}, args...), &out)
	return status, out.String()
}

// Without --policy it is what main has now.
func TestPromoteByThePolicyOfMain(t *testing.T) {
	s := promotable(t, "staging", "production")
	for name, value := range map[string]string{"GITHUB_API_URL": s.URL, "GITHUB_REPOSITORY": githubtest.Repository, "GITHUB_TOKEN": "token", "PROMOTION_RETRY_WAIT": "1ms"} {
		t.Setenv(name, value)
	}
	arguments := []string{"promote", "plan", "--from", "staging", "--to", "production", "--app", "web"}
	var out bytes.Buffer
	assert.Equal(t, 1, execute(arguments, &out))
	assert.Contains(t, out.String(), ".github/promotion.yaml: GET")

	text, err := os.ReadFile(policyWithoutFreezes(t))
	require.NoError(t, err)
	s.Policy = string(text) + "freezes:\n  - {environments: [production], from: 2020-01-01T00:00:00Z, until: 2099-01-01T00:00:00Z, reason: a fair}\n"
	out.Reset()
	assert.Equal(t, 1, execute(arguments, &out))
	assert.Contains(t, out.String(), "production is frozen until 2099-01-01 00:00:00 UTC: a fair")
}

// execute runs a command line of cmd/promote.
func execute(args []string, out io.Writer) int {
	root := cli.Root("platform", "")
	root.AddCommand(Promote(), Address())
	return cli.Execute(root, args, out, out)
}

// policyWithoutFreezes is this repository's policy; what day it is must not decide a test.
func policyWithoutFreezes(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", filepath.FromSlash(promotion.PolicyFile)))
	require.NoError(t, err)
	before, _, found := strings.Cut(string(text), "# Times in which")
	require.True(t, found)
	file := filepath.Join(t.TempDir(), "promotion.yaml")
	require.NoError(t, os.WriteFile(file, []byte(before), 0o600))
	return file
}

func promotable(t *testing.T, from, to string) *githubtest.Server {
	t.Helper()
	s := githubtest.Start(t)
	s.Promotable(from, to, time.Now())
	return s
}

// The plan says what is missing, in words, with the time at which soak ends.
func TestPromotePlan(t *testing.T) {
	s := promotable(t, "staging", "production")
	s.Artifacts, s.Deployments = s.Artifacts[:1], nil
	s.Deploys(1, githubtest.RunSource, "staging", githubtest.Digest, githubtest.Commit, s.Now.Add(-20*time.Hour))
	status, out := promote(t, s, "plan", "--from", "staging", "--to", "production", "--app", "web")
	assert.Equal(t, 1, status)
	assert.Contains(t, out, "NOT ALLOWED: promotion of web "+githubtest.Digest+", staging -> production")
	assert.Contains(t, out, "-> wait until "+s.Now.Add(4*time.Hour).UTC().Format("2006-01-02 15:04:05 UTC"))
	assert.Contains(t, out, "integration in staging: has not run in run 20, which deployed it there")
	assert.Contains(t, out, "0 of 2 different people of devops approved")
	assert.Contains(t, out, "-> start the workflow promote.yml")
	t.Log("\n" + out)

	status, out = promote(t, s, "plan", "--from", "staging", "--to", "production-pci", "--app", "web")
	assert.Equal(t, 1, status)
	assert.Contains(t, out, "step: staging -> production-pci: does not exist: one of dev -> staging")
}

// From the decision to the record of the deployment, as promote.yml does it.
func TestPromoteVerifyStartFinish(t *testing.T) {
	s := promotable(t, "production", "production-pci")
	folder := t.TempDir()
	record, evidence := filepath.Join(folder, "decision.json"), filepath.Join(folder, "evidence.json")
	status, out := promote(t, s, "verify", "--from", "production", "--to", "production-pci", "--app", "web", "--digest", githubtest.Digest,
		"--run", "99", "--record", record, "--evidence", evidence)
	require.Equal(t, 0, status, out)
	assert.Contains(t, out, "alice, bob, sam approved")

	// Who has the two files can judge again.
	var kept promotion.Evidence
	readJSON(t, evidence, &kept)
	var decision promotion.Decision
	readJSON(t, record, &decision)
	assert.Equal(t, "eks", decision.Platform)
	assert.True(t, decision.Allowed)
	assert.Len(t, decision.EvidenceSHA256, 64)
	assert.Len(t, kept.Reviews.Items, 3)

	status, out = promote(t, s, "start", "--record", record)
	require.Equal(t, 0, status, out)
	number := strings.TrimSpace(out)
	status, out = promote(t, s, "ended", "--app", "web", "--environment", "production-pci", "--state", "success", "--output", folder)
	require.Equal(t, 0, status, out)
	assert.Equal(t, "ended.web.production-pci.success\n", out)
	assert.FileExists(t, filepath.Join(folder, "ended.json"))
	status, out = promote(t, s, "ended", "--app", "web", "--environment", "production-pci", "--state", "inactive", "--output", folder)
	assert.Equal(t, 1, status)
	assert.Contains(t, out, "success or failure")
	status, out = promote(t, s, "finish", "--deployment", number, "--state", "success")
	require.Equal(t, 0, status, out)
	require.Len(t, s.Written(), 3)
	assert.Equal(t, "production-pci/web", s.Written()[0]["environment"])
}

func readJSON(t *testing.T, file string, into any) {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, into))
}

// A refusal is written down too, and a failing API writes nothing and allows nothing.
func TestPromoteRefuses(t *testing.T) {
	s := promotable(t, "staging", "production")
	delete(s.Members, "devops/bob")
	record := filepath.Join(t.TempDir(), "decision.json")
	arguments := []string{"verify", "--from", "staging", "--to", "production", "--app", "web", "--digest", githubtest.Digest, "--run", "99", "--record", record, "--evidence", record + ".evidence"}
	status, out := promote(t, s, arguments...)
	assert.Equal(t, 1, status)
	assert.Contains(t, out, "bob is not in the team devops")
	var decision promotion.Decision
	readJSON(t, record, &decision)
	assert.False(t, decision.Allowed)

	status, out = promote(t, s, "start", "--record", record)
	assert.Equal(t, 1, status)
	assert.Contains(t, out, "allows nothing")
	assert.Empty(t, s.Written())

	require.NoError(t, os.Remove(record))
	s.Instead["/memberships/"] = &githubtest.Answer{Status: http.StatusForbidden, Body: `{"message": "Resource not accessible by integration"}`}
	status, out = promote(t, s, arguments...)
	assert.Equal(t, 1, status)
	assert.Contains(t, out, "nothing is allowed: the evidence is not complete: team devops")
	assert.NoFileExists(t, record)
}

// A record is good for its own run, once.
func TestPromoteStartRefuses(t *testing.T) {
	s := promotable(t, "staging", "production")
	for says, change := range map[string]func(d *promotion.Decision){
		"is not this one":           func(d *promotion.Decision) { d.Run = 98 },
		"no record of this version": func(d *promotion.Decision) { d.Schema = 2 },
	} {
		decision := promotion.Decision{Schema: promotion.Schema, Allowed: true, Run: 99, App: "web", To: "dev"}
		change(&decision)
		file := filepath.Join(t.TempDir(), "decision.json")
		require.NoError(t, writeJSON(file, decision))
		status, out := promote(t, s, "start", "--record", file)
		assert.Equal(t, 1, status)
		assert.Contains(t, out, says)
	}
	// What waited in the queue, and what was rolled back in the source meanwhile.
	decision := promotion.Decision{Schema: promotion.Schema, Allowed: true, Kind: promotion.Promoting, Run: 99, App: "web", From: "staging", To: "production",
		Digest: "sha256:" + strings.Repeat("c", 64), At: time.Now().Add(-121 * time.Minute)}
	file := filepath.Join(t.TempDir(), "decision.json")
	require.NoError(t, writeJSON(file, decision))
	status, out := promote(t, s, "start", "--record", file)
	assert.Equal(t, 1, status)
	assert.Contains(t, out, "2h1m0s ago: start a new run")
	decision.At = time.Now()
	require.NoError(t, writeJSON(file, decision))
	status, out = promote(t, s, "start", "--record", file)
	assert.Equal(t, 1, status)
	assert.Contains(t, out, "staging: runs "+githubtest.Digest+" by now")
	t.Setenv("TEST_GITHUB_RUN_ATTEMPT", "")
	t.Setenv("GITHUB_RUN_ATTEMPT", "2")
	status, out = promote(t, s, "start", "--record", file)
	assert.Equal(t, 1, status)
	assert.Contains(t, out, `GITHUB_RUN_ATTEMPT: "2": is not the first`)
	assert.Empty(t, s.Written())
}

func TestPromoteRollbackAndCurrent(t *testing.T) {
	s := promotable(t, "staging", "production")
	s.Runs[50] = githubtest.Run(50, "rollback.yml", githubtest.Commit, s.Now, "alice")
	s.Runs[40] = githubtest.Run(40, "promote.yml", githubtest.Commit, s.Now.Add(-3*time.Hour), "starter")
	s.Deploys(3, 40, "production", githubtest.Digest, githubtest.Commit, s.Now.Add(-2*time.Hour))
	status, out := promote(t, s, "current", "--in", "production", "--app", "web")
	assert.Equal(t, 0, status, out)
	assert.Equal(t, githubtest.Digest+"\n", out)

	status, out = promote(t, s, "current", "--in", "production", "--app", "web", "--commit")
	assert.Equal(t, 0, status, out)
	assert.Equal(t, githubtest.Commit+"\n", out)

	status, out = promote(t, s, "rollback", "--in", "production", "--app", "web")
	assert.Equal(t, 1, status, "nobody asks")
	assert.Contains(t, out, "sha256:bbbbbbbbbbbb of deployment 2 ran there with success")

	record := filepath.Join(t.TempDir(), "decision.json")
	status, out = promote(t, s, "rollback", "--in", "production", "--app", "web", "--run", "50", "--reason", "errors everywhere", "--record", record, "--evidence", record+".e")
	assert.Equal(t, 0, status, out)
	var decision promotion.Decision
	readJSON(t, record, &decision)
	assert.Equal(t, "sha256:"+strings.Repeat("b", 64), decision.Digest)
}

func TestPromoteInfrastructure(t *testing.T) {
	s := promotable(t, "staging", "production")
	s.Environments["dev"] = githubtest.Open("dev")
	s.Runs[60] = githubtest.Run(60, "infra-deploy.yml", githubtest.Commit, s.Now, "alice")
	record := filepath.Join(t.TempDir(), "decision.json")
	arguments := []string{"infrastructure", "--to", "dev", "--commit", githubtest.Commit, "--run", "60", "--record", record, "--evidence", record + ".e"}
	status, out := promote(t, s, arguments...)
	assert.Equal(t, 0, status, out)
	arguments[2] = "peering"
	status, out = promote(t, s, arguments...)
	assert.Equal(t, 1, status)
	assert.Contains(t, out, "no deployment of infrastructure to production-pci")
}

// What workflows keep has the names under which it is looked for.
func TestPromoteArtifacts(t *testing.T) {
	s := githubtest.Start(t)
	folder := t.TempDir()
	status, out := promote(t, s, "build", "--app", "web", "--digest", githubtest.Digest, "--commit", githubtest.Commit, "--output", folder)
	assert.Equal(t, 0, status)
	assert.Equal(t, "build.web."+strings.Repeat("a", 64)+"\n", out)
	var build collect.Build
	readJSON(t, filepath.Join(folder, "build.json"), &build)
	assert.Equal(t, collect.Build{App: "web", Digest: githubtest.Digest, Commit: githubtest.Commit}, build)

	arguments := []string{"result", "--test", "load", "--app", "web", "--environment", "staging", "--digest", githubtest.Digest, "--outcome", "passed", "--output", folder}
	status, out = promote(t, s, arguments...)
	assert.Equal(t, 0, status)
	assert.Equal(t, "result.load.web.staging."+strings.Repeat("a", 64)+"\n", out)
	assert.FileExists(t, filepath.Join(folder, "result.json"))

	arguments[10] = "skipped"
	status, out = promote(t, s, arguments...)
	assert.Equal(t, 1, status)
	assert.Contains(t, out, `outcome: "skipped": is none: passed or failed`)
	for _, wrong := range [][]string{{"build", "--app", "web", "--commit", "x"}, {"result", "--test", "load", "--app", "web", "--environment", "dev", "--outcome", "passed"}} {
		status, out = promote(t, s, append(wrong, "--digest", "web:latest", "--output", folder)...)
		assert.Equal(t, 1, status)
		assert.Contains(t, out, "never a tag")
	}
	assert.Empty(t, s.Calls())
}

func TestPromoteFindings(t *testing.T) {
	s := githubtest.Start(t)
	file := filepath.Join(t.TempDir(), "scan.json")
	scan := `{"imageId": {"imageDigest": "` + githubtest.Digest + `"}, "imageScanStatus": {"status": "COMPLETE"}, "imageScanFindings": {"findings": [FINDING]}}`
	judge := func(finding string) (int, string) {
		require.NoError(t, os.WriteFile(file, []byte(strings.Replace(scan, "FINDING", finding, 1)), 0o600))
		return promote(t, s, "findings", "--app", "web", "--digest", githubtest.Digest, "--file", file)
	}
	status, out := judge(`{"name": "CVE-2026-0001", "severity": "MEDIUM"}`)
	assert.Equal(t, 0, status, out)
	status, out = judge(`{"name": "CVE-2026-0001", "severity": "CRITICAL"}`)
	assert.Equal(t, 1, status)
	assert.Contains(t, out, "CRITICAL CVE-2026-0001: fix it, or list it in .github/promotion.yaml with a date")
	status, out = judge("half")
	assert.Equal(t, 1, status)
	assert.Contains(t, out, "the scan:")
}

// What is missing in the environment or on the command line is named.
func TestPromoteUsage(t *testing.T) {
	s := githubtest.Start(t)
	status, out := promote(t, s, "verify", "--to", "dev")
	assert.Equal(t, 1, status)
	assert.Contains(t, out, `required flag(s) "app", "digest", "evidence", "record", "run" not set`)
	t.Setenv("TEST_GITHUB_TOKEN", "")
	t.Setenv("GITHUB_TOKEN", "")
	for _, arguments := range [][]string{{"plan", "--from", "dev", "--to", "staging", "--app", "web"}, {"finish", "--deployment", "1", "--state", "success"}} {
		status, out = promote(t, s, arguments...)
		assert.Equal(t, 1, status)
		assert.Contains(t, out, "GITHUB_TOKEN: none: is required")
	}
}

// Of two commits of the estate that were decided at once, the second one to begin is not deployed.
func TestPromoteStartOfInfrastructure(t *testing.T) {
	s := promotable(t, "staging", "production")
	decision := promotion.Decision{Schema: promotion.Schema, Allowed: true, Kind: promotion.Infrastructure, Run: 99, App: promotion.InfrastructureApp, To: "dev",
		Commit: githubtest.Commit, At: time.Now()}
	file := filepath.Join(t.TempDir(), "decision.json")
	require.NoError(t, writeJSON(file, decision))
	status, out := promote(t, s, "start", "--record", file)
	require.Equal(t, 0, status, out)

	s.Runs[59] = githubtest.Run(59, "infra-deploy.yml", githubtest.Older, s.Now.Add(-5*time.Hour), "starter")
	record := promotion.Decision{Schema: 1, Allowed: true, Kind: promotion.Infrastructure, App: promotion.InfrastructureApp, To: "dev", Commit: githubtest.Older, Run: 59}
	s.Artifacts = append(s.Artifacts, githubtest.Artifact{ID: 500, Name: "deployment.infrastructure.dev", Run: 59, At: s.Now.Add(-4 * time.Hour), File: collect.RecordFile, Content: record},
		githubtest.Artifact{ID: 501, Name: "ended.infrastructure.dev.success", Run: 59, At: s.Now.Add(-4 * time.Hour)})
	s.Deployments = append(s.Deployments, githubtest.Deployment{ID: 500, Environment: "dev/infrastructure", At: s.Now.Add(-4 * time.Hour), Payload: record,
		Statuses: []githubtest.Status{{State: "success", At: s.Now.Add(-4 * time.Hour)}}})
	status, out = promote(t, s, "start", "--record", file)
	assert.Equal(t, 1, status)
	assert.Contains(t, out, "dev: has "+githubtest.Older+" by now")

	s.Instead["/deployments/500/statuses"] = &githubtest.Answer{Status: http.StatusForbidden}
	decision.Base = ""
	status, _ = promote(t, s, "start", "--record", file)
	assert.Equal(t, 1, status, "what cannot be read is not nothing")
	delete(s.Instead, "/deployments/500/statuses")
	decision.Base = githubtest.Older
	require.NoError(t, writeJSON(file, decision))
	status, out = promote(t, s, "start", "--record", file)
	assert.Equal(t, 0, status, out)
}
