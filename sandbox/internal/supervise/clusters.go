package supervise

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"aws-platform/sandbox/internal/identity"
	"aws-platform/sandbox/internal/kubernetes"
	"aws-platform/sandbox/internal/layout"
)

// authenticator is the token webhook of an environment's cluster.
func authenticator(l layout.Layout, endpoint, environment string) (http.Handler, error) {
	account, err := layout.AccountOf(environment)
	if err != nil {
		return nil, err
	}
	return identity.New(identity.Options{
		STS: endpoint, StateDir: l.State(), Cluster: kubernetes.ClusterName(environment), Environment: environment,
		CreatorARNs: creators(account),
	})
}

// creators are the role that deploys the environment in its account, and those that do where
// another environment's account is shared with it (docs/delivery.md).
func creators(of layout.Account) []string {
	arns := []string{kubernetes.RoleARN(of, layout.DeployRole)}
	for _, account := range layout.Accounts {
		if account != of && slices.Contains(layout.Sharing, of.Environment) && slices.Contains(layout.Sharing, account.Environment) {
			arns = append(arns, kubernetes.RoleARN(account, layout.DeployRole)+"-"+of.Environment)
		}
	}
	return arns
}

// clusterStarter starts the control planes of the environments in the request's body, a word
// each, and answers once they are ready.
func clusterStarter(ctx context.Context, fleet *kubernetes.Fleet) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(io.LimitReader(r.Body, 1000))
		if err == nil {
			err = fleet.Start(ctx, strings.Fields(string(body))...)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
}

// StartClusters returns once the Kubernetes control planes of the environments are ready.
func (r Record) StartClusters(ctx context.Context, environments ...string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, r.Clusters, strings.NewReader(strings.Join(environments, " ")))
	if err != nil {
		return err
	}
	client := http.Client{Transport: &http.Transport{Proxy: nil}}
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("start the Kubernetes control planes: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode == http.StatusOK {
		return nil
	}
	reason, err := io.ReadAll(io.LimitReader(response.Body, 10_000))
	return errors.Join(fmt.Errorf("start the Kubernetes control planes: %s", strings.TrimSpace(string(reason))), err)
}
