package permissions

import (
	"fmt"

	"aws-platform/pkg/policy"
)

// preview previews the account's stacks and looks for drift. It reads no data: a preview
// decides nothing by what is in a bucket, nor in a secret, but for the endpoints of topics:
// the program reads them, and posts elsewhere when one has changed. They are in the state,
// too, which this role decrypts. A secret parameter it cannot refresh.
func preview(p Place) Role {
	var stacks []stack
	var secrets []string
	endpoints := []string{p.arn("secretsmanager", "secret:platform/alarms/*")} // as config.SecretPrefix has it
	for _, environment := range p.environments() {
		stacks = append(stacks, stack{environmentProject, environment})
		secrets = append(secrets, p.arn("secretsmanager", "secret:"+environment+"/*"))
		endpoints = append(endpoints, p.arn("secretsmanager", "secret:"+environment+"/alarms/*"))
	}
	stacks = append(stacks, stack{accountProject, "account-" + p.Environment})
	if len(p.PeerAccounts) > 0 {
		stacks = append(stacks, peeredStacks()...)
	}
	statements := append(readStatements(p), readState(p, stacks...)...)
	statements = append(statements,
		policy.Statement{Sid: "Endpoints", Effect: policy.Allow, Action: []string{"secretsmanager:GetSecretValue"}, Resource: endpoints},
		policy.Statement{Sid: "FoundSecrets", Effect: policy.Allow, Action: []string{"secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"}, Resource: secrets})
	return narrow(p, Preview, "previews of pull requests and the nightly look for drift; reads, and changes nothing",
		append(statements, itself(p, Preview))...)
}

// peeredStacks are those that the peering stack reads, and itself. Which environments are
// peered the peering stack's own file says.
func peeredStacks() []stack {
	return []stack{{peeringProject, "peering"}, {environmentProject, "production"}, {environmentProject, "production-pci"}}
}

// peering wires this account's side. The route tables that it can write are those of the
// app and loadbalancer tiers, by their tag: a wall more between the peers' data tiers.
func peering(p Place) Role {
	others := []string{}
	for _, account := range p.PeerAccounts {
		others = append(others, "arn:"+p.Partition+":ec2:*:"+account+":vpc/*")
	}
	connection := p.arn("ec2", "vpc-peering-connection/*")
	tables := policy.Condition{"StringEquals": {"aws:ResourceTag/Tier": []string{"app", "loadbalancer"}}}
	statements := []policy.Statement{
		{Sid: "Look", Effect: policy.Allow, Resource: everything(), Action: []string{
			"ec2:DescribeRouteTables", "ec2:DescribeVpcPeeringConnections", "ec2:DescribeVpcs", "route53:GetChange", "route53:GetHostedZone",
			"route53:ListHostedZonesByVPC", "route53:ListVPCAssociationAuthorizations",
		}},
		{Sid: "OwnSide", Effect: policy.Allow, Action: []string{"ec2:AcceptVpcPeeringConnection", "ec2:CreateVpcPeeringConnection"},
			Resource: []string{p.arn("ec2", "vpc/*")}},
		{Sid: "Between", Effect: policy.Allow, Action: []string{"ec2:AcceptVpcPeeringConnection", "ec2:CreateVpcPeeringConnection"},
			Resource:  []string{connection},
			Condition: policy.Condition{"ArnLike": {"ec2:AccepterVpc": others, "ec2:RequesterVpc": others}}},
		{Sid: "Connection", Effect: policy.Allow, Resource: []string{connection}, Action: []string{
			"ec2:CreateTags", "ec2:DeleteTags", "ec2:DeleteVpcPeeringConnection", "ec2:ModifyVpcPeeringConnectionOptions",
		}},
		{Sid: "Routes", Effect: policy.Allow, Action: []string{"ec2:CreateRoute", "ec2:DeleteRoute", "ec2:ReplaceRoute"},
			Resource: []string{p.arn("ec2", "route-table/*")}, Condition: tables},
		{Sid: "Zones", Effect: policy.Allow, Resource: []string{"arn:" + p.Partition + ":route53:::hostedzone/*"}, Action: []string{
			"route53:AssociateVPCWithHostedZone", "route53:CreateVPCAssociationAuthorization",
			"route53:DeleteVPCAssociationAuthorization", "route53:DisassociateVPCFromHostedZone",
		}},
		// Route 53 asks for the VPC that joins a zone in its owner's name.
		{Sid: "ZonesVpc", Effect: policy.Allow, Action: []string{"ec2:DescribeVpcs", "ec2:DescribeRegions"}, Resource: everything()},
	}
	statements = append(statements, readState(p, peeredStacks()...)...)
	statements = append(statements, writeState(p, stack{peeringProject, "peering"})...)
	statements = append(statements, alarm(p)...)
	return narrow(p, Peering, "the peering stack, this account's side of it", append(statements, itself(p, Peering))...)
}

