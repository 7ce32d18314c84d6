package config

import (
	"slices"
	"strings"
	"testing"
)

const githubBase = `config:
  platform-github:repository: {owner: example, name: platform, description: The estate, visibility: private, import: true}
  platform-github:teams: {devops: devops, security: security}
  platform-github:environments:
    dev: {accountId: "333333333333"}
    staging: {accountId: "444444444444"}
    production: {accountId: "111111111111", gateMinutes: 5}
    production-pci: {accountId: "222222222222", gateMinutes: 10}
  platform-github:actions: {allowed: [actions/checkout, pulumi/actions]}
  platform-github:variables: {awsRegion: us-east-1, pulumiBackendUrl: "s3://example-state?region=us-east-1", promotionAppId: "1234567"}
`

const (
	githubKeys      = "remove it or correct its spelling: platform-github:repository, platform-github:teams, platform-github:environments, platform-github:actions, platform-github:variables"
	accountRemedy   = "write twelve digits in quotes, as in aws:allowedAccountIds of the environment's stack file"
	actionWrong     = ": is not one action: write owner/name, as in actions/checkout: without a version, which the workflows pin, and without a wildcard"
	gateWrong       = ": is not a time to think, or longer than GitHub waits: set "
	backendRemedy   = "write s3://<bucket>?region=<region>, or the https:// address of Pulumi Cloud, without credentials"
	backendWrong    = ": is not a backend that every job reaches: " + backendRemedy
	teamWrong       = ": is not a team's slug, and CODEOWNERS would call the team otherwise: use lower-case letters, digits and single dashes"
	appRemedy       = "write the App ID of the GitHub App, digits in quotes"
	ownerWrong      = ": is not an account of GitHub: use at most 39 letters, digits and single dashes"
	repositoryWrong = ": is not the name of a repository: use letters, digits, dashes, dots and underscores, without the owner"
)

