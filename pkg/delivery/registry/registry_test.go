package registry_test

import (
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/delivery/registry"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/policy/policytest"
)

const (
	home, replica = "333333333333", "111111111111"
	pusher        = "arn:aws:iam::333333333333:role/platform-build"
	replication   = "arn:aws:iam::333333333333:role/aws-service-role/replication.ecr.amazonaws.com/AWSServiceRoleForECRReplication"
)

func run(account string, change func(*registry.Args)) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{account}),
		})
		if err != nil {
			return nil, err
		}
		args := registry.Args{
			Environment: "dev", AccountID: account, Region: "us-east-1", Partition: "aws", HomeAccountID: home,
			ReplicaAccountIDs: []string{replica, "222222222222"}, Applications: []string{"web", "api"}, KeyAlias: "alias/platform/ecr", PusherARN: pusher,
			ReaderRoles: []string{"platform-pipeline"}, ReaderActions: []string{"ecr:BatchGetImage"},
		}
		if change != nil {
			change(&args)
		}
		_, err = registry.New(ctx, "x", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform-account", Stack: "account-dev"})
}

func plan(t *testing.T, account string) *graph.Graph {
	t.Helper()
	g, err := run(account, nil)
	require.NoError(t, err)
	return g
}

// A copy has the settings of its original, because each account makes them.
func TestRepositoriesAreAlikeInEveryAccount(t *testing.T) {
	for _, account := range []string{home, replica} {
		g := plan(t, account)
		key, err := g.One("aws:kms/key:Key", "x-ecr")
		require.NoError(t, err)
		assert.True(t, key.Protect)
		assert.Equal(t, true, key.Inputs["enableKeyRotation"])
		alias, err := g.One("aws:kms/alias:Alias", "x-ecr")
		require.NoError(t, err)
		assert.Equal(t, "alias/platform/ecr", alias.String("name"))
		repositories := g.OfType("aws:ecr/repository:Repository")
		require.Len(t, repositories, 2)
		for _, repository := range repositories {
			assert.Equal(t, "IMMUTABLE", repository.String("imageTagMutability"))
			assert.Equal(t, map[string]any{"scanOnPush": true}, repository.Inputs["imageScanningConfiguration"])
			assert.Equal(t, []any{map[string]any{"encryptionType": "KMS", "kmsKey": key.Outputs["arn"]}}, repository.Inputs["encryptionConfigurations"])
			assert.True(t, repository.Protect)
			assert.NotContains(t, repository.Inputs, "forceDelete")
		}
		scanning, err := g.One("aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration", "x-registry")
		require.NoError(t, err)
		assert.Equal(t, "ENHANCED", scanning.String("scanType"))
		assert.Len(t, g.OfType("aws:ecr/lifecyclePolicy:LifecyclePolicy"), 2)
	}
}

// An image with a tag may be deployed, so that none expires.
func TestOnlyImagesWithoutATagExpire(t *testing.T) {
	for _, policy := range plan(t, home).OfType("aws:ecr/lifecyclePolicy:LifecyclePolicy") {
		var lifecycle struct {
			Rules []struct {
				Selection struct {
					TagStatus   string
					CountNumber int
				}
			}
		}
		require.NoError(t, json.Unmarshal([]byte(policy.String("policy")), &lifecycle))
		require.Len(t, lifecycle.Rules, 1)
		assert.Equal(t, "untagged", lifecycle.Rules[0].Selection.TagStatus)
		assert.Equal(t, 90, lifecycle.Rules[0].Selection.CountNumber)
	}
}

func TestImagesAreCopiedFromTheHome(t *testing.T) {
	const replications, policies = "aws:ecr/replicationConfiguration:ReplicationConfiguration", "aws:ecr/registryPolicy:RegistryPolicy"
	at := plan(t, home)
	assert.Empty(t, at.OfType(policies), "nobody copies into the home")
	copies, err := at.One(replications, "x-registry")
	require.NoError(t, err)
	rule := copies.Inputs["replicationConfiguration"].(map[string]any)["rules"].([]any)[0].(map[string]any)
	assert.Equal(t, []any{
		map[string]any{"region": "us-east-1", "registryId": replica}, map[string]any{"region": "us-east-1", "registryId": "222222222222"},
	}, rule["destinations"])
	assert.Equal(t, []any{
		map[string]any{"filter": "web", "filterType": "PREFIX_MATCH"}, map[string]any{"filter": "api", "filterType": "PREFIX_MATCH"},
	}, rule["repositoryFilters"])

	elsewhere := plan(t, replica)
	assert.Empty(t, elsewhere.OfType(replications), "what was copied is not copied on")
	lets, err := elsewhere.One(policies, "x-registry")
	require.NoError(t, err)
	const repository = "arn:aws:ecr:us-east-1:111111111111:repository/"
	for _, c := range []struct {
		by, action, resource string
		want                 policytest.Answer
	}{
		{replication, "ecr:ReplicateImage", repository + "web", policytest.Allowed},
		{replication, "ecr:ReplicateImage", repository + "other", policytest.Silent},
		{replication, "ecr:CreateRepository", repository + "web", policytest.Silent},
		{"arn:aws:iam::444444444444:role/x", "ecr:ReplicateImage", repository + "web", policytest.Silent},
	} {
		assert.Equal(t, c.want, policytest.Ask(lets.String("policy"), policytest.Request{Principal: c.by, Action: c.action, Resource: c.resource}), "%+v", c)
	}
}

