package collect

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/go-github/v85/github"

	"aws-platform/pkg/promotion"
)

// changes reads the commits that the target does not have yet, and the promoted one itself.
func (k *collector) changes() error {
	head := k.head()
	if head == "" {
		return nil
	}
	commit, _, err := k.reading.Repositories.GetCommit(k.ctx, k.owner, k.name, head, &github.ListOptions{PerPage: 1})
	if err != nil {
		return fmt.Errorf("commit %s: %w", head, err)
	}
	commits := []*github.RepositoryCommit{commit}
	// Which of the target's deployments are true is asked of the rules, which need the runs for it.
	if err := k.namedRuns(); err != nil {
		return err
	}
	k.evidence.Base = promotion.BaseOf(k.request, k.policy, k.evidence)
	since, err := k.since(k.evidence.Base, head)
	if err != nil {
		return err
	}
	commits = append(commits, since...)
	var found []promotion.Change
	for _, c := range commits {
		change, err := changed(c)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(found, func(of promotion.Change) bool { return of.Commit == change.Commit }) {
			found = append(found, change)
		}
	}
	if err := k.coAuthors(found); err != nil {
		return err
	}
	k.evidence.Changes = promotion.Whole(found...)
	return nil
}

// unknownBase is how far back commits count where what the target has is not on record.
const unknownBase = 90 * 24 * time.Hour

// since reads the commits of head that the target does not have.
func (k *collector) since(base, head string) ([]*github.RepositoryCommit, error) {
	if base != "" {
		return k.between(base, head)
	}
	k.evidence.Ahead = true
	options := &github.CommitsListOptions{SHA: head, Since: k.local().Add(-unknownBase), ListOptions: github.ListOptions{PerPage: page}}
	var found []*github.RepositoryCommit
	for {
		list, response, err := k.reading.Repositories.ListCommits(k.ctx, k.owner, k.name, options)
		if err != nil {
			return nil, fmt.Errorf("commits of %s: %w", head, err)
		}
		found = append(found, list...)
		if response.NextPage == 0 {
			return found, nil
		}
		options.Page = response.NextPage
	}
}

// head is the commit of what is promoted; "" where none is known, and the rules say so.
func (k *collector) head() string {
	switch k.request.Kind {
	case promotion.Infrastructure:
		return k.request.Subject
	case promotion.Promoting:
		var newest promotion.Build
		for _, build := range k.evidence.Builds.Items {
			if newest.Commit == "" || build.At.After(newest.At) {
				newest = build
			}
		}
		return newest.Commit
	case promotion.Deploying, promotion.RollingBack:
	}
	return ""
}

// between reads the commits of head that base does not have.
func (k *collector) between(base, head string) ([]*github.RepositoryCommit, error) {
	what := "commits from " + base + " to " + head
	options := &github.ListOptions{PerPage: page}
	var found []*github.RepositoryCommit
	for {
		compared, response, err := k.reading.Repositories.CompareCommits(k.ctx, k.owner, k.name, base, head, options)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", what, err)
		}
		if compared == nil {
			return nil, lacking(what, "content")
		}
		k.evidence.Ahead = compared.GetStatus() == "ahead" || compared.GetStatus() == "identical"
		found = append(found, compared.Commits...)
		if response.NextPage == 0 {
			if compared.TotalCommits == nil || *compared.TotalCommits != len(found) {
				return nil, fmt.Errorf("%s: GitHub says that there are %d, and listed %d", what, compared.GetTotalCommits(), len(found))
			}
			return found, nil
		}
		options.Page = response.NextPage
	}
}

// changed reads who made a commit.
func changed(c *github.RepositoryCommit) (promotion.Change, error) {
	if c.GetSHA() == "" || c.GetCommit().GetCommitter().GetDate().IsZero() {
		return promotion.Change{}, lacking("a commit", "id or time")
	}
	change := promotion.Change{Commit: c.GetSHA(), At: c.GetCommit().GetCommitter().GetDate().UTC()}
	add := func(u *github.User, signature *github.CommitAuthor) {
		if u.GetLogin() == "" {
			change.Unknown = append(change.Unknown, signature.GetEmail())
			return
		}
		if p := person(u); !slices.Contains(change.People, p) {
			change.People = append(change.People, p)
		}
	}
	add(c.GetAuthor(), c.GetCommit().GetAuthor())
	add(c.GetCommitter(), c.GetCommit().GetCommitter())
	return change, nil
}
