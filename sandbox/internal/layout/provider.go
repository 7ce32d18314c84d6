package layout

import "path/filepath"

// ProviderVersion is the release of the Terraform provider hashicorp/aws that
// the AWS SDK of the program wraps.
const ProviderVersion = "5.100.0"

// ProviderVariable names the provider's executable to the AWS plugin, which
// otherwise looks where Terraform keeps its mirrors.
const ProviderVariable = "SANDBOX_TERRAFORM_PROVIDER_AWS"

// MirroredProvider returns the provider that the sandbox fetched for itself,
// "" when it did not have to.
func (l Layout) MirroredProvider() string {
	found, _ := filepath.Glob(filepath.Join(l.Terraform(), "registry.terraform.io", "hashicorp", "aws",
		ProviderVersion, "*", "terraform-provider-aws*"))
	if len(found) == 0 {
		return ""
	}
	return found[0]
}