func TestWhoPushesAndDeletes(t *testing.T) {
	for _, c := range []struct {
		account, by, action string
		want                policytest.Answer
	}{
		{home, pusher, "ecr:PutImage", policytest.Silent}, // left to IAM
		{home, "arn:aws:iam::333333333333:role/admin", "ecr:PutImage", policytest.Denied},
		{home, "arn:aws:iam::333333333333:role/platform-build2", "ecr:UploadLayerPart", policytest.Denied},
		{home, pusher, "ecr:BatchDeleteImage", policytest.Denied},
		{replica, "arn:aws:iam::111111111111:role/platform-build", "ecr:PutImage", policytest.Denied},
		{replica, pusher, "ecr:PutImage", policytest.Denied},
		{replica, replication, "ecr:PutImage", policytest.Silent},
		{replica, "arn:aws:iam::111111111111:role/admin", "ecr:BatchDeleteImage", policytest.Denied},
		{replica, "arn:aws:iam::111111111111:role/production-eks-node", "ecr:BatchGetImage", policytest.Silent},
		{replica, "arn:aws:iam::999999999999:role/x", "ecr:BatchGetImage", policytest.Silent},
	} {
		for _, policy := range plan(t, c.account).OfType("aws:ecr/repositoryPolicy:RepositoryPolicy") {
			assert.Equal(t, c.want, policytest.Ask(policy.String("policy"), policytest.Request{
				Principal: c.by, Action: c.action, Context: map[string][]string{"aws:PrincipalArn": {c.by}},
			}), "%+v", c)
		}
	}
}

// Signatures are read in the home by the pipelines of the copies' accounts, and by nobody else.
func TestPipelinesOfOtherAccountsReadSignaturesInTheHome(t *testing.T) {
	read := func(account string) []map[string]any {
		var found []map[string]any
		for _, of := range plan(t, account).OfType("aws:ecr/repositoryPolicy:RepositoryPolicy") {
			var document struct{ Statement []map[string]any }
			require.NoError(t, json.Unmarshal([]byte(of.String("policy")), &document))
			for _, statement := range document.Statement {
				if statement["Effect"] == "Allow" {
					found = append(found, statement)
				}
			}
		}
		return found
	}
	assert.Empty(t, read(replica), "a copy is read by its own account alone")
	allowed := read(home)
	require.Len(t, allowed, 2, "one for each repository")
	for _, statement := range allowed {
		assert.Equal(t, []any{"ecr:BatchGetImage"}, statement["Action"])
		assert.Equal(t, map[string]any{"AWS": []any{"arn:aws:iam::111111111111:root", "arn:aws:iam::222222222222:root"}}, statement["Principal"])
		assert.Equal(t, map[string]any{"ArnEquals": map[string]any{"aws:PrincipalArn": []any{
			"arn:aws:iam::111111111111:role/platform-pipeline", "arn:aws:iam::222222222222:role/platform-pipeline"}}}, statement["Condition"])
	}
}

func TestARegistryByItselfCopiesNothing(t *testing.T) {
	g, err := run(home, func(a *registry.Args) { a.ReplicaAccountIDs = nil })
	require.NoError(t, err)
	assert.Empty(t, g.OfType("aws:ecr/replicationConfiguration:ReplicationConfiguration"))
}

func TestRefused(t *testing.T) {
	for want, change := range map[string]func(*registry.Args){
		`registry.Args.Environment: ""`:   func(a *registry.Args) { a.Environment = "" },
		`registry.Args.HomeAccountID: ""`: func(a *registry.Args) { a.HomeAccountID = "" },
		`registry.Args.Applications: nil`: func(a *registry.Args) { a.Applications = nil },
		`registry.Args.KeyAlias: ""`:      func(a *registry.Args) { a.KeyAlias = "" },
		`registry.Args.PusherARN: ""`:     func(a *registry.Args) { a.PusherARN = "" },
		`registry.Args.ReaderRoles: nil`:  func(a *registry.Args) { a.ReaderRoles = nil },
		`registry.Args.ReaderActions: `:   func(a *registry.Args) { a.ReaderActions = nil },
		"is the home itself":              func(a *registry.Args) { a.ReplicaAccountIDs = []string{home} },
	} {
		g, err := run(home, change)
		require.ErrorContains(t, err, want)
		assert.Empty(t, g.OfType("aws:ecr/repository:Repository"), want)
	}
}
