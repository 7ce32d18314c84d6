package collect

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"aws-platform/pkg/promotion"
)

// batch is how many commits one query asks for: GraphQL counts the nodes of a query, and
// half a million are the most.
const batch = 20

// authorship is the answer of the GraphQL API: whom it knows of those who made commits.
type authorship struct {
	Data struct {
		Repository map[string]*struct {
			Authors      signatories `json:"authors"`
			PullRequests struct {
				Nodes []struct {
					Author *account `json:"author"`
					First  reviewed `json:"first"`
					Last   reviewed `json:"last"`
				} `json:"nodes"`
			} `json:"associatedPullRequests"`
		} `json:"repository"`
	} `json:"data"`
	Errors []struct {
		Message string `json:"message"`
	} `json:"errors"`
}

type account struct {
	Login string `json:"login"`
}

type signatory struct {
	User *account `json:"user"`
}

type signatories struct {
	Nodes []signatory `json:"nodes"`
}

// reviewed are commits of a pull request, as they were before they were squashed.
type reviewed struct {
	Nodes []struct {
		Commit struct {
			Authors   signatories `json:"authors"`
			Committer *signatory  `json:"committer"`
		} `json:"commit"`
	} `json:"nodes"`
}

func (r reviewed) people() []string {
	var logins []string
	for _, node := range r.Nodes {
		signed := node.Commit.Authors.Nodes
		if node.Commit.Committer != nil {
			signed = append(signed, *node.Commit.Committer)
		}
		logins = append(logins, signatories{signed}.people()...)
	}
	return logins
}

// people are those whom GitHub knows. Who has no account is nobody's approver.
func (s signatories) people() []string {
	var logins []string
	for _, node := range s.Nodes {
		if node.User != nil {
			logins = append(logins, node.User.Login)
		}
	}
	return logins
}

// coAuthors adds those whom commits' messages name ("Co-authored-by"), and who had a part
// in the pull requests that became one commit each: of a squash main has one author alone,
// and whoever merges it may edit the message. The REST API resolves neither.
func (k *collector) coAuthors(changes []promotion.Change) error {
	for from := 0; from < len(changes); from += batch {
		part := changes[from:min(from+batch, len(changes))]
		answer, err := k.authors(part)
		if err != nil {
			return err
		}
		for i := range part {
			commit := answer.Data.Repository[fmt.Sprintf("c%d", i)]
			if commit == nil {
				return lacking("authors of "+part[i].Commit, "commit")
			}
			logins := commit.Authors.people()
			for _, pull := range commit.PullRequests.Nodes {
				if pull.Author != nil {
					logins = append(logins, pull.Author.Login)
				}
				logins = append(logins, append(pull.First.people(), pull.Last.people()...)...)
			}
			part[i].People = with(part[i].People, logins)
		}
	}
	return nil
}

// with adds those who are not among people yet.
func with(people []promotion.Person, logins []string) []promotion.Person {
	for _, login := range logins {
		if !slices.ContainsFunc(people, func(p promotion.Person) bool { return strings.EqualFold(p.Login, login) }) {
			people = append(people, promotion.Person{Login: login, Type: "User"})
		}
	}
	return people
}

// signed is what is asked of a commit: its authors, with those whom its message names,
// and of the pull requests that it was squashed from all who had a part. A pull request
// has at most 250 commits; GraphQL gives a hundred at once.
const signed = `authors(first: 50) { nodes { user { login } } }
 associatedPullRequests(first: 3) { nodes { author { login }
  first: commits(first: 100) { nodes { commit { authors(first: 10) { nodes { user { login } } } committer { user { login } } } } }
  last: commits(last: 100) { nodes { commit { authors(first: 10) { nodes { user { login } } } committer { user { login } } } } } } }`

func (k *collector) authors(changes []promotion.Change) (authorship, error) {
	var query strings.Builder
	query.WriteString("query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {")
	for i, change := range changes {
		fmt.Fprintf(&query, " c%d: object(oid: %q) { ... on Commit { %s } }", i, change.Commit, signed)
	}
	query.WriteString(" } }")
	body := map[string]any{"query": query.String(), "variables": map[string]string{"owner": k.owner, "name": k.name}}
	request, err := k.reading.NewRequest(http.MethodPost, "graphql", body)
	if err != nil {
		return authorship{}, err
	}
	var answer authorship
	if _, err := k.reading.Do(k.ctx, request, &answer); err != nil {
		return authorship{}, fmt.Errorf("authors of commits: %w", err)
	}
	if len(answer.Errors) > 0 {
		return authorship{}, fmt.Errorf("authors of commits: %s", answer.Errors[0].Message)
	}
	return answer, nil
}
