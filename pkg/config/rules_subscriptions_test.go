package config

import (
	"strings"
	"testing"
)

const (
	nothingObserved = "platform:observability: {}"
	observed        = "platform:observability: {subscriptions: "
	whole           = `https://alarms.example.com/sns`
	notAddress      = "is not an e-mail address: write it as in on-call@example.com"
	writeURL        = "write it as in https://alarms.example.com/sns"
	storeURL        = "and this file is no place for secrets: store the URL in Secrets Manager and set secretName: production/alarms/<name>"
	likeKey         = "has what looks like a key in it, " + storeURL
	noSecretName    = "is not the name of a secret that may be read: name it production/alarms/<name>: whoever deploys may read no others"
	firstEndpoint   = "observability.subscriptions[critical].https[0]"
)

// subscribed is a case of rules that replaces the subscriptions.
func subscribed(rule, wrong, right string, lines ...string) ruleCase {
	return ruleCase{rule: rule, old: nothingObserved, wrong: observed + wrong + "}", right: observed + right + "}", lines: lines}
}

// posted is a case of an endpoint of the critical topic.
func posted(wrong, right string, lines ...string) ruleCase {
	in := func(endpoint string) string { return "{critical: {https: [" + endpoint + "]}}" }
	for i, line := range lines {
		lines[i] = firstEndpoint + line
	}
	return subscribed("subscriptionEndpoints", in(wrong), in(right), lines...)
}

// linked is a case of an endpoint's URL.
func linked(wrong, right, line string) ruleCase {
	return posted(`{name: a, url: "`+wrong+`"}`, `{name: a, url: "`+right+`"}`, ".url: "+line)
}

// channeled is a case of Slack channels of the critical topic.
func channeled(wrong, right string, lines ...string) ruleCase {
	return subscribed("subscriptionChannels", "{critical: {slack: ["+wrong+"]}}", "{critical: {slack: ["+right+"]}}", lines...)
}

const (
	aChannel   = "{teamId: T07EA123LEP, channelId: C07EZ1ABC23}"
	twoTopics  = "{critical: {slack: [" + aChannel + "]}, warning: {slack: [" + aChannel + "]}}"
	slackPath  = "observability.subscriptions[critical].slack"
	notTeam    = "is not the ID of a Slack workspace: write it as in T07EA123LEP, from the workspace's URL"
	notChannel = `is not the ID of a Slack channel: write it as in C07EZ1ABC23, from "View channel details"`
)

