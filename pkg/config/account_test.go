package config

import (
	"strings"
	"testing"
)

const accountBase = `config:
  aws:region: us-east-1
  aws:allowedAccountIds: ["111111111111"]
  aws:assumeRole: {roleArn: "arn:aws:iam::111111111111:role/platform-bootstrap"}
  platform-account:baseline: {}
  platform-account:delivery:
    repository: example/platform
    peerAccounts: ["111111111111", "222222222222"]
    registry: {homeAccount: "333333333333", replicas: ["111111111111", "222222222222"], applications: [web, api]}
    state: {bucket: example-state, kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/0a1b"}
  platform-account:tags: {project: platform, costCenter: "1234", dataClassification: internal, owner: platform-team}
`

const (
	notAnAccount  = `is not an account ID: write twelve digits in quotes, leading zeros included, as in "111111111111"`
	notAKey       = "is not the ARN of a KMS key: write it as in arn:aws:kms:us-east-1:111111111111:key/<id>; an alias will not do"
	notANumber    = `is not a number of GitHub's: write its digits in quotes, as in "123456"`
	bothNumbers   = "set both, from `gh api repos/<owner>/<name> --jq '.owner.id, .id'`, or neither"
	notABucket    = "is not the name of a bucket: use 3 to 63 lower-case letters, digits and dashes"
	notRepository = "is not a repository of GitHub: write it as <owner>/<name>"
	ownReplica    = "does not have this account, 111111111111, and neither is it the home: add it: an environment pulls from its own account"
)

