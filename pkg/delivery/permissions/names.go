package permissions

// prefix begins the name of everything of the delivery in IAM. No environment is called
// so: what an environment makes begins with the environment's name.
const prefix = "platform-"

// The roles, by their names in every account that has them.
const (
	// Preview reads, and changes nothing.
	Preview = prefix + "preview"
	// Deploy deploys the account's environment.
	Deploy = prefix + "deploy"
	// Peering wires the environment's VPC to its peers'.
	Peering = prefix + "peering"
	// Pipeline releases applications in the cluster.
	Pipeline = prefix + "pipeline"
	// PipelineEC2 releases the application on the fleets.
	PipelineEC2 = prefix + "pipeline-ec2"
	// Build pushes images.
	Build = prefix + "build"
)

// WorkloadBoundary is the name of the policy that every role of an environment carries
// as its permissions boundary.
const WorkloadBoundary = prefix + "workload-boundary"

// KeyAlias is the alias of the key of the image repositories.
const KeyAlias = "alias/platform/ecr"

// accountAliases are the aliases of all keys of the account, that one among them.
const accountAliases = "alias/platform/*"

// Suffix ends the names of the roles of an environment that lives in the account of another:
// platform-deploy-staging. Those by which people look, build and peer are the account's.
func Suffix(environment string) string { return "-" + environment }

// BoundaryName is the name of the permissions boundary of one of the roles.
func BoundaryName(role string) string { return role + "-boundary" }

// WorkloadBoundaryARN is the policy's ARN in an account.
func WorkloadBoundaryARN(partition, account string) string {
	return IAM(partition, account, "policy/"+WorkloadBoundary)
}

// RoleARN is the ARN of one of the roles in an account.
func RoleARN(partition, account, role string) string { return IAM(partition, account, "role/"+role) }
