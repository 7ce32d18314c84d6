package policy

import "strings"

// Matches tells whether a pattern of a policy takes in an action: * is any text, ? one
// letter, and letters are alike in both cases (IAM User Guide, "Action").
func Matches(pattern, action string) bool {
	return matches(strings.ToLower(pattern), strings.ToLower(action))
}

func matches(pattern, text string) bool {
	if pattern == "" {
		return text == ""
	}
	switch pattern[0] {
	case '*':
		for i := range len(text) + 1 {
			if matches(pattern[1:], text[i:]) {
				return true
			}
		}
		return false
	case '?':
		return text != "" && matches(pattern[1:], text[1:])
	default:
		return text != "" && text[0] == pattern[0] && matches(pattern[1:], text[1:])
	}
}

// Wildcard tells whether an action of a policy is a pattern.
func Wildcard(action string) bool { return strings.ContainsAny(action, "*?") }
