package release

import (
	"fmt"

	"aws-platform/pkg/policy"
)

// EC2 Auto Scaling launches by its own service-linked role, but asks whether whoever
// gives a group a launch template might launch from it: ec2:RunInstances, and
// ec2:CreateTags and iam:PassRole where the template tags and has an instance
// profile (Amazon EC2 Auto Scaling User Guide, "Amazon EC2 Auto Scaling API
// permissions" and "Control Amazon EC2 launch template usage in Auto Scaling groups").

// launchFromTemplate allows what the fleet's launch template names and nothing that
// a caller puts in its place. "*", since that is an image, security groups and so on
// which the template alone knows; the condition holds for them only.
func launchFromTemplate(found estate) policy.Statement {
	return policy.Statement{
		Sid: "LaunchFromTemplate", Effect: policy.Allow,
		Action:   []string{"ec2:RunInstances"},
		Resource: []string{"*"},
		Condition: policy.Condition{
			"ArnEquals": {"ec2:LaunchTemplate": found.TemplateARN},
			"Bool":      {"ec2:IsLaunchTemplateResource": "true"},
		},
	}
}

// launchIntoGroup allows what the template does not name: the group's subnets, and
// what a launch makes.
func launchIntoGroup(args Args, found estate) policy.Statement {
	return policy.Statement{
		Sid: "LaunchIntoGroup", Effect: policy.Allow,
		Action:    []string{"ec2:RunInstances"},
		Resource:  []string{ec2(args, "instance"), ec2(args, "network-interface"), ec2(args, "subnet"), ec2(args, "volume")},
		Condition: policy.Condition{"ArnEquals": {"ec2:LaunchTemplate": found.TemplateARN}},
	}
}

// tagLaunched allows the template's tags, on what a launch makes and while it does.
func tagLaunched(args Args) policy.Statement {
	return policy.Statement{
		Sid: "TagLaunched", Effect: policy.Allow,
		Action:    []string{"ec2:CreateTags"},
		Resource:  []string{ec2(args, "instance"), ec2(args, "volume")},
		Condition: policy.Condition{"StringEquals": {"ec2:CreateAction": "RunInstances"}},
	}
}

func passInstanceRole(found estate) policy.Statement {
	return policy.Statement{
		Sid: "PassInstanceRole", Effect: policy.Allow,
		Action:    []string{"iam:PassRole"},
		Resource:  []string{found.InstanceRole},
		Condition: passedTo("ec2.amazonaws.com"),
	}
}

func passedTo(service string) policy.Condition {
	return policy.Condition{"StringEquals": {"iam:PassedToService": service}}
}

func ec2(args Args, kind string) string {
	return fmt.Sprintf("arn:%s:ec2:%s:%s:%s/*", args.Partition, args.Region, args.AccountID, kind)
}
