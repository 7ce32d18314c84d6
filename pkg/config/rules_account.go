package config

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// An accountRule looks at one thing that can be wrong with an account's stack.
type accountRule func(account Account, found *Problems)

var accountRules = slices.Concat(deliveryRules, auditRules, detectionRules, accountSubscriptionRules)

var deliveryRules = []accountRule{
	repositoryFormat, repositoryIDs, sharedWith,
	peerAccountFormat, peerAccountOwn, peerAccountDuplicate,
	registryHome, registryReplicas, registryMember, registryApplications,
	stateBucket, stateBucketName, stateKey,
}

// sharedRules are the rules of an environment that hold for its account as well.
var sharedRules = []rule{
	regionFormat, oneAccount, accountFormat, roleFormat, rolePartition, roleAccount, roleSession, defaultTagKeys, defaultTagText, tagRequired,
}

// validate returns everything that is wrong with the configuration, sorted.
func (a Account) validate(stack string) Problems {
	var found Problems
	if !strings.HasPrefix(stack, AccountStackPrefix) || !slices.Contains(EnvironmentNames(), a.Environment) {
		found.add("stack", quoted(stack), "is not the stack of an account",
			"use one of "+AccountStackPrefix+strings.Join(EnvironmentNames(), ", "+AccountStackPrefix))
	}
	for _, rule := range sharedRules {
		rule(a.shared(), &found)
	}
	for _, rule := range accountRules {
		rule(a, &found)
	}
	return found.sorted()
}

