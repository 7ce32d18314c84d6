package repository

// Secret is a secret that somebody sets by hand, once: `gh secret set`. It has no
// resource, because the state of the stack would hold its value.
type Secret struct {
	// Name is what workflows read as secrets.<Name>.
	Name string
	// Environment holds it; empty for the repository.
	Environment string
	// Says is what it is for.
	Says string
}

// Secrets are all secrets that the workflows read, beside GITHUB_TOKEN, which GitHub
// makes for each job. There are few: AWS is entered by OpenID Connect.
func Secrets() []Secret {
	return []Secret{
		{"SLACK_WEBHOOK_URL", "", "where messages of requests and results go"},
		{"PROMOTION_APP_PRIVATE_KEY", Promotion, "the key of the GitHub App that reads who is in a team"},
	}
}
