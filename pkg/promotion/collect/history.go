package collect

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/go-github/v85/github"

	"aws-platform/pkg/promotion"
)

// depth is how many deployments of an environment are read, the newest. What lies
// further back can only make a soak longer, and a rollback goes to what is near.
const depth = 30

// histories reads what was deployed to the source, to the target, and where tests ran.
func (k *collector) histories() error {
	var environments []string
	if k.request.From != "" {
		environments = append(environments, k.request.From)
	}
	if k.request.Kind == promotion.Promoting || k.request.Kind == promotion.Infrastructure {
		environments = append(environments, k.request.To)
	}
	for _, check := range k.checks() {
		environments = append(environments, check.Environment)
	}
	slices.Sort(environments)
	for _, environment := range slices.Compact(environments) {
		if err := k.history(environment); err != nil {
			return err
		}
	}
	return nil
}

func (k *collector) history(environment string) error {
	deployments, err := k.deployments(environment)
	if err != nil {
		return err
	}
	records, err := k.records(environment)
	if err != nil {
		return err
	}
	endings, err := k.endings(environment)
	if err != nil {
		return err
	}
	k.evidence.Histories[environment] = promotion.History{
		Deployments: promotion.Whole(deployments...), Records: promotion.Whole(records...), Endings: promotion.Whole(endings...),
	}
	return nil
}

// EnvironmentName is the GitHub environment in which the deployments of an
// application are recorded. It is not the one that jobs are bound to: GitHub
// makes deployments of its own for those, and sets older ones inactive.
func EnvironmentName(environment, app string) string { return environment + "/" + app }

func (k *collector) deployments(environment string) ([]promotion.Deployment, error) {
	name := EnvironmentName(environment, k.request.App)
	options := &github.DeploymentsListOptions{Environment: name, ListOptions: github.ListOptions{PerPage: depth}}
	var found []promotion.Deployment
	for {
		list, response, err := k.reading.Repositories.ListDeployments(k.ctx, k.owner, k.name, options)
		if err != nil {
			return nil, fmt.Errorf("deployments to %s: %w", name, err)
		}
		for _, d := range list {
			if d.GetID() == 0 || d.GetEnvironment() != name || d.GetCreatedAt().IsZero() {
				return nil, lacking("deployments to "+name, "id, environment or time")
			}
			deployment, err := k.deployment(d)
			if err != nil {
				return nil, err
			}
			found = append(found, deployment)
		}
		if response.NextPage == 0 || len(found) >= depth {
			return found, nil
		}
		options.Page = response.NextPage
	}
}

// deployment reads the payload and the statuses. A payload that is no record
// leaves the deployment without a subject: somebody else made it, and it counts as
// something that is not known.
func (k *collector) deployment(d *github.Deployment) (promotion.Deployment, error) {
	var record promotion.Decision
	_ = json.Unmarshal(d.Payload, &record)
	found := promotion.Deployment{
		ID: d.GetID(), Kind: record.Kind, Subject: subject(record), Commit: record.Commit, Run: record.Run, Created: d.GetCreatedAt().UTC(),
	}
	if found.Run != 0 {
		k.names(found.Run)
	}
	options := &github.ListOptions{PerPage: page}
	for {
		statuses, response, err := k.reading.Repositories.ListDeploymentStatuses(k.ctx, k.owner, k.name, d.GetID(), options)
		if err != nil {
			return promotion.Deployment{}, fmt.Errorf("statuses of deployment %d: %w", d.GetID(), err)
		}
		for _, status := range statuses {
			if status.GetState() == "" || status.GetCreatedAt().IsZero() {
				return promotion.Deployment{}, lacking(fmt.Sprintf("statuses of deployment %d", d.GetID()), "state or time")
			}
			found.Statuses = append(found.Statuses, promotion.Status{State: promotion.State(status.GetState()), At: status.GetCreatedAt().UTC()})
		}
		if response.NextPage == 0 {
			return found, nil
		}
		options.Page = response.NextPage
	}
}

// subject is what a record says was deployed.
func subject(record promotion.Decision) string {
	if record.Kind == promotion.Infrastructure {
		return record.Commit
	}
	return record.Digest
}

// records reads what runs kept of their deployments; a refused one deployed nothing.
func (k *collector) records(environment string) ([]promotion.Record, error) {
	found, err := k.artifacts(RecordName(k.request.App, environment), k.deploys)
	if err != nil {
		return nil, err
	}
	var records []promotion.Record
	for _, a := range found {
		var record promotion.Decision
		if err := k.content(a, RecordFile, &record); err != nil {
			return nil, err
		}
		if record.Allowed && record.App == k.request.App && record.To == environment {
			records = append(records, promotion.Record{Kind: record.Kind, Subject: subject(record), Commit: record.Commit, Run: a.run, At: a.at})
		}
	}
	return records, nil
}

// endings reads how the runs' deployments ended, by the names of what they kept.
func (k *collector) endings(environment string) ([]promotion.Ending, error) {
	var endings []promotion.Ending
	for _, state := range []promotion.State{promotion.Success, promotion.Failure} {
		found, err := k.artifacts(EndingName(k.request.App, environment, state), k.deploys)
		if err != nil {
			return nil, err
		}
		for _, a := range found {
			endings = append(endings, promotion.Ending{State: state, Run: a.run, At: a.at})
		}
	}
	return endings, nil
}

// deploys tells whether a run may say something of deployments.
func (k *collector) deploys(run promotion.Run) bool { return run.Deploys(k.request.Kind) }
