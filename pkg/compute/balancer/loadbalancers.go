package balancer

import (
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// loadBalancers makes both. They differ in where they are and who may reach them.
func (b *builder) loadBalancers() (err error) {
	if b.balancer.Public, err = b.loadBalancer(Public, b.args.PublicSubnetIDs, b.args.PublicSecurityGroupID, b.args.Internet...); err != nil {
		return err
	}
	b.balancer.Internal, err = b.loadBalancer(Internal, b.args.LoadBalancerSubnetIDs, b.args.InternalSecurityGroupID)
	return err
}

func (b *builder) loadBalancer(side Side, subnets pulumi.StringArrayInput, group pulumi.StringInput, after ...pulumi.Resource) (*lb.LoadBalancer, error) {
	settings := b.args.Config.LoadBalancer
	return lb.NewLoadBalancer(b.ctx, b.child(string(side)), &lb.LoadBalancerArgs{
		Name:             pulumi.String(b.physical(string(side))),
		LoadBalancerType: pulumi.String("application"),
		Internal:         pulumi.Bool(side == Internal),
		IpAddressType:    pulumi.String("ipv4"),
		Subnets:          subnets,
		SecurityGroups:   pulumi.StringArray{group},

		EnableDeletionProtection:     pulumi.Bool(settings.DeletionProtection),
		IdleTimeout:                  pulumi.Int(settings.IdleTimeoutSeconds),
		EnableCrossZoneLoadBalancing: pulumi.Bool(true), // always so on this type, and said
		EnableHttp2:                  pulumi.Bool(true),
		DropInvalidHeaderFields:      pulumi.Bool(true),
		DesyncMitigationMode:         pulumi.String("strictest"),
		XffHeaderProcessingMode:      pulumi.String("append"),
		PreserveHostHeader:           pulumi.Bool(true),  // the application sees the name and the port that the client asked for
		EnableWafFailOpen:            pulumi.Bool(false), // a web ACL that cannot be asked lets nobody in

		EnableTlsVersionAndCipherSuiteHeaders: pulumi.Bool(false), // the connection logs say it

		AccessLogs:     b.accessLogsOf(side),
		ConnectionLogs: b.connectionLogsOf(side),
		Tags:           b.tags(string(side)),
	}, b.parent(pulumi.DependsOn(slices.Concat(b.balancer.Logs.Ready, after)))...) // AWS tries the bucket at once
}

// of is the load balancer of a side.
func (b *Balancer) of(side Side) *lb.LoadBalancer {
	if side == Public {
		return b.Public
	}
	return b.Internal
}
