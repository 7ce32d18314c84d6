package config

import (
	"net"
	"net/url"
	"strconv"
)

// HTTPSProblem says why a text is not an endpoint to which messages are posted by HTTPS;
// "" if it is one. It never has the text in it, which may be a secret.
func HTTPSProblem(text string) string {
	_, problem := parseHTTPS(text)
	return problem
}

// parseHTTPS reads an endpoint, or says why it is none.
func parseHTTPS(text string) (*url.URL, string) {
	parsed, err := url.Parse(text)
	switch {
	case err != nil || parsed.Scheme == "" && parsed.Host == "":
		return nil, "is no URL"
	case parsed.Scheme != "https":
		return parsed, "is no HTTPS URL: anybody on the way could read the messages"
	case parsed.Opaque != "" || !isHost(parsed.Hostname()):
		return parsed, "is a URL without a host's name"
	case !isPort(parsed.Port()):
		return parsed, "has a port that there is not"
	case parsed.Fragment != "":
		return parsed, "has a fragment, which is not sent"
	}
	return parsed, ""
}

// isHost tells a name or an address.
func isHost(name string) bool {
	return net.ParseIP(name) != nil || name == "localhost" || domainPattern.MatchString(name)
}

// isPort tells a port of TCP, or none.
func isPort(text string) bool {
	port, err := strconv.Atoi(text)
	return text == "" || err == nil && port > 0 && port <= 65535
}
