package collect

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/go-github/v85/github"

	"aws-platform/pkg/promotion"
)

// Start records that what was decided is being deployed now: a GitHub deployment
// whose payload is the record, with the status in_progress. It returns its number.
// It is an error to start what was not allowed.
func (c *Client) Start(ctx context.Context, record promotion.Decision) (int64, error) {
	if !record.Allowed {
		return 0, errors.New("record: is of a decision that allows nothing: deploy nothing")
	}
	d, _, err := c.writing.Repositories.CreateDeployment(ctx, c.owner, c.name, &github.DeploymentRequest{
		Ref:         github.Ptr(record.Commit),
		Task:        github.Ptr("deploy"),
		Environment: github.Ptr(EnvironmentName(record.To, record.App)),
		Description: github.Ptr(fmt.Sprintf("%s of %s by run %d", record.Kind, record.App, record.Run)),
		Payload:     record,
		// The record is of what was decided; GitHub is to merge nothing into it and to wait for nothing.
		AutoMerge:             github.Ptr(false),
		RequiredContexts:      &[]string{},
		TransientEnvironment:  github.Ptr(false),
		ProductionEnvironment: github.Ptr(record.To == promotion.Production || record.To == promotion.ProductionPCI),
	})
	if err != nil {
		return 0, fmt.Errorf("deployment to %s: %w", EnvironmentName(record.To, record.App), err)
	}
	if d.GetID() == 0 {
		return 0, lacking("deployment to "+EnvironmentName(record.To, record.App), "id")
	}
	return d.GetID(), c.status(ctx, d.GetID(), promotion.InProgress)
}

// Finish records how a deployment ended: with success or failure.
func (c *Client) Finish(ctx context.Context, deployment int64, state promotion.State) error {
	if err := CheckEnd(state); err != nil {
		return err
	}
	return c.status(ctx, deployment, state)
}

// CheckEnd returns an error if a state is no end of a deployment.
func CheckEnd(state promotion.State) error {
	if state != promotion.Success && state != promotion.Failure {
		return fmt.Errorf("state: %q: is no end of a deployment: success or failure", state)
	}
	return nil
}

func (c *Client) status(ctx context.Context, deployment int64, state promotion.State) error {
	// Twice the same status says nothing else than once, so that this is tried again.
	_, _, err := c.reading.Repositories.CreateDeploymentStatus(ctx, c.owner, c.name, deployment, &github.DeploymentStatusRequest{
		State: github.Ptr(string(state)),
		// What ran before stays as it was recorded: the history tells what replaced it.
		AutoInactive: github.Ptr(false),
	})
	if err != nil {
		return fmt.Errorf("deployment %d, %s: %w", deployment, state, err)
	}
	return nil
}
