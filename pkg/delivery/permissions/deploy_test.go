package permissions_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/delivery/permissions"
	"aws-platform/pkg/policy/policytest"
)

const account = "111111111111"

func place() permissions.Place {
	return permissions.Place{
		Environment: "production", AccountID: account, Region: "us-east-1", Partition: "aws",
		PeerAccounts: []string{account, "222222222222"}, Applications: []string{"web"}, Home: true,
		State: permissions.State{Bucket: "example-state", KeyARN: "arn:aws:kms:us-east-1:111111111111:key/state"},
	}
}

func role(t *testing.T, name string) permissions.Role {
	t.Helper()
	for _, role := range permissions.Roles(place()) {
		if role.Name == name {
			return role
		}
	}
	require.Fail(t, "no role "+name)
	return permissions.Role{}
}

// may asks a role as IAM does: both its policies and its boundary must allow, and neither deny.
func may(role permissions.Role, request policytest.Request) bool {
	allowed := false
	for _, document := range role.Policies {
		switch policytest.AskStatements(document.Statements, request) {
		case policytest.Denied:
			return false
		case policytest.Allowed:
			allowed = true
		case policytest.Silent:
		}
	}
	return allowed && policytest.AskStatements(role.Boundary, request) == policytest.Allowed
}

type question struct {
	reason, action, resource string
	context                  map[string][]string
	want                     bool
}

func ask(t *testing.T, name string, questions []question) {
	t.Helper()
	for _, q := range questions {
		t.Run(q.reason, func(t *testing.T) {
			assert.Equal(t, q.want, may(role(t, name), policytest.Request{Action: q.action, Resource: q.resource, Context: q.context}),
				"%s on %s", q.action, q.resource)
		})
	}
}

const (
	iam     = "arn:aws:iam::111111111111:"
	kmsKey  = "arn:aws:kms:us-east-1:111111111111:key/0a1b"
	bounded = "iam:PermissionsBoundary"
)

