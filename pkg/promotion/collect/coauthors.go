package collect

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"aws-platform/pkg/promotion"
)

// batch is how many commits one query asks for.
const batch = 50

// authorship is the answer of the GraphQL API: the authors of commits, with those whom
// the message names as co-authors. Who has no account there is nobody's approver.
type authorship struct {
	Data struct {
		Repository map[string]*struct {
			Authors struct {
				Nodes []struct {
					User *struct {
						Login string `json:"login"`
					} `json:"user"`
				} `json:"nodes"`
			} `json:"authors"`
		} `json:"repository"`
	} `json:"data"`
	Errors []struct {
		Message string `json:"message"`
	} `json:"errors"`
}

// coAuthors adds those whom commits' messages name ("Co-authored-by") and GitHub knows.
// The REST API does not resolve them.
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
			for _, node := range commit.Authors.Nodes {
				if node.User == nil {
					continue
				}
				known := func(p promotion.Person) bool { return strings.EqualFold(p.Login, node.User.Login) }
				if !slices.ContainsFunc(part[i].People, known) {
					part[i].People = append(part[i].People, promotion.Person{Login: node.User.Login, Type: "User"})
				}
			}
		}
	}
	return nil
}

func (k *collector) authors(changes []promotion.Change) (authorship, error) {
	var query strings.Builder
	query.WriteString("query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {")
	for i, change := range changes {
		fmt.Fprintf(&query, " c%d: object(oid: %q) { ... on Commit { authors(first: 100) { nodes { user { login } } } } }", i, change.Commit)
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
