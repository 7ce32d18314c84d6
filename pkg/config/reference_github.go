package config

// GitHubReference lists every key of the file of the repository's stack.
func GitHubReference() []Key {
	return []Key{
		{"platform-github:repository.owner", "text", required, "The organization that owns the repository.", "what is not an account of GitHub"},
		{"platform-github:repository.name", "text", required, "The repository's name.", "what is not a repository's name; one with its owner"},
		{"platform-github:repository.description", "text", "none", "What is shown beside the name.", "more than 350 characters; control characters"},
		{"platform-github:repository.visibility", "`public`, `private` or `internal`", required, "Who sees the repository. Gates of a private or internal one need GitHub Enterprise.", ""},
		{"platform-github:repository.import", "boolean", "`false`", "Whether the repository is there already and is adopted; otherwise it is created.", ""},
		{"platform-github:teams.devops", "text", required, "The team that approves what goes to production.", "what is not a slug (lower-case letters, digits, dashes)"},
		{"platform-github:teams.security", "text", required, "The team that approves what goes to production-pci, too.", "what is not a slug; the same team"},
		{"platform-github:environments", "map by environment", required, "The environments of the estate.", "what is not an environment; fewer than all"},
		{"platform-github:environments.<environment>.accountId", "text", required, "Its account: the variables `AWS_ACCOUNT_ID` and `AWS_ACCOUNT_ID_<ENVIRONMENT>`.",
			"what is not twelve digits in quotes; the account of another environment, without sharedAccount"},
		{"platform-github:environments.<environment>.sharedAccount", "boolean", "`false`",
			"Whether the account is another environment's, whose account stack names this one in `delivery.sharedWith`: the variable `AWS_ROLE_SUFFIX`, which ends the names of its roles.",
			"`true` for production and production-pci, or where no other environment has the account"},
		{"platform-github:environments.<environment>.gateMinutes", "whole number", "required in production and production-pci", "How long a job waits at each approval gate in front of it.",
			"less than 5 in production or 10 in production-pci; more than 43200 (30 days); any value elsewhere"},
		{"platform-github:actions.allowed", "list of text", required, "The actions that workflows may use, as `owner/name`. All others are refused, GitHub's own included.",
			"none; a version; a wildcard; a duplicate"},
		{"platform-github:variables.awsRegion", "text", required, "The variable `AWS_REGION`.", "what is not a region's code of AWS or AWS GovCloud"},
		{"platform-github:variables.pulumiBackendUrl", "text", required, "The variable `PULUMI_BACKEND_URL`: where the states are.", "what is neither `s3://` nor `https://`; credentials in it"},
		{"platform-github:variables.promotionAppId", "text", required, "The variable `PROMOTION_APP_ID`: the GitHub App that reads who is in a team.", "what is not a number in quotes"},
	}
}
