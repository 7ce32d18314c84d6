package verify

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// The types below hold what the AWS CLI says of an account.
type (
	// Account is what exists once in the account of an environment.
	Account struct {
		Environment string
		// Providers are the identity providers, by ARN.
		Providers map[string]IdentityProvider
		// Roles are those of the delivery and some of the environment, by name.
		Roles map[string]Role
		// Repositories are the image repositories.
		Repositories []Repository
		// ImageKey is the key behind alias/platform/ecr.
		ImageKey string
		// ScanType is how the registry scans; RegistryPolicy lets others copy images here.
		ScanType, RegistryPolicy string
		Baseline                 Baseline
	}

	// IdentityProvider is the answer of get-open-id-connect-provider.
	IdentityProvider struct {
		Url          string
		ClientIDList []string
	}

	// Role is the answer of get-role.
	Role struct {
		RoleName                 string
		MaxSessionDuration       int
		AssumeRolePolicyDocument struct{ Statement []statement }
		PermissionsBoundary      struct{ PermissionsBoundaryArn string }
	}

	// Repository is an entry of describe-repositories.
	Repository struct {
		RepositoryName, ImageTagMutability string
		ImageScanningConfiguration         struct{ ScanOnPush bool }
		EncryptionConfiguration            struct{ EncryptionType, KmsKey string }
	}
)

// What the delivery is, written down a second time on purpose.
const (
	repository = "repo:example/platform:"
	issuer     = "token.actions.githubusercontent.com"
	homeOf     = "dev" // the environment whose account images are pushed to
	hour       = 3600
)

// stackRoles deploy stacks, for which a workflow has three hours; the others' sessions
// last one.
var stackRoles = []string{"platform-deploy", "platform-peering"}

// session is the longest session of a role of the delivery, in seconds.
func session(role string) int {
	if slices.Contains(stackRoles, role) {
		return 3 * hour
	}
	return hour
}

// peered are the environments that are peered with each other.
var peered = []string{"production", "production-pci"}

// applications are the image repositories.
var applications = []string{"web"}

// bounded are roles of the environment, by what follows its name, that are looked at: each
// look is a run of the CLI, so they are one of each kind.
var bounded = []string{"-eks-node", "-app-web", "-backup"}

// trusted is who may assume a role of the delivery.
type trusted struct {
	subjects []string // "sub" of GitHub's tokens, behind the repository
	accounts []string // whose role of the same name may; none: nobody without a token
}

// deliveryRoles are the roles that an account has, by name.
func deliveryRoles(environment string) map[string]trusted {
	own, peers := []string{AccountID(environment)}, []string{AccountID(environment)}
	roles := map[string]trusted{
		"platform-deploy":       {[]string{"environment:" + environment}, own},
		"platform-pipeline":     {[]string{"environment:" + environment}, nil},
		"platform-pipeline-ec2": {[]string{"environment:" + environment}, nil},
	}
	if slices.Contains(peered, environment) {
		peers = nil
		for _, peer := range peered {
			peers = append(peers, AccountID(peer))
		}
		roles["platform-peering"] = trusted{[]string{"environment:peering"}, peers}
	}
	roles["platform-preview"] = trusted{[]string{"pull_request", "environment:drift"}, peers}
	if environment == homeOf {
		roles["platform-build"] = trusted{[]string{"ref:refs/heads/main"}, nil}
	}
	return roles
}

// AccountCheck is one demand on an account.
type AccountCheck struct {
	Name string
	run  func(Account) (looked int, findings []Finding)
}

// AccountChecks are the demands on each account.
func AccountChecks() []AccountCheck {
	return []AccountCheck{
		{"GitHub is the account's identity provider, for STS alone", gitHubTrusted},
		{"roles are assumed by workflows of the one repository, each for its purpose", rolesTrust},
		{"roles last an hour, those that deploy stacks three, and have their boundary, those of the environment the workloads'", rolesBounded},
		{"image repositories are immutable, scanned on push and under the account's own key", repositoriesSafe},
		{"images are copied from the home, and by nobody else", imagesCopied},
	}
}

// RunAccounts judges the accounts by each check, in order.
func RunAccounts(accounts []Account, checks []AccountCheck) []Result {
	results := make([]Result, len(checks))
	for i, check := range checks {
		results[i].Check = check.Name
		for _, account := range accounts {
			looked, findings := check.run(account)
			results[i].Looked += looked
			for _, finding := range findings {
				finding.Resource = account.Environment + " " + finding.Resource
				results[i].Findings = append(results[i].Findings, finding)
			}
		}
		if results[i].Looked == 0 && len(results[i].Findings) == 0 {
			results[i].Findings = []Finding{{Resource: "the accounts", Found: "nothing to judge", Wanted: "a deployed account"}}
		}
	}
	return results
}

func gitHubTrusted(a Account) (int, []Finding) {
	arn := "arn:aws:iam::" + AccountID(a.Environment) + ":oidc-provider/" + issuer
	provider, found := a.Providers[arn]
	if !found {
		return 1, []Finding{{"identity provider " + issuer, nothing, "one"}}
	}
	return 1, differences("identity provider "+issuer, [][3]string{
		{"address", strings.TrimPrefix(provider.Url, "https://"), issuer},
		{"audiences", strings.Join(provider.ClientIDList, " "), "sts.amazonaws.com"},
	})
}