// pipeline releases applications in the cluster: all that it does there it does as the
// cluster's deployer, whose rights are those of the table in docs/access.md.
func pipeline(p Place) Role {
	cluster := p.Environment + "-eks"
	return narrow(p, Pipeline, "releases of applications in the cluster",
		append([]policy.Statement{
			{Sid: "Cluster", Effect: policy.Allow, Action: []string{"eks:DescribeCluster"}, Resource: []string{p.arn("eks", "cluster/"+cluster)}},
			{Sid: "Deployer", Effect: policy.Allow, Action: []string{"sts:AssumeRole"}, Resource: []string{p.iam("role/" + cluster + "-deployer")}},
		}, append(append(pull(p), signatures(p)...), alarm(p)...)...)...)
}

// signatures lets a role read the images of the registry that they are pushed to: there
// their signatures are, and whether replication brings them along no document of AWS says.
func signatures(p Place) []policy.Statement {
	if p.Home {
		return nil // it may read them already
	}
	var arns []string
	for _, application := range p.Applications {
		arns = append(arns, fmt.Sprintf("arn:%s:ecr:%s:%s:repository/%s", p.Partition, p.Region, p.HomeAccountID, application))
	}
	return []policy.Statement{{Sid: "Signatures", Effect: policy.Allow, Resource: arns, Action: SignatureActions()}}
}

// SignatureActions are what it takes to read a signature: a manifest and its layers.
func SignatureActions() []string { return []string{"ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"} }

// pipelineEC2 releases the application on the fleets: it uploads a revision and starts the
// release document of the idle color, which acts as a role of its own (docs/runbooks/release.md).
func pipelineEC2(p Place) Role {
	bucket := p.bucket(p.Environment + "-deployments-" + p.AccountID)
	return narrow(p, PipelineEC2, "releases of the application on the fleets",
		append([]policy.Statement{
			{Sid: "Revisions", Effect: policy.Allow, Resource: []string{bucket + "/*"}, Action: []string{
				"s3:GetObject", "s3:GetObjectAttributes", "s3:GetObjectVersion", "s3:GetObjectVersionAttributes", "s3:PutObject",
			}},
			{Sid: "Versions", Effect: policy.Allow, Action: []string{"s3:ListBucket", "s3:ListBucketVersions"}, Resource: []string{bucket}},
			{Sid: "Encryption", Effect: policy.Allow, Action: []string{"kms:Decrypt", "kms:GenerateDataKey"}, Resource: []string{p.arn("kms", "key/*")},
				Condition: throughKeys(p, "alias/"+p.Environment+"/s3", "s3")},
			{Sid: "Release", Effect: policy.Allow, Action: []string{"ssm:StartAutomationExecution"}, Resource: []string{
				p.arn("ssm", "automation-definition/"+p.Environment+"-release-*:*"),
				p.arn("ssm", "document/"+p.Environment+"-release-*"),
			}},
			{Sid: "Follow", Effect: policy.Allow, Action: []string{"ssm:GetAutomationExecution", "ssm:StopAutomationExecution"},
				Resource: []string{p.arn("ssm", "automation-execution/*")}},
			{Sid: "Lock", Effect: policy.Allow, Action: []string{"ssm:GetParameter"}, Resource: []string{p.arn("ssm", "parameter/"+p.Environment+"/release")}},
			// The role of the runbooks: its name has a suffix that Pulumi chooses.
			{Sid: "Runbook", Effect: policy.Allow, Action: []string{"iam:PassRole"}, Resource: []string{p.iam("role/" + p.Environment + "-release-*")},
				Condition: policy.Condition{"StringEquals": {"iam:PassedToService": "ssm.amazonaws.com"}}}, //nolint:gosec // a service, no credential
			{Sid: "Color", Effect: policy.Allow, Resource: everything(), Action: []string{
				"elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeTargetGroups",
			}},
			{Sid: "Serves", Effect: policy.Allow, Action: []string{"codedeploy:GetDeploymentGroup"}, Resource: []string{p.deploymentGroups()}},
		}, append(direct(p), alarm(p)...)...)...)
}

