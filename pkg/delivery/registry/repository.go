package registry

import (
	"encoding/json"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecr"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/policy"
)

// untaggedDays is how long an image without a tag is kept: longer than anything that is
// being promoted needs its signature.
const untaggedDays = 90

// repository makes the repository of an application.
func (b builder) repository(application string) (*ecr.Repository, error) {
	name := b.name + "-" + application
	repository, err := ecr.NewRepository(b.ctx, name, &ecr.RepositoryArgs{
		Name:               pulumi.String(application),
		ImageTagMutability: pulumi.String("IMMUTABLE"),
		// It counts only where the registry's scan is the basic one.
		ImageScanningConfiguration: ecr.RepositoryImageScanningConfigurationArgs{ScanOnPush: pulumi.Bool(true)},
		EncryptionConfigurations: ecr.RepositoryEncryptionConfigurationArray{ecr.RepositoryEncryptionConfigurationArgs{
			EncryptionType: pulumi.String("KMS"), KmsKey: b.registry.Key.Arn,
		}},
		Tags: pulumi.StringMap{"Name": pulumi.String(application)},
	}, pulumi.Parent(b.registry), pulumi.Protect(true))
	if err != nil {
		return nil, err
	}
	if _, err := ecr.NewLifecyclePolicy(b.ctx, name, &ecr.LifecyclePolicyArgs{
		Repository: repository.Name, Policy: pulumi.String(lifecycle()),
	}, pulumi.Parent(b.registry)); err != nil {
		return nil, err
	}
	_, err = ecr.NewRepositoryPolicy(b.ctx, name, &ecr.RepositoryPolicyArgs{
		Repository: repository.Name, Policy: pulumi.String(repositoryPolicy(b.args)),
	}, pulumi.Parent(b.registry))
	return repository, err
}

// lifecycle expires images without a tag. One with a tag stays: it may be deployed, and
// that ECR does not know.
func lifecycle() string {
	text, err := json.Marshal(map[string]any{"rules": []any{map[string]any{
		"rulePriority": 1,
		"description":  fmt.Sprintf("images without a tag, after %d days", untaggedDays),
		"selection":    map[string]any{"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": untaggedDays},
		"action":       map[string]any{"type": "expire"},
	}}})
	if err != nil {
		panic(err) // only texts and numbers go in
	}
	return string(text)
}

// repositoryPolicy mostly takes away: pulls are IAM's to allow, to the account's own. In
// the home one role pushes, and the other accounts' pipelines read, because the signatures
// are there; elsewhere nobody pushes, for what is there is copied by ECR, whose own role is
// left out. Nobody deletes an image but the lifecycle.
func repositoryPolicy(args Args) string {
	push := policy.Statement{
		Sid: "OnlyTheBuildPushes", Effect: policy.Deny, Principal: "*",
		Action: []string{"ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"},
		Condition: policy.Condition{"ArnNotLike": {"aws:PrincipalArn": []string{
			args.PusherARN, "arn:" + args.Partition + ":iam::*:role/aws-service-role/replication.ecr.amazonaws.com/*",
		}}},
	}
	if !args.home() {
		push.Sid = "OnlyReplicationPushes"
		push.Condition["ArnNotLike"]["aws:PrincipalArn"] = "arn:" + args.Partition + ":iam::*:role/aws-service-role/replication.ecr.amazonaws.com/*"
	}
	statements := []policy.Statement{push, {
		Sid: "NobodyDeletes", Effect: policy.Deny, Principal: "*", Action: []string{"ecr:BatchDeleteImage"},
	}}
	if args.home() && len(args.ReplicaAccountIDs) > 0 {
		statements = append(statements, readers(args))
	}
	return policy.Document(statements...)
}

// readers lets the pipelines of the other accounts read signatures. A role cannot be
// named before it exists, and the home comes first: the accounts are, with a condition.
func readers(args Args) policy.Statement {
	var accounts, roles []string
	for _, account := range args.ReplicaAccountIDs {
		accounts = append(accounts, fmt.Sprintf("arn:%s:iam::%s:root", args.Partition, account))
		for _, role := range args.ReaderRoles {
			roles = append(roles, fmt.Sprintf("arn:%s:iam::%s:role/%s", args.Partition, account, role))
		}
	}
	return policy.Statement{
		Sid: "PipelinesReadSignatures", Effect: policy.Allow, Principal: map[string]any{"AWS": accounts}, Action: args.ReaderActions,
		Condition: policy.Condition{"ArnEquals": {"aws:PrincipalArn": roles}},
	}
}
