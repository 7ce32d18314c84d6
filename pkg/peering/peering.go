package peering

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// TypeToken is the type of the component.
const TypeToken = "platform:peering:Peering"

// Args are the two sides. Which of them requests makes no difference to who
// may reach whom.
type Args struct {
	Requester, Accepter Side
}

// Peering is one VPC peering connection with all that belongs to it.
type Peering struct {
	pulumi.ResourceState

	Connection *ec2.VpcPeeringConnection
	// ConnectionID is known when the accepter has accepted.
	ConnectionID pulumi.StringOutput
}

// Name is the name of the component for a pair of environments.
func Name(requester, accepter string) string { return requester + "-to-" + accepter }

// New registers the peering. The sides are validated by Check beforehand, all
// of a matrix at once.
func New(ctx *pulumi.Context, args Args, opts ...pulumi.ResourceOption) (*Peering, error) {
	name := Name(args.Requester.Environment, args.Accepter.Environment)
	peering := &Peering{}
	if err := ctx.RegisterComponentResource(TypeToken, name, peering, opts...); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, args: args, peering: peering}
	if err := b.connect(); err != nil {
		return nil, err
	}
	for _, way := range []direction{{from: args.Requester, to: args.Accepter}, {from: args.Accepter, to: args.Requester}} {
		for _, step := range []func(direction) error{b.routes, b.securityGroupRules, b.zone} {
			if err := step(way); err != nil {
				return nil, err
			}
		}
	}
	return peering, ctx.RegisterResourceOutputs(peering, pulumi.Map{"connectionId": peering.ConnectionID})
}

// direction is one of the two ways: the app tier of from to the internal load
// balancers of to.
type direction struct{ from, to Side }

type builder struct {
	ctx     *pulumi.Context
	name    string
	args    Args
	peering *Peering
}

// on are the options of a child that lives on a side.
func (b *builder) on(side Side, more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.peering), pulumi.Provider(side.Provider)}, more...)
}

// connect requests and accepts. The accepter resource is used always: in one
// account and region it does what autoAccept would, and nothing changes when an
// environment moves to an account of its own.
func (b *builder) connect() (err error) {
	requester, accepter := b.args.Requester, b.args.Accepter
	connection := &ec2.VpcPeeringConnectionArgs{
		VpcId:       pulumi.String(requester.VPCID),
		PeerVpcId:   pulumi.String(accepter.VPCID),
		PeerOwnerId: pulumi.String(accepter.AccountID),
		AutoAccept:  pulumi.Bool(false),
		Tags:        pulumi.StringMap{"Name": pulumi.String(b.name)},
	}
	if requester.Region != accepter.Region {
		connection.PeerRegion = pulumi.String(accepter.Region)
	}
	b.peering.Connection, err = ec2.NewVpcPeeringConnection(b.ctx, b.name, connection, b.on(requester)...)
	if err != nil {
		return err
	}
	accepted, err := ec2.NewVpcPeeringConnectionAccepter(b.ctx, b.name, &ec2.VpcPeeringConnectionAccepterArgs{
		VpcPeeringConnectionId: b.peering.Connection.ID(),
		AutoAccept:             pulumi.Bool(true),
		Tags:                   pulumi.StringMap{"Name": pulumi.String(b.name)},
	}, b.on(accepter)...)
	if err != nil {
		return err
	}
	// What uses the connection takes its ID from the accepter, and so waits until it is active.
	b.peering.ConnectionID = accepted.ID().ToStringOutput()
	return b.dnsOptions()
}

// dnsOptions lets each side's names resolve to private addresses at the other.
func (b *builder) dnsOptions() error {
	requester, accepter := b.args.Requester, b.args.Accepter
	if _, err := ec2.NewPeeringConnectionOptions(b.ctx, b.name+"-requester", &ec2.PeeringConnectionOptionsArgs{
		VpcPeeringConnectionId: b.peering.ConnectionID,
		Requester: &ec2.PeeringConnectionOptionsRequesterArgs{
			AllowRemoteVpcDnsResolution: pulumi.Bool(requester.DNSResolution),
		},
	}, b.on(requester)...); err != nil {
		return err
	}
	_, err := ec2.NewPeeringConnectionOptions(b.ctx, b.name+"-accepter", &ec2.PeeringConnectionOptionsArgs{
		VpcPeeringConnectionId: b.peering.ConnectionID,
		Accepter: &ec2.PeeringConnectionOptionsAccepterArgs{
			AllowRemoteVpcDnsResolution: pulumi.Bool(accepter.DNSResolution),
		},
	}, b.on(accepter)...)
	return err
}
