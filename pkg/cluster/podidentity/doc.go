// Package podidentity gives pods an IAM role by EKS Pod Identity: one role for one
// service account of one cluster.
//
// The role trusts EKS alone (pods.eks.amazonaws.com), on behalf of the one cluster, and
// for pods of the one service account: EKS tags the session with the cluster, the
// namespace and the service account, and the trust asks for all three (Amazon EKS User
// Guide, "Create IAM role with trust policy required by EKS Pod Identity"). So an
// association with another service account, which whoever may pass the role could
// make, gets nothing.
package podidentity
