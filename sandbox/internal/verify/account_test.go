package verify

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// soundAccount is an account in which nothing is wrong.
func soundAccount(environment string) Account {
	id := AccountID(environment)
	a := Account{
		Environment: environment, ImageKey: "k-1", ScanType: "ENHANCED",
		Providers: map[string]IdentityProvider{
			"arn:aws:iam::" + id + ":oidc-provider/" + issuer:                        {Url: issuer, ClientIDList: []string{"sts.amazonaws.com"}},
			"arn:aws:iam::" + id + ":oidc-provider/oidc.eks.us-east-1.amazonaws.com": {},
		},
		Roles: map[string]Role{},
		RegistryPolicy: `{"Version":"2012-10-17","Statement":[{"Sid":"TheHomeCopiesHere","Effect":"Allow","Action":["ecr:ReplicateImage"],
			"Principal":{"AWS":"arn:aws:iam::333333333333:root"},"Resource":["arn:aws:ecr:us-east-1:` + id + `:repository/web"]}]}`,
	}
	if environment == homeOf {
		a.RegistryPolicy = ""
	}
	for name, trusted := range deliveryRoles(environment) {
		role := Role{RoleName: name, MaxSessionDuration: 3600}
		if name == "platform-deploy" || name == "platform-peering" {
			role.MaxSessionDuration = 10800
		}
		role.PermissionsBoundary.PermissionsBoundaryArn = "arn:aws:iam::" + id + ":policy/" + name + "-boundary"
		role.AssumeRolePolicyDocument.Statement = trustOf(environment, name, trusted)
		a.Roles[name] = role
	}
	for _, suffix := range bounded {
		role := Role{RoleName: environment + suffix, MaxSessionDuration: 2 * hour}
		role.PermissionsBoundary.PermissionsBoundaryArn = "arn:aws:iam::" + id + ":policy/platform-workload-boundary"
		a.Roles[environment+suffix] = role
	}
	web := Repository{RepositoryName: "web", ImageTagMutability: "IMMUTABLE"}
	web.ImageScanningConfiguration.ScanOnPush = true
	web.EncryptionConfiguration.EncryptionType = "KMS"
	web.EncryptionConfiguration.KmsKey = "arn:aws:kms:us-east-1:" + id + ":key/k-1"
	a.Repositories = []Repository{web}
	return a
}

// trustOf is a trust policy as the CLI prints it: one value is a text, and nothing is sorted.
func trustOf(environment, name string, t trusted) []statement {
	account := AccountID(environment)
	var subjects []any
	for _, subject := range slices.Backward(t.subjects) {
		subjects = append(subjects, repository+subject)
	}
	statements := []statement{{
		Sid: "Workflow", Effect: "Allow", Action: []any{"sts:AssumeRoleWithWebIdentity"},
		Principal: map[string]any{"Federated": "arn:aws:iam::" + account + ":oidc-provider/" + issuer},
		Condition: map[string]map[string]any{"StringEquals": {issuer + ":aud": "sts.amazonaws.com", issuer + ":sub": subjects}},
	}}
	var roots, arns []any
	for _, account := range t.accounts {
		roots, arns = append(roots, "arn:aws:iam::"+account+":root"), append(arns, "arn:aws:iam::"+account+":role/"+name)
	}
	if len(arns) > 0 {
		statements = append(statements, statement{
			Sid: "Itself", Effect: "Allow", Action: []any{"sts:AssumeRole"}, Principal: map[string]any{"AWS": roots},
			Condition: map[string]map[string]any{"ArnEquals": {"aws:PrincipalArn": arns}},
		})
	}
	return statements
}

func TestSoundAccountsPass(t *testing.T) {
	for _, environment := range []string{"dev", "staging", "production", "production-pci"} {
		for _, result := range RunAccounts([]Account{soundAccount(environment)}, AccountChecks()) {
			assert.True(t, result.OK(), "%s: %s: %v", environment, result.Check, result.Findings)
		}
	}
}

// role changes a role of an account.
func changeRole(name string, with func(*Role)) func(*Account) {
	return func(a *Account) {
		role := a.Roles[name]
		with(&role)
		a.Roles[name] = role
	}
}

