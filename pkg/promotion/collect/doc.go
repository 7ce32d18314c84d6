// Package collect reads the evidence of a promotion from the GitHub API, and keeps
// records of what was deployed there. It judges nothing: pkg/promotion does.
//
// It fails closed: an answer that does not come, is refused, is cut short or lacks
// what it must have is an error, and nobody promotes on an error. Three things are
// no errors, because their absence is an answer: a person who is in no team, an
// environment that does not exist, and a run that a deployment names and that was
// never there. They make the rules refuse.
//
// Reading is retried three times where GitHub's servers fail (5xx) or ask to wait
// (429 with Retry-After), since a promotion whose verification failed needs new
// approvals; so is setting a status. Making a deployment never is: there must not be two.
package collect
