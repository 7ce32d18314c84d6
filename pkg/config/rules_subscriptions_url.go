package config

import (
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// checkEndpointURL refuses a URL that SNS does not post to, and one that is a secret. Of
// what may be one no more than the host is shown.
func checkEndpointURL(path, scope, text string, found *Problems) {
	parsed, problem := parseHTTPS(text)
	secret := "store the URL in Secrets Manager and set secretName: " + SecretPrefix(scope) + "<name>"
	switch {
	case problem != "":
		found.add(path, shownURL(parsed), problem, "write it as in https://alarms.example.com/sns")
	case parsed.User != nil:
		found.add(path, shownURL(parsed), "has a password in it, and this file is no place for secrets", secret)
	case hasKey(parsed):
		found.add(path, shownURL(parsed), "has what looks like a key in it, and this file is no place for secrets", secret)
	case unreachable(parsed.Hostname()):
		found.add(path, shownURL(parsed), "is not on the internet, and SNS posts nowhere else", "name an endpoint that SNS reaches")
	}
}

// shownURL is what an error line has of a URL.
func shownURL(parsed *url.URL) string {
	if parsed == nil || parsed.Host == "" {
		return "not shown"
	}
	return parsed.Scheme + "://" + parsed.Host + "/…"
}

// pagers are services whose endpoints always have their key in them: PagerDuty's
// "events.pagerduty.com/integration/<key>/enqueue", Opsgenie's "?apiKey=<key>".
var pagers = []string{"pagerduty.com", "opsgenie.com"}

var (
	keyNamePattern = regexp.MustCompile(`(?i)^(.*[_-])?(api-?_?key|key|token|secret|password|passwd|sig|signature|auth|code)$`)
	// longPattern is as long as keys are and longer than most words; uuidPattern is a UUID.
	longPattern = regexp.MustCompile(`[A-Za-z0-9]{16,}`)
	uuidPattern = regexp.MustCompile(`(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)
)

// hasKey tells a URL that looks as if whoever has it may post: a pager's, a parameter
// that is called a key, or a long part with digits and letters.
func hasKey(parsed *url.URL) bool {
	host := strings.ToLower(parsed.Hostname())
	if slices.ContainsFunc(pagers, func(pager string) bool { return host == pager || strings.HasSuffix(host, "."+pager) }) {
		return true
	}
	for name, values := range parsed.Query() {
		if keyNamePattern.MatchString(name) || slices.ContainsFunc(values, looksLikeKey) {
			return true
		}
	}
	return slices.ContainsFunc(strings.Split(parsed.Path, "/"), looksLikeKey)
}

func looksLikeKey(text string) bool {
	const digits, letters = "0123456789", "abcdefghijklmnopqrstuvwxyz"
	return uuidPattern.MatchString(text) || slices.ContainsFunc(longPattern.FindAllString(strings.ToLower(text), -1), func(part string) bool {
		return strings.ContainsAny(part, digits) && strings.ContainsAny(part, letters)
	})
}

// unreachable tells a host that SNS cannot reach: "Amazon SNS does not currently support
// private HTTP(S) endpoints" (Amazon SNS Developer Guide, "Fanout Amazon SNS notifications
// to HTTPS endpoints").
func unreachable(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && (!ip.IsGlobalUnicast() || ip.IsPrivate())
}
