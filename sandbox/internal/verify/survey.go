package verify

import (
	"context"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

// survey asks about one account. A question that needs the answer to another is
// asked as soon as that is there; nobody waits for the rest.
type survey struct {
	ctx         context.Context // a survey lives as long as one call of Collect
	collector   Collector
	group       *errgroup.Group
	slots       chan struct{} // as many calls at a time, over all accounts
	environment string

	lock       sync.Mutex // held while an answer is taken
	all        answer
	compute    Compute
	stores     Stores
	operations Operations
	cluster    *Cluster
}

// askNetwork asks the questions about the network.
func (s *survey) askNetwork() {
	for _, question := range questions {
		ask(s, s.all.add, "ec2", question)
	}
}

// ask runs the CLI in the background and hands its answer to take, which may ask
// further. What the account does not have, take is not told of.
func ask[T any](s *survey, take func(T), args ...string) {
	s.group.Go(func() error {
		s.slots <- struct{}{}
		var out T
		err := s.collector.Ask(s.ctx, &out, s.environment, args...)
		<-s.slots
		if err != nil {
			if missing(err) {
				return nil
			}
			return err
		}
		s.lock.Lock()
		defer s.lock.Unlock()
		take(out)
		return nil
	})
}

// absences are the error codes that say that something is not there, which is
// for a check to judge.
var absences = []string{
	"(NoSuchBucket)", "(NoSuchBucketPolicy)", "(NoSuchPublicAccessBlockConfiguration)",
	"(ServerSideEncryptionConfigurationNotFoundError)", "(InvalidDocument)", "(WAFNonexistentItemException)",
	"(InvalidLaunchTemplateId.NotFound)", "(CertificateNotFound)", "(ResourceNotFoundException)", "(TargetGroupNotFound)",
	"(NoSuchEntity)", "(RegistryPolicyNotFoundException)",
	"(ObjectLockConfigurationNotFoundError)", "(NotFound)",
}

func missing(err error) bool {
	for _, code := range absences {
		if strings.Contains(err.Error(), code) {
			return true
		}
	}
	return false
}
