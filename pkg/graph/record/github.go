package record

import (
	"fmt"

	"aws-platform/pkg/graph"
)

const (
	githubProviderType = "pulumi:providers:github"
	githubTypes        = "github:"
)

// githubRules are the rules of the repository's stack. GitHub numbers teams,
// rulesets and branch policies; the rest is called after what it belongs to.
var githubRules = map[string]rule{
	"github:index/repository:Repository":                                                                                         {"$in.name", map[string]string{"fullName": "$owner/$in.name", "nodeId": "R_$urn16"}},
	"github:index/actionsRepositoryPermissions:ActionsRepositoryPermissions":                                                     {"$in.repository", nil},
	"github:index/actionsRepositoryAccessLevel:ActionsRepositoryAccessLevel":                                                     {"$in.repository", nil},
	"github:index/issueLabel:IssueLabel":                                                                                         {"$in.repository:$in.name", nil},
	"github:index/team:Team":                                                                                                     {"$number", map[string]string{"slug": "$in.name", "nodeId": "T_$urn16"}},
	"github:index/teamRepository:TeamRepository":                                                                                 {"$in.teamId:$in.repository", nil},
	"github:index/repositoryRuleset:RepositoryRuleset":                                                                           {"$number", map[string]string{"nodeId": "RRS_$urn16"}},
	"github:index/repositoryEnvironment:RepositoryEnvironment":                                                                   {"$in.repository:$in.environment", nil},
	"github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy":                                   {"$in.repository:$in.environment:$number", nil},
	"github:index/actionsVariable:ActionsVariable":                                                                               {"$in.repository:$in.variableName", nil},
	"github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable":                                                         {"$in.repository:$in.environment:$in.variableName", nil},
	"github:index/actionsRepositoryOidcSubjectClaimCustomizationTemplate:ActionsRepositoryOidcSubjectClaimCustomizationTemplate": {"$in.repository", nil},
}

// githubOwner reads whose repositories a provider touches. One that leaves it to
// chance is refused: the shell's token says who that would be.
func githubOwner(provider graph.Resource) (place, error) {
	owner := provider.String("owner")
	if owner == "" {
		return place{}, fmt.Errorf("%s: owner %q: set it, or the token decides whose repository is meant", provider.URN, owner)
	}
	return place{owner: owner}, nil
}