func TestDeployMakesRolesOfWorkloadsAlone(t *testing.T) {
	with := func(keys ...string) map[string][]string {
		context := map[string][]string{}
		for i := 0; i+1 < len(keys); i += 2 {
			context[keys[i]] = append(context[keys[i]], keys[i+1])
		}
		return context
	}
	workload := permissions.WorkloadBoundaryARN("aws", account)
	own, ours := iam+"role/production-fleet-1a2b3c4", iam+"role/platform-deploy"
	ask(t, permissions.Deploy, []question{
		{"a role with the boundary", "iam:CreateRole", own, with(bounded, workload), true},
		{"one without", "iam:CreateRole", own, nil, false},
		{"one with another", "iam:CreateRole", own, with(bounded, iam+"policy/production-own"), false},
		{"one of another name", "iam:CreateRole", iam + "role/admin", with(bounded, workload), false},
		{"a role of the delivery", "iam:CreateRole", iam + "role/platform-x", with(bounded, workload), false},
		{"an older role gets the boundary", "iam:PutRolePermissionsBoundary", own, with(bounded, workload), true},
		{"another boundary", "iam:PutRolePermissionsBoundary", own, with(bounded, iam+"policy/production-own"), false},
		{"takes the boundary away", "iam:DeleteRolePermissionsBoundary", own, with(bounded, workload), false},
		{"a policy in a bounded role", "iam:PutRolePolicy", own, with(bounded, workload), true},
		{"a policy in an unbounded role", "iam:PutRolePolicy", own, nil, false},
		{"attaches the environment's policy", "iam:AttachRolePolicy", own, with(bounded, workload, "iam:PolicyARN", iam+"policy/production-kafka-access"), true},
		{"attaches one of AWS's that nodes need", "iam:AttachRolePolicy", own, with(bounded, workload, "iam:PolicyARN", "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"), true},
		{"attaches an administrator's", "iam:AttachRolePolicy", own, with(bounded, workload, "iam:PolicyARN", "arn:aws:iam::aws:policy/AdministratorAccess"), false},
		{"attaches to itself", "iam:AttachRolePolicy", ours, with(bounded, workload, "iam:PolicyARN", iam+"policy/production-kafka-access"), false},
		{"changes its own trust", "iam:UpdateAssumeRolePolicy", ours, nil, false},
		{"changes the trust of a workload", "iam:UpdateAssumeRolePolicy", own, nil, true},
		{"changes a policy of the delivery", "iam:CreatePolicyVersion", iam + "policy/platform-deploy-boundary", nil, false},
		{"changes the workloads' boundary", "iam:CreatePolicyVersion", iam + "policy/platform-workload-boundary", nil, false},
		{"turns a policy back", "iam:SetDefaultPolicyVersion", iam + "policy/production-kafka-access", nil, false},
		{"passes a role to a service of the environment", "iam:PassRole", own, with("iam:PassedToService", "ec2.amazonaws.com"), true},
		{"passes it to another service", "iam:PassRole", own, with("iam:PassedToService", "lambda.amazonaws.com"), false},
		{"passes the role of the delivery", "iam:PassRole", ours, with("iam:PassedToService", "ec2.amazonaws.com"), false},
		{"a user", "iam:CreateUser", iam + "user/x", nil, false},
		{"an access key", "iam:CreateAccessKey", iam + "user/platform-break-glass", nil, false},
		{"the cluster's issuer", "iam:CreateOpenIDConnectProvider", iam + "oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0A", nil, true},
		{"another issuer", "iam:CreateOpenIDConnectProvider", iam + "oidc-provider/evil.example.com", nil, false},
		{"a further audience of GitHub's", "iam:AddClientIDToOpenIDConnectProvider", iam + "oidc-provider/token.actions.githubusercontent.com", nil, false},
		{"GitHub itself", "iam:DeleteOpenIDConnectProvider", iam + "oidc-provider/token.actions.githubusercontent.com", nil, false},
		{"a role of a service that it uses", "iam:CreateServiceLinkedRole", iam + "role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS", with("iam:AWSServiceName", "rds.amazonaws.com"), true},
		{"a role of another service", "iam:CreateServiceLinkedRole", iam + "role/aws-service-role/x.amazonaws.com/X", with("iam:AWSServiceName", "organizations.amazonaws.com"), false},
		{"itself", "sts:AssumeRole", ours, nil, true},
		{"the pipeline", "sts:AssumeRole", iam + "role/platform-pipeline", nil, false},
		{"another account's", "sts:AssumeRole", "arn:aws:iam::222222222222:role/platform-deploy", nil, false},
		{"an administrator", "sts:AssumeRole", iam + "role/platform-bootstrap", nil, false},
	})
}

