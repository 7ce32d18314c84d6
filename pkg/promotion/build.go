package promotion

import (
	"fmt"
	"time"
)

// build finds the newest build of the digest; the digest may have been built more
// than once, and what is older than the newest says nothing of it for certain.
func (j judgement) build() (Build, error) {
	var newest *Build
	for _, build := range j.evidence.Builds.Items {
		if build.Digest != j.Subject {
			continue
		}
		if _, err := j.trusted(build.Run, builders); err != nil {
			continue // whoever may write can keep an artifact of that name
		}
		if build.At.IsZero() || !commitShape.MatchString(build.Commit) {
			return Build{}, fmt.Errorf("the build of run %d does not say when, or from which commit", build.Run)
		}
		if newest != nil && newest.At.Equal(build.At) && newest.Commit != build.Commit {
			return Build{}, fmt.Errorf("runs %d and %d built it at the same time from different commits", min(newest.Run, build.Run), max(newest.Run, build.Run))
		}
		if newest == nil || build.At.After(newest.At) || build.At.Equal(newest.At) && build.Run < newest.Run {
			newest = &build
		}
	}
	if newest == nil {
		return Build{}, fmt.Errorf("no run of %s is known that built %s", branch, j.Subject)
	}
	return *newest, nil
}

// buildRule: what moves was built by a run of main.
func buildRule(j judgement) Outcome {
	const name = "build"
	build, err := j.build()
	if err != nil {
		return unmet(name, err.Error(), "build it on "+branch+"; what a run kept lasts as long as the repository keeps artifacts")
	}
	return met(name, fmt.Sprintf("run %d built it from %s at %s", build.Run, build.Commit[:12], stamp(build.At)), fmt.Sprintf("run %d", build.Run))
}

// lastChange is when what is promoted was last changed. The times of commits are
// their authors' own, so the build's counts too.
func (j judgement) lastChange() time.Time {
	var last time.Time
	for _, change := range j.evidence.Changes.Items {
		last = later(last, change.At)
	}
	if build, err := j.build(); err == nil {
		last = later(last, build.At)
	}
	return last
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