var accountCases = []struct {
	rule, old, wrong, right string
	lines                   []string
}{
	{"repositoryFormat", "    repository: example/platform\n", "", "    repository: Some-Owner/a.b_c\n", []string{
		"delivery.repository: none: is required: set the repository whose workflows deploy, as in example/platform"}},
	{"repositoryFormat", "example/platform", "platform", "example/platform2", []string{"delivery.repository: platform: " + notRepository}},
	{"repositoryFormat", "example/platform", `"example/*"`, "example/x", []string{`delivery.repository: "example/*": ` + notRepository}},
	{"repositoryFormat", "example/platform", `"*/platform"`, "e-x/platform", []string{`delivery.repository: "*/platform": ` + notRepository}},
	{"repositoryFormat", "example/platform", "example/platform:ref", "example/platform.ref", []string{"delivery.repository: example/platform:ref: " + notRepository}},
	{"repositoryIDs", "    peerAccounts", "    ownerId: \"12\"\n    peerAccounts", "    ownerId: \"12\"\n    repositoryId: \"34\"\n    peerAccounts", []string{
		"delivery.repositoryId: none: is required with ownerId: " + bothNumbers}},
	{"repositoryIDs", "    peerAccounts", "    repositoryId: \"34\"\n    peerAccounts", "    peerAccounts", []string{
		"delivery.ownerId: none: is required with repositoryId: " + bothNumbers}},
	{"repositoryIDs", "    peerAccounts", "    ownerId: \"*\"\n    repositoryId: \"34\"\n    peerAccounts", "    peerAccounts", []string{
		`delivery.ownerId: "*": ` + notANumber}},
	{"sharedWith", "    peerAccounts: [\"111111111111\", \"222222222222\"]", "    sharedWith: [dev]", "    sharedWith: []", []string{
		"delivery.sharedWith[0]: dev: cannot live in the account of production: production and production-pci live alone: remove it, and give it an account"}},
	{"sharedWith", "    peerAccounts: [\"111111111111\", \"222222222222\"]", "    sharedWith: [production, qa]", "    sharedWith: []", []string{
		"delivery.sharedWith[0]: production: is the environment of this stack: name another, or remove it",
		"delivery.sharedWith[1]: qa: is not an environment: use dev or staging"}},
	{"peerAccountFormat", `peerAccounts: ["111111111111", "222222222222"]`, `peerAccounts: ["111111111111", "2222"]`, `peerAccounts: ["111111111111"]`, []string{
		"delivery.peerAccounts[1]: 2222: " + notAnAccount}},
	{"peerAccountOwn", `peerAccounts: ["111111111111", "222222222222"]`, `peerAccounts: ["222222222222"]`, `peerAccounts: []`, []string{
		"delivery.peerAccounts: 222222222222: does not have this account, 111111111111: add it, or leave the key out where nothing is peered"}},
	{"peerAccountDuplicate", `peerAccounts: ["111111111111", "222222222222"]`, `peerAccounts: ["111111111111", "111111111111"]`, `peerAccounts: ["111111111111", "333333333333"]`, []string{
		"delivery.peerAccounts[1]: 111111111111: is listed already, at delivery.peerAccounts[0]: remove one"}},
	{"registryHome", `homeAccount: "333333333333", `, "", `homeAccount: "444444444444", `, []string{
		`delivery.registry.homeAccount: none: is required: set the account that images are pushed to, as in "333333333333"`}},
	{"registryHome", `homeAccount: "333333333333"`, `homeAccount: dev`, `homeAccount: "444444444444"`, []string{"delivery.registry.homeAccount: dev: " + notAnAccount}},
	{"registryReplicas", `replicas: ["111111111111", "222222222222"]`, `replicas: ["111111111111", "2"]`, `replicas: ["111111111111"]`, []string{
		"delivery.registry.replicas[1]: 2: " + notAnAccount}},
	{"registryReplicas", `replicas: ["111111111111", "222222222222"]`, `replicas: ["111111111111", "333333333333"]`, `replicas: ["111111111111"]`, []string{
		"delivery.registry.replicas[1]: 333333333333: is the home, which has the images: remove it"}},
	{"registryReplicas", `replicas: ["111111111111", "222222222222"]`, `replicas: ["111111111111", "111111111111"]`, `replicas: ["111111111111"]`, []string{
		"delivery.registry.replicas[1]: 111111111111: is listed already, at delivery.registry.replicas[0]: remove one"}},
	{"registryMember", `homeAccount: "333333333333", replicas: ["111111111111", "222222222222"]`, `homeAccount: "333333333333", replicas: ["222222222222"]`,
		`homeAccount: "111111111111", replicas: ["222222222222"]`, []string{"delivery.registry.replicas: none: " + ownReplica}},
	{"registryApplications", "applications: [web, api]", "applications: []", "applications: [web]", []string{
		"delivery.registry.applications: none: is required: name the applications that are deployed as images, as in [web]"}},
	{"registryApplications", "applications: [web, api]", "applications: [web, Api]", "applications: [web, api2]", []string{
		"delivery.registry.applications[1]: Api: is not the name of a repository: use 2 to 40 lower-case letters, digits and dashes"}},
	{"registryApplications", "applications: [web, api]", "applications: [web, web]", "applications: [web, webb]", []string{
		"delivery.registry.applications[1]: web: is listed already, at delivery.registry.applications[0]: remove one"}},
	{"stateBucket", "bucket: example-state, ", "", "bucket: other-state, ", []string{"delivery.state.bucket: none: is required: set the bucket of Pulumi's state"}},
	{"stateBucket", "bucket: example-state", "bucket: Example", "bucket: exa", []string{"delivery.state.bucket: Example: " + notABucket}},
	{"stateBucketName", "bucket: example-state", "bucket: production-state", "bucket: productionstate", []string{
		"delivery.state.bucket: production-state: is named as a bucket of production, whose role administers those: use a bucket with another name"}},
	{"stateKey", `, kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/0a1b"`, "", `, kmsKeyArn: "arn:aws:kms:eu-west-1:999999999999:key/mrk-0a"`, []string{
		"delivery.state.kmsKeyArn: none: is required: set the KMS key of the bucket and of the stacks' secrets"}},
	{"stateKey", "arn:aws:kms:us-east-1:111111111111:key/0a1b", "arn:aws:kms:us-east-1:111111111111:alias/state", "arn:aws:kms:us-east-1:222222222222:key/0a1b", []string{
		"delivery.state.kmsKeyArn: arn:aws:kms:us-east-1:111111111111:alias/state: " + notAKey}},
	{"stateKey", "arn:aws:kms:us-east-1:111111111111:key/0a1b", "arn:aws-us-gov:kms:us-gov-west-1:111111111111:key/0a1b", "arn:aws:kms:us-east-1:111111111111:key/0a1c", []string{
		"delivery.state.kmsKeyArn: arn:aws-us-gov:kms:us-gov-west-1:111111111111:key/0a1b: is a key of the partition aws-us-gov, and us-east-1 is in aws: name a key of the partition aws"}},
	{"shared: account of the role", "iam::111111111111:role", "iam::222222222222:role", "iam::111111111111:role/x", []string{
		"aws:assumeRole.roleArn: arn:aws:iam::222222222222:role/platform-bootstrap: is a role of account 222222222222, and aws:allowedAccountIds has 111111111111: name a role of the environment's own account"}},
	{"shared: tags", "owner: platform-team", `owner: ""`, "owner: x", []string{`tags.owner: "": is empty or missing: every resource carries this tag: give it a value`}},
	{"unknown key", "peerAccounts:", "peered:", "peerAccounts:", []string{"delivery.peered: unknown key: " + wouldIgnore + allKeys}},
	{"unknown section", "  platform-account:tags:", "  platform-account:roles: {}\n  platform-account:tags:", "  platform-account:tags:", []string{
		"roles: unknown key: " + wouldIgnore + "remove it or correct its spelling: platform-account:baseline, platform-account:delivery, platform-account:tags"}},
	{"text for a list", "applications: [web, api]", "applications: web", "applications: [web]", []string{"delivery.registry.applications: web" + asList}},
}

