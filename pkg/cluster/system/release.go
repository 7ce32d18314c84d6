package system

import (
	helmv3 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/helm/v3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/cluster/charts"
)

// timeout is how long the pods of a chart may take to be ready, in seconds.
const timeout = 600

// install makes a Helm release that is whole or not there, and waits for its pods.
func (b *builder) install(chart charts.Chart, values pulumi.Map, after ...pulumi.Resource) (*helmv3.Release, error) {
	return helmv3.NewRelease(b.ctx, b.name+"-"+chart.Release, &helmv3.ReleaseArgs{
		Name:           pulumi.String(chart.Release),
		Namespace:      pulumi.String(chart.Namespace),
		Chart:          pulumi.String(chart.Name),
		Version:        pulumi.String(chart.Version),
		RepositoryOpts: helmv3.RepositoryOptsArgs{Repo: pulumi.String(chart.Repository)},
		Values:         values,
		Atomic:         pulumi.Bool(true),
		CleanupOnFail:  pulumi.Bool(true),
		Timeout:        pulumi.Int(timeout),
		MaxHistory:     pulumi.Int(5),
	}, b.parent(pulumi.DependsOn(after))...)
}

// resources are what a container requests, and its limit of memory.
func resources(cpu, memory string) pulumi.Map {
	return pulumi.Map{
		"requests": pulumi.Map{"cpu": pulumi.String(cpu), "memory": pulumi.String(memory)},
		"limits":   pulumi.Map{"memory": pulumi.String(memory)},
	}
}