var subscriptionCases = []ruleCase{
	subscribed("subscriptionTopics", "{alarms: {email: [a@example.com]}}", "{cost: {email: [a@example.com]}}",
		"observability.subscriptions: alarms: is not a topic: its subscribers would hear of nothing: use cost, critical, security or warning"),
	subscribed("subscriptionAddresses", "{critical: {email: [a@example.com, on-call]}}", "{critical: {email: [a@example.com]}}",
		"observability.subscriptions[critical].email[1]: on-call: "+notAddress),
	subscribed("subscriptionAddresses", `{critical: {email: ["On call <a@example.com>", "a@localhost"]}}`, "{critical: {email: [A.b+c@sub.example.com]}}",
		`observability.subscriptions[critical].email[0]: "On call <a@example.com>": `+notAddress, "observability.subscriptions[critical].email[1]: a@localhost: "+notAddress),
	subscribed("subscriptionAddresses", "{cost: {email: [a@example.com, a@example.com]}}", "{cost: {email: [a@example.com]}, warning: {email: [a@example.com]}}",
		"observability.subscriptions[cost].email[1]: a@example.com: is listed already, at observability.subscriptions[cost].email[0]: remove one"),

	posted("{url: "+whole+"}", "{name: a, url: "+whole+"}", ".name: none: is required: give it a name, as in pagerduty"),
	posted("{name: Pager Duty, url: "+whole+"}", "{name: pager-duty, url: "+whole+"}", `.name: "Pager Duty": is not a name: use lower-case letters, digits and dashes`),
	posted("{name: a, url: "+whole+"}, {name: a, url: "+whole+"2}", "{name: a, url: "+whole+"}, {name: b, url: "+whole+"2}").withLines(
		"observability.subscriptions[critical].https[1].name: a: is listed already, at observability.subscriptions[critical].https[0].name: remove one"),
	posted("{name: a}", "{name: a, secretName: production/alarms/a}", ".secretName: none: is required: name the secret that holds the URL, or set url where that is no secret"),
	posted("{name: a, url: "+whole+", secretName: production/alarms/a}", "{name: a, url: "+whole+"}",
		".secretName: production/alarms/a: stands beside url, and only one of them can be the endpoint: remove one"),
	posted("{name: a, secretName: staging/alarms/a}", "{name: a, secretName: production/alarms/a/b}", ".secretName: staging/alarms/a: "+noSecretName),
	posted("{name: a, secretName: production/alarms/}", "{name: a, secretName: production/alarms/x}", ".secretName: production/alarms/: "+noSecretName),
	posted(`{name: a, secretName: "production/alarms/*"}`, "{name: a, secretName: production/alarms/x}", `.secretName: "production/alarms/*": `+noSecretName),

	linked("http://alarms.example.com/sns", whole, "http://alarms.example.com/…: is no HTTPS URL: anybody on the way could read the messages: "+writeURL),
	linked("https:///sns", whole, "not shown: is a URL without a host's name: "+writeURL),
	linked("https://under_score/sns", whole, "https://under_score/…: is a URL without a host's name: "+writeURL),
	linked("alarms.example.com/sns", whole, "not shown: is no URL: "+writeURL),
	linked("https://alarms.example.com:port", whole, "not shown: is no URL: "+writeURL),
	linked("https://alarms.example.com:70000/sns", "https://alarms.example.com:8443/sns", "https://alarms.example.com:70000/…: has a port that there is not: "+writeURL),
	linked("https://alarms.example.com:0/sns", "https://alarms.example.com:65535/sns", "https://alarms.example.com:0/…: has a port that there is not: "+writeURL),
	linked(whole+"#top", whole+"?team=on-call", "https://alarms.example.com/…: has a fragment, which is not sent: "+writeURL),
	linked("https://user:pass@alarms.example.com/sns", whole, "https://alarms.example.com/…: has a password in it, "+storeURL),
	linked("https://user@alarms.example.com/sns", whole, "https://alarms.example.com/…: has a password in it, "+storeURL),
	linked("https://events.pagerduty.com/integration/0123456789abcdef0123456789abcdef/enqueue", "https://events.example.com/integration/a/enqueue", "https://events.pagerduty.com/…: "+likeKey),
	linked("https://events.eu.pagerduty.com/integration/short/enqueue", "https://notpagerduty.com/enqueue", "https://events.eu.pagerduty.com/…: "+likeKey),
	linked("https://api.opsgenie.com/v1/json/cloudwatch?apiKey=x", "https://api.example.com/v1/json/cloudwatch?team=x", "https://api.opsgenie.com/…: "+likeKey),
	linked("https://api.example.com/sns?api_key=x", "https://api.example.com/sns?monkey=x", "https://api.example.com/…: "+likeKey),
	linked("https://api.example.com/sns?access_token=x", "https://api.example.com/sns?tokens=2", "https://api.example.com/…: "+likeKey),
	linked("https://hooks.example.com/services/T00000000/B0000000/a1b2c3d4e5f6a7b8", "https://hooks.example.com/services/alarms-of-the-platform-2", "https://hooks.example.com/…: "+likeKey),
	linked("https://hooks.example.com/8c4f7f0e-5f5e-4b50-9a3a-0b7e2a1d6c11", "https://hooks.example.com/acknowledgements", "https://hooks.example.com/…: "+likeKey),
	linked("https://10.20.64.7/sns", "https://93.184.216.34/sns", "https://10.20.64.7/…: is not on the internet, and SNS posts nowhere else: name an endpoint that SNS reaches"),
	linked("https://localhost:8443/sns", whole, "https://localhost:8443/…: is not on the internet, and SNS posts nowhere else: name an endpoint that SNS reaches"),
	linked("https://[::1]/sns", "https://[2001:db8::1]/sns", "https://[::1]/…: is not on the internet, and SNS posts nowhere else: name an endpoint that SNS reaches"),

	channeled("{teamId: platform, channelId: C07EZ1ABC23}", aChannel, slackPath+"[0].teamId: platform: "+notTeam),
	channeled(`{teamId: T07EA123LEP, channelId: "#alarms"}`, aChannel, slackPath+`[0].channelId: "#alarms": `+notChannel),
	channeled("{channelId: C07EZ1ABC23}", "{teamId: T07EA123LEP, channelId: G07EZ1ABC23}", slackPath+`[0].teamId: "": `+notTeam),
	subscribed("subscriptionChannels", "{critical: {slack: ["+aChannel+", "+aChannel+"]}}", twoTopics,
		slackPath+"[1].channelId: C07EZ1ABC23: is listed already, at "+slackPath+"[0].channelId: remove one"),
}

