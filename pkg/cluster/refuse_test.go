package cluster_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/cluster"
	"aws-platform/pkg/config"
)

// Each is found before anything is registered, not when half a cluster is.
func TestRefused(t *testing.T) {
	web := func(change func(*config.Application)) func(*cluster.Args) {
		return func(a *cluster.Args) {
			application := a.Config.Applications["web"]
			change(&application)
			a.Config.Applications["web"] = application
		}
	}
	for want, change := range map[string]func(*cluster.Args){
		`cluster.Args.Environment: ""`:             func(a *cluster.Args) { a.Environment = "" },
		`cluster.Args.AccountID: ""`:               func(a *cluster.Args) { a.AccountID = "" },
		`cluster.Args.Region: ""`:                  func(a *cluster.Args) { a.Region = "" },
		`cluster.Args.Partition: ""`:               func(a *cluster.Args) { a.Partition = "" },
		`cluster.Args.Config.Version: ""`:          func(a *cluster.Args) { a.Config.Version = "" },
		`cluster.Args.LogDays.ControlPlane: 0`:     func(a *cluster.Args) { a.LogDays.ControlPlane = 0 },
		`cluster.Args.LogDays.Insights: 0`:         func(a *cluster.Args) { a.LogDays.Insights = 0 },
		`cluster.Args.Config.NodeGroups: 0`:        func(a *cluster.Args) { a.Config.NodeGroups = nil },
		`cluster.Args.Mappings: 0`:                 func(a *cluster.Args) { a.Mappings = nil },
		`cluster.Args.AWS: nil`:                    func(a *cluster.Args) { a.AWS = nil },
		`cluster.Args.Network.VPCID: nil`:          func(a *cluster.Args) { a.Network.VPCID = nil },
		`cluster.Args.Network.AppSubnetIDs: nil`:   func(a *cluster.Args) { a.Network.AppSubnetIDs = nil },
		`cluster.Args.Network.PublicCIDRs: 0`:      func(a *cluster.Args) { a.Network.PublicCIDRs = []netip.Prefix{} },
		`cluster.Args.Network.LoadBalancerCIDRs`:   func(a *cluster.Args) { a.Network.LoadBalancerCIDRs = nil },
		`cluster.Args.SecurityGroups.Cluster: nil`: func(a *cluster.Args) { a.SecurityGroups.Cluster = nil },
		`cluster.Args.SecurityGroups.Nodes: nil`:   func(a *cluster.Args) { a.SecurityGroups.Nodes = nil },
		`cluster.Args.Keys.EKS: nil`:               func(a *cluster.Args) { a.Keys.EKS = nil },
		`cluster.Args.Keys.EBS: nil`:               func(a *cluster.Args) { a.Keys.EBS = nil },
		`cluster.Args.Keys.Logs: nil`:              func(a *cluster.Args) { a.Keys.Logs = nil },
		`cluster.Args.RunbookURL: ""`:              func(a *cluster.Args) { a.RunbookURL = "" },
		`cluster.Args.TopicARN: nil`:               func(a *cluster.Args) { a.TopicARN = nil },
		`cluster.Args.ApplicationPort: 0`:          func(a *cluster.Args) { a.ApplicationPort = 0 },
		`cluster.Args.Boot: 0`:                     func(a *cluster.Args) { a.Boot = nil },
		`cluster.Args.Listeners: 2 of 3`:           func(a *cluster.Args) { a.Listeners.Test = nil },
		`Applications[web].LoadBalancer: "edge"`:   web(func(a *config.Application) { a.LoadBalancer = "edge" }),
		`Stores: "mongodb": no policy opens it`:    web(func(a *config.Application) { a.Stores = []string{"mongodb"} }),
		`Stores: "kafka": nobody says where it is`: func(a *cluster.Args) {
			web(func(a *config.Application) { a.Stores = []string{"kafka"} })(a)
			delete(a.Stores, "kafka")
		},
	} {
		g, err := run(false, change)
		require.ErrorContains(t, err, want)
		assert.Empty(t, g.OfType(cluster.TypeToken), want)
		assert.Len(t, g.Resources, 3, "the stack, the provider and the group: %s", want)
	}
}
