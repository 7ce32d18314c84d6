package verify

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"
)

// CollectAccounts finds what exists once in the accounts of the given environments.
func (c Collector) CollectAccounts(ctx context.Context, environments ...string) ([]Account, error) {
	accounts := make([]Account, len(environments))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.NumCPU())
	for i, environment := range environments {
		accounts[i] = Account{Environment: environment, Providers: map[string]IdentityProvider{}, Roles: map[string]Role{}}
		q := questioner{ctx: ctx, collector: c, environment: environment}
		questions := q.about(&accounts[i])
		if !c.Brief {
			questions = append(questions, q.aboutBaseline(&accounts[i].Baseline)...)
		}
		for _, question := range questions {
			group.Go(question)
		}
	}
	return accounts, group.Wait()
}

// questioner asks about one account.
type questioner struct {
	ctx         context.Context // it lives as long as one call of CollectAccounts
	collector   Collector
	environment string
}

// about are the questions, each a run of the CLI or two; what the account does not have
// is left out, for a check to judge.
func (q questioner) about(a *Account) []func() error {
	guard := &sync.Mutex{}
	questions := []func() error{
		func() error { return q.providers(a) },
		func() error {
			return inquire(q, func(out struct{ Repositories []Repository }) { a.Repositories = out.Repositories }, "ecr", "describe-repositories")
		},
		func() error {
			return inquire(q, func(out struct{ ScanningConfiguration struct{ ScanType string } }) {
				a.ScanType = out.ScanningConfiguration.ScanType
			}, "ecr", "get-registry-scanning-configuration")
		},
		func() error {
			return inquire(q, func(out struct{ PolicyText string }) { a.RegistryPolicy = out.PolicyText }, "ecr", "get-registry-policy")
		},
		func() error {
			return inquire(q, func(ids []string) {
				if len(ids) == 1 {
					a.ImageKey = ids[0]
				}
			}, "kms", "list-aliases", "--query", "Aliases[?AliasName=='alias/platform/ecr'].TargetKeyId")
		},
	}
	for _, name := range q.roles() {
		questions = append(questions, func() error {
			return inquire(q, func(out struct{ Role Role }) {
				guard.Lock()
				defer guard.Unlock()
				a.Roles[name] = out.Role
			}, "iam", "get-role", "--role-name", name)
		})
	}
	return questions
}

// roles are the names that are asked for.
func (q questioner) roles() []string {
	names := slices.Sorted(maps.Keys(deliveryRoles(q.environment)))
	for _, suffix := range bounded {
		names = append(names, q.environment+suffix)
	}
	return names
}

func (q questioner) providers(a *Account) error {
	var arns []string
	if err := inquire(q, func(out []string) { arns = out }, "iam", "list-open-id-connect-providers", "--query", "OpenIDConnectProviderList[].Arn"); err != nil {
		return err
	}
	for _, arn := range arns {
		if err := inquire(q, func(out IdentityProvider) { a.Providers[arn] = out },
			"iam", "get-open-id-connect-provider", "--open-id-connect-provider-arn", arn); err != nil {
			return err
		}
	}
	return nil
}

// inquire runs the CLI and hands its answer to take, but where there is nothing.
func inquire[T any](q questioner, take func(T), args ...string) error {
	var out T
	err := q.collector.Ask(q.ctx, &out, q.environment, args...)
	switch {
	case err == nil:
		take(out)
		return nil
	case missing(err):
		return nil
	default:
		return err
	}
}
