package promotion

import (
	"strings"
)

// key is the login in the one spelling in which it is compared: GitHub's logins
// do not distinguish cases.
func (p Person) key() string { return strings.ToLower(p.Login) }

// human tells whether the account is a person's. GitHub's own committer of merges,
// web-flow, is of the type User.
func (p Person) human() bool {
	return p.Type == "User" && p.Login != "" && p.key() != "web-flow" && !strings.HasSuffix(p.key(), "[bot]")
}

// member tells whether somebody is in a team.
func (j judgement) member(team Team, person Person) bool {
	for _, m := range j.evidence.Members.Items {
		if m.Team == team && strings.EqualFold(m.Login, person.Login) {
			return true
		}
	}
	return false
}
