package config

import "strings"

// subscriptionKeys are the keys of who reads a topic, below path, which ends in a dot.
func subscriptionKeys(path string) []Key {
	var keys []Key
	scope := "platform"
	if topics, many := strings.CutSuffix(path, ".<topic>."); many {
		scope = "<environment>"
		keys = append(keys, Key{topics, "map by topic", "none",
			"Who hears of what: `critical` pages whoever is on call, `warning` is read in working hours, `security` is the security team's, `cost` is for whoever answers for the cost center. " +
				"In production and production-pci preview warns where nobody is subscribed to `critical`.",
			"what is not one of the four"})
	}
	return append(keys,
		Key{path + "email", "list of text", "none", "Addresses. Each gets a message with a link to confirm; until then it gets nothing else. A link that is not followed within two days is dead: remove the address, `up`, add it again.",
			"what is not an address; a duplicate"},
		Key{path + "https", "list", "none", "Endpoints that SNS posts to and that confirm by themselves: PagerDuty, Opsgenie and the like.", ""},
		Key{path + "https[].name", word, required, "Tells the endpoints of a topic apart. Renaming one subscribes it anew.", "what is not lower-case letters, digits and dashes; a duplicate within the topic"},
		Key{path + "https[].url", word, "required without secretName", "The endpoint, where its URL is no secret.",
			"what is not an HTTPS URL with a host; an address that is not on the internet; a user or a password in it; what looks like a key, as PagerDuty's and Opsgenie's URLs have: use secretName; any with secretName"},
		Key{path + "https[].secretName", word, "required without url",
			"The secret of Secrets Manager whose text is the URL; make it before the first `up`. It is read by each `up` and `preview`, and kept encrypted in the state. `" + scope + "/alarms/<name>`, for whoever deploys may read no others.",
			"another name; any with url"},
		Key{path + "slack", "list", "none", "Channels of Slack, by AWS Chatbot (Amazon Q Developer in chat applications). AWS takes a channel once in an account, so environments that share one, and the account itself, need channels of their own.",
			"a duplicate within the topic; a channel of another environment of the account, or of the account's own topic (`platform validate` without a stack)"},
		Key{path + "slack[].teamId", word, required, "The workspace's ID. An administrator of the workspace lets AWS Chatbot in once, by its console.", "what is not of the form T…"},
		Key{path + "slack[].channelId", word, required, "The channel's ID. Into a private channel the app must be invited: `/invite @Amazon Q`.", "what is not of the form C…"},
	)
}
