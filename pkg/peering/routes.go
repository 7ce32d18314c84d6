package peering

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const httpsPort = 443

// routes lets packets from one app tier to the other's loadbalancer tier, and
// the answers back.
func (b *builder) routes(way direction) error {
	if !way.from.AppRoutes {
		return nil
	}
	there, back := way.from, way.to
	for _, zone := range slices.Sorted(maps.Keys(there.AppRouteTableIDs)) {
		suffix := there.Environment + "-app-" + zone
		if err := b.route(there, suffix, there.AppRouteTableIDs[zone], back.LoadBalancerCIDRs); err != nil {
			return err
		}
	}
	return b.route(back, back.Environment+"-loadbalancer", back.LoadBalancerRouteTableID, there.AppCIDRs)
}

// route adds to one table the routes to the peer's subnets.
func (b *builder) route(side Side, suffix, table string, destinations map[string]netip.Prefix) error {
	for _, zone := range slices.Sorted(maps.Keys(destinations)) {
		_, err := ec2.NewRoute(b.ctx, b.name+"-"+suffix+"-to-"+zone, &ec2.RouteArgs{
			RouteTableId:           pulumi.String(table),
			DestinationCidrBlock:   pulumi.String(destinations[zone].String()),
			VpcPeeringConnectionId: b.peering.ConnectionID,
		}, b.on(side)...)
		if err != nil {
			return err
		}
	}
	return nil
}

// securityGroupRules lets the internal load balancers of one side hear the app
// tier of the other. CIDRs, because a group of another region cannot be named.
func (b *builder) securityGroupRules(way direction) error {
	if !way.from.AppRoutes {
		return nil
	}
	for _, zone := range slices.Sorted(maps.Keys(way.from.AppCIDRs)) {
		_, err := vpc.NewSecurityGroupIngressRule(b.ctx, b.name+"-"+way.to.Environment+"-from-"+zone, &vpc.SecurityGroupIngressRuleArgs{
			SecurityGroupId: pulumi.String(way.to.InternalLoadBalancerSecurityGroupID),
			Description:     pulumi.String("HTTPS from the app tier of " + way.from.Environment + " in " + zone),
			IpProtocol:      pulumi.String("tcp"),
			FromPort:        pulumi.Int(httpsPort),
			ToPort:          pulumi.Int(httpsPort),
			CidrIpv4:        pulumi.String(way.from.AppCIDRs[zone].String()),
		}, b.on(way.to, pulumi.DependsOn([]pulumi.Resource{b.peering.Connection}))...)
		if err != nil {
			return err
		}
	}
	return nil
}

// zone lets the VPC of one side resolve the private zone of the other. Across
// accounts the zone's owner authorises first.
func (b *builder) zone(way direction) error {
	name := b.name + "-" + way.to.Environment
	options := b.on(way.from)
	if way.from.AccountID != way.to.AccountID {
		authorization, err := route53.NewVpcAssociationAuthorization(b.ctx, name, &route53.VpcAssociationAuthorizationArgs{
			ZoneId:    pulumi.String(way.to.PrivateZoneID),
			VpcId:     pulumi.String(way.from.VPCID),
			VpcRegion: pulumi.String(way.from.Region),
		}, b.on(way.to)...)
		if err != nil {
			return err
		}
		options = b.on(way.from, pulumi.DependsOn([]pulumi.Resource{authorization}))
	}
	_, err := route53.NewZoneAssociation(b.ctx, name, &route53.ZoneAssociationArgs{
		ZoneId:    pulumi.String(way.to.PrivateZoneID),
		VpcId:     pulumi.String(way.from.VPCID),
		VpcRegion: pulumi.String(way.from.Region),
	}, options...)
	return err
}
