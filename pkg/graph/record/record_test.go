package record_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sqs"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/program"
)

var options = record.Options{Project: "platform", Stack: "dev"}

// withProvider is a program that has a provider and what register adds to it.
func withProvider(register func(*pulumi.Context, *aws.Provider) (pulumi.Map, error)) program.Func {
	return func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "dev", &aws.ProviderArgs{
			Region: pulumi.String("eu-west-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"333333333333"}),
		})
		if err != nil {
			return nil, err
		}
		return register(ctx, provider)
	}
}

func key(ctx *pulumi.Context, provider *aws.Provider) (pulumi.Map, error) {
	key, err := kms.NewKey(ctx, "logs", &kms.KeyArgs{Description: pulumi.String("logs")},
		pulumi.Provider(provider), pulumi.Protect(true), pulumi.IgnoreChanges([]string{"tags"}))
	if err != nil {
		return nil, err
	}
	_, err = kms.NewAlias(ctx, "logs", &kms.AliasArgs{Name: pulumi.String("alias/logs"), TargetKeyId: key.KeyId}, pulumi.Provider(provider))
	return pulumi.Map{"arn": key.Arn, "password": pulumi.ToSecret(pulumi.String("hunter2"))}, err
}

func TestRunRecordsIdentityOptionsAndWhatAWSComputes(t *testing.T) {
	g, err := record.Run(withProvider(key), options)
	require.NoError(t, err)

	recorded, err := g.One("aws:kms/key:Key", "logs")
	require.NoError(t, err)
	assert.Equal(t, "urn:pulumi:dev::platform::aws:kms/key:Key::logs", recorded.URN)
	assert.Equal(t, "urn:pulumi:dev::platform::pulumi:providers:aws::dev", recorded.Provider)
	assert.True(t, recorded.Protect)
	assert.Equal(t, []string{"tags"}, recorded.IgnoreChanges)
	assert.Equal(t, "arn:aws:kms:eu-west-1:333333333333:key/"+recorded.ID, g.Outputs["arn"])

	alias, err := g.One("aws:kms/alias:Alias", "logs")
	require.NoError(t, err)
	assert.Equal(t, recorded.ID, alias.String("targetKeyId"))
	assert.Contains(t, alias.Dependencies, recorded.URN)
}

func TestRunIsTheSameEveryTime(t *testing.T) {
	first, err := record.Run(withProvider(key), options)
	require.NoError(t, err)
	for range 20 {
		again, err := record.Run(withProvider(key), options)
		require.NoError(t, err)
		require.Equal(t, first, again)
	}
}

func TestRunConcealsSecrets(t *testing.T) {
	g, err := record.Run(withProvider(key), options)
	require.NoError(t, err)
	assert.Equal(t, graph.Secret, g.Outputs["password"])
}

func TestPreviewLeavesUnknownWhatOnlyAWSKnows(t *testing.T) {
	preview := options
	preview.Preview = true
	g, err := record.Run(withProvider(key), preview)
	require.NoError(t, err)
	assert.Equal(t, record.Unknown, g.Outputs["arn"])
	alias, err := g.One("aws:kms/alias:Alias", "logs")
	require.NoError(t, err)
	assert.NotContains(t, alias.Inputs, "targetKeyId")
}

func TestRunRefuses(t *testing.T) {
	broken := errors.New("broken")
	for name, test := range map[string]struct {
		run  program.Func
		want string
	}{
		"a type without a rule": {withProvider(func(ctx *pulumi.Context, p *aws.Provider) (pulumi.Map, error) {
			_, err := sqs.NewQueue(ctx, "work", nil, pulumi.Provider(p))
			return nil, err
		}), "aws:sqs/queue:Queue: no rule"},
		"a resource on the default provider": {func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
			_, err := kms.NewKey(ctx, "logs", nil)
			return nil, err
		}, "no explicit aws provider"},
		"a provider without an account": {func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
			_, err := aws.NewProvider(ctx, "dev", &aws.ProviderArgs{Region: pulumi.String("eu-west-1")})
			return nil, err
		}, "set both region and allowedAccountIds"},
		"a URN twice": {withProvider(func(ctx *pulumi.Context, p *aws.Provider) (pulumi.Map, error) {
			_, err := key(ctx, p)
			if err != nil {
				return nil, err
			}
			return key(ctx, p)
		}), "registered twice"},
		"a stack reference to nowhere": {func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
			_, err := pulumi.NewStackReference(ctx, "organization/platform/nowhere", nil)
			return nil, err
		}, "organization/platform/nowhere: not in this plan"},
		"a function": {withProvider(func(ctx *pulumi.Context, p *aws.Provider) (pulumi.Map, error) {
			_, err := aws.GetCallerIdentity(ctx, nil, pulumi.Provider(p))
			return nil, err
		}), "answers no functions"},
		"the program's own error": {func(*pulumi.Context, map[string]string) (pulumi.Map, error) { return nil, broken }, "broken"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := record.Run(test.run, options)
			assert.ErrorContains(t, err, test.want)
		})
	}
}

func TestStackReferenceAnswersWithTheOutputsOfAnotherStack(t *testing.T) {
	var values []any
	reader := func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		reference, err := pulumi.NewStackReference(ctx, "organization/platform/dev", nil)
		if err != nil {
			return nil, err
		}
		for _, name := range []string{"vpcId", "zones", "missing"} {
			details, err := reference.GetOutputDetails(name)
			if err != nil {
				return nil, err
			}
			values = append(values, details.Value)
		}
		return pulumi.Map{}, nil
	}
	with := options
	with.References = map[string]map[string]any{"organization/platform/dev": {"vpcId": "vpc-1", "zones": map[string]any{"a": "x"}}}
	g, err := record.Run(reader, with)
	require.NoError(t, err)
	assert.Equal(t, []any{"vpc-1", map[string]any{"a": "x"}, nil}, values)
	assert.True(t, slices.ContainsFunc(g.Resources, func(r graph.Resource) bool { return r.Type == "pulumi:pulumi:StackReference" }))
}
