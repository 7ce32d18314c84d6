package balancer

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// caaTTLSeconds is an hour: who may issue certificates hardly changes.
const caaTTLSeconds = 3600

// zone is the public zone of the domain: the one given, or one made here, in which
// no authority but Amazon's may issue certificates (RFC 8659; AWS Certificate
// Manager User Guide, "Configure a CAA record").
func (b *builder) zone() (err error) {
	switch settings := b.args.Config; {
	case settings.Domain == "":
		return nil
	case settings.PublicZoneID != "":
		b.publicZoneID = pulumi.String(settings.PublicZoneID)
		return nil
	}
	b.balancer.PublicZone, err = route53.NewZone(b.ctx, b.child(string(Public)), &route53.ZoneArgs{
		Name:    pulumi.String(b.args.Config.Domain),
		Comment: pulumi.String("Public names of " + b.args.Environment),
		Tags:    b.tags(string(Public)),
	}, b.parent(pulumi.Protect(true))...)
	if err != nil {
		return err
	}
	b.publicZoneID = b.balancer.PublicZone.ZoneId
	_, err = route53.NewRecord(b.ctx, b.child("caa"), &route53.RecordArgs{
		ZoneId:  b.publicZoneID,
		Name:    pulumi.String(b.args.Config.Domain),
		Type:    pulumi.String("CAA"),
		Records: pulumi.ToStringArray([]string{`0 issue "amazon.com"`}),
		Ttl:     pulumi.Int(caaTTLSeconds),
	}, b.parent()...)
	return err
}

// names points the names of the environment at its load balancers.
func (b *builder) names() error {
	if name := b.args.Config.PublicName(); name != "" {
		if err := b.alias("app", b.publicZoneID, name, b.balancer.Public); err != nil {
			return err
		}
	}
	return b.alias(string(Internal), b.args.PrivateZoneID, config.InternalName(b.args.PrivateZoneName), b.balancer.Internal)
}

func (b *builder) alias(suffix string, zone pulumi.StringInput, name string, target *lb.LoadBalancer) error {
	_, err := route53.NewRecord(b.ctx, b.child(suffix), &route53.RecordArgs{
		ZoneId: zone,
		Name:   pulumi.String(name),
		Type:   pulumi.String("A"),
		Aliases: route53.RecordAliasArray{route53.RecordAliasArgs{
			Name: target.DnsName, ZoneId: target.ZoneId,
			// A target group without targets counts as ill, and the idle color's has none
			// (Amazon Route 53 Developer Guide, "Evaluate target health"): an answer that
			// went by it would call the load balancer ill for ever.
			EvaluateTargetHealth: pulumi.Bool(false),
		}},
	}, b.parent()...)
	return err
}
