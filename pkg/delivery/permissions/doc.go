// Package permissions says what the roles of the delivery may do in an account, as IAM
// policy documents: the role that previews, the one that deploys an environment, the one
// that peers, those that release applications, and the one that pushes images. Who may
// assume them is in pkg/delivery/trust.
//
// It is pure: no Pulumi, so that a test asks the documents before anything is registered.
//
// Three walls stand around each role:
//
//   - its policies, which name every action that grants something to somebody
//     ([Granting]) in full and never by a wildcard, and on named resources;
//   - its permissions boundary, which caps it whatever policy is attached to it later, and
//     denies that it touches the roles, policies, keys and the identity provider of this
//     package;
//   - the boundary of the workloads, which every role carries that the deploying role
//     makes: it cannot make a role that may more than a workload.
package permissions
