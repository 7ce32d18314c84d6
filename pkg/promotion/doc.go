// Package promotion decides whether something may go to an environment: the
// image or archive of an application, or a commit of the estate itself. It is
// pure: what is known comes in as [Evidence], what was decided goes out as a
// [Decision], and the same evidence gives the same decision. Who fetches the
// evidence is pkg/promotion/collect; the command is `platform promote`.
//
// GitHub lets a job proceed after one of an environment's reviewers ("Managing
// environments for deployment": only one of the required reviewers needs to
// approve the job). That two or three different people have approved is counted
// here, behind the gates and before the job that holds the environment's name.
//
// Everything that is missing, contradictory, from the future or from a run of
// unreviewed code refuses. What was taken away from the evidence refuses too:
// every list says how many it had.
package promotion