func rolesTrust(a Account) (int, []Finding) {
	var findings []Finding
	wanted := deliveryRoles(a.Environment)
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		role, found := a.Roles[name]
		if !found {
			findings = append(findings, Finding{"role " + name, nothing, "a role"})
			continue
		}
		want := wanted[name].statements(a.Environment, name)
		got := described(role.AssumeRolePolicyDocument.Statement)
		if !slices.Equal(got, want) {
			findings = append(findings, Finding{"trust of " + name, strings.Join(got, "; "), strings.Join(want, "; ")})
		}
	}
	return len(wanted), findings
}

// statements are the statements of a role's trust policy, as described words them.
func (t trusted) statements(environment, role string) []string {
	subjects := make([]string, len(t.subjects))
	for i, subject := range t.subjects {
		subjects[i] = repository + subject
	}
	account := AccountID(environment)
	statements := []statement{{
		Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity",
		Principal: map[string]any{"Federated": "arn:aws:iam::" + account + ":oidc-provider/" + issuer},
		Condition: map[string]map[string]any{"StringEquals": {issuer + ":aud": "sts.amazonaws.com", issuer + ":sub": list(subjects)}},
	}}
	var roots, arns []string
	for _, account := range t.accounts {
		roots = append(roots, "arn:aws:iam::"+account+":root")
		arns = append(arns, "arn:aws:iam::"+account+":role/"+role)
	}
	if len(arns) > 0 {
		statements = append(statements, statement{
			Effect: "Allow", Action: "sts:AssumeRole", Principal: map[string]any{"AWS": list(roots)},
			Condition: map[string]map[string]any{"ArnEquals": {"aws:PrincipalArn": list(arns)}},
		})
	}
	return described(statements)
}

// described words statements, all of each but its name, with lists sorted, so that two
// that mean the same read the same.
func described(statements []statement) []string {
	words := make([]string, len(statements))
	for i, s := range statements {
		s.Sid = ""
		s.Action = sortedTexts(s.Action)
		if principals, isMap := s.Principal.(map[string]any); isMap {
			s.Principal = sortedValues(principals)
		}
		for operator, keys := range s.Condition {
			s.Condition[operator] = sortedValues(keys)
		}
		raw, err := json.Marshal(s)
		if err != nil {
			raw = []byte(err.Error())
		}
		words[i] = string(raw)
	}
	slices.Sort(words)
	return words
}

func sortedValues(values map[string]any) map[string]any {
	sorted := map[string]any{}
	for key, value := range values {
		sorted[key] = sortedTexts(value)
	}
	return sorted
}

func sortedTexts(value any) []string { return slices.Sorted(slices.Values(texts(value))) }

// list is what encoding/json makes of a list of texts.
func list(values []string) []any {
	all := make([]any, len(values))
	for i, value := range values {
		all[i] = value
	}
	return all
}

func rolesBounded(a Account) (int, []Finding) {
	var findings []Finding
	looked := 0
	policy := "arn:aws:iam::" + AccountID(a.Environment) + ":policy/"
	for _, name := range slices.Sorted(maps.Keys(a.Roles)) {
		role := a.Roles[name]
		looked++
		if !strings.HasPrefix(name, "platform-") {
			findings = append(findings, differences("role "+name, [][3]string{
				{"boundary", role.PermissionsBoundary.PermissionsBoundaryArn, policy + "platform-workload-boundary"},
			})...)
			continue
		}
		findings = append(findings, differences("role "+name, [][3]string{
			{"boundary", role.PermissionsBoundary.PermissionsBoundaryArn, policy + name + "-boundary"},
			{"session", fmt.Sprint(role.MaxSessionDuration), fmt.Sprint(session(name))},
		})...)
	}
	return looked, findings
}

func repositoriesSafe(a Account) (int, []Finding) {
	var findings []Finding
	key := "arn:aws:kms:" + homeRegion + ":" + AccountID(a.Environment) + ":key/" + a.ImageKey
	names := []string{}
	for _, repository := range a.Repositories {
		names = append(names, repository.RepositoryName)
		findings = append(findings, differences("repository "+repository.RepositoryName, [][3]string{
			{"tags", repository.ImageTagMutability, "IMMUTABLE"},
			{"scan on push", fmt.Sprint(repository.ImageScanningConfiguration.ScanOnPush), yes},
			{"encryption", repository.EncryptionConfiguration.EncryptionType, "KMS"},
			{"key", repository.EncryptionConfiguration.KmsKey, key},
		})...)
	}
	slices.Sort(names)
	return len(a.Repositories), append(findings, differences("the registry", [][3]string{
		{"repositories", strings.Join(names, " "), strings.Join(applications, " ")},
		{"scan", a.ScanType, "ENHANCED"},
	})...)
}

// imagesCopied: the home alone copies into repositories of the applications, and makes none.
func imagesCopied(a Account) (int, []Finding) {
	want := ""
	if a.Environment != homeOf {
		want = strings.Join(described([]statement{{
			Effect: "Allow", Action: "ecr:ReplicateImage", Principal: map[string]any{"AWS": "arn:aws:iam::" + AccountID(homeOf) + ":root"},
		}}), "; ")
	}
	var policy struct{ Statement []statement }
	if a.RegistryPolicy != "" {
		if err := json.Unmarshal([]byte(a.RegistryPolicy), &policy); err != nil {
			return 1, []Finding{{"policy of the registry", a.RegistryPolicy, "a policy"}}
		}
	}
	return 1, differences("the registry", [][3]string{{"policy", strings.Join(described(policy.Statement), "; "), want}})
}
