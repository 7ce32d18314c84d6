package promotion

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"
)

// Schema is the version of the record that a [Decision] is.
const Schema = 1

// Decision is what was decided, and why. Its JSON is the record that the workflow
// keeps as an artifact and as the payload of the deployment.
type Decision struct {
	Schema  int  `json:"schema"`
	Allowed bool `json:"allowed"`
	Kind    Kind `json:"kind"`
	// App and Platform are the application and where it runs, "eks" or "ec2".
	App      string `json:"app"`
	Platform string `json:"platform"`
	From     string `json:"from"`
	To       string `json:"to"`
	// Digest is what goes to the target; "" for infrastructure.
	Digest string `json:"digest"`
	// Commit is what the digest was built from; for infrastructure what is deployed.
	Commit string `json:"commit"`
	// Base is the commit that the target had; "" where that was not on record.
	Base string `json:"base"`
	// Run is the workflow run that asked, Starters who started it.
	Run      int64    `json:"run"`
	Starters []string `json:"starters"`
	// Approvers are the people whose approvals counted.
	Approvers []string `json:"approvers"`
	// Emergency is the reason for which soak and freeze were not waited for.
	Emergency string `json:"emergency"`
	// Reason is why a rollback was made.
	Reason string `json:"reason"`
	// At is the time of the decision, at GitHub.
	At time.Time `json:"at"`
	// Rules are the rules that were asked, with what they found.
	Rules []Outcome `json:"rules"`
	// EvidenceSHA256 is the checksum of the evidence's JSON, which lies beside the record.
	EvidenceSHA256 string `json:"evidenceSha256"`
}

// Outcome is what a rule found.
type Outcome struct {
	// Rule is its name.
	Rule string `json:"rule"`
	// Met tells whether it does not stand in the way.
	Met bool `json:"met"`
	// Waived tells that it would, and an emergency lifts it.
	Waived bool `json:"waived,omitempty"`
	// Fact is what was found.
	Fact string `json:"fact"`
	// Remedy is what would meet it; "" where it is met.
	Remedy string `json:"remedy,omitempty"`
	// Until is the time from which it is met, if nothing else happens; nil where time does not help.
	Until *time.Time `json:"until,omitempty"`
	// Evidence names the pieces that decided: "deployment 42", "run 7", a login.
	Evidence []string `json:"evidence,omitempty"`
}

func met(rule, fact string, evidence ...string) Outcome {
	return Outcome{Rule: rule, Met: true, Fact: fact, Evidence: tidy(evidence)}
}

func unmet(rule, fact, remedy string, evidence ...string) Outcome {
	return Outcome{Rule: rule, Fact: fact, Remedy: remedy, Evidence: tidy(evidence)}
}

// tidy sorts, so that a decision does not depend on the order of the evidence.
func tidy(evidence []string) []string {
	sorted := slices.Clone(evidence)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}

// judgement is what a rule sees.
type judgement struct {
	Request
	step     Step
	policy   Policy
	evidence Evidence
}

type rule func(judgement) Outcome

// rulesOf are the rules that a kind of request must meet, in the order in which people read them.
func rulesOf(kind Kind) []rule {
	switch kind {
	case Deploying:
		return []rule{wholeRule, clockRule, runRule, environmentsRule, buildRule, freezeRule}
	case Promoting:
		return []rule{wholeRule, clockRule, runRule, environmentsRule, buildRule, soakRule, testsRule, approvalsRule, freezeRule, emergencyRule}
	case Infrastructure:
		return []rule{wholeRule, clockRule, runRule, environmentsRule, soakRule, orderRule, approvalsRule, freezeRule, emergencyRule}
	case RollingBack:
		return []rule{wholeRule, clockRule, runRule, environmentsRule, previousRule, starterRule, reasonRule}
	}
	return nil
}

// Decide judges a request by the evidence. It never fails: what cannot be judged is refused.
func Decide(request Request, policy Policy, evidence Evidence) Decision {
	d := Decision{
		Schema: Schema, Kind: request.Kind, App: request.App, From: request.From, To: request.To, Run: request.Run,
		Emergency: request.Emergency, Reason: request.Reason, At: evidence.Now, Starters: []string{}, Approvers: []string{},
	}
	if refusal := admissible(request, policy); refusal != nil {
		d.Rules = []Outcome{*refusal}
		return d
	}
	step, _ := stepOf(request)
	j := judgement{Request: request, step: step, policy: policy, evidence: evidence}
	d.fill(j)
	d.Allowed = true
	for _, ask := range rulesOf(request.Kind) {
		outcome := ask(j)
		d.Allowed = d.Allowed && outcome.Met
		d.Rules = append(d.Rules, outcome)
	}
	return d
}

// admissible refuses what no evidence could make right; nil if it is a request at all.
func admissible(request Request, policy Policy) *Outcome {
	refuse := func(fact, remedy string) *Outcome {
		outcome := unmet("request", fact, remedy)
		return &outcome
	}
	if _, err := stepOf(request); err != nil {
		return refuse(err.Error(), "ask for a step that exists")
	}
	_, known := policy.Applications[request.App]
	if infrastructure := request.Kind == Infrastructure; infrastructure != (request.App == InfrastructureApp) || !infrastructure && !known {
		return refuse("app: "+quoted(request.App)+": is no application of "+PolicyFile, "name one, or add it there")
	}
	if shape, right := shapeOf(request.Kind); request.Kind != RollingBack && !shape.MatchString(request.Subject) {
		return refuse("digest: "+quoted(request.Subject)+": is none", "give "+right)
	}
	return nil
}

// fill sets what the record says beside the rules.
func (d *Decision) fill(j judgement) {
	d.Platform = j.policy.Applications[j.App].Platform
	d.Digest = j.Subject
	switch j.Kind {
	case Infrastructure:
		d.Digest, d.Commit = "", j.Subject
	case RollingBack:
		if previous, err := j.previous(); err == nil {
			d.Digest, d.Commit = previous.Subject, previous.Commit
		}
	case Deploying, Promoting:
		if build, err := j.build(); err == nil {
			d.Commit = build.Commit
		}
	}
	for _, run := range j.evidence.Runs.Items {
		if run.ID == j.Run {
			d.Starters = logins(run.Starters)
		}
	}
	d.Approvers, d.Base = j.approvers(), j.evidence.Base
}

// Seal names the evidence in the record: the checksum of what [EvidenceJSON] gives.
func (d *Decision) Seal(evidence Evidence) error {
	text, err := EvidenceJSON(evidence)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	d.EvidenceSHA256 = hex.EncodeToString(sum[:])
	return nil
}

// EvidenceJSON is the evidence as it is kept beside the record.
func EvidenceJSON(evidence Evidence) ([]byte, error) {
	text, err := json.MarshalIndent(evidence, "", "  ")
	return append(text, '\n'), err
}

func logins(people []Person) []string {
	names := []string{}
	for _, person := range people {
		names = append(names, person.key())
	}
	return tidy(names)
}
