package policy

// SessionManager is the managed policy AmazonSSMManagedInstanceCore without its
// ssm:GetParameter and ssm:GetParameters on every parameter of the account: what an
// instance needs to be administered by Session Manager.
func SessionManager() []Statement {
	everything := []string{"*"} // as AWS has it: most of these actions know no resources, and an instance speaks for itself alone
	return []Statement{
		{Sid: "IsManaged", Effect: Allow, Resource: everything, Action: []string{
			"ssm:DescribeAssociation", "ssm:DescribeDocument", "ssm:GetDeployablePatchSnapshotForInstance", "ssm:GetDocument",
			"ssm:GetManifest", "ssm:ListAssociations", "ssm:ListInstanceAssociations", "ssm:PutComplianceItems",
			"ssm:PutConfigurePackageResult", "ssm:PutInventory", "ssm:UpdateAssociationStatus",
			"ssm:UpdateInstanceAssociationStatus", "ssm:UpdateInstanceInformation",
		}},
		{Sid: "HoldsSessions", Effect: Allow, Resource: everything, Action: []string{
			"ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
			"ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
		}},
		{Sid: "TakesCommands", Effect: Allow, Resource: everything, Action: []string{
			"ec2messages:AcknowledgeMessage", "ec2messages:DeleteMessage", "ec2messages:FailMessage",
			"ec2messages:GetEndpoint", "ec2messages:GetMessages", "ec2messages:SendReply",
		}},
	}
}
