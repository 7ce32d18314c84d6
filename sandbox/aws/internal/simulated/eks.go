package simulated

import (
	"strings"

	"aws-platform/sandbox/aws/internal/invent"
)

// kubernetes are the parts of EKS that the emulator lacks. What an access entry says is
// read from the state of its stack by the sandbox's authenticator.
func kubernetes() []Type {
	return []Type{
		{
			"aws_eks_access_entry",
			"moto 5.2.1: CreateAccessEntry is not implemented; the sandbox's API servers heed the entry all the same",
			map[string]invent.Shape{
				"id": invent.Joined(":", "cluster_name", "principal_arn"),
				"access_entry_arn": func(r invent.Resource) string {
					principal := invent.Named("principal_arn")(r)
					kind, name, _ := strings.Cut(principal[strings.LastIndex(principal, ":")+1:], "/")
					return invent.ARN("eks", "access-entry/", "cluster_name")(r) + "/" + kind + "/" + r.Place.Account + "/" + name + "/" + invent.UUID(r)
				},
				"user_name": sessionName, "created_at": beginning, "modified_at": beginning,
			},
		},
		{
			"aws_eks_access_policy_association",
			"moto 5.2.1: AssociateAccessPolicy is not implemented; the sandbox's API servers heed AmazonEKSClusterAdminPolicy all the same",
			map[string]invent.Shape{
				"id": invent.Joined("#", "cluster_name", "principal_arn", "policy_arn"), "associated_at": beginning, "modified_at": beginning,
			},
		},
		{
			"aws_eks_addon",
			"moto 5.2.1: CreateAddon is not implemented",
			map[string]invent.Shape{
				"id": invent.Joined(":", "cluster_name", "addon_name"),
				"arn": func(r invent.Resource) string {
					return invent.ARN("eks", "addon/", "cluster_name", "addon_name")(r) + "/" + invent.UUID(r)
				},
				"created_at": beginning, "modified_at": beginning,
			},
		},
		{
			"aws_eks_pod_identity_association",
			"moto 5.2.1: CreatePodIdentityAssociation is not implemented",
			map[string]invent.Shape{
				"id": association, "association_id": association,
				"association_arn": func(r invent.Resource) string {
					return invent.ARN("eks", "podidentityassociation/", "cluster_name")(r) + "/" + association(r)
				},
			},
		},
	}
}

// beginning is when what is simulated was made; a time of its own would be another one each run.
var beginning = invent.Constant("2026-01-01T00:00:00Z")

// sessionName is the user that EKS makes of a role without a name of its own.
func sessionName(r invent.Resource) string {
	principal := invent.Named("principal_arn")(r)
	role := principal[strings.LastIndex(principal, "/")+1:]
	return "arn:aws:sts::" + r.Place.Account + ":assumed-role/" + role + "/{{SessionName}}"
}

// association is the ID of a pod identity association.
func association(r invent.Resource) string {
	return "a-" + strings.ReplaceAll(invent.UUID(r), "-", "")[:17]
}
