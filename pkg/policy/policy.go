// Package policy writes IAM policy documents.
package policy

import "encoding/json"

// Version is the version of the policy language.
const Version = "2012-10-17"

// The effects of a statement.
const (
	Allow = "Allow"
	Deny  = "Deny"
)

// Condition is operator -> key -> value, a text or a list of texts.
type Condition map[string]map[string]any

// Statement is one statement of a policy. Principal is "*" or a map of kind to
// names; it is left out of identity policies. NotAction and NotResource, in place of Action
// and Resource, are everything but what they name: for denials.
type Statement struct {
	Sid         string    `json:"Sid,omitempty"`
	Effect      string    `json:"Effect"`
	Principal   any       `json:"Principal,omitempty"`
	Action      []string  `json:"Action,omitempty"`
	NotAction   []string  `json:"NotAction,omitempty"`
	Resource    []string  `json:"Resource,omitempty"`
	NotResource []string  `json:"NotResource,omitempty"`
	Condition   Condition `json:"Condition,omitempty"`
}

// Document returns the JSON text of a policy. It is the same text for the same
// statements, so that a policy never shows as changed when it is not.
func Document(statements ...Statement) string {
	text, err := json.Marshal(map[string]any{"Version": Version, "Statement": statements})
	if err != nil {
		panic(err) // only texts, lists and maps of texts go in
	}
	return string(text)
}
