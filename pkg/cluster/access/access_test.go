package access_test

import (
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	table "aws-platform/pkg/access"
	"aws-platform/pkg/cluster/access"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const (
	sso  = "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_DevOps_0123456789abcdef"
	jane = "arn:aws:iam::111111111111:user/jane"
	pipe = "arn:aws:iam::111111111111:role/platform-pipeline"
)

func mappings() []table.Mapping {
	return []table.Mapping{
		{Name: table.DevOps, RoleName: "production-eks-devops", AssumedBy: []string{sso, jane}, People: true, SessionSeconds: 3600, Policy: table.ClusterAdminPolicy},
		{Name: table.Developer, RoleName: "production-eks-developer", People: true, SessionSeconds: 3600, Groups: []string{"platform:developers"}},
		{Name: table.Deployer, RoleName: "production-eks-deployer", AssumedBy: []string{pipe}, SessionSeconds: 3600, Groups: []string{"platform:deployers"}},
		{Name: table.BreakGlass, RoleName: "production-eks-breakglass", AssumedBy: []string{jane}, People: true, SessionSeconds: 3600, Policy: table.ClusterAdminPolicy},
		{Name: "mapping", RoleARN: "arn:aws:iam::111111111111:role/audit/auditors", Groups: []string{"auditors"}},
	}
}

func run(change func(*access.Args)) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"111111111111"}),
		})
		if err != nil {
			return nil, err
		}
		args := access.Args{
			Environment: "production", AccountID: "111111111111", Region: "us-east-1", Partition: "aws", Mappings: mappings(),
			ClusterName: pulumi.String("production-eks"), ClusterARN: "arn:aws:eks:us-east-1:111111111111:cluster/production-eks",
			LogGroup: pulumi.String("/aws/eks/production-eks/cluster"), TopicARN: pulumi.String("arn:aws:sns:us-east-1:111111111111:production-security"),
			RunbookURL: "docs/runbooks",
		}
		if change != nil {
			change(&args)
		}
		_, err = access.New(ctx, "production", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "production"})
}

func plan(t *testing.T) *graph.Graph {
	t.Helper()
	g, err := run(nil)
	require.NoError(t, err)
	return g
}

func one(t *testing.T, g *graph.Graph, kind, name string) graph.Resource {
	t.Helper()
	found, err := g.One(kind, name)
	require.NoError(t, err)
	return found
}

type statement struct {
	Principal map[string][]string
	Action    []string
	Resource  []string
	Condition map[string]map[string]string
}

func statements(t *testing.T, document string) []statement {
	t.Helper()
	var parsed struct{ Statement []statement }
	require.NoError(t, json.Unmarshal([]byte(document), &parsed))
	return parsed.Statement
}

const roleType = "aws:iam/role:Role"

// Who may assume which role, and with what.
func TestTrust(t *testing.T) {
	g := plan(t)
	mfa := map[string]map[string]string{"Bool": {"aws:MultiFactorAuthPresent": "true"}}
	for name, want := range map[string][]statement{
		"devops": {
			{Principal: map[string][]string{"AWS": {sso}}, Action: []string{"sts:AssumeRole"}},
			{Principal: map[string][]string{"AWS": {jane}}, Action: []string{"sts:AssumeRole"}, Condition: mfa},
		},
		"deployer":   {{Principal: map[string][]string{"AWS": {pipe}}, Action: []string{"sts:AssumeRole"}}},
		"breakglass": {{Principal: map[string][]string{"AWS": {jane}}, Action: []string{"sts:AssumeRole"}, Condition: mfa}},
	} {
		role := one(t, g, roleType, "production-eks-"+name)
		assert.Equal(t, want, statements(t, role.String("assumeRolePolicy")), name)
		assert.Equal(t, "production-eks-"+name, role.String("name"))
		assert.EqualValues(t, 3600, role.Inputs["maxSessionDuration"])
		allowed := one(t, g, "aws:iam/rolePolicy:RolePolicy", "production-eks-"+name+"-describe")
		assert.Equal(t, []statement{{Action: []string{"eks:DescribeCluster"}, Resource: []string{"arn:aws:eks:us-east-1:111111111111:cluster/production-eks"}}},
			statements(t, allowed.String("policy")))
	}
	assert.Len(t, g.OfType(roleType), 3, "nobody may assume the developer's role, so there is none")
}