var githubCases = []struct {
	rule, old, wrong, right string
	lines                   []string
}{
	{"githubOwner", "owner: example, ", "", "owner: Example-2, ", []string{"repository.owner: none: is required: set the organization that owns the repository"}},
	{"githubOwner", "owner: example", "owner: example--x", "owner: e-x", []string{"repository.owner: example--x" + ownerWrong}},
	{"githubOwner", "owner: example", "owner: " + strings.Repeat("a", 40), "owner: " + strings.Repeat("a", 39), []string{"repository.owner: " + strings.Repeat("a", 40) + ownerWrong}},
	{"githubName", "name: platform", `name: ""`, "name: p", []string{"repository.name: none: is required: set the repository's name, without its owner"}},
	{"githubName", "name: platform", "name: example/platform", "name: platform.x_1", []string{"repository.name: example/platform" + repositoryWrong}},
	{"githubName", "name: platform", "name: .", "name: a.", []string{"repository.name: ." + repositoryWrong}},
	{"githubDescription", "The estate", strings.Repeat("é", 351), strings.Repeat("é", 350), []string{
		"repository.description: 351 characters: is not what GitHub takes for a description: write at most 350 characters on one line"}},
	{"githubDescription", "The estate", `"a\nb"`, `"a b"`, []string{
		"repository.description: 3 characters: is not what GitHub takes for a description: write at most 350 characters on one line"}},
	{"githubVisibility", "visibility: private, ", "", "visibility: internal, ", []string{"repository.visibility: none: is required: set public, private or internal"}},
	{"githubVisibility", "visibility: private", "visibility: secret", "visibility: public", []string{"repository.visibility: secret: is not a visibility: set public, private or internal"}},
	{"githubTeamName", "devops: devops, ", "", "devops: platform-2, ", []string{"teams.devops: none: is required: name the team"}},
	{"githubTeamName", "security: security", "security: Security Team", "security: security-team", []string{`teams.security: "Security Team"` + teamWrong}},
	{"githubTeamName", "devops: devops", "devops: example/devops", "devops: dev-ops", []string{"teams.devops: example/devops" + teamWrong}},
	{"githubTeamsDiffer", "security: security", "security: devops", "security: devops2", []string{
		"teams.security: devops: is the team of teams.devops too, which would approve for both: name another team"}},
	{"githubEnvironmentNames", "    staging: {accountId: \"444444444444\"}\n", "", "    staging: {accountId: \"555555555555\"}\n", []string{
		"environments[staging]: none: is required: set its accountId"}},
	{"githubEnvironmentNames", "    dev:", "    test: {accountId: \"555555555555\"}\n    dev:", "    dev:", []string{
		"environments[test]: test: is not an environment: use dev, production, production-pci, staging"}},
	{"githubAccount", `dev: {accountId: "333333333333"}`, "dev: {}", `dev: {accountId: "000000000000"}`, []string{"environments[dev].accountId: none: is required: " + accountRemedy}},
	{"githubAccountOnce", `staging: {accountId: "444444444444"}`, `staging: {accountId: "444444444444", sharedAccount: true}`,
		`staging: {accountId: "333333333333", sharedAccount: true}`, []string{
			"environments[staging].sharedAccount: true: is the account of no other environment: remove it, or write the other's accountId"}},
	{"githubAccountOnce", `dev: {accountId: "333333333333"}`, `dev: {accountId: "111111111111", sharedAccount: true}`, `dev: {accountId: "444444444444", sharedAccount: true}`, []string{
		"environments[dev].sharedAccount: true: puts dev into an account with another: production and production-pci live alone: remove it, and give it an account"}},
	{"githubAccount", `"333333333333"`, `"33333333333"`, `"333333333334"`, []string{"environments[dev].accountId: 33333333333: is not an account ID: " + accountRemedy}},
	{"githubAccountOnce", `"222222222222"`, `"111111111111"`, `"222222222223"`, []string{
		"environments[production-pci].accountId: 111111111111: is the account of production already: give each environment an account of its own"}},
	{"githubGateMinutes", ", gateMinutes: 5", "", ", gateMinutes: 6", []string{
		"environments[production].gateMinutes: none: is required: set how many minutes a job waits at a gate, 5 or more"}},
	{"githubGateMinutes", "gateMinutes: 5", "gateMinutes: 4", "gateMinutes: 43200", []string{"environments[production].gateMinutes: 4" + gateWrong + "5 to 43200"}},
	{"githubGateMinutes", "gateMinutes: 10", "gateMinutes: 9", "gateMinutes: 11", []string{"environments[production-pci].gateMinutes: 9" + gateWrong + "10 to 43200"}},
	{"githubGateMinutes", "gateMinutes: 5", "gateMinutes: 43201", "gateMinutes: 43199", []string{"environments[production].gateMinutes: 43201" + gateWrong + "5 to 43200"}},
	{"githubGateMinutes", `"444444444444"}`, `"444444444444", gateMinutes: 5}`, `"444444444444", gateMinutes: 0}`, []string{
		"environments[staging].gateMinutes: 5: waits in front of no gate: nobody approves what goes to staging: remove it"}},
	{"githubActionsAllowed", "[actions/checkout, pulumi/actions]", "[]", "[actions/checkout]", []string{
		"actions.allowed: none: is required: list the actions of .github/workflows, as in actions/checkout"}},
	{"githubActionFormat", "pulumi/actions", "pulumi/actions@v6", "github/codeql-action/init", []string{"actions.allowed[1]: pulumi/actions@v6" + actionWrong}},
	{"githubActionFormat", "pulumi/actions", `"pulumi/*"`, "pulumi/x.y", []string{`actions.allowed[1]: "pulumi/*"` + actionWrong}},
	{"githubActionFormat", "pulumi/actions", "pulumi", "pulumi/auth-actions", []string{"actions.allowed[1]: pulumi" + actionWrong}},
	{"githubActionOnce", "pulumi/actions", "actions/checkout", "actions/cache", []string{"actions.allowed[1]: actions/checkout: is listed already, at actions.allowed[0]: remove one"}},
	{"githubRegion", "awsRegion: us-east-1, ", "", "awsRegion: eu-west-1, ", []string{"variables.awsRegion: none: is required: set the region, as in us-east-1"}},
	{"githubRegion", "awsRegion: us-east-1", "awsRegion: europe", "awsRegion: us-gov-west-1", []string{
		"variables.awsRegion: europe: is not a region of AWS or AWS GovCloud: write its code, as in us-east-1"}},
	{"githubBackend", `"s3://example-state?region=us-east-1"`, `""`, "https://api.pulumi.com", []string{"variables.pulumiBackendUrl: none: is required: " + backendRemedy}},
	{"githubBackend", "s3://example-state?region=us-east-1", "file://state", "s3://example-state/platform?region=us-east-1&awssdk=v2", []string{
		"variables.pulumiBackendUrl: file://state" + backendWrong}},
	{"githubBackend", "s3://example-state?region=us-east-1", "https://me:word@pulumi.example.com", "https://pulumi.example.com/state", []string{
		"variables.pulumiBackendUrl: https://me:word@pulumi.example.com" + backendWrong}},
	{"githubApp", `, promotionAppId: "1234567"`, "", `, promotionAppId: "1"`, []string{"variables.promotionAppId: none: is required: " + appRemedy}},
	{"githubApp", `"1234567"`, "platform-promotion", `"7"`, []string{"variables.promotionAppId: platform-promotion: is not the number of a GitHub App: " + appRemedy}},
	{"a number for a text", `"1234567"`, "1234567", `"1234568"`, []string{`variables.promotionAppId: 1234567: is not a text: put it in quotes, as in "text"`}},
	{"unknown section", "  platform-github:teams:", "  platform-github:team: {}\n  platform-github:teams:", "  platform-github:teams:", []string{
		"team: unknown key: " + wouldIgnore + githubKeys}},
	{"unknown key", "import: true", "imports: true", "import: false", []string{"repository.imports: unknown key: " + wouldIgnore + allKeys}},
	{"a token", "  platform-github:teams:", "  github:token: {secure: abc}\n  platform-github:teams:", "  platform-github:teams:", []string{
		"github:token: unknown key: would be ignored: the program uses an explicit provider: remove it; the owner is in platform-github:repository, the token in GITHUB_TOKEN and nowhere else"}},
	{"a key of AWS", "  platform-github:teams:", "  aws:region: us-east-1\n  platform-github:teams:", "  platform-github:teams:", []string{
		"aws:region: unknown key: would be ignored: the stack is of GitHub alone: remove it"}},
}