// withoutReleases is the one environment that may have no certificate, and then no
// release documents: what is deployed there is deployed by CodeDeploy alone.
const withoutReleases = "dev"

// direct lets a pipeline deploy to a fleet without a release document. Elsewhere it would
// be the way around the document: past its approval and onto the fleet that serves.
func direct(p Place) []policy.Statement {
	if p.Environment != withoutReleases {
		return nil
	}
	return []policy.Statement{
		{Sid: "Deploy", Effect: policy.Allow, Action: []string{"codedeploy:CreateDeployment", "codedeploy:GetDeployment"},
			Resource: []string{p.deploymentGroups()}},
		{Sid: "Revision", Effect: policy.Allow, Action: []string{"codedeploy:GetApplicationRevision", "codedeploy:RegisterApplicationRevision"},
			Resource: []string{p.arn("codedeploy", "application:"+p.Environment)}},
		{Sid: "Manner", Effect: policy.Allow, Action: []string{"codedeploy:GetDeploymentConfig"}, Resource: []string{p.arn("codedeploy", "deploymentconfig:*")}},
	}
}

// deploymentGroups are those of the fleets.
func (p Place) deploymentGroups() string {
	return p.arn("codedeploy", "deploymentgroup:"+p.Environment+"/"+p.Environment+"-*")
}

// build pushes images and reads what the scan found.
func build(p Place) Role {
	push := policy.Statement{Sid: "Push", Effect: policy.Allow, Resource: repositories(p), Action: []string{
		"ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart",
	}}
	return narrow(p, Build, "builds of the main branch; pushes images", append(pull(p), push)...)
}

// pull lets a role pull the applications' images and read what the scan found: a
// deployment looks at the signature and the findings of the digest that it deploys.
func pull(p Place) []policy.Statement {
	return []policy.Statement{
		{Sid: "Token", Effect: policy.Allow, Action: []string{"ecr:GetAuthorizationToken"}, Resource: everything()},
		{Sid: "Pull", Effect: policy.Allow, Resource: repositories(p), Action: []string{
			"ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:DescribeImageScanFindings", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer",
		}},
		// The findings are Inspector's, which ECR asks in the caller's name (Amazon ECR User
		// Guide, "IAM permissions required for enhanced scanning in Amazon ECR").
		{Sid: "Findings", Effect: policy.Allow, Action: []string{"inspector2:ListCoverage", "inspector2:ListFindings"}, Resource: everything()},
	}
}

// repositories are the applications'.
func repositories(p Place) []string {
	var arns []string
	for _, application := range p.Applications {
		arns = append(arns, p.arn("ecr", "repository/"+application))
	}
	return arns
}

// alarm lets a role tell the security topic that somebody deploys in an emergency.
func alarm(p Place) []policy.Statement {
	return []policy.Statement{
		{Sid: "Alarm", Effect: policy.Allow, Action: []string{"sns:Publish"}, Resource: []string{p.arn("sns", p.Environment+"-security")}},
		{Sid: "AlarmKey", Effect: policy.Allow, Action: []string{"kms:Decrypt", "kms:GenerateDataKey"}, Resource: []string{p.arn("kms", "key/*")},
			Condition: throughKeys(p, "alias/"+p.Environment+"/sns", "sns")},
	}
}
