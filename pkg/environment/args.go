package environment

import (
	"net/netip"
	"slices"

	"aws-platform/pkg/compute"
	"aws-platform/pkg/config"
	"aws-platform/pkg/firewall"
	"aws-platform/pkg/keys"
	"aws-platform/pkg/network"
)

// networkArgs is what the network is made of, but for the key of its logs.
func networkArgs(env *config.Environment) network.Args {
	return network.Args{
		Environment: env.Name, AccountID: env.AWS.AccountID(), Region: env.AWS.Region, Partition: env.AWS.Partition(),
		Config:          env.Network,
		ApplicationPort: env.Compute.ApplicationPort,
		StorePorts:      networkStores(env),
		AdminRanges:     adminRanges(env),

		LogRetentionDays: env.Observability.Logs.Days(config.NetworkLogs),
	}
}

// networkStores are the ports that the data tier's network ACL admits.
func networkStores(env *config.Environment) []network.StorePort {
	var ports []network.StorePort
	for _, store := range env.Data.Ports() {
		port := network.StorePort{Store: store.Store}
		if store.Enabled {
			port.Port = store.Port
		}
		ports = append(ports, port)
	}
	return ports
}

// firewallStores are the stores that there are.
func firewallStores(env *config.Environment) []firewall.Store {
	var stores []firewall.Store
	for _, store := range env.Data.Ports() {
		if store.Enabled {
			stores = append(stores, firewall.Store{Name: store.Store, Port: store.Port})
		}
	}
	return stores
}

// adminRanges are from where 22 and 3389 of the app tier are open: nowhere by default.
func adminRanges(env *config.Environment) []netip.Prefix {
	if !env.Access.AdminPorts {
		return nil
	}
	return env.Access.DevopsIPRanges
}

// testRanges are from where the test listener is reached; without a certificate there is none.
func testRanges(env *config.Environment) []netip.Prefix {
	if !env.Compute.HTTPS() {
		return nil
	}
	return env.Access.DevopsIPRanges
}

// firewallArgs say who talks to whom, but for the VPC.
func firewallArgs(env *config.Environment) firewall.Args {
	return firewall.Args{
		Environment:     env.Name,
		VPCCIDR:         env.Network.CIDR,
		ApplicationPort: env.Compute.ApplicationPort,
		Internet:        env.Compute.Internet,
		TestRanges:      testRanges(env),
		AdminRanges:     adminRanges(env),
		OutboundHTTP:    env.Compute.OutboundHTTP,
		Stores:          firewallStores(env),
	}
}

// computeArgs hand the load balancers and the fleet their place in the network.
func computeArgs(env *config.Environment, net *network.Network, groups *firewall.Firewall, keys *keys.Keys) compute.Args {
	return compute.Args{
		Environment: env.Name, AccountID: env.AWS.AccountID(), Region: env.AWS.Region, Partition: env.AWS.Partition(),
		Config: env.Compute,
		Tags:   env.ProviderTags(),
		Network: compute.Network{
			VPCID:                 net.VPC.ID(),
			PublicSubnetIDs:       net.SubnetIDs(network.Public),
			LoadBalancerSubnetIDs: net.SubnetIDs(network.LoadBalancer),
			AppSubnetIDs:          net.SubnetIDs(network.App),
			PrivateZoneID:         net.PrivateZone.ZoneId,
			PrivateZoneName:       env.PrivateZoneName(),
			InternetGateway:       net.InternetGateway,
		},
		SecurityGroups: compute.SecurityGroups{
			PublicLoadBalancer: groups.PublicLoadBalancer.ID(), InternalLoadBalancer: groups.InternalLoadBalancer.ID(), App: groups.App.ID(),
		},
		Keys: compute.Keys{EBS: keys.EBS.Arn, S3: keys.S3.Arn, Logs: keys.Logs.Arn},
		LogDays: compute.LogDays{
			LoadBalancers: env.Observability.Logs.Days(config.LoadBalancerLogs),
			WebACL:        env.Observability.Logs.Days(config.NetworkLogs),
			Fleet:         env.Observability.Logs.Days(config.ApplicationLogs),
		},
		RunbookURL: env.Observability.RunbookURL,
		TestPort:   firewall.TestListenerPort,
		Boot:       slices.Concat(net.Ready, groups.Ready),
	}
}
