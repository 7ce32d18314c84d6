package config

import "slices"

// AccountReference lists every key of the accounts' stack files.
func AccountReference() []Key {
	const account = "what is not twelve digits in quotes; a duplicate"
	return slices.Concat(awsKeys(), auditKeys(), detectionKeys(), subscriptionKeys("platform-account:baseline.subscriptions."), []Key{
		{"platform-account:delivery.repository", "text", required, "The repository of GitHub whose workflows deploy, `<owner>/<name>`.", "what is not the name of a repository"},
		{"platform-account:delivery.ownerId", "text", "none",
			"GitHub's number of the owner. Repositories that were made or renamed since 15 July 2026 have it, and their own, in their tokens; set both keys for them.",
			"what is not a number in quotes; one without the other"},
		{"platform-account:delivery.repositoryId", "text", "none", "GitHub's number of the repository.", "what is not a number in quotes; one without the other"},
		{"platform-account:delivery.sharedWith", "list of text", "none",
			"The further environments that live in this account; they have no account stack of their own. The roles that deploy and release each end with its name: `platform-deploy-staging`.",
			"what is not dev or staging, this environment; a duplicate; any with peerAccounts, and in the account of production or production-pci"},
		{"platform-account:delivery.peerAccounts", "list of text", "none",
			"The accounts whose environments are peered with each other, this one among them: each has a role for the peering, which the others' may assume.",
			account + "; a list without this account"},
		{"platform-account:delivery.registry.homeAccount", "text", required, "The account that images are pushed to.", "what is not twelve digits in quotes"},
		{"platform-account:delivery.registry.replicas", "list of text", "none", "The accounts that images are copied to.", account + "; the home; a list without this account, where it is not the home"},
		{"platform-account:delivery.registry.applications", "list of text", required, "The applications that are deployed as images, each a repository of that name.",
			"none; what is not of 2 to 40 lower-case letters, digits and dashes; a duplicate"},
		{"platform-account:delivery.state.bucket", "text", required, "The bucket of Pulumi's state.", "what is not a bucket's name; one that begins as those of an environment do"},
		{"platform-account:delivery.state.kmsKeyArn", "text", required, "The KMS key of that bucket and of the stacks' secrets.", "what is not the ARN of a KMS key of the region's partition, an alias for one"},
	}, tagKeys(AccountProjectName))
}