func (c ruleCase) withLines(lines ...string) ruleCase {
	c.lines = lines
	return c
}

// No error shows what may be a secret.
func TestAnEndpointThatMayBeASecretIsNotShown(t *testing.T) {
	for _, text := range []string{
		"https://events.pagerduty.com/integration/a1b2c3/enqueue", "https://alarms:a1b2c3@example.com/sns", "http://example.com/a1b2c3",
		"a1b2c3", "https://example.com:a1b2c3", "https://example.com/%zza1b2c3", "mailto:a1b2c3@example.com", "https://example.com/sns?key=a1b2c3#x",
	} {
		var found Problems
		checkEndpointURL("url", Production, text, &found)
		if len(found) != 1 || strings.Contains(found.Error(), "a1b2c3") {
			t.Errorf("%s: %v", text, found)
		}
		if strings.Contains(HTTPSProblem(text), "a1b2c3") {
			t.Errorf("%s: %s", text, HTTPSProblem(text))
		}
	}
	if got := HTTPSProblem("https://127.0.0.1:8443/sns?key=x"); got != "" {
		t.Errorf("a secret may be any HTTPS URL: %s", got)
	}
}

// The account's topic has the same rules, by other paths.
func TestSubscriptionsOfAnAccount(t *testing.T) {
	const nothing = "platform-account:baseline: {}"
	for subscriptions, lines := range map[string][]string{
		"{email: [security@example.com], slack: [" + aChannel + "], https: [{name: a, secretName: platform/alarms/a}, {name: b, url: " + whole + "}]}": nil,
		"{email: [security]}": {"baseline.subscriptions.email[0]: security: " + notAddress},
		"{https: [{name: a, secretName: production/alarms/a}]}": {"baseline.subscriptions.https[0].secretName: production/alarms/a: " + strings.ReplaceAll(noSecretName, "production/", "platform/")},
		"{https: [{name: a, url: \"http://example.com/sns\"}]}": {"baseline.subscriptions.https[0].url: http://example.com/…: is no HTTPS URL: anybody on the way could read the messages: " + writeURL},
		"{slack: [{teamId: T07EA123LEP, channelId: alarms}]}":   {"baseline.subscriptions.slack[0].channelId: alarms: " + notChannel},
		"{critical: {email: [security@example.com]}}":           {"baseline.subscriptions.critical: unknown key: " + wouldIgnore + allKeys},
	} {
		values := parse(t, "account-production", strings.Replace(accountBase, nothing, "platform-account:baseline: {subscriptions: "+subscriptions+"}", 1))
		_, err := DecodeAccount("account-production", values)
		expect(t, err, lines)
	}
}
