package collect

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/go-github/v85/github"

	"aws-platform/pkg/promotion"
)

// kept is how long GitHub keeps artifacts, by default and as the workflows say.
// What was deployed before has no record any more, and is not read.
const kept = 90 * 24 * time.Hour

// histories reads what was deployed to the source and to the target.
func (k *collector) histories() error {
	var err error
	if k.request.From != "" {
		if k.evidence.Source, err = k.history(k.request.From); err != nil {
			return err
		}
	}
	switch k.request.Kind {
	case promotion.Promoting, promotion.Infrastructure:
		k.evidence.Target, err = k.history(k.request.To)
	case promotion.Deploying, promotion.RollingBack:
	}
	return err
}

func (k *collector) history(environment string) (promotion.History, error) {
	deployments, err := k.deployments(environment)
	if err != nil {
		return promotion.History{}, err
	}
	records, err := k.records(environment)
	if err != nil {
		return promotion.History{}, err
	}
	return promotion.History{Deployments: promotion.Whole(deployments...), Records: promotion.Whole(records...)}, nil
}

// EnvironmentName is the GitHub environment in which the deployments of an
// application are recorded. It is not the one that jobs are bound to: GitHub
// makes deployments of its own for those, and sets older ones inactive.
func EnvironmentName(environment, app string) string { return environment + "/" + app }

func (k *collector) deployments(environment string) ([]promotion.Deployment, error) {
	name := EnvironmentName(environment, k.request.App)
	options := &github.DeploymentsListOptions{Environment: name, ListOptions: github.ListOptions{PerPage: page}}
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
			if k.local().Sub(d.GetCreatedAt().Time) > kept {
				continue
			}
			deployment, err := k.deployment(d)
			if err != nil {
				return nil, err
			}
			found = append(found, deployment)
		}
		if response.NextPage == 0 {
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
	found, err := k.artifacts(RecordName(k.request.App, environment))
	if err != nil {
		return nil, err
	}
	var records []promotion.Record
	for _, a := range found {
		var record promotion.Decision
		if err := k.content(a, RecordFile, &record); err != nil {
			return nil, err
		}
		if !record.Allowed {
			continue
		}
		k.names(a.run)
		records = append(records, promotion.Record{Subject: subject(record), Run: a.run, At: a.at})
	}
	return slices.Clip(records), nil
}
