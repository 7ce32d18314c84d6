package docs_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/config"
	"aws-platform/pkg/docs"
)

const (
	center  = "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_DevOps_0123456789abcdef"
	jane    = "arn:aws:iam::111111111111:user/jane"
	machine = "arn:aws:iam::111111111111:role/pipeline"
)

func cluster(name string, access config.ClusterAccess, applications ...string) config.Environment {
	env := config.Environment{
		Name: name, AWS: config.AWS{Region: "us-east-1", AllowedAccountIDs: []string{"111111111111"}},
		Cluster: config.Cluster{Access: access, Applications: map[string]config.Application{}},
	}
	for _, application := range applications {
		env.Cluster.Applications[application] = config.Application{}
	}
	return env
}

func accessPage() string {
	return docs.Access(
		cluster(config.Dev, config.ClusterAccess{DevOps: []string{jane}}),
		cluster(config.Production, config.ClusterAccess{
			DevOps: []string{center, jane}, Developer: []string{center}, Deployer: []string{machine},
			Mappings: []config.ClusterMapping{{RoleARN: "arn:aws:iam::111111111111:role/auditors", Groups: []string{"audit"}}},
		}, "web", "api"),
	)
}

func TestTheRolesAndWhatKubernetesTakesThemFor(t *testing.T) {
	page := accessPage()
	for _, line := range []string{
		"| `<environment>-eks-devops` | administers the cluster | access policy `AmazonEKSClusterAdminPolicy` | the whole cluster | required | no |\n",
		"| group `platform:developers` | the whole cluster | required | no |\n",
		"| group `platform:deployers` | the namespaces of the applications | none: a machine | no |\n",
		"| access policy `AmazonEKSClusterAdminPolicy` | the whole cluster | required | each use |\n",
		"| sessions of at most | dev | production |\n|---|---|---|\n| devops | 4 h | 1 h |\n",
		"| breakglass | 1 h | 1 h |\n",
	} {
		assert.Contains(t, page, line)
	}
}

func TestWhoMayAssumeARoleAndByWhichSecondFactor(t *testing.T) {
	page := accessPage()
	assert.Contains(t, page, `### production

| role | assumed by | comes with a second factor to |
|---|---|---|
| devops | `+"`"+center+"`"+` | IAM Identity Center |
| devops | `+"`"+jane+"`"+` | IAM |
| developer | `+"`"+center+"`"+` | IAM Identity Center |
| deployer | `+"`"+machine+"`"+` | nobody, it is a machine |
| breakglass | nobody: there is no such role | - |
| `+"`arn:aws:iam::111111111111:role/auditors`"+` | as its own trust policy says | as that says; Kubernetes takes it for group `+"`audit`"+` |

Applications: `+"`api`, `web`"+`.
`)
	assert.Contains(t, page, "Applications: none.\n", "dev has none")
}

func TestTheRulesOfTheKubernetesRoles(t *testing.T) {
	page := accessPage()
	for _, line := range []string{
		"## ClusterRole `view-only`, of the group `platform:developers`\n", "| core | pods/log | get |\n",
		"## Role `deployer`, of the group `platform:deployers`\n", "| argoproj.io | rollouts, of the name `<application>` | get, list, watch, update, patch |\n",
	} {
		assert.Contains(t, page, line)
	}
}
