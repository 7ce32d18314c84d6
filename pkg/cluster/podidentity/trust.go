package podidentity

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/policy"
)

// service is who hands roles to pods: EKS's authorization service.
const service = "pods.eks.amazonaws.com"

// trust is who may assume the role. The session's tags name the pod's place; an
// association without them (disableSessionTags) cannot use the role.
func trust(args Args) pulumi.StringOutput {
	return args.ClusterName.ToStringOutput().ApplyT(func(cluster string) string {
		arn := "arn:" + args.Partition + ":eks:" + args.Region + ":" + args.AccountID + ":cluster/" + cluster
		return policy.Document(policy.Statement{
			Effect:    policy.Allow,
			Principal: map[string]any{"Service": service},
			Action:    []string{"sts:AssumeRole", "sts:TagSession"},
			Condition: policy.Condition{
				"StringEquals": {
					"aws:SourceAccount":                         args.AccountID,
					"aws:RequestTag/eks-cluster-arn":            arn,
					"aws:RequestTag/kubernetes-namespace":       args.Namespace,
					"aws:RequestTag/kubernetes-service-account": args.ServiceAccount,
				},
				"ArnEquals": {"aws:SourceArn": arn},
			},
		})
	}).(pulumi.StringOutput)
}