func TestEachBreakageOfAnAccountIsNoticed(t *testing.T) {
	const github, trusts, bounds, safe, copied = 0, 1, 2, 3, 4
	claims := func(with func(map[string]any)) func(*Account) {
		return changeRole("platform-deploy", func(r *Role) { with(r.AssumeRolePolicyDocument.Statement[0].Condition["StringEquals"]) })
	}
	web := func(with func(*Repository)) func(*Account) { return func(a *Account) { with(&a.Repositories[0]) } }
	for _, b := range []struct {
		reason string
		do     func(*Account)
		check  int
		says   string
	}{
		{"no identity provider", func(a *Account) { clear(a.Providers) }, github, "production identity provider token.actions.githubusercontent.com: found nothing"},
		{"another audience", func(a *Account) {
			for arn := range maps.Clone(a.Providers) {
				a.Providers[arn] = IdentityProvider{issuer, []string{"sts.amazonaws.com", "other"}}
			}
		}, github, "audiences sts.amazonaws.com other"},
		{"no role", func(a *Account) { delete(a.Roles, "platform-preview") }, trusts, "role platform-preview: found nothing"},
		{"any environment", claims(func(c map[string]any) { c[issuer+":sub"] = repository + "environment:*" }), trusts, "environment:*"},
		{"a further subject", claims(func(c map[string]any) {
			c[issuer+":sub"] = []any{repository + "environment:production", repository + "pull_request"}
		}), trusts, "pull_request"},
		{"no audience", claims(func(c map[string]any) { delete(c, issuer+":aud") }), trusts, "trust of platform-deploy"},
		{"a pattern", changeRole("platform-deploy", func(r *Role) {
			condition := r.AssumeRolePolicyDocument.Statement[0].Condition
			condition["StringLike"] = condition["StringEquals"]
			delete(condition, "StringEquals")
		}), trusts, "StringLike"},
		{"the whole account", changeRole("platform-pipeline", func(r *Role) {
			r.AssumeRolePolicyDocument.Statement = append(r.AssumeRolePolicyDocument.Statement, statement{
				Effect: "Allow", Action: "sts:AssumeRole", Principal: map[string]any{"AWS": "arn:aws:iam::111111111111:root"},
			})
		}), trusts, "trust of platform-pipeline"},
		{"another account's role", changeRole("platform-peering", func(r *Role) {
			r.AssumeRolePolicyDocument.Statement[1].Condition["ArnEquals"]["aws:PrincipalArn"] = "arn:aws:iam::999999999999:role/platform-peering"
		}), trusts, "999999999999"},
		{"all but some", changeRole("platform-deploy", func(r *Role) { r.AssumeRolePolicyDocument.Statement[0].NotAction = "x" }), trusts, "trust of platform-deploy"},
		{"no boundary", changeRole("platform-deploy", func(r *Role) { r.PermissionsBoundary.PermissionsBoundaryArn = "" }), bounds, "role platform-deploy: found boundary nothing"},
		{"another role's boundary", changeRole("platform-build", func(r *Role) { r.PermissionsBoundary.PermissionsBoundaryArn = "x" }), bounds, "boundary x"},
		{"a workload without a boundary", changeRole("production-eks-node", func(r *Role) { r.PermissionsBoundary.PermissionsBoundaryArn = "" }), bounds, "role production-eks-node"},
		{"half a day", changeRole("platform-preview", func(r *Role) { r.MaxSessionDuration = 12 * hour }), bounds, "session 43200"},
		{"a deployment that outlives its session", changeRole("platform-deploy", func(r *Role) { r.MaxSessionDuration = hour }), bounds, "role platform-deploy: found session 3600, wanted 10800"},
		{"a peering that outlives its session", changeRole("platform-peering", func(r *Role) { r.MaxSessionDuration = hour }), bounds, "role platform-peering: found session 3600, wanted 10800"},
		{"three hours for who deploys no stack", changeRole("platform-pipeline", func(r *Role) { r.MaxSessionDuration = 3 * hour }), bounds, "role platform-pipeline: found session 10800, wanted 3600"},
		{"tags that move", web(func(r *Repository) { r.ImageTagMutability = "MUTABLE" }), safe, "tags MUTABLE"},
		{"no scan", web(func(r *Repository) { r.ImageScanningConfiguration.ScanOnPush = false }), safe, "scan on push false"},
		{"S3's own encryption", web(func(r *Repository) { r.EncryptionConfiguration.EncryptionType = "AES256" }), safe, "encryption AES256"},
		{"AWS's own key", web(func(r *Repository) { r.EncryptionConfiguration.KmsKey = "" }), safe, "key nothing"},
		{"the basic scan", func(a *Account) { a.ScanType = "BASIC" }, safe, "scan BASIC"},
		{"a repository more", func(a *Account) { a.Repositories = append(a.Repositories, Repository{RepositoryName: "zoo"}) }, safe, "repositories web zoo"},
		{"nobody copies", func(a *Account) { a.RegistryPolicy = "" }, copied, "policy nothing"},
		{"anybody copies", func(a *Account) {
			a.RegistryPolicy = `{"Statement":[{"Effect":"Allow","Action":"ecr:ReplicateImage","Principal":"*"}]}`
		}, copied, `"Principal":"*"`},
		{"the home makes repositories", func(a *Account) {
			a.RegistryPolicy = `{"Statement":[{"Effect":"Allow","Action":["ecr:CreateRepository","ecr:ReplicateImage"],"Principal":{"AWS":"arn:aws:iam::333333333333:root"}}]}`
		}, copied, "ecr:CreateRepository"},
		{"no policy at all", func(a *Account) { a.RegistryPolicy = "x" }, copied, "policy of the registry: found x"},
	} {
		t.Run(b.reason, func(t *testing.T) {
			account := soundAccount("production")
			account.Roles["platform-build"] = soundAccount("dev").Roles["platform-build"] // to be broken
			if b.reason != "another role's boundary" {
				delete(account.Roles, "platform-build")
			}
			b.do(&account)
			result := RunAccounts([]Account{account}, AccountChecks())[b.check]
			require.False(t, result.OK(), result.Check)
			text := ""
			for _, finding := range result.Findings {
				text += finding.String() + "\n"
			}
			assert.Contains(t, text, b.says)
		})
	}
}

