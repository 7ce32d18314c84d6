package promotion

import (
	"fmt"
	"regexp"
)

// Kind is what is asked for.
type Kind string

// The kinds of requests.
const (
	// Deploying brings a fresh build to dev.
	Deploying Kind = "deployment"
	// Promoting brings what runs in one environment to the next.
	Promoting Kind = "promotion"
	// RollingBack brings an environment back to what it had before.
	RollingBack Kind = "rollback"
	// Infrastructure brings a commit of the estate to a stack.
	Infrastructure Kind = "infrastructure"
)

// InfrastructureApp is the name under which deployments of the estate itself are recorded.
const InfrastructureApp = "infrastructure"

// Request is what somebody wants to do.
type Request struct {
	Kind Kind `json:"kind"`
	// App is the application, as the policy names it.
	App string `json:"app"`
	// From is the source environment; empty for a build.
	From string `json:"from"`
	// To is the target environment.
	To string `json:"to"`
	// Subject is what moves: a digest, "sha256:" and 64 hex digits; for
	// infrastructure a commit, 40 hex digits. A rollback finds its own.
	Subject string `json:"subject"`
	// Run is the workflow run that asks.
	Run int64 `json:"run"`
	// Emergency is the reason for not waiting, "" where there is none.
	Emergency string `json:"emergency,omitempty"`
	// Reason is why a rollback is made.
	Reason string `json:"reason,omitempty"`
}

var (
	digestShape = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)
	commitShape = regexp.MustCompile(`^[0-9a-f]{40}$`)
)

// shapeOf says what the subject of a kind must look like.
func shapeOf(kind Kind) (*regexp.Regexp, string) {
	if kind == Infrastructure {
		return commitShape, "a commit: 40 hex digits"
	}
	return digestShape, `a digest, never a tag: "sha256:" and 64 hex digits`
}

// CheckDigest returns an error that says what a digest looks like, if it is none.
func CheckDigest(digest string) error {
	if !digestShape.MatchString(digest) {
		_, right := shapeOf(Promoting)
		return fmt.Errorf("digest: %s: is none: give %s", quoted(digest), right)
	}
	return nil
}
