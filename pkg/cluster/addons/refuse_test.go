package addons_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/cluster/addons"
	"aws-platform/pkg/engines"
	"aws-platform/pkg/graph/record"
)

func TestWrongArgsAreRefusedBeforeAnythingIsRegistered(t *testing.T) {
	override := func(name, version string) func(*addons.Args) {
		return func(a *addons.Args) { a.Overrides = map[string]string{name: version} }
	}
	for want, spoil := range map[string]func(*addons.Args){
		`Environment: ""`:     func(a *addons.Args) { a.Environment = "" },
		`AccountID: ""`:       func(a *addons.Args) { a.AccountID = "" },
		`Region: ""`:          func(a *addons.Args) { a.Region = "" },
		`Partition: ""`:       func(a *addons.Args) { a.Partition = "" },
		"ClusterName: nil":    func(a *addons.Args) { a.ClusterName = nil },
		"EBSKeyARN: nil":      func(a *addons.Args) { a.EBSKeyARN = nil },
		"LogKeyARN: nil":      func(a *addons.Args) { a.LogKeyARN = nil },
		"LogRetentionDays: 0": func(a *addons.Args) { a.LogRetentionDays = 0 },
		`Version: "1.12": no version of the add-on coredns`:                                        func(a *addons.Args) { a.Version = "1.12" },
		`Overrides[karpenter]: "v1.0.0-eksbuild.1": not an add-on of ours`:                         override("karpenter", "v1.0.0-eksbuild.1"),
		`Overrides[coredns]: "latest": not a version`:                                              override("coredns", "latest"),
		`Overrides[coredns]: "": not a version`:                                                    override("coredns", ""),
		`Overrides[coredns]: "1.11.1-eksbuild.1": not a version`:                                   override("coredns", "1.11.1-eksbuild.1"),
		`Overrides[aws-ebs-csi-driver]: "v1.57.9-eksbuild.1": its role`:                            override("aws-ebs-csi-driver", "v1.57.9-eksbuild.1"),
		`Overrides[aws-ebs-csi-driver]: "v0.99.0-eksbuild.1": its role knows volumes by tags that`: override("aws-ebs-csi-driver", "v0.99.0-eksbuild.1"),
	} {
		t.Run(want, func(t *testing.T) {
			args := staging()
			spoil(&args)
			g, err := run(args, false)
			require.ErrorContains(t, err, "addons.Args."+want)
			assert.Len(t, g.Resources, 2, "nothing is registered but the stack and the provider")
		})
	}
}

func TestTheTablesDriversAreNewEnoughForTheirRole(t *testing.T) {
	for _, kubernetes := range engines.Versions(engines.Kubernetes) {
		driver, pinned := engines.AddOnVersion(kubernetes.Name, "aws-ebs-csi-driver")
		if !pinned {
			continue // a version that has ended
		}
		args := staging()
		args.Version, args.Overrides = kubernetes.Name, map[string]string{"aws-ebs-csi-driver": driver}
		_, err := run(args, false)
		assert.NoError(t, err, kubernetes.Name)
	}
}

func TestAVersionThatTheTableDoesNotKnowNeedsAllOverrides(t *testing.T) {
	args := staging()
	args.Version, args.Overrides = "1.99", map[string]string{}
	for name := range installed(plan(t, staging())) {
		args.Overrides[name] = "v1.99.0-eksbuild.1"
	}
	g, err := run(args, false)
	require.NoError(t, err)
	assert.Len(t, installed(g), 8)
	delete(args.Overrides, "kube-proxy")
	_, err = run(args, false)
	assert.ErrorContains(t, err, "add-on kube-proxy")
}

func TestRestWantsNodesAndIsCalledOnce(t *testing.T) {
	g, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		nodes, err := aws.NewProvider(ctx, "staging", &aws.ProviderArgs{
			Region: pulumi.String("eu-west-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"444444444444"}),
		})
		require.NoError(t, err)
		made, err := addons.New(ctx, "staging-addons", staging(), pulumi.Provider(nodes))
		require.NoError(t, err)
		assert.Len(t, made.Base, 3)
		assert.ErrorContains(t, made.Rest(ctx, nil), "addons.Rest: nodes: none")
		require.Len(t, made.Installed, 3, "an error leaves nothing half made")
		require.NoError(t, made.Rest(ctx, []pulumi.Resource{nodes}))
		assert.ErrorContains(t, made.Rest(ctx, []pulumi.Resource{nodes}), "addons.Rest: called before")
		return nil, nil
	}, record.Options{Project: "platform", Stack: "staging"})
	require.NoError(t, err)
	assert.Len(t, installed(g), 8)
}