func TestNoAccountIsNoProof(t *testing.T) {
	for _, result := range RunAccounts(nil, AccountChecks()) {
		assert.False(t, result.OK(), result.Check)
	}
}

func TestCollectAccounts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aws")
	script := `#!/bin/sh
case "$6" in
list-open-id-connect-providers) echo '["arn:p"]';;
get-open-id-connect-provider) echo '{"Url":"'$8'","ClientIDList":["a"]}';;
get-role) [ "$8" = platform-pipeline ] && { echo 'An error occurred (NoSuchEntity)' >&2; exit 254; }
 echo '{"Role":{"RoleName":"'$8'","MaxSessionDuration":3600,"PermissionsBoundary":{"PermissionsBoundaryArn":"b"},
 "AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}}}';;
describe-repositories) echo '{"repositories":[{"repositoryName":"web","imageTagMutability":"IMMUTABLE","imageScanningConfiguration":{"scanOnPush":true}}]}';;
get-registry-scanning-configuration) echo '{"registryId":"1","scanningConfiguration":{"scanType":"ENHANCED"}}';;
get-registry-policy) [ "$2" = broken ] && { echo 'AccessDenied: no' >&2; exit 254; }; echo 'An error occurred (RegistryPolicyNotFoundException)' >&2; exit 254;;
list-aliases) echo '["k-1"]';;
list-detectors) echo '["d-1"]';;
get-detector) echo '{"Status":"of '$8'"}';;
list-rules) echo '[{"Name":"platform-a","State":"ENABLED"}]';;
list-targets-by-rule) echo '[{"Arn":"target of '$8'","RoleArn":"r"}]';;
batch-get-account-status) echo '[{"accountId":"1","resourceState":{"ec2":{"status":"ENABLED"}}}]';;
list-subscriptions-by-topic) echo '{"Subscriptions":[{"Protocol":"https","Endpoint":"e"},{"Protocol":"email","Endpoint":"e"}]}';;
get-topic-attributes) echo '{"Attributes":{"KmsMasterKeyId":"k","Policy":"p"}}';;
describe-log-groups) echo '{"logGroups":[{"logGroupName":"/platform/trail","retentionInDays":365,"kmsKeyId":"k"}]}';;
describe-metric-filters) echo '{"metricFilters":[{"filterName":"root-use"}]}';;
describe-configuration-recorder-status) echo '{"ConfigurationRecordersStatus":[{"name":"default","recording":true},{"name":"x","recording":false}]}';;
get-public-access-block) [ "$5" = s3control ] && [ "$HTTP_PROXY" != "$AWS_ENDPOINT_URL" ] && exit 1; echo '{"PublicAccessBlockConfiguration":{"BlockPublicAcls":true}}';;
*) echo '{}';;
esac
`
	require.NoError(t, os.WriteFile(path, []byte(script), 0o755))
	collector := Collector{Path: path, Environ: append(os.Environ(), "AWS_ENDPOINT_URL=http://127.0.0.1:1")}
	accounts, err := collector.CollectAccounts(t.Context(), "dev")
	require.NoError(t, err)
	require.Len(t, accounts, 1)
	a := accounts[0]
	assert.Equal(t, map[string]IdentityProvider{"arn:p": {"arn:p", []string{"a"}}}, a.Providers)
	assert.NotContains(t, a.Roles, "platform-pipeline")
	assert.Equal(t, "b", a.Roles["platform-build"].PermissionsBoundary.PermissionsBoundaryArn)
	assert.Len(t, a.Roles["platform-deploy"].AssumeRolePolicyDocument.Statement, 1)
	assert.Equal(t, "IMMUTABLE", a.Repositories[0].ImageTagMutability)
	assert.Equal(t, []string{"ENHANCED", "", "k-1"}, []string{a.ScanType, a.RegistryPolicy, a.ImageKey})
	b := a.Baseline
	assert.Equal(t, map[string]Topic{securityTopic: {"k", "p", []string{"email", "https"}}}, b.Topics)
	assert.Equal(t, map[string]EventRule{"platform-a": {Name: "platform-a", State: "ENABLED", Targets: []EventTarget{{"target of platform-a", "r"}}}}, b.Rules)
	assert.Equal(t, []LogGroup{{"/platform/trail", 365, "k"}}, b.LogGroups)
	assert.Equal(t, []string{"k-1", "of d-1", "ENABLED", "default", "root-use", ""},
		[]string{b.TopicKey, b.Detector, b.Inspector["ec2"], b.Recording[0], b.Filters[0], b.Macie})
	assert.True(t, b.PublicAccess.BlockPublicAcls && b.TrailBucket.PublicAccess.BlockPublicAcls)

	_, err = collector.CollectAccounts(t.Context(), "broken")
	assert.ErrorContains(t, err, "AccessDenied")
}
