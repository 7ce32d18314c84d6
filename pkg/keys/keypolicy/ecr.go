package keypolicy

import "aws-platform/pkg/policy"

// ECR is the key of the image repositories; it is an account's, and not an environment's.
const ECR = "ecr"

// ecr lets IAM use the key through ECR, which holds a grant for as long as the repository
// is there: who pulls and pushes needs none (Amazon ECR User Guide, "Encryption at rest").
func ecr(at Place) []policy.Statement {
	return []policy.Statement{
		through(at, account(at), "IAMEncryptsImages", []string{ECR}, encryption),
		grants(at, account(at), "IAMGrantsRepositoriesTheKey", ECR),
	}
}
