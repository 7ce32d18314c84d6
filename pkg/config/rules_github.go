package config

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A githubRule looks at one thing that can be wrong with the repository's stack.
type githubRule func(cfg GitHub, found *Problems)

var githubRules = []githubRule{
	githubOwner, githubName, githubDescription, githubVisibility,
	githubTeamName, githubTeamsDiffer,
	githubEnvironmentNames, githubAccount, githubAccountOnce, githubGateMinutes,
	githubActionsAllowed, githubActionFormat, githubActionOnce,
	githubRegion, githubBackend, githubApp,
}

// Validate returns everything that is wrong with the configuration, sorted.
func (g GitHub) Validate() Problems {
	var found Problems
	for _, rule := range githubRules {
		rule(g, &found)
	}
	return found.sorted()
}

// EnvironmentNames are the configured environments, sorted.
func (g GitHub) EnvironmentNames() []string { return slices.Sorted(maps.Keys(g.Environments)) }

var (
	// ownerPattern is an account of GitHub: letters, digits and single dashes.
	ownerPattern = regexp.MustCompile(`^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$`)
	// repositoryPattern is a repository's name.
	repositoryPattern = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$`)
	// teamPattern is a team's slug: what GitHub makes of a name, and leaves as it is.
	teamPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	// actionPattern is owner/name, and the folder of an action inside its repository.
	actionPattern = regexp.MustCompile(`^[A-Za-z0-9-]+/[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$`)
	// appPattern is the number of a GitHub App.
	appPattern = regexp.MustCompile(`^[1-9][0-9]*$`)
	// backendPattern is a bucket of S3, with a folder and the parameters that Pulumi
	// knows, or Pulumi Cloud or a service like it. Neither has room for a password.
	backendPattern = regexp.MustCompile(`^(s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[\w./-]*)?(\?[\w=&.%-]*)?|https://[a-z0-9.-]+(/[\w./-]*)?)$`)
	// controls are what GitHub refuses in a description.
	controls = regexp.MustCompile(`[[:cntrl:]]`)
)

// The most that GitHub takes.
const (
	longestOwner       = 39
	longestDescription = 350
	mostGateMinutes    = 30 * 24 * 60 // "Managing environments for deployment": 30 days
)

// leastGateMinutes is how long a job waits at least in front of an environment; one
// that is not here has no gates.
var leastGateMinutes = map[string]int{Production: 5, ProductionPCI: 10}

func githubOwner(cfg GitHub, found *Problems) {
	const path = "repository.owner"
	switch owner := cfg.Repository.Owner; {
	case owner == "":
		found.missing(path, "set the organization that owns the repository")
	case !ownerPattern.MatchString(owner) || len(owner) > longestOwner:
		found.add(path, quoted(owner), "is not an account of GitHub", "use at most 39 letters, digits and single dashes")
	}
}

func githubName(cfg GitHub, found *Problems) {
	const path = "repository.name"
	switch name := cfg.Repository.Name; {
	case name == "":
		found.missing(path, "set the repository's name, without its owner")
	case !repositoryPattern.MatchString(name):
		found.add(path, quoted(name), "is not the name of a repository", "use letters, digits, dashes, dots and underscores, without the owner")
	}
}

func githubDescription(cfg GitHub, found *Problems) {
	text := cfg.Repository.Description
	if len([]rune(text)) > longestDescription || controls.MatchString(text) {
		found.add("repository.description", strconv.Itoa(len([]rune(text)))+" characters", "is not what GitHub takes for a description",
			"write at most 350 characters on one line")
	}
}

func githubVisibility(cfg GitHub, found *Problems) {
	const remedy = "set public, private or internal"
	switch visibility := cfg.Repository.Visibility; visibility {
	case "public", "private", "internal":
	case "":
		found.missing("repository.visibility", remedy)
	default:
		found.add("repository.visibility", quoted(visibility), "is not a visibility", remedy)
	}
}

func githubTeamName(cfg GitHub, found *Problems) {
	for _, team := range []struct{ path, name string }{{"teams.devops", cfg.Teams.DevOps}, {"teams.security", cfg.Teams.Security}} {
		if team.name == "" {
			found.missing(team.path, "name the team")
		} else if !teamPattern.MatchString(team.name) {
			found.add(team.path, quoted(team.name), "is not a team's slug, and CODEOWNERS would call the team otherwise", "use lower-case letters, digits and single dashes")
		}
	}
}

func githubTeamsDiffer(cfg GitHub, found *Problems) {
	if cfg.Teams.DevOps != "" && cfg.Teams.DevOps == cfg.Teams.Security {
		found.add("teams.security", cfg.Teams.Security, "is the team of teams.devops too, which would approve for both", "name another team")
	}
}

// githubEnvironmentNames requires every environment of the estate and no other: the
// workflows know them all.
func githubEnvironmentNames(cfg GitHub, found *Problems) {
	if cfg.Environments == nil {
		return
	}
	for _, name := range cfg.EnvironmentNames() {
		if !slices.Contains(EnvironmentNames(), name) {
			found.add(githubEnvironmentPath(name), quoted(name), "is not an environment", "use "+strings.Join(EnvironmentNames(), ", "))
		}
	}
	for _, name := range EnvironmentNames() {
		if _, present := cfg.Environments[name]; !present {
			found.missing(githubEnvironmentPath(name), "set its accountId")
		}
	}
}

func githubEnvironmentPath(name string) string { return "environments[" + name + "]" }

func githubAccount(cfg GitHub, found *Problems) {
	const remedy = `write twelve digits in quotes, as in aws:allowedAccountIds of the environment's stack file`
	for _, name := range cfg.EnvironmentNames() {
		path, account := githubEnvironmentPath(name)+".accountId", cfg.Environments[name].AccountID
		if account == "" {
			found.missing(path, remedy)
		} else if !accountPattern.MatchString(account) {
			found.add(path, quoted(account), "is not an account ID", remedy)
		}
	}
}

// githubAccountOnce: a workflow that is sent to the wrong account must not find its
// role there, and it would if two environments shared one and the roles' names.
func githubAccountOnce(cfg GitHub, found *Problems) {
	owner := map[string]string{}
	for _, name := range cfg.EnvironmentNames() {
		environment := cfg.Environments[name]
		if environment.SharedAccount {
			continue
		}
		if first, taken := owner[environment.AccountID]; taken && environment.AccountID != "" {
			found.add(githubEnvironmentPath(name)+".accountId", environment.AccountID, "is the account of "+first+" already", "give each environment an account of its own")
			continue
		}
		owner[environment.AccountID] = name
	}
	for _, name := range cfg.EnvironmentNames() {
		environment, path := cfg.Environments[name], githubEnvironmentPath(name)+".sharedAccount"
		first := owner[environment.AccountID]
		switch {
		case !environment.SharedAccount || environment.AccountID == "":
		case !slices.Contains(SharingEnvironments(), name) || first != "" && !slices.Contains(SharingEnvironments(), first):
			found.add(path, "true", "puts "+name+" into an account with another: production and production-pci live alone", "remove it, and give it an account")
		case first == "":
			found.add(path, "true", "is the account of no other environment", "remove it, or write the other's accountId")
		}
	}
}

func githubGateMinutes(cfg GitHub, found *Problems) {
	for _, name := range cfg.EnvironmentNames() {
		path, minutes := githubEnvironmentPath(name)+".gateMinutes", cfg.Environments[name].GateMinutes
		least, gated := leastGateMinutes[name]
		switch {
		case !gated && minutes != 0:
			found.add(path, strconv.Itoa(minutes), "waits in front of no gate: nobody approves what goes to "+name, "remove it")
		case gated && minutes == 0:
			found.missing(path, "set how many minutes a job waits at a gate, "+strconv.Itoa(least)+" or more")
		case gated:
			between(path, minutes, least, mostGateMinutes, "is not a time to think, or longer than GitHub waits", found)
		}
	}
}

func githubActionsAllowed(cfg GitHub, found *Problems) {
	if len(cfg.Actions.Allowed) == 0 {
		found.missing(allowedActions, "list the actions of .github/workflows, as in actions/checkout")
	}
}

const allowedActions = "actions.allowed"

func allowedAction(i int) string { return allowedActions + "[" + strconv.Itoa(i) + "]" }

func githubActionFormat(cfg GitHub, found *Problems) {
	for i, action := range cfg.Actions.Allowed {
		if !actionPattern.MatchString(action) {
			found.add(allowedAction(i), quoted(action), "is not one action", "write owner/name, as in actions/checkout: without a version, which the workflows pin, and without a wildcard")
		}
	}
}

func githubActionOnce(cfg GitHub, found *Problems) {
	noneTwice(cfg.Actions.Allowed, allowedAction, found)
}

func githubRegion(cfg GitHub, found *Problems) {
	checkRegion("variables.awsRegion", cfg.Variables.Region, found)
}

func githubBackend(cfg GitHub, found *Problems) {
	const path, remedy = "variables.pulumiBackendUrl", "write s3://<bucket>?region=<region>, or the https:// address of Pulumi Cloud, without credentials"
	switch url := cfg.Variables.BackendURL; {
	case url == "":
		found.missing(path, remedy)
	case !backendPattern.MatchString(url):
		found.add(path, quoted(url), "is not a backend that every job reaches", remedy)
	}
}

func githubApp(cfg GitHub, found *Problems) {
	const path, remedy = "variables.promotionAppId", "write the App ID of the GitHub App, digits in quotes"
	switch id := cfg.Variables.PromotionAppID; {
	case id == "":
		found.missing(path, remedy)
	case !appPattern.MatchString(id):
		found.add(path, quoted(id), "is not the number of a GitHub App", remedy)
	}
}
