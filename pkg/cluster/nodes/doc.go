// Package nodes makes the managed node groups of the cluster and their role.
//
// EKS boots the nodes: a launch template without an image takes the one of the group's
// AMI type, and EKS adds the user data. So EKS finds --max-pods too, from the instance
// types and from the VPC CNI's prefix delegation, 110 at most below 30 vCPUs (Amazon EKS
// User Guide, "Assign more IP addresses to Amazon EKS nodes with prefixes"); with an
// image of our own it would be ours to compute. It looks when the group is made: the
// add-ons of Args.Boot have to be there.
//
// What needs a new group, as other instance types, another capacity type or image,
// makes Pulumi create the new group before it deletes the old one: the group has the
// beginning of a name only, and EKS drains the old nodes, as disruption budgets allow,
// when it deletes theirs. With a fixed name the nodes would be gone first. All other
// changes, as a new version of the launch template or of Kubernetes, roll through the
// nodes, MaxUnavailable at a time.
//
// New images come with a new Kubernetes version, or by
// `aws eks update-nodegroup-version`: without a release version the provider takes the
// newest image at first and leaves it to EKS from then on.
package nodes
