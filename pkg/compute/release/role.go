package release

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/automation"
	"aws-platform/pkg/compute/color"
	"aws-platform/pkg/policy"
)

// role makes the role that the runbooks act as.
func (b *builder) role() error {
	role, err := iam.NewRole(b.ctx, b.name, &iam.RoleArgs{
		Description:      pulumi.String("Release runbooks of " + b.args.Environment),
		AssumeRolePolicy: pulumi.String(trust(b.args)),
		Tags:             pulumi.StringMap{"Name": pulumi.String(b.args.Environment + "-release")},
	}, pulumi.Parent(b.release))
	if err != nil {
		return err
	}
	b.release.Role = role
	_, err = iam.NewRolePolicy(b.ctx, b.name, &iam.RolePolicyArgs{
		Role: role.ID(),
		Policy: b.facts.ApplyT(func(text string) (string, error) {
			found, err := parseEstate(text)
			if err != nil {
				return "", err
			}
			return permissions(b.args, found), nil
		}).(pulumi.StringOutput),
	}, pulumi.Parent(b.release))
	return err
}

// trust lets Automation of this account and region act as the role, and nobody else
// (Systems Manager User Guide, "Setting up Automation", confused deputy).
func trust(args Args) string {
	return policy.Document(policy.Statement{
		Effect:    policy.Allow,
		Principal: map[string]any{"Service": "ssm.amazonaws.com"},
		Action:    []string{"sts:AssumeRole"},
		Condition: policy.Condition{
			"StringEquals": {"aws:SourceAccount": args.AccountID},
			"ArnLike": {"aws:SourceArn": fmt.Sprintf("arn:%s:ssm:%s:%s:automation-execution/*",
				args.Partition, args.Region, args.AccountID)},
		},
	})
}

// permissions are the calls of the runbooks' steps (Service Authorization Reference).
func permissions(args Args, found estate) string {
	return policy.Document(
		policy.Statement{
			Sid: "Look", Effect: policy.Allow,
			Action: []string{
				"autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeInstanceRefreshes",
				"cloudwatch:DescribeAlarms", "elasticloadbalancing:DescribeListeners",
			},
			// None of them is answered for single resources: those of autoscaling and of
			// elasticloadbalancing have no resource type, and composite alarms are shown
			// to "*" alone (Amazon CloudWatch API Reference, DescribeAlarms).
			Resource: []string{"*"},
		},
		policy.Statement{
			Sid: "MoveTraffic", Effect: policy.Allow,
			Action:   []string{"elasticloadbalancing:ModifyListener"},
			Resource: []string{found.PublicListener, found.InternalListener, found.TestListener},
		},
		policy.Statement{
			Sid: "SizeTheFleets", Effect: policy.Allow,
			Action: []string{
				"autoscaling:ResumeProcesses", "autoscaling:StartInstanceRefresh",
				"autoscaling:SuspendProcesses", "autoscaling:UpdateAutoScalingGroup",
			},
			Resource: []string{found.Fleets[color.Blue].GroupARN, found.Fleets[color.Green].GroupARN},
		},
		policy.Statement{
			Sid: "Lock", Effect: policy.Allow,
			Action: []string{"ssm:DeleteParameter", "ssm:PutParameter"},
			Resource: []string{fmt.Sprintf("arn:%s:ssm:%s:%s:parameter%s",
				args.Partition, args.Region, args.AccountID, automation.LockParameter(args.Environment))},
		},
		launchFromTemplate(found),
		launchIntoGroup(args, found),
		tagLaunched(args),
		passInstanceRole(found),
		readRevision(found),
		decryptRevision(args, found),
		deployRevision(args, found),
		registerRevision(args, found),
	)
}

// readRevision lets GetObjectAttributes name a version (Amazon S3 API Reference,
// GetObjectAttributes, "Permissions").
func readRevision(found estate) policy.Statement {
	return policy.Statement{
		Sid: "ReadTheChecksum", Effect: policy.Allow,
		Action:   []string{"s3:GetObjectVersion", "s3:GetObjectVersionAttributes"},
		Resource: []string{found.BucketARN + "/*"},
	}
}

// decryptRevision is what S3 wants before it shows the checksum of an object that
// is encrypted with a KMS key (Amazon S3 API Reference, HeadObject, ChecksumMode).
func decryptRevision(args Args, found estate) policy.Statement {
	return policy.Statement{
		Sid: "DecryptTheChecksum", Effect: policy.Allow,
		Action:    []string{"kms:Decrypt"},
		Resource:  []string{found.Key},
		Condition: policy.Condition{"StringEquals": {"kms:ViaService": fmt.Sprintf("s3.%s.amazonaws.com", args.Region)}},
	}
}

// deployRevision lets the two deployment groups deploy.
func deployRevision(args Args, found estate) policy.Statement {
	group := func(c color.Color) string {
		return codedeploy(args, "deploymentgroup:"+found.Application+"/"+found.Fleets[c].DeploymentGroup)
	}
	return policy.Statement{
		Sid: "Deploy", Effect: policy.Allow,
		Action:   []string{"codedeploy:CreateDeployment", "codedeploy:GetDeployment", "codedeploy:StopDeployment"},
		Resource: []string{group(color.Blue), group(color.Green)},
	}
}

// registerRevision is what CreateDeployment does on the caller's behalf (AWS
// CodeDeploy User Guide, "CodeDeploy permissions reference").
func registerRevision(args Args, found estate) policy.Statement {
	return policy.Statement{
		Sid: "Register", Effect: policy.Allow,
		Action: []string{"codedeploy:GetApplicationRevision", "codedeploy:GetDeploymentConfig", "codedeploy:RegisterApplicationRevision"},
		Resource: []string{
			codedeploy(args, "application:"+found.Application),
			codedeploy(args, "deploymentconfig:"+found.DeploymentConfig),
		},
	}
}

func codedeploy(args Args, resource string) string {
	return fmt.Sprintf("arn:%s:codedeploy:%s:%s:%s", args.Partition, args.Region, args.AccountID, resource)
}
