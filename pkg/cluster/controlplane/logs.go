package controlplane

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// logTypes are all that the control plane writes (Amazon EKS User Guide, "Send control
// plane logs to CloudWatch Logs"); the audit log is what PCI DSS 10.2 asks for.
func logTypes() pulumi.StringArray {
	return pulumi.ToStringArray([]string{"api", "audit", "authenticator", "controllerManager", "scheduler"})
}

// logs makes the group before EKS does.
func (p *ControlPlane) logs(ctx *pulumi.Context, name string, args Args) (err error) {
	p.LogGroup, err = cloudwatch.NewLogGroup(ctx, name+"-eks-logs", &cloudwatch.LogGroupArgs{
		Name:            pulumi.String(LogGroupName(ClusterName(args.Environment))),
		KmsKeyId:        args.LogKeyARN.ToStringOutput().ToStringPtrOutput(),
		RetentionInDays: pulumi.Int(config.LogRetention(args.LogRetentionDays)),
		Tags:            pulumi.StringMap{"Name": pulumi.String(args.Environment + "-eks")},
	}, pulumi.Parent(p), pulumi.Protect(true))
	return err
}
