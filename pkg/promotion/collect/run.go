package collect

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/google/go-github/v85/github"

	"aws-platform/pkg/promotion"
)

// run reads a workflow run, once; nil where there is none.
func (k *collector) run(id int64) (*promotion.Run, error) {
	if run, known := k.known[id]; known {
		return run, nil
	}
	run, err := k.readRun(id)
	if err == nil {
		k.known[id] = run
	}
	return run, err
}

func (k *collector) readRun(id int64) (*promotion.Run, error) {
	what := fmt.Sprintf("run %d", id)
	r, _, err := k.reading.Actions.GetWorkflowRunByID(k.ctx, k.owner, k.name, id)
	switch {
	case gone(err):
		return nil, nil // that there is none is an answer
	case err != nil:
		return nil, fmt.Errorf("%s: %w", what, err)
	case r.GetID() != id || r.GetPath() == "" || r.GetHeadSHA() == "" || r.GetRunStartedAt().IsZero():
		return nil, lacking(what, "id, path, commit or time")
	}
	reviewed, err := k.reviewed(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	called, err := k.called(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return &promotion.Run{
		ID: id, Attempt: r.GetRunAttempt(), Workflow: workflow(r.GetPath()), Event: r.GetEvent(), Branch: r.GetHeadBranch(), Reviewed: reviewed,
		Called: called, Commit: r.GetHeadSHA(), Started: r.GetRunStartedAt().UTC(), Starters: []promotion.Person{person(r.GetActor()), person(r.GetTriggeringActor())},
	}, nil
}

// called are the workflows of this repository that a run calls, at commits of main.
func (k *collector) called(r *github.WorkflowRun) ([]string, error) {
	var names []string
	for _, reference := range r.ReferencedWorkflows {
		file, own := strings.CutPrefix(reference.GetPath(), k.owner+"/"+k.name+"/")
		if !own {
			continue
		}
		on, err := k.isOnMain(reference.GetSHA())
		if err != nil {
			return nil, err
		}
		if on {
			names = append(names, workflow(file))
		}
	}
	return names, nil
}

// workflow is the file's name. A path outside .github/workflows stays whole, and is none that counts.
func workflow(of string) string {
	of, _, _ = strings.Cut(of, "@")
	if path.Dir(of) == ".github/workflows" {
		return path.Base(of)
	}
	return of
}

// reviewed tells whether the run's commit is on the branch main of this
// repository, which a branch or tag of the name is not, nor a fork's.
func (k *collector) reviewed(r *github.WorkflowRun) (bool, error) {
	own := k.owner + "/" + k.name
	if !strings.EqualFold(r.GetHeadRepository().GetFullName(), own) || r.GetHeadBranch() != "main" {
		return false, nil
	}
	return k.isOnMain(r.GetHeadSHA())
}

// isOnMain tells whether a commit is on the branch main, asked for once.
func (k *collector) isOnMain(commit string) (bool, error) {
	if on, known := k.onMain[commit]; known {
		return on, nil
	}
	head, err := k.mainCommit()
	if err != nil {
		return false, err
	}
	compared, _, err := k.reading.Repositories.CompareCommits(k.ctx, k.owner, k.name, head, commit, &github.ListOptions{PerPage: 1})
	if err != nil && !gone(err) {
		return false, fmt.Errorf("compared with main: %w", err)
	}
	k.onMain[commit] = err == nil && (compared.GetStatus() == "identical" || compared.GetStatus() == "behind")
	return k.onMain[commit], nil
}

// mainCommit is the commit of the branch main, asked for once.
func (k *collector) mainCommit() (string, error) {
	if k.main != "" {
		return k.main, nil
	}
	main, _, err := k.reading.Repositories.GetBranch(k.ctx, k.owner, k.name, "main", 0)
	if err != nil {
		return "", fmt.Errorf("branch main: %w", err)
	}
	if main.GetCommit().GetSHA() == "" {
		return "", errors.New("branch main: GitHub's answer has no commit")
	}
	k.main = main.GetCommit().GetSHA()
	return k.main, nil
}

func person(u *github.User) promotion.Person {
	return promotion.Person{Login: u.GetLogin(), Type: u.GetType()}
}
