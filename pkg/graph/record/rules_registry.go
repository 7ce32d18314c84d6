package record

import (
	"strings"

	"aws-platform/pkg/graph"
)

const ecrARN = "arn:$partition:ecr:$region:$account:"

// registryRules are the rules of image repositories and of who pushes to them.
var registryRules = map[string]rule{
	"aws:ecr/repository:Repository": {"$in.name", map[string]string{
		"arn": ecrARN + "repository/$in.name", "registryId": "$account",
		"repositoryUrl": "$account.dkr.ecr.$region.amazonaws.com/$in.name",
	}},
	"aws:ecr/lifecyclePolicy:LifecyclePolicy":                             {"$in.repository", map[string]string{"registryId": "$account"}},
	"aws:ecr/repositoryPolicy:RepositoryPolicy":                           {"$in.repository", map[string]string{"registryId": "$account"}},
	"aws:ecr/registryPolicy:RegistryPolicy":                               {"$account", map[string]string{"registryId": "$account"}},
	"aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": {"$account", map[string]string{"registryId": "$account"}},
	"aws:ecr/replicationConfiguration:ReplicationConfiguration":           {"$account", map[string]string{"registryId": "$account"}},
	"aws:iam/openIdConnectProvider:OpenIdConnectProvider":                 {"arn:$partition:iam::$account:oidc-provider/$in.url", map[string]string{"arn": "$id"}},
}

// issuer: an identity provider is called by its address, without https://.
func issuer(_ graph.Resource, id string, outputs map[string]any) string {
	id = strings.Replace(id, "https://", "", 1)
	outputs["arn"] = id
	return id
}
