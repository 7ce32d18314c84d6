package network

import (
	"errors"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/required"
)

// EndpointsTypeToken is the type of the component of the interface endpoints.
const EndpointsTypeToken = "platform:network:Endpoints"

// EndpointsArgs describe the interface endpoints of one environment.
type EndpointsArgs struct {
	// Environment is the environment's name; required.
	Environment string
	// Region is where the services are; required.
	Region string
	// Services are AWS services by short name (ssm, ecr.api); none by default.
	Services []string
	// Network is the network of the environment: an endpoint has an address in each
	// of its app subnets; required.
	Network *Network
	// SecurityGroupID is the group of the endpoints; required.
	SecurityGroupID pulumi.StringInput
}

// Endpoints are the interface endpoints of one environment.
type Endpoints struct {
	pulumi.ResourceState

	// Services are the endpoints by service; empty where there are none.
	Services map[string]*ec2.VpcEndpoint
	// Ready are the endpoints, for what must not begin before all of them are there.
	Ready []pulumi.Resource
}

// NewEndpoints makes the interface endpoints, by which the app tier reaches AWS's
// own APIs without the internet. It registers nothing if a field of args is missing.
// Its name is that of the network, from which the endpoints were taken out.
func NewEndpoints(ctx *pulumi.Context, name string, args EndpointsArgs, opts ...pulumi.ResourceOption) (*Endpoints, error) {
	if err := validateEndpoints(args); err != nil {
		return nil, err
	}
	endpoints := &Endpoints{Services: map[string]*ec2.VpcEndpoint{}}
	if err := ctx.RegisterComponentResource(EndpointsTypeToken, name, endpoints, opts...); err != nil {
		return nil, err
	}
	for _, service := range args.Services {
		child := name + "-" + service
		endpoint, err := ec2.NewVpcEndpoint(ctx, child, &ec2.VpcEndpointArgs{
			VpcId:             args.Network.VPC.ID(),
			VpcEndpointType:   pulumi.String("Interface"),
			ServiceName:       pulumi.String(serviceName(args.Region, service)),
			PrivateDnsEnabled: pulumi.Bool(true),
			SubnetIds:         args.Network.SubnetIDs(App),
			SecurityGroupIds:  pulumi.StringArray{args.SecurityGroupID},
			Tags:              pulumi.StringMap{"Name": pulumi.String(args.Environment + "-" + service)},
		}, pulumi.Parent(endpoints), formerChild(ctx, child))
		if err != nil {
			return nil, err
		}
		endpoints.Services[service] = endpoint
		endpoints.Ready = append(endpoints.Ready, endpoint)
	}
	return endpoints, ctx.RegisterResourceOutputs(endpoints, pulumi.Map{})
}

// validateEndpoints names every field that is missing and what to give it.
func validateEndpoints(args EndpointsArgs) error {
	return errors.Join(required.Missing("network.EndpointsArgs",
		required.Field{Name: "Environment", Value: args.Environment, Remedy: "pass the environment's name"},
		required.Field{Name: "Region", Value: args.Region, Remedy: "pass the environment's region"},
		required.Field{Name: "Network", Value: args.Network, Remedy: "pass the environment's network"},
		required.Field{Name: "SecurityGroupID", Value: args.SecurityGroupID, Remedy: "pass the security group of the endpoints"},
	)...)
}

// formerChild is the alias of an endpoint that was a child of the network, so
// that it moves and is not replaced.
func formerChild(ctx *pulumi.Context, child string) pulumi.ResourceOption {
	return pulumi.Aliases([]pulumi.Alias{{URN: pulumi.URN(
		"urn:pulumi:" + ctx.Stack() + "::" + ctx.Project() + "::" + TypeToken + "$aws:ec2/vpcEndpoint:VpcEndpoint::" + child,
	)}})
}
