package verify

import "regexp"

// credentials are what a parameter must not hold, a few of what `platform credentials`
// knows, said here a second time.
var credentials = []struct {
	looks   string
	pattern *regexp.Regexp
}{
	{"an access key of AWS", regexp.MustCompile(`\b(AKIA|ASIA)[A-Z2-7]{16}\b`)},
	{"a private key", regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----`)},
	{"a URL with a password", regexp.MustCompile(`://[^/\s:@]+:[^/\s@]+@`)},
	{"a password", regexp.MustCompile(`(?i)(password|passwd|pwd)["']?\s*[=:]`)},
	{"a random text", regexp.MustCompile(`[A-Za-z0-9+/]{40}`)},
}

// parametersHarmless: applications are let in by IAM, so that no parameter is a secret.
func parametersHarmless(n Network) (int, []Finding) {
	var findings []Finding
	for _, parameter := range n.Stores.Parameters {
		for _, credential := range credentials {
			if credential.pattern.MatchString(parameter.Value) {
				findings = append(findings, Finding{"parameter " + parameter.Name, "what looks like " + credential.looks, "no secret"})
				break
			}
		}
	}
	return len(n.Stores.Parameters), findings
}
