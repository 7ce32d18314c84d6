package controlplane

import (
	"context"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheTransformCompletesTheClusterAndNothingElse(t *testing.T) {
	given := pulumi.Map{"name": pulumi.String("production-eks")}
	result := complete(context.Background(), &pulumi.ResourceTransformArgs{Type: clusterType, Props: given})
	require.NotNil(t, result)
	assert.Equal(t, pulumi.Map{
		"name": pulumi.String("production-eks"), "bootstrapSelfManagedAddons": pulumi.Bool(false),
		"upgradePolicy": pulumi.Map{"supportType": pulumi.String("STANDARD")},
	}, result.Props)
	assert.Nil(t, complete(context.Background(), &pulumi.ResourceTransformArgs{Type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider", Props: pulumi.Map{}}))
}
