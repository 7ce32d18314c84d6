package record_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/program"
)

const (
	amazonLinux = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
	arm         = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"
)

// lookUp is a program that exports what a parameter holds.
func lookUp(name, region string) program.Func {
	return func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "dev", &aws.ProviderArgs{
			Region: pulumi.String(region), AllowedAccountIds: pulumi.ToStringArray([]string{"333333333333"}),
		})
		if err != nil {
			return nil, err
		}
		found := ssm.LookupParameterOutput(ctx, ssm.LookupParameterOutputArgs{Name: pulumi.String(name)}, pulumi.Provider(provider))
		return pulumi.Map{"ami": found.InsecureValue(), "arn": found.Arn(), "type": found.Type(), "version": found.Version()}, nil
	}
}

func TestTheAMIOfAnImageParameterIsMadeUpAndStable(t *testing.T) {
	image := func(name, region string, preview bool) any {
		with := options
		with.Preview = preview
		g, err := record.Run(lookUp(name, region), with)
		require.NoError(t, err)
		assert.Regexp(t, "^ami-[0-9a-f]{17}$", g.Outputs["ami"])
		assert.Equal(t, "arn:aws:ssm:"+region+":333333333333:parameter"+name, g.Outputs["arn"])
		assert.Equal(t, "String", g.Outputs["type"])
		assert.InDelta(t, 1, g.Outputs["version"], 0)
		return g.Outputs["ami"]
	}
	first := image(amazonLinux, "eu-west-1", false)
	assert.Equal(t, first, image(amazonLinux, "eu-west-1", false))
	assert.Equal(t, first, image(amazonLinux, "eu-west-1", true), "a preview knows it too")
	assert.NotEqual(t, first, image(amazonLinux, "us-east-1", false), "an AMI belongs to a region")
	assert.NotEqual(t, first, image(arm, "eu-west-1", false))
	image("/platform/golden-image", "eu-west-1", false)
	image("/aws/service/eks/optimized-ami/1.33/amazon-linux-2023/x86_64/standard/recommended/image_id", "eu-west-1", false)
}

func TestNoOtherParameterIsAnswered(t *testing.T) {
	for _, name := range []string{"/dev/database/password", "/dev/family/name", "/dev/imagery"} {
		_, err := record.Run(lookUp(name, "eu-west-1"), options)
		assert.ErrorContains(t, err, "answers no functions", name)
	}
}

func TestALookUpWithoutAProviderIsRefused(t *testing.T) {
	_, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		return pulumi.Map{"ami": ssm.LookupParameterOutput(ctx, ssm.LookupParameterOutputArgs{Name: pulumi.String(amazonLinux)}).InsecureValue()}, nil
	}, options)
	assert.ErrorContains(t, err, "no explicit aws provider")
}

// A secret is answered with a text that is none, and what a program keeps secret is not shown.
func TestASecretIsMadeUp(t *testing.T) {
	read := func(by func(*aws.Provider) []pulumi.InvokeOption) (*graph.Graph, error) {
		return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
			provider, err := aws.NewProvider(ctx, "dev", &aws.ProviderArgs{
				Region: pulumi.String("eu-west-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"333333333333"}),
			})
			if err != nil {
				return nil, err
			}
			found := secretsmanager.LookupSecretVersionOutput(ctx, secretsmanager.LookupSecretVersionOutputArgs{SecretId: pulumi.String("dev/alarms/x")}, by(provider)...)
			return pulumi.Map{"plain": found.SecretString(), "kept": pulumi.ToSecret(found.SecretString()), "arn": found.Arn()}, nil
		}, options)
	}
	g, err := read(func(provider *aws.Provider) []pulumi.InvokeOption {
		return []pulumi.InvokeOption{pulumi.Provider(provider)}
	})
	require.NoError(t, err)
	assert.Equal(t, record.SecretURL, g.Outputs["plain"])
	assert.Equal(t, graph.Secret, g.Outputs["kept"])
	assert.Regexp(t, "^arn:aws:secretsmanager:eu-west-1:333333333333:secret:dev/alarms/x-[0-9a-f]{6}$", g.Outputs["arn"])
	_, err = read(func(*aws.Provider) []pulumi.InvokeOption { return nil })
	assert.ErrorContains(t, err, "dev/alarms/x: no explicit aws provider")
}

// What a program needs to let others read a secret is its ARN, which ends in AWS's letters.
func TestASecretsARNIsMadeUpAndItsTextIsNotAnswered(t *testing.T) {
	g, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "dev", &aws.ProviderArgs{
			Region: pulumi.String("eu-west-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"333333333333"}),
		})
		if err != nil {
			return nil, err
		}
		found := secretsmanager.LookupSecretOutput(ctx, secretsmanager.LookupSecretOutputArgs{Name: pulumi.String("dev/siem")}, pulumi.Provider(provider))
		return pulumi.Map{"arn": found.Arn(), "name": found.Name()}, nil
	}, options)
	require.NoError(t, err)
	assert.Regexp(t, "^arn:aws:secretsmanager:eu-west-1:333333333333:secret:dev/siem-[0-9a-f]{6}$", g.Outputs["arn"])
	assert.Equal(t, "dev/siem", g.Outputs["name"])
	_, err = record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		return pulumi.Map{"arn": secretsmanager.LookupSecretOutput(ctx, secretsmanager.LookupSecretOutputArgs{Name: pulumi.String("dev/siem")}).Arn()}, nil
	}, options)
	assert.ErrorContains(t, err, "no explicit aws provider")
}
