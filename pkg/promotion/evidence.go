package promotion

import (
	"time"
)

// Evidence is all that is known of a request. Times are GitHub's own.
type Evidence struct {
	// Now is the time at GitHub when the evidence was complete.
	Now time.Time `json:"now"`
	// Local is the time at the machine that collected it, at the same moment.
	Local time.Time `json:"local"`
	// Runs are the workflow runs that any other piece names, and the one that asks.
	Runs List[Run] `json:"runs"`
	// Builds are the builds of the digest.
	Builds List[Build] `json:"builds"`
	// Histories are what was deployed, by environment: of the source, for what runs
	// there; of the target, for what it has; of those in which tests ran.
	Histories map[string]History `json:"histories"`
	// Results are the results of tests of the digest.
	Results List[Result] `json:"results"`
	// Reviews are the approvals and rejections of the run that asks.
	Reviews List[Review] `json:"reviews"`
	// Members are the reviewers and starters who are in the teams.
	Members List[Member] `json:"members"`
	// Base is the commit that the target has; "" where it has none.
	Base string `json:"base"`
	// Ahead tells whether the promoted commit has all that Base has; true without a Base.
	Ahead bool `json:"ahead"`
	// Changes are the commits from Base to the one that is promoted, and that one itself.
	Changes List[Change] `json:"changes"`
	// Environments are the rules of the gates and of the target at GitHub.
	Environments List[Environment] `json:"environments"`
}

// History is what was deployed of an application to an environment, by two sources
// that are held against each other: the newest deployments, as far as artifacts reach.
type History struct {
	// Deployments are GitHub's deployments.
	Deployments List[Deployment] `json:"deployments"`
	// Records are what the runs that deployed kept as artifacts before they began.
	Records List[Record] `json:"records"`
	// Endings are what they kept at the end: whoever may write can set a status.
	Endings List[Ending] `json:"endings"`
}

// List is pieces of evidence and how many there were when they were collected.
// With another number something was lost or taken away.
type List[T any] struct {
	Count int `json:"count"`
	Items []T `json:"items"`
}

// Whole is the list of all the given pieces.
func Whole[T any](items ...T) List[T] { return List[T]{Count: len(items), Items: items} }

func (l List[T]) whole() bool { return l.Count == len(l.Items) }

// Person is an account of GitHub.
type Person struct {
	Login string `json:"login"`
	// Type is "User", "Bot", "Organization" or "Mannequin", as GitHub says.
	Type string `json:"type"`
}

// Run is a workflow run.
type Run struct {
	ID int64 `json:"id"`
	// Attempt is 1 for a run that was never re-run.
	Attempt int `json:"attempt"`
	// Workflow is the file's name below .github/workflows, and Called are those of this
	// repository that it calls.
	Workflow string   `json:"workflow"`
	Called   []string `json:"called,omitempty"`
	// Event is what started it: "push", "workflow_dispatch". A run of a pull request
	// tells of its head, and runs the code of its merge.
	Event string `json:"event"`
	// Branch is the one it ran on.
	Branch string `json:"branch"`
	// Reviewed tells whether its commit is on the branch main of this very
	// repository: a tag or a fork may have a branch of that name.
	Reviewed bool `json:"reviewed"`
	// Commit is what ran.
	Commit string `json:"commit"`
	// Started is when its approvals could be given at the earliest.
	Started time.Time `json:"started"`
	// Starters are who started it and who triggered it.
	Starters []Person `json:"starters"`
}

// Build is a run that built the digest from a commit.
type Build struct {
	Digest string    `json:"digest"`
	Commit string    `json:"commit"`
	Run    int64     `json:"run"`
	At     time.Time `json:"at"`
}

// Deployment is one of GitHub's deployments of an application in an environment.
type Deployment struct {
	ID      int64     `json:"id"`
	Kind    Kind      `json:"kind"`
	Subject string    `json:"subject"`
	Commit  string    `json:"commit"`
	Run     int64     `json:"run"`
	Created time.Time `json:"created"`
	// Statuses are its states so far, in any order.
	Statuses []Status `json:"statuses"`
}

// Status is one state of a deployment.
type Status struct {
	State State     `json:"state"`
	At    time.Time `json:"at"`
}

// State is a deployment's state by GitHub's name ("Create a deployment status").
type State string

// The states.
const (
	Success    State = "success"
	Failure    State = "failure"
	Error      State = "error"
	Inactive   State = "inactive"
	InProgress State = "in_progress"
	Queued     State = "queued"
	Pending    State = "pending"
	Waiting    State = "waiting"
)

// Record is what a run kept of its deployment as an artifact.
type Record struct {
	Kind    Kind      `json:"kind"`
	Subject string    `json:"subject"`
	Commit  string    `json:"commit"`
	Run     int64     `json:"run"`
	At      time.Time `json:"at"`
}

// Ending is how a run's deployment ended, as it kept it as an artifact.
type Ending struct {
	State State     `json:"state"` // Success or Failure
	Run   int64     `json:"run"`
	At    time.Time `json:"at"`
}

// Result is what a test of a digest came to.
type Result struct {
	Test        string    `json:"test"`
	Environment string    `json:"environment"`
	Digest      string    `json:"digest"`
	Outcome     string    `json:"outcome"`
	Run         int64     `json:"run"`
	At          time.Time `json:"at"`
}

// Passed and Failed are the outcomes of a test.
const (
	Passed = "passed"
	Failed = "failed"
)

// Review is what somebody said at a gate of the run.
type Review struct {
	Environment string `json:"environment"`
	// State is "approved", "rejected" or "pending", which is a comment.
	State  string `json:"state"`
	Person Person `json:"person"`
	// NotBefore is the earliest moment at which it can have been given; GitHub
	// does not say when it was.
	NotBefore time.Time `json:"notBefore"`
}

// Member is somebody's active membership in a team.
type Member struct {
	Team  Team   `json:"team"`
	Login string `json:"login"`
}

// Change is a commit of what is promoted.
type Change struct {
	Commit string    `json:"commit"`
	At     time.Time `json:"at"`
	// People are its author, committer and co-authors.
	People []Person `json:"people"`
	// Unknown are those whom GitHub cannot name, by what the commit says of them.
	Unknown []string `json:"unknown,omitempty"`
}

// Environment is the rules of an environment at GitHub.
type Environment struct {
	Name string `json:"name"`
	// Teams and Users are the required reviewers; a user is named by login, a
	// team that the policy does not know by "unknown:" and its slug.
	Teams []Team   `json:"teams"`
	Users []string `json:"users"`
	// PreventSelfReview keeps who started a run from approving it.
	PreventSelfReview bool `json:"preventSelfReview"`
	// AdminsBypass lets administrators go on without approvals.
	AdminsBypass bool `json:"adminsBypass"`
	// Branches are the patterns of the branches that may deploy; nil is any.
	Branches []string `json:"branches"`
	// WaitMinutes is the wait timer.
	WaitMinutes int `json:"waitMinutes"`
}
