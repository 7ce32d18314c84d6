package firewall

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// group is a security group with what names its rules and describes it.
type group struct {
	*ec2.SecurityGroup
	suffix string // after the component's name
	words  string // "the app tier"
}

// peer is the group as the other end of a rule.
func (g group) peer() peer { return peer{name: g.suffix, words: g.words, group: g.ID()} }

// groups makes the groups, all before the first rule: rules refer to both ends.
func (b *builder) groups() (err error) {
	if b.public, err = b.group("public", "public", "Public load balancer", "the public load balancer"); err != nil {
		return err
	}
	if b.internal, err = b.group("internal", "loadbalancer", "Internal load balancer", "the internal load balancer"); err != nil {
		return err
	}
	if b.app, err = b.group("app", "app", "App tier", "the app tier"); err != nil {
		return err
	}
	if b.endpoints, err = b.group("endpoints", "app", "Interface VPC endpoints", "the VPC endpoints", b.formerParent("endpoints")); err != nil {
		return err
	}
	if b.cluster, err = b.group("cluster", "app", "Kubernetes control plane", "the Kubernetes control plane"); err != nil {
		return err
	}
	if b.nodes, err = b.group("nodes", "app", "Kubernetes nodes", "the Kubernetes nodes"); err != nil {
		return err
	}
	if b.clients, err = b.group("clients", "app", "Kubernetes API clients", "the clients of the Kubernetes API"); err != nil {
		return err
	}
	b.firewall.Cluster, b.firewall.Nodes, b.firewall.Clients = b.cluster.SecurityGroup, b.nodes.SecurityGroup, b.clients.SecurityGroup
	b.firewall.PublicLoadBalancer, b.firewall.InternalLoadBalancer = b.public.SecurityGroup, b.internal.SecurityGroup
	b.firewall.App, b.firewall.Endpoints = b.app.SecurityGroup, b.endpoints.SecurityGroup
	b.firewall.Stores = map[string]*ec2.SecurityGroup{}
	for _, store := range b.args.Stores {
		made, err := b.group("data-"+store.Name, "data", "Data store "+store.Name, "data store "+store.Name)
		if err != nil {
			return err
		}
		b.stores = append(b.stores, made)
		b.firewall.Stores[store.Name] = made.SecurityGroup
	}
	return nil
}

// group makes a group of a tier. What and the environment are its description,
// which cannot be changed without a replacement.
func (b *builder) group(suffix, tier, what, words string, more ...pulumi.ResourceOption) (group, error) {
	made, err := ec2.NewSecurityGroup(b.ctx, b.child(suffix), &ec2.SecurityGroupArgs{
		Description: pulumi.String(what + " of " + b.args.Environment),
		VpcId:       b.args.VPCID,
		Tags:        b.tags(suffix, "Tier", tier),
	}, b.parent(more...)...)
	b.firewall.Ready = append(b.firewall.Ready, made)
	return group{SecurityGroup: made, suffix: suffix, words: words}, err
}

// formerParent is the alias of a group that belonged to the network component of
// the same name, so that it is not replaced while interfaces have it.
func (b *builder) formerParent(suffix string) pulumi.ResourceOption {
	return pulumi.Aliases([]pulumi.Alias{{URN: pulumi.URN(
		"urn:pulumi:" + b.ctx.Stack() + "::" + b.ctx.Project() +
			"::platform:network:Network$aws:ec2/securityGroup:SecurityGroup::" + b.child(suffix),
	)}})
}
