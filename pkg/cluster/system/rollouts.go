package system

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/cluster/charts"
)

// rollouts installs Argo Rollouts without its dashboard, which has no login.
func (b *builder) rollouts() error {
	namespace, err := b.namespace(charts.RolloutsNamespace, "restricted")
	if err != nil {
		return err
	}
	release, err := b.install(charts.ArgoRollouts, pulumi.Map{
		"dashboard": pulumi.Map{"enabled": pulumi.Bool(false)},
		// Rollouts outlive an uninstalled controller.
		"keepCRDs": pulumi.Bool(true),
		"controller": pulumi.Map{
			"replicas": pulumi.Int(b.args.Replicas), "resources": resources("50m", "256Mi"),
			"pdb": pulumi.Map{"enabled": pulumi.Bool(b.args.Replicas > 1), "maxUnavailable": pulumi.Int(1)},
		},
	}, namespace)
	if err != nil {
		return err
	}
	b.system.Rollouts = []pulumi.Resource{release}
	return b.isolate(charts.RolloutsNamespace, namespace)
}
