package config

import (
	"fmt"
	"maps"
	"net/mail"
	"regexp"
	"slices"
	"strings"
)

var subscriptionRules = []rule{subscriptionTopics, subscriptionAddresses, subscriptionEndpoints, subscriptionChannels}

// accountSubscriptionRules are the same rules for the account's one topic.
var accountSubscriptionRules = []accountRule{accountAddresses, accountEndpoints, accountChannels}

const (
	subscriptionsPath        = "observability.subscriptions"
	accountSubscriptionsPath = "baseline.subscriptions"
	// AccountScope is what the resources of an account are named for, as those of an
	// environment are for the environment.
	AccountScope = "platform"
)

func subscriptionTopics(env Environment, found *Problems) {
	for name := range env.Observability.Subscriptions {
		if !slices.Contains(TopicNames(), name) {
			found.add(subscriptionsPath, quoted(name), "is not a topic: its subscribers would hear of nothing", "use "+oneOf(TopicNames()))
		}
	}
}

func subscriptionAddresses(env Environment, found *Problems) {
	eachTopic(env, func(path string, of Subscriptions) { checkAddresses(path, of.Email, found) })
}

func subscriptionEndpoints(env Environment, found *Problems) {
	eachTopic(env, func(path string, of Subscriptions) { checkEndpoints(path, env.Name, of.HTTPS, found) })
}

func subscriptionChannels(env Environment, found *Problems) {
	eachTopic(env, func(path string, of Subscriptions) { checkChannels(path, of.Slack, found) })
}

func accountAddresses(account Account, found *Problems) {
	checkAddresses(accountSubscriptionsPath, account.Baseline.Subscriptions.Email, found)
}

func accountEndpoints(account Account, found *Problems) {
	checkEndpoints(accountSubscriptionsPath, AccountScope, account.Baseline.Subscriptions.HTTPS, found)
}

func accountChannels(account Account, found *Problems) {
	checkChannels(accountSubscriptionsPath, account.Baseline.Subscriptions.Slack, found)
}

// eachTopic calls with the path and the subscriptions of each topic, in order of names.
func eachTopic(env Environment, check func(path string, of Subscriptions)) {
	for _, name := range slices.Sorted(maps.Keys(env.Observability.Subscriptions)) {
		check(subscriptionsPath+"["+name+"]", env.Observability.Subscriptions[name])
	}
}

// at is the path of an element of a list.
func at(path, list string) func(int) string {
	return func(i int) string { return fmt.Sprintf("%s.%s[%d]", path, list, i) }
}

func checkAddresses(path string, addresses []string, found *Problems) {
	where := at(path, "email")
	for i, text := range addresses {
		address, err := mail.ParseAddress(text)
		_, domain, _ := strings.Cut(text, "@")
		if err != nil || address.Address != text || !domainPattern.MatchString(strings.ToLower(domain)) {
			found.add(where(i), quoted(text), "is not an e-mail address", "write it as in on-call@example.com")
		}
	}
	noneTwice(addresses, where, found)
}

// secretNamePattern is a name as Secrets Manager takes it (CreateSecret, Name).
var secretNamePattern = regexp.MustCompile(`^[A-Za-z0-9/_+=.@-]{1,512}$`)

// SecretPrefix begins the names of the secrets that hold endpoints of a scope, which is an
// environment or [AccountScope]: those who deploy and preview may read these and no others.
func SecretPrefix(scope string) string { return scope + "/alarms/" }

func checkEndpoints(path, scope string, endpoints []HTTPSEndpoint, found *Problems) {
	where := at(path, "https")
	names := make([]string, len(endpoints))
	for i, endpoint := range endpoints {
		names[i] = endpoint.Name
		if endpoint.Name == "" {
			found.missing(where(i)+".name", "give it a name, as in pagerduty")
		} else if !namePattern.MatchString(endpoint.Name) {
			found.add(where(i)+".name", quoted(endpoint.Name), "is not a name", "use lower-case letters, digits and dashes")
		}
		switch {
		case endpoint.URL == "" && endpoint.SecretName == "":
			found.missing(where(i)+".secretName", "name the secret that holds the URL, or set url where that is no secret")
		case endpoint.URL != "" && endpoint.SecretName != "":
			found.add(where(i)+".secretName", quoted(endpoint.SecretName), "stands beside url, and only one of them can be the endpoint", "remove one")
		case endpoint.URL != "":
			checkEndpointURL(where(i)+".url", scope, endpoint.URL, found)
		default:
			checkSecretName(where(i)+".secretName", scope, endpoint.SecretName, found)
		}
	}
	noneTwice(names, func(i int) string { return where(i) + ".name" }, found)
}

func checkSecretName(path, scope, name string, found *Problems) {
	if rest, ok := strings.CutPrefix(name, SecretPrefix(scope)); !ok || rest == "" || !secretNamePattern.MatchString(name) {
		found.add(path, quoted(name), "is not the name of a secret that may be read", "name it "+SecretPrefix(scope)+"<name>: whoever deploys may read no others")
	}
}

var (
	// teamPattern and channelPattern are IDs of Slack, which AWS takes as any letters and
	// digits (AWS Chatbot API, SlackChannelConfiguration); a name in their place is not one.
	slackTeamPattern    = regexp.MustCompile(`^T[A-Z0-9]{7,15}$`)
	slackChannelPattern = regexp.MustCompile(`^[CG][A-Z0-9]{7,15}$`)
)

func checkChannels(path string, channels []SlackChannel, found *Problems) {
	where := at(path, "slack")
	ids := make([]string, len(channels))
	for i, channel := range channels {
		ids[i] = channel.ChannelID
		if !slackTeamPattern.MatchString(channel.TeamID) {
			found.add(where(i)+".teamId", quoted(channel.TeamID), "is not the ID of a Slack workspace", "write it as in T07EA123LEP, from the workspace's URL")
		}
		if !slackChannelPattern.MatchString(channel.ChannelID) {
			found.add(where(i)+".channelId", quoted(channel.ChannelID), "is not the ID of a Slack channel", "write it as in C07EZ1ABC23, from \"View channel details\"")
		}
	}
	noneTwice(ids, func(i int) string { return where(i) + ".channelId" }, found)
}
