// Package credentials finds what looks like a credential in resources' properties and in
// exported state. It is pure: JSON values in, findings out; a finding never repeats the value.
package credentials

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
)

// Finding is a value that looks like a credential.
type Finding struct {
	// Path is where it stands, "resources[3].inputs.password".
	Path string
	// Looks says what it looks like, never what it is.
	Looks string
}

// String is the finding on one line.
func (f Finding) String() string { return f.Path + ": looks like " + f.Looks }

// The signature of an encrypted secret in a Pulumi state (sdk/go/common/resource, SecretSig).
const (
	signatureKey    = "4dabf18193072939515e22adb298388d"
	secretSignature = "1b47061264138c4ac30d75fd1eb44270"
)

// Scan returns what looks like a credential in a value as encoding/json has it, by
// path. What Pulumi has encrypted is none.
func Scan(path string, value any) []Finding {
	switch value := value.(type) {
	case map[string]any:
		return scanObject(path, value)
	case []any:
		var found []Finding
		for i, element := range value {
			found = append(found, Scan(fmt.Sprintf("%s[%d]", path, i), element)...)
		}
		return found
	case string:
		return scanText(path, value)
	default:
		return nil
	}
}

func scanObject(path string, object map[string]any) []Finding {
	if object[signatureKey] == secretSignature && object["ciphertext"] != nil {
		return nil
	}
	var found []Finding
	for _, key := range slices.Sorted(maps.Keys(object)) {
		at := path + "." + key
		below := Scan(at, object[key])
		if text, isText := object[key].(string); isText && len(below) == 0 && named(key) && !harmless(text) {
			below = []Finding{{at, "a value of " + key}}
		}
		found = append(found, below...)
	}
	return found
}

// namePattern are keys that hold credentials, in the spellings of Pulumi, Terraform and AWS.
var namePattern = regexp.MustCompile(`(?i)^(?:.*(?:password|passwd|passphrase|secret_?string|secret_?binary|auth_?token|private_?key|access_?key|secret_?key|api_?key|client_?secret|credentials?)|secret|token|pwd)$`)

// settingPattern are keys that only sound so: what is done about passwords.
var settingPattern = regexp.MustCompile(`(?i)(?:manage|require|required|enabled|policy|length|count|strategy)`)

func named(key string) bool { return namePattern.MatchString(key) && !settingPattern.MatchString(key) }

// harmless are values that stand for a credential without being one: nothing, a name at
// AWS, a flag, what is not known yet, and the placeholders of a recorded graph.
func harmless(text string) bool {
	switch text {
	case "", "true", "false", "[secret]", "[unknown]", "04da6b54-80e4-46f7-96ec-b56ff0331ba9":
		return true
	}
	return strings.HasPrefix(text, "arn:")
}

// patterns are credentials that show by themselves.
var patterns = []struct {
	looks   string
	pattern *regexp.Regexp
}{
	{"an access key ID of AWS", regexp.MustCompile(`\b(?:AKIA|ASIA)[A-Z2-7]{16}\b`)},
	{"a private key", regexp.MustCompile(`-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----`)},
	{"a JSON web token", regexp.MustCompile(`\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}`)},
	{"a URL with a password", regexp.MustCompile(`\b[a-z][a-z0-9+.-]*://[^/\s:@]+:[^/\s:@$][^/\s:@]*@`)},
	{"a token of GitHub", regexp.MustCompile(`\bgh[pousr]_[A-Za-z0-9]{36,}\b`)},
	{"a password in a text", regexp.MustCompile(`(?i)\b(?:password|passwd|pwd|secret_?key|auth_?token)["']?\s*[=:]\s*["']?[^\s"'$<{,;]{6,}`)},
}

// secretKey is a secret access key of AWS: forty characters of base64 and no word of a
// path or a hash.
var secretKey = regexp.MustCompile(`(?:^|[^A-Za-z0-9/+=])([A-Za-z0-9/+]{40})(?:$|[^A-Za-z0-9/+=])`)

func scanText(path, text string) []Finding {
	var found []Finding
	for _, p := range patterns {
		if p.pattern.MatchString(text) {
			found = append(found, Finding{path, p.looks})
		}
	}
	for _, candidate := range secretKey.FindAllStringSubmatch(text, -1) {
		if random(candidate[1]) {
			found = append(found, Finding{path, "a secret access key of AWS"})
			break
		}
	}
	return found
}

// leastEntropy, in bits a character, is more than forty characters of a path, a hash in
// hexadecimal (at most 4) or a name have, and less than random base64 (about 4.9) has.
const leastEntropy = 4.4

// random tells whether a text has small and large letters and digits, none more often than by chance.
func random(text string) bool {
	counts, kinds := map[rune]float64{}, [3]bool{}
	for _, r := range text {
		counts[r]++
		switch {
		case r >= 'a' && r <= 'z':
			kinds[0] = true
		case r >= 'A' && r <= 'Z':
			kinds[1] = true
		case r >= '0' && r <= '9':
			kinds[2] = true
		}
	}
	entropy := 0.0
	for _, count := range counts {
		share := count / float64(len(text))
		entropy -= share * math.Log2(share)
	}
	return kinds == [3]bool{true, true, true} && entropy >= leastEntropy
}