var (
	numberPattern = regexp.MustCompile(`^[1-9][0-9]{0,18}$`)
	// applicationPattern is a name that both a repository of ECR and a Kubernetes object can have.
	applicationPattern = regexp.MustCompile(`^[a-z]([a-z0-9-]{0,38}[a-z0-9])$`)
	// bucketPattern is a bucket's name, without dots, which certificates do not match
	// (Amazon S3 User Guide, "General purpose bucket naming rules").
	bucketPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$`)
	// keyPattern is the ARN of a KMS key, in groups of partition and region; an alias is
	// none, for it can be turned to another key.
	keyPattern = regexp.MustCompile(`^arn:(aws|aws-us-gov):kms:([a-z0-9-]+):[0-9]{12}:key/[A-Za-z0-9-]+$`)
)

const repositoryPath = "delivery.repository"

func repositoryFormat(account Account, found *Problems) {
	switch name := account.Delivery.Repository; {
	case name == "":
		found.missing(repositoryPath, "set the repository whose workflows deploy, as in example/platform")
	case !isRepository(name):
		found.add(repositoryPath, quoted(name), "is not a repository of GitHub", "write it as <owner>/<name>")
	}
}

// isRepository tells a repository's full name. It has no * in it: a trust policy compares
// it letter by letter.
func isRepository(name string) bool {
	owner, repository, both := strings.Cut(name, "/")
	return both && ownerPattern.MatchString(owner) && len(owner) <= longestOwner && repositoryPattern.MatchString(repository)
}

// repositoryIDs: a token has both numbers or none.
func repositoryIDs(account Account, found *Problems) {
	delivery := account.Delivery
	for _, id := range []struct{ path, value, other, otherName string }{
		{"delivery.ownerId", delivery.OwnerID, delivery.RepositoryID, "repositoryId"},
		{"delivery.repositoryId", delivery.RepositoryID, delivery.OwnerID, "ownerId"},
	} {
		switch {
		case id.value == "" && id.other != "":
			found.add(id.path, none, "is required with "+id.otherName, "set both, from `gh api repos/<owner>/<name> --jq '.owner.id, .id'`, or neither")
		case id.value != "" && !numberPattern.MatchString(id.value):
			found.add(id.path, quoted(id.value), "is not a number of GitHub's", `write its digits in quotes, as in "123456"`)
		}
	}
}

func sharedWithPath(i int) string { return "delivery.sharedWith[" + strconv.Itoa(i) + "]" }

// sharedWith: only environments that are no production share, and a shared account peers none.
func sharedWith(account Account, found *Problems) {
	shared, sharing := account.Delivery.SharedWith, SharingEnvironments()
	for i, name := range shared {
		switch {
		case name == account.Environment:
			found.add(sharedWithPath(i), name, "is the environment of this stack", "name another, or remove it")
		case !slices.Contains(EnvironmentNames(), name):
			found.add(sharedWithPath(i), quoted(name), "is not an environment", "use "+oneOf(sharing))
		case !slices.Contains(sharing, name) || !slices.Contains(sharing, account.Environment):
			found.add(sharedWithPath(i), name, "cannot live in the account of "+account.Environment+": production and production-pci live alone", "remove it, and give it an account")
		}
	}
	noneTwice(shared, sharedWithPath, found)
	if len(shared) > 0 && len(account.Delivery.PeerAccounts) > 0 {
		found.add("delivery.sharedWith", strings.Join(shared, " "), "shares an account that delivery.peerAccounts peers", "remove one of the two keys")
	}
}

func peerAccountPath(i int) string { return "delivery.peerAccounts[" + strconv.Itoa(i) + "]" }

func peerAccountFormat(account Account, found *Problems) {
	for i, id := range account.Delivery.PeerAccounts {
		checkAccount(peerAccountPath(i), id, found)
	}
}

func peerAccountOwn(account Account, found *Problems) {
	peers, own := account.Delivery.PeerAccounts, account.AWS.AccountID()
	if len(peers) > 0 && accountPattern.MatchString(own) && !slices.Contains(peers, own) {
		found.add("delivery.peerAccounts", strings.Join(peers, " "), "does not have this account, "+own, "add it, or leave the key out where nothing is peered")
	}
}

func peerAccountDuplicate(account Account, found *Problems) {
	noneTwice(account.Delivery.PeerAccounts, peerAccountPath, found)
}

const homePath = "delivery.registry.homeAccount"

func registryHome(account Account, found *Problems) {
	home := account.Delivery.Registry.HomeAccount
	if home == "" {
		found.missing(homePath, `set the account that images are pushed to, as in "333333333333"`)
		return
	}
	checkAccount(homePath, home, found)
}

func replicaPath(i int) string { return "delivery.registry.replicas[" + strconv.Itoa(i) + "]" }

func registryReplicas(account Account, found *Problems) {
	registry := account.Delivery.Registry
	for i, id := range registry.Replicas {
		checkAccount(replicaPath(i), id, found)
		if id == registry.HomeAccount {
			found.add(replicaPath(i), quoted(id), "is the home, which has the images", "remove it")
		}
	}
	noneTwice(registry.Replicas, replicaPath, found)
}

// registryMember: an environment pulls from its own account.
func registryMember(account Account, found *Problems) {
	registry, own := account.Delivery.Registry, account.AWS.AccountID()
	if accountPattern.MatchString(own) && registry.HomeAccount != "" && own != registry.HomeAccount && !slices.Contains(registry.Replicas, own) {
		found.add("delivery.registry.replicas", none, "does not have this account, "+own+", and neither is it the home", "add it: an environment pulls from its own account")
	}
}

func applicationNamePath(i int) string {
	return "delivery.registry.applications[" + strconv.Itoa(i) + "]"
}

func registryApplications(account Account, found *Problems) {
	applications := account.Delivery.Registry.Applications
	if len(applications) == 0 {
		found.missing("delivery.registry.applications", "name the applications that are deployed as images, as in [web]")
	}
	for i, name := range applications {
		if !applicationPattern.MatchString(name) {
			found.add(applicationNamePath(i), quoted(name), "is not the name of a repository", "use 2 to 40 lower-case letters, digits and dashes")
		}
	}
	noneTwice(applications, applicationNamePath, found)
}

func checkAccount(path, id string, found *Problems) {
	if !accountPattern.MatchString(id) {
		found.add(path, quoted(id), "is not an account ID", `write twelve digits in quotes, leading zeros included, as in "111111111111"`)
	}
}

const bucketPath = "delivery.state.bucket"

func stateBucket(account Account, found *Problems) {
	switch name := account.Delivery.State.Bucket; {
	case name == "":
		found.missing(bucketPath, "set the bucket of Pulumi's state")
	case !bucketPattern.MatchString(name):
		found.add(bucketPath, quoted(name), "is not the name of a bucket", "use 3 to 63 lower-case letters, digits and dashes")
	}
}

// stateBucketName: the role that deploys an environment may write every bucket that is
// named as the environment's are, and would administer the state as well.
func stateBucketName(account Account, found *Problems) {
	name := account.Delivery.State.Bucket
	for _, environment := range EnvironmentNames() {
		if strings.HasPrefix(name, environment+"-") {
			found.add(bucketPath, name, "is named as a bucket of "+environment+", whose role administers those", "use a bucket with another name")
			return
		}
	}
}

func stateKey(account Account, found *Problems) {
	const path = "delivery.state.kmsKeyArn"
	arn := account.Delivery.State.KMSKeyARN
	parts := keyPattern.FindStringSubmatch(arn)
	switch wanted := partition(account.AWS.Region); {
	case arn == "":
		found.missing(path, "set the KMS key of the bucket and of the stacks' secrets")
	case parts == nil:
		found.add(path, quoted(arn), "is not the ARN of a KMS key", "write it as in arn:aws:kms:us-east-1:111111111111:key/<id>; an alias will not do")
	case regionPattern.MatchString(account.AWS.Region) && parts[1] != wanted:
		found.add(path, arn, "is a key of the partition "+parts[1]+", and "+account.AWS.Region+" is in "+wanted, "name a key of the partition "+wanted)
	}
}
