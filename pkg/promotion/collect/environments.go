package collect

import (
	"fmt"
	"slices"

	"github.com/google/go-github/v85/github"

	"aws-platform/pkg/promotion"
)

// environments reads the rules of the target and of its gates.
func (k *collector) environments() error {
	names := []string{k.request.To}
	for _, gate := range promotion.GatesOf(k.request) {
		names = append(names, gate.Environment)
	}
	var found []promotion.Environment
	for _, name := range names {
		e, there, err := k.environment(name)
		if err != nil {
			return err
		}
		if there {
			found = append(found, e)
		}
	}
	k.evidence.Environments = promotion.Whole(found...)
	return nil
}

func (k *collector) environment(name string) (promotion.Environment, bool, error) {
	what := "environment " + name
	e, _, err := k.reading.Repositories.GetEnvironment(k.ctx, k.owner, k.name, name)
	switch {
	case gone(err):
		return promotion.Environment{}, false, nil
	case err != nil:
		return promotion.Environment{}, false, fmt.Errorf("%s: %w", what, err)
	case e.GetName() != name:
		return promotion.Environment{}, false, lacking(what, "name")
	}
	// What GitHub does not say of administrators is taken for yes.
	found := promotion.Environment{Name: name, AdminsBypass: e.CanAdminsBypass == nil || *e.CanAdminsBypass}
	for _, rule := range e.ProtectionRules {
		found.WaitMinutes = max(found.WaitMinutes, rule.GetWaitTimer())
		if rule.GetType() == "required_reviewers" {
			found.PreventSelfReview = rule.GetPreventSelfReview()
			k.reviewers(rule, &found)
		}
	}
	if found.Branches, err = k.branches(name, e.DeploymentBranchPolicy); err != nil {
		return promotion.Environment{}, false, err
	}
	return found, true, nil
}

// reviewers reads who must approve.
func (k *collector) reviewers(rule *github.ProtectionRule, into *promotion.Environment) {
	for _, reviewer := range rule.Reviewers {
		switch of := reviewer.Reviewer.(type) {
		case *github.Team:
			into.Teams = append(into.Teams, k.team(of.GetSlug()))
		case *github.User:
			into.Users = append(into.Users, of.GetLogin())
		default:
			into.Users = append(into.Users, "unknown")
		}
	}
	slices.Sort(into.Teams)
	slices.Sort(into.Users)
}

// team is the role that a team's slug has by the policy.
func (k *collector) team(slug string) promotion.Team {
	for team, of := range k.policy.Teams {
		if of == slug {
			return team
		}
	}
	return promotion.Team("unknown:" + slug)
}

// branches reads the patterns of branches that may deploy; nil where any may.
func (k *collector) branches(name string, policy *github.BranchPolicy) ([]string, error) {
	if policy == nil {
		return nil, nil
	}
	if !policy.GetCustomBranchPolicies() {
		return []string{"any protected branch"}, nil
	}
	options := &github.ListOptions{PerPage: page}
	var found []string
	for {
		list, response, err := k.reading.Repositories.ListDeploymentBranchPolicies(k.ctx, k.owner, k.name, name, options)
		if err != nil {
			return nil, fmt.Errorf("branches of environment %s: %w", name, err)
		}
		if list == nil {
			return nil, lacking("branches of environment "+name, "content")
		}
		for _, p := range list.BranchPolicies {
			pattern := p.GetName()
			if p.GetType() != "" && p.GetType() != "branch" {
				pattern = p.GetType() + ":" + pattern
			}
			found = append(found, pattern)
		}
		if response.NextPage == 0 {
			if list.GetTotalCount() != len(found) {
				return nil, fmt.Errorf("branches of environment %s: GitHub says that there are %d, and listed %d", name, list.GetTotalCount(), len(found))
			}
			return found, nil
		}
		options.Page = response.NextPage
	}
}