func TestEntries(t *testing.T) {
	g := plan(t)
	groups := map[string][]string{}
	for _, entry := range g.OfType("aws:eks/accessEntry:AccessEntry") {
		assert.Equal(t, "production-eks", entry.String("clusterName"))
		assert.Equal(t, "STANDARD", entry.String("type"))
		assert.Empty(t, entry.String("userName"), "the audit log shall have the session's name")
		groups[entry.String("principalArn")] = entry.Strings("kubernetesGroups")
	}
	role := func(name string) string { return one(t, g, roleType, "production-eks-"+name).Outputs["arn"].(string) }
	assert.Equal(t, map[string][]string{
		role("devops"): {}, role("deployer"): {"platform:deployers"}, role("breakglass"): {},
		"arn:aws:iam::111111111111:role/audit/auditors": {"auditors"},
	}, groups)
	admins := map[string]string{}
	for _, association := range g.OfType("aws:eks/accessPolicyAssociation:AccessPolicyAssociation") {
		admins[association.String("principalArn")] = association.String("policyArn")
	}
	const policy = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
	assert.Equal(t, map[string]string{role("devops"): policy, role("breakglass"): policy}, admins)
}

func TestTheUseOfTheBreakGlassRoleIsAlarmed(t *testing.T) {
	g := plan(t)
	filter := one(t, g, "aws:cloudwatch/logMetricFilter:LogMetricFilter", "production-eks-breakglass-used")
	assert.Equal(t, "/aws/eks/production-eks/cluster", filter.String("logGroupName"))
	assert.Equal(t, `{ $.user.username = "*:assumed-role/production-eks-breakglass/*" }`, filter.String("pattern"))
	metric := filter.Inputs["metricTransformation"].(map[string]any)
	alarm := one(t, g, "aws:cloudwatch/metricAlarm:MetricAlarm", "production-eks-breakglass-used")
	assert.Equal(t, metric["name"], alarm.String("metricName"))
	assert.Equal(t, metric["namespace"], alarm.String("namespace"))
	assert.Equal(t, []string{"arn:aws:sns:us-east-1:111111111111:production-security"}, alarm.Strings("alarmActions"))
	assert.EqualValues(t, 1, alarm.Inputs["threshold"])
	assert.Equal(t, "GreaterThanOrEqualToThreshold", alarm.String("comparisonOperator"))
	assert.Equal(t, []string{"production-eks-breakglass-used", "production-eks-breakglass-requests"}, []string{alarm.String("name"), filter.String("name")})
	assert.Equal(t, "Somebody came to the Kubernetes API of production by the break-glass role. Severity: critical. Runbook: docs/runbooks/cluster-break-glass.md",
		alarm.String("alarmDescription"))

	none, err := run(func(a *access.Args) { a.Mappings = a.Mappings[:3] })
	require.NoError(t, err)
	assert.Empty(t, none.OfType("aws:cloudwatch/metricAlarm:MetricAlarm"), "no role, no alarm")
}

// Two accounts may each have a role of one name.
func TestRolesOfOneNameAreToldApart(t *testing.T) {
	g, err := run(func(a *access.Args) {
		a.Mappings = append(a.Mappings, table.Mapping{Name: "mapping", RoleARN: "arn:aws:iam::222222222222:role/audit/auditors", Groups: []string{"others"}})
	})
	require.NoError(t, err)
	for account, group := range map[string]string{"111111111111": "auditors", "222222222222": "others"} {
		entry := one(t, g, "aws:eks/accessEntry:AccessEntry", "production-eks-mapping-"+account+"-audit-auditors-entry")
		assert.Equal(t, []string{group}, entry.Strings("kubernetesGroups"))
	}
}

func TestRefused(t *testing.T) {
	for want, change := range map[string]func(*access.Args){
		`access.Args.Environment: ""`:            func(a *access.Args) { a.Environment = "" },
		`access.Args.ClusterName: nil`:           func(a *access.Args) { a.ClusterName = nil },
		`access.Args.ClusterARN: ""`:             func(a *access.Args) { a.ClusterARN = "" },
		`access.Args.LogGroup: nil`:              func(a *access.Args) { a.LogGroup = nil },
		`access.Args.RunbookURL: ""`:             func(a *access.Args) { a.RunbookURL = "" },
		`access.Args.TopicARN: nil`:              func(a *access.Args) { a.TopicARN = nil },
		"*: has a wildcard: name one principal":  func(a *access.Args) { a.Mappings[0].AssumedBy = []string{"*"} },
		"one of the two says what the role may":  func(a *access.Args) { a.Mappings[0].Policy = "" },
		`groups ["x"]: one of the two says what`: func(a *access.Args) { a.Mappings[0].Groups = []string{"x"} },
	} {
		g, err := run(change)
		require.ErrorContains(t, err, want)
		assert.Empty(t, g.OfType(roleType), want)
	}
}