func TestAccountReportsAndNearMissPasses(t *testing.T) {
	for _, c := range accountCases {
		t.Run(c.rule+"/"+c.wrong, func(t *testing.T) {
			if strings.Count(accountBase, c.old) != 1 {
				t.Fatalf("%q occurs %d times in the base", c.old, strings.Count(accountBase, c.old))
			}
			_, err := DecodeAccount("account-production", parse(t, "account-production", strings.Replace(accountBase, c.old, c.wrong, 1)))
			expect(t, err, c.lines)
			if _, err := DecodeAccount("account-production", parse(t, "account-production", strings.Replace(accountBase, c.old, c.right, 1))); err != nil {
				t.Errorf("right input %q is refused:\n%v", c.right, err)
			}
		})
	}
}

func TestAccountStackNamesItsEnvironment(t *testing.T) {
	for _, stack := range []string{"production", "account-qa", "account-", "Account-production"} {
		_, err := DecodeAccount(stack, parse(t, stack, accountBase))
		expect(t, err, []string{"stack: " + stack + ": is not the stack of an account: use one of account-dev, account-production, account-production-pci, account-staging"})
	}
	account, err := DecodeAccount("account-production", parse(t, "account-production", accountBase))
	if err != nil {
		t.Fatal(err)
	}
	if account.Environment != "production" || account.AWS.AssumeRole.SessionName != "pulumi-account-production" {
		t.Errorf("%+v", account)
	}
	if tags := account.ProviderTags(); tags["Environment"] != "production" || tags["Owner"] != "platform-team" {
		t.Errorf("tags %v", tags)
	}
}

func TestAccountNothingConfigured(t *testing.T) {
	_, err := DecodeAccount("account-dev", nil)
	expect(t, err, []string{
		`aws:allowedAccountIds: none: is required: set the environment's one account, as in ["111111111111"]`,
		"aws:region: none: is required: set the region, as in us-east-1",
		"baseline: none: is required: set platform-account:baseline in the stack file",
		"delivery: none: is required: set platform-account:delivery in the stack file",
		"tags: none: is required: set platform-account:tags in the stack file",
	})
}

// Dev and staging may share an account, and then it peers none.
func TestAnAccountThatTwoEnvironmentsShare(t *testing.T) {
	const peers = "    peerAccounts: [\"111111111111\", \"222222222222\"]\n"
	shared := strings.Replace(accountBase, peers, "    sharedWith: [staging]\n", 1)
	account, err := DecodeAccount("account-dev", parse(t, "account-dev", shared))
	if err != nil || len(account.Delivery.SharedWith) != 1 {
		t.Fatalf("%v %v", account, err)
	}
	for keys, line := range map[string]string{
		"    sharedWith: [staging, staging]\n": "delivery.sharedWith[1]: staging: is listed already, at delivery.sharedWith[0]: remove one",
		"    sharedWith: [production-pci]\n":   "delivery.sharedWith[0]: production-pci: cannot live in the account of dev: production and production-pci live alone: remove it, and give it an account",
		"    sharedWith: [staging]\n" + peers:  "delivery.sharedWith: staging: shares an account that delivery.peerAccounts peers: remove one of the two keys",
	} {
		_, err := DecodeAccount("account-dev", parse(t, "account-dev", strings.Replace(accountBase, peers, keys, 1)))
		expect(t, err, []string{line})
	}
}