func TestGitHubReportsAndNearMissPasses(t *testing.T) {
	for _, c := range githubCases {
		t.Run(c.rule+"/"+c.wrong, func(t *testing.T) {
			if strings.Count(githubBase, c.old) != 1 {
				t.Fatalf("%q occurs %d times in the base", c.old, strings.Count(githubBase, c.old))
			}
			_, err := DecodeGitHub(parse(t, "github", strings.Replace(githubBase, c.old, c.wrong, 1)))
			expect(t, err, c.lines)
			if _, err := DecodeGitHub(parse(t, "github", strings.Replace(githubBase, c.old, c.right, 1))); err != nil {
				t.Errorf("right input %q is refused:\n%v", c.right, err)
			}
		})
	}
}

func TestGitHubReportsEverythingAtOnce(t *testing.T) {
	text := strings.NewReplacer("visibility: private", "visibility: secret", `"333333333333"`, `"3"`, "pulumi/actions", "pulumi").Replace(githubBase)
	_, err := DecodeGitHub(parse(t, "github", text))
	expect(t, err, []string{
		"actions.allowed[1]: pulumi" + actionWrong,
		"environments[dev].accountId: 3: is not an account ID: " + accountRemedy,
		"repository.visibility: secret: is not a visibility: set public, private or internal",
	})
}

func TestGitHubDecoded(t *testing.T) {
	cfg, err := DecodeGitHub(parse(t, "github", githubBase))
	if err != nil {
		t.Fatal(err)
	}
	if want := (GitHubRepository{Owner: "example", Name: "platform", Description: "The estate", Visibility: "private", Import: true}); cfg.Repository != want {
		t.Errorf("repository %+v, wanted %+v", cfg.Repository, want)
	}
	if !slices.Equal(cfg.EnvironmentNames(), EnvironmentNames()) || cfg.Environments[ProductionPCI].GateMinutes != 10 {
		t.Errorf("environments %+v", cfg.Environments)
	}
	if cfg.Teams.DevOps != "devops" || cfg.Variables.PromotionAppID != "1234567" {
		t.Errorf("teams %+v, variables %+v", cfg.Teams, cfg.Variables)
	}
}

func TestGitHubNothingConfigured(t *testing.T) {
	_, err := DecodeGitHub(nil)
	var lines []string
	for _, section := range []string{"actions", "environments", "repository", "teams", "variables"} {
		lines = append(lines, section+": none: is required: set platform-github:"+section+" in the stack file")
	}
	expect(t, err, lines)
}
