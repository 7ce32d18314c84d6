package collect

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/google/go-github/v85/github"

	"aws-platform/pkg/promotion"
)

// approval is an entry of a run's review history, as "Get the review history for a
// workflow run" documents it. go-github has no call for it.
type approval struct {
	State        string `json:"state"`
	Environments []struct {
		Name string `json:"name"`
	} `json:"environments"`
	User *github.User `json:"user"`
}

// reviews reads who approved or rejected at the gates of the run.
func (k *collector) reviews() error {
	if k.request.Run == 0 {
		return nil
	}
	what := fmt.Sprintf("reviews of run %d", k.request.Run)
	request, err := k.reading.NewRequest(http.MethodGet, fmt.Sprintf("repos/%s/%s/actions/runs/%d/approvals", k.owner, k.name, k.request.Run), nil)
	if err != nil {
		return err
	}
	var list []approval
	if _, err := k.reading.Do(k.ctx, request, &list); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	started, err := k.started()
	if err != nil {
		return err
	}
	var found []promotion.Review
	for _, a := range list {
		if a.State == "" || len(a.Environments) == 0 {
			return lacking(what, "state or environments")
		}
		for _, e := range a.Environments {
			found = append(found, promotion.Review{Environment: e.Name, State: a.State, Person: person(a.User), NotBefore: started})
		}
		if a.User.GetLogin() != "" {
			k.people[a.User.GetLogin()] = true
		}
	}
	k.evidence.Reviews = promotion.Whole(found...)
	return nil
}

// started is when the run that asks was started: GitHub does not say when somebody
// approved, and it cannot have been before.
func (k *collector) started() (time.Time, error) {
	run, err := k.run(k.request.Run)
	if err != nil || run == nil {
		return time.Time{}, err
	}
	return run.Started, nil
}

// members asks for the teams of those who approved or started the run.
func (k *collector) members() error {
	var found []promotion.Member
	for _, login := range slices.Sorted(maps.Keys(k.people)) {
		if login == "" {
			continue
		}
		for _, team := range []promotion.Team{promotion.DevOps, promotion.Security} {
			m, _, err := k.Client.members.Teams.GetTeamMembershipBySlug(k.ctx, k.owner, k.policy.Teams[team], login)
			if gone(err) {
				continue
			}
			if err != nil {
				return fmt.Errorf("team %s, %s: %w (PROMOTION_TOKEN must be of an app that may read members)", k.policy.Teams[team], login, err)
			}
			if m.GetState() == "active" { // "pending" is an invitation
				found = append(found, promotion.Member{Team: team, Login: login})
			}
		}
	}
	k.evidence.Members = promotion.Whole(found...)
	return nil
}
