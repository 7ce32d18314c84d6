package config

// GitHubProjectName is the Pulumi project of the repository's stack and the namespace of its keys.
const GitHubProjectName = "platform-github"

// GitHub is the configuration of the stack that keeps this repository's settings.
type GitHub struct {
	// Repository says which repository it is; from platform-github:repository.
	Repository GitHubRepository
	// Teams review and approve; from platform-github:teams.
	Teams GitHubTeams
	// Environments are those of the estate, by name; from platform-github:environments.
	Environments map[string]GitHubEnvironment
	// Actions says which actions workflows may use; from platform-github:actions.
	Actions GitHubActions
	// Variables are what workflows read; from platform-github:variables.
	Variables GitHubVariables
}

// GitHubRepository is the repository.
type GitHubRepository struct {
	// Owner is the organization, "example".
	Owner string `mapstructure:"owner"`
	// Name is the repository's, "platform".
	Name string `mapstructure:"name"`
	// Description is shown beside the name; none by default.
	Description string `mapstructure:"description"`
	// Visibility is public, private or internal.
	Visibility string `mapstructure:"visibility"`
	// Import adopts the repository that is there already; by default it is created.
	Import bool `mapstructure:"import"`
}

// GitHubTeams are the teams by what they approve. A name is a slug, so that
// CODEOWNERS and the API call the team the same.
type GitHubTeams struct {
	// DevOps approves what goes to production.
	DevOps string `mapstructure:"devops"`
	// Security approves what goes to production-pci, too.
	Security string `mapstructure:"security"`
}

// GitHubEnvironment is an environment of the estate, as the workflows need it.
type GitHubEnvironment struct {
	// AccountID is its AWS account.
	AccountID string `mapstructure:"accountId"`
	// SharedAccount says that the account is another environment's, whose account stack names
	// this one in delivery.sharedWith; false by default.
	SharedAccount bool `mapstructure:"sharedAccount"`
	// GateMinutes is how long a job waits at each approval gate in front of the
	// environment; only those that have gates.
	GateMinutes int `mapstructure:"gateMinutes"`
}

// GitHubActions says which actions workflows may use.
type GitHubActions struct {
	// Allowed are actions as owner/name; every other one is refused, GitHub's own included.
	Allowed []string `mapstructure:"allowed"`
}

// GitHubVariables are the variables of the repository that no other key gives.
type GitHubVariables struct {
	// Region is AWS_REGION.
	Region string `mapstructure:"awsRegion"`
	// BackendURL is PULUMI_BACKEND_URL, where the stacks' states are.
	BackendURL string `mapstructure:"pulumiBackendUrl"`
	// PromotionAppID is PROMOTION_APP_ID, the GitHub App that reads who is in a team.
	PromotionAppID string `mapstructure:"promotionAppId"`
}

// githubSections are the keys of the project's namespace; its Pulumi.yaml declares each.
var githubSections = []string{"repository", "teams", "environments", "actions", "variables"}

// DecodeGitHub reads the configuration of the repository's stack, in the form that
// [Decode] takes. The error is of type [Problems] and holds everything that is wrong.
func DecodeGitHub(values map[string]string) (*GitHub, error) {
	r := &reading{}
	var cfg GitHub
	for key := range namespace("aws", values) {
		r.problems.add("aws:"+key, "unknown key", "would be ignored: the stack is of GitHub alone", "remove it")
	}
	for key := range namespace("github", values) {
		r.problems.add("github:"+key, "unknown key", "would be ignored: the program uses an explicit provider",
			"remove it; the owner is in platform-github:repository, the token in GITHUB_TOKEN and nowhere else")
	}
	sections := r.sections(GitHubProjectName, values, githubSections)
	r.section("repository", sections["repository"], &cfg.Repository)
	r.section("teams", sections["teams"], &cfg.Teams)
	if environments, present := sections["environments"]; present {
		cfg.Environments = each(r, "environments", environments, zero[GitHubEnvironment])
	}
	r.section("actions", sections["actions"], &cfg.Actions)
	r.section("variables", sections["variables"], &cfg.Variables)
	if problems := r.join(cfg.Validate()); len(problems) > 0 {
		return nil, problems
	}
	return &cfg, nil
}
