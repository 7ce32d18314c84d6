// Package identity authenticates requests to the sandbox's Kubernetes API servers as
// EKS does: by tokens of `aws eks get-token`, which are a signed request to STS,
// GetCallerIdentity, good for 15 minutes. It is a token webhook of kube-apiserver: it asks
// STS (the AWS emulator) who signed, and maps that principal by the cluster's access
// entries to a user and groups.
//
// Tokens rather than client certificates, because then the same command, the same role
// and the same access entry lead to the same group as on EKS: whoever forgets the entry
// or assumes another role is refused here too. A certificate would only prove that
// somebody wrote a group's name into it.
//
// Where it differs from EKS:
//
//	EKS                                        here
//	STS checks the signature                   the emulator checks none: whoever knows an access key's ID is its owner
//	a token is good for one cluster            the cluster's name is in the signature alone, so a token is good for each cluster
//	STS checks trust, MFA and expiry           the emulator lets everybody assume every role, and no session ends
//	access entries are kept by EKS             they are read from the state of the stack, for the emulator has no API for them
//	access policies have their own authorizer  AmazonEKSClusterAdminPolicy is a group bound to cluster-admin; other policies are not known
//	the creator of the cluster is recorded     it is the role platform-deploy, as which the stacks' providers come
package identity