func TestDeployAndKeysBucketsAndWatchers(t *testing.T) {
	tagged := map[string][]string{"aws:ResourceTag/Environment": {"production"}}
	images := map[string][]string{"aws:ResourceTag/Environment": {"production"}, "kms:ResourceAliases": {permissions.KeyAlias}}
	days := func(text string) map[string][]string {
		return map[string][]string{"aws:ResourceTag/Environment": {"production"}, "kms:ScheduleKeyDeletionPendingWindowInDays": {text}}
	}
	ask(t, permissions.Deploy, []question{
		{"the policy of its key", "kms:PutKeyPolicy", kmsKey, tagged, true},
		{"the policy of another key", "kms:PutKeyPolicy", kmsKey, nil, false},
		{"the policy of the images' key", "kms:PutKeyPolicy", kmsKey, images, false},
		{"the policy of the state's key", "kms:PutKeyPolicy", "arn:aws:kms:us-east-1:111111111111:key/state", tagged, false},
		{"deletes a key in 30 days", "kms:ScheduleKeyDeletion", kmsKey, days("30"), true},
		{"deletes a key in 7 days", "kms:ScheduleKeyDeletion", kmsKey, days("7"), false},
		{"tags the images' key as its own", "kms:TagResource", kmsKey, images, false},
		{"a grant for a service", "kms:CreateGrant", kmsKey, map[string][]string{"kms:GrantIsForAWSResource": {"true"}}, true},
		{"a grant that EKS asks for", "kms:CreateGrant", kmsKey, map[string][]string{"kms:ViaService": {"eks.us-east-1.amazonaws.com"}}, true},
		{"a database in RDS' own option group", "rds:CreateDBInstance", "arn:aws:rds:us-east-1:111111111111:og:default:postgres-17", nil, true},
		{"the log of the web ACL", "logs:PutRetentionPolicy", "arn:aws:logs:us-east-1:111111111111:log-group:aws-waf-logs-production:log-stream:", nil, true},
		{"the log of somebody else", "logs:DeleteLogGroup", "arn:aws:logs:us-east-1:111111111111:log-group:/audit/trail", nil, false},
		{"a grant for anybody", "kms:CreateGrant", kmsKey, nil, false},
		{"a bucket's policy", "s3:PutBucketPolicy", "arn:aws:s3:::production-deployments-111111111111", nil, true},
		{"another bucket's", "s3:PutBucketPolicy", "arn:aws:s3:::audit", nil, false},
		{"the state bucket's", "s3:PutBucketPolicy", "arn:aws:s3:::example-state", nil, false},
		{"its state", "s3:PutObject", "arn:aws:s3:::example-state/.pulumi/stacks/platform/production.json", nil, true},
		{"another environment's state", "s3:PutObject", "arn:aws:s3:::example-state/.pulumi/stacks/platform/production-pci.json", nil, false},
		{"reads another environment's state", "s3:GetObject", "arn:aws:s3:::example-state/.pulumi/stacks/platform/production-pci.json", nil, false},
		{"the state of its own account's stack", "s3:PutObject", "arn:aws:s3:::example-state/.pulumi/stacks/platform-account/account-production.json", nil, false},
		{"its lock", "s3:PutObject", "arn:aws:s3:::example-state/.pulumi/locks/organization/platform/production/1.json", nil, true},
		{"an object of the environment", "s3:GetObject", "arn:aws:s3:::production-logs-111111111111/x", nil, false},
		{"an image", "ecr:PutImage", "arn:aws:ecr:us-east-1:111111111111:repository/web", nil, false},
		{"the registry's policy", "ecr:PutRegistryPolicy", "*", nil, false},
		{"a secret's value", "secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:111111111111:secret:rds!db-1", nil, false},
		{"the trail", "cloudtrail:StopLogging", "*", nil, false},
		{"GuardDuty", "guardduty:DeleteDetector", "*", nil, false},
		{"Config", "config:StopConfigurationRecorder", "*", nil, false},
		{"shares a snapshot", "rds:ModifyDBSnapshotAttribute", "*", nil, false},
		{"an administrator of the cluster", "eks:AssociateAccessPolicy", "arn:aws:eks:us-east-1:111111111111:access-entry/production-eks/role/1/x/y",
			map[string][]string{"eks:policyArn": {"arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"}}, true},
		{"with another policy", "eks:AssociateAccessPolicy", "arn:aws:eks:us-east-1:111111111111:access-entry/production-eks/role/1/x/y",
			map[string][]string{"eks:policyArn": {"arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminViewPolicy"}}, false},
		{"a VPC", "ec2:CreateVpc", "arn:aws:ec2:us-east-1:111111111111:vpc/*", nil, true},
		{"peers by itself", "ec2:CreateVpcPeeringConnection", "arn:aws:ec2:us-east-1:111111111111:vpc/vpc-1", nil, false},
		{"a vault elsewhere", "backup:CreateBackupVault", "arn:aws:backup:us-west-2:111111111111:backup-vault:production", nil, true},
		{"tells the security topic", "sns:Publish", "arn:aws:sns:us-east-1:111111111111:production-security", nil, true},
	})
}

func mayRequest(role permissions.Role, q question) bool {
	return may(role, policytest.Request{Action: q.action, Resource: q.resource, Context: q.context})
}
