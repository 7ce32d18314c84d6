package system

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/cluster/charts"
)

// LoadBalancerServiceAccount is the service account of the AWS Load Balancer Controller
// in kube-system, to which its role is given.
const LoadBalancerServiceAccount = "aws-load-balancer-controller"

// loadBalancers installs the AWS Load Balancer Controller for TargetGroupBindings
// alone: no ingress class, no load balancers for services, no security groups. Its role
// would not let it either.
func (b *builder) loadBalancers() error {
	off := pulumi.Bool(false)
	release, err := b.install(charts.LoadBalancerController, pulumi.Map{
		"clusterName":                b.args.ClusterName,
		"region":                     pulumi.String(b.args.Region),
		"vpcId":                      b.args.VPCID,
		"serviceAccount":             pulumi.Map{"create": pulumi.Bool(true), "name": pulumi.String(LoadBalancerServiceAccount)},
		"replicaCount":               pulumi.Int(b.args.Replicas),
		"resources":                  resources("50m", "128Mi"),
		"createIngressClassResource": off, "disableIngressClassAnnotation": pulumi.Bool(true),
		"enableServiceMutatorWebhook": off, "enableBackendSecurityGroup": off,
		"enableShield": off, "enableWaf": off, "enableWafv2": off,
	})
	if err != nil {
		return err
	}
	b.system.LoadBalancers = []pulumi.Resource{release}
	return nil
}
