package podidentity_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/cluster/podidentity"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const (
	roleType    = "aws:iam/role:Role"
	rolePolicy  = "aws:iam/rolePolicy:RolePolicy"
	attachment  = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
	association = "aws:eks/podIdentityAssociation:PodIdentityAssociation"
)

func web() podidentity.Args {
	return podidentity.Args{
		RoleName: "staging-app-web", AccountID: "444444444444", Region: "eu-west-1", Partition: "aws",
		ClusterName: pulumi.String("staging-eks"), Namespace: "web", ServiceAccount: "web-sa",
		ManagedPolicyARNs: []pulumi.StringInput{
			pulumi.String("arn:aws:iam::444444444444:policy/staging-postgresql"), pulumi.String("arn:aws:iam::444444444444:policy/staging-valkey"),
		},
		Policy: pulumi.String(`{"Version":"2012-10-17","Statement":[]}`),
	}
}

func run(args podidentity.Args, preview bool) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "staging", &aws.ProviderArgs{
			Region: pulumi.String("eu-west-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"444444444444"}),
		})
		if err != nil {
			return nil, err
		}
		_, err = podidentity.New(ctx, "staging-web", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "staging", Preview: preview})
}

func plan(t *testing.T, args podidentity.Args) *graph.Graph {
	t.Helper()
	g, err := run(args, false)
	require.NoError(t, err)
	return g
}

func one(t *testing.T, g *graph.Graph, typ, name string) graph.Resource {
	t.Helper()
	found, err := g.One(typ, name)
	require.NoError(t, err)
	return found
}

func TestTheRoleTrustsEKSForOneServiceAccountOfOneCluster(t *testing.T) {
	role := one(t, plan(t, web()), roleType, "staging-web")
	assert.Equal(t, "staging-app-web", role.String("name"))
	assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:TagSession"],
		"Principal": {"Service": "pods.eks.amazonaws.com"}, "Condition": {
		"StringEquals": {"aws:SourceAccount": "444444444444",
			"aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-west-1:444444444444:cluster/staging-eks",
			"aws:RequestTag/kubernetes-namespace": "web", "aws:RequestTag/kubernetes-service-account": "web-sa"},
		"ArnEquals": {"aws:SourceArn": "arn:aws:eks:eu-west-1:444444444444:cluster/staging-eks"}}}]}`, role.String("assumeRolePolicy"))
}

func TestThePartitionAndThePlaceAreInTheTrust(t *testing.T) {
	args := web()
	args.Partition, args.Region, args.AccountID = "aws-cn", "cn-north-1", "555555555555"
	role := one(t, plan(t, args), roleType, "staging-web")
	var document struct{ Statement []map[string]any }
	require.NoError(t, json.Unmarshal([]byte(role.String("assumeRolePolicy")), &document))
	condition := document.Statement[0]["Condition"].(map[string]any)
	assert.Equal(t, map[string]any{"aws:SourceArn": "arn:aws-cn:eks:cn-north-1:555555555555:cluster/staging-eks"}, condition["ArnEquals"])
}

func TestTheAssociationComesAfterTheRights(t *testing.T) {
	g := plan(t, web())
	made := one(t, g, association, "staging-web")
	assert.Equal(t, "staging-eks", made.String("clusterName"))
	assert.Equal(t, "web", made.String("namespace"))
	assert.Equal(t, "web-sa", made.String("serviceAccount"))
	assert.Equal(t, one(t, g, roleType, "staging-web").Outputs["arn"], made.String("roleArn"))
	rights := append(g.OfType(attachment), g.OfType(rolePolicy)...)
	require.Len(t, rights, 3)
	for _, right := range rights {
		assert.Contains(t, made.DependsOn, right.URN)
	}
	assert.Equal(t, "arn:aws:iam::444444444444:policy/staging-postgresql", one(t, g, attachment, "staging-web-0").String("policyArn"))
	assert.Equal(t, "arn:aws:iam::444444444444:policy/staging-valkey", one(t, g, attachment, "staging-web-1").String("policyArn"))
}

func TestAnIdentityCanBeWithoutRightsAndAssociation(t *testing.T) {
	args := web()
	args.ManagedPolicyARNs, args.Policy, args.ByAddOn = nil, nil, true
	g := plan(t, args)
	assert.Len(t, g.OfType(roleType), 1)
	for _, typ := range []string{attachment, rolePolicy, association} {
		assert.Empty(t, g.OfType(typ))
	}
}

func TestAPreviewRegistersTheSameResources(t *testing.T) {
	preview, err := run(web(), true)
	require.NoError(t, err)
	full := plan(t, web())
	require.Len(t, preview.Resources, len(full.Resources))
	for i := range full.Resources {
		assert.Equal(t, full.Resources[i].URN, preview.Resources[i].URN)
	}
}

func TestWrongArgsAreRefusedBeforeAnythingIsRegistered(t *testing.T) {
	for want, spoil := range map[string]func(*podidentity.Args){
		`AccountID: ""`:             func(a *podidentity.Args) { a.AccountID = "" },
		`Region: ""`:                func(a *podidentity.Args) { a.Region = "" },
		`Partition: ""`:             func(a *podidentity.Args) { a.Partition = "" },
		"ClusterName: nil":          func(a *podidentity.Args) { a.ClusterName = nil },
		`RoleName: ""`:              func(a *podidentity.Args) { a.RoleName = "" },
		`RoleName: "Admin"`:         func(a *podidentity.Args) { a.RoleName = "Admin" },
		`RoleName: "aaaaa`:          func(a *podidentity.Args) { a.RoleName = strings.Repeat("a", 65) },
		`Namespace: "*"`:            func(a *podidentity.Args) { a.Namespace = "*" },
		`Namespace: ""`:             func(a *podidentity.Args) { a.Namespace = "" },
		`ServiceAccount: "web/*"`:   func(a *podidentity.Args) { a.ServiceAccount = "web/*" },
		`ServiceAccount: ""`:        func(a *podidentity.Args) { a.ServiceAccount = "" },
		"ManagedPolicyARNs[1]: nil": func(a *podidentity.Args) { a.ManagedPolicyARNs[1] = nil },
	} {
		t.Run(want, func(t *testing.T) {
			args := web()
			spoil(&args)
			g, err := run(args, false)
			assert.ErrorContains(t, err, "podidentity.Args."+want)
			assert.Len(t, g.Resources, 2, "nothing is registered but the stack and the provider")
		})
	}
}
