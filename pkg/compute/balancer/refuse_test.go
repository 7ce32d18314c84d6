package balancer_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/compute/balancer"
)

func TestWhatIsRefused(t *testing.T) {
	for want, change := range map[string]func(*balancer.Args){
		`Args.Environment: "": it is required`:                           func(a *balancer.Args) { a.Environment = "" },
		`Args.AccountID: "": it is required`:                             func(a *balancer.Args) { a.AccountID = "" },
		`Args.Region: "": it is required`:                                func(a *balancer.Args) { a.Region = "" },
		`Args.Partition: "": it is required`:                             func(a *balancer.Args) { a.Partition = "" },
		`Args.Config.ApplicationPort: 0: it is required`:                 func(a *balancer.Args) { a.Config.ApplicationPort = 0 },
		`Args.Config.HealthCheckPath: "": it is required`:                func(a *balancer.Args) { a.Config.HealthCheckPath = "" },
		`Args.Config.LoadBalancer.IdleTimeoutSeconds: 0: it is required`: func(a *balancer.Args) { a.Config.LoadBalancer.IdleTimeoutSeconds = 0 },
		`Args.LogRetentionDays: 0: it is required`:                       func(a *balancer.Args) { a.LogRetentionDays = 0 },
		`Args.VPCID: nil: it is required`:                                func(a *balancer.Args) { a.VPCID = nil },
		`Args.PublicSubnetIDs: nil: it is required`:                      func(a *balancer.Args) { a.PublicSubnetIDs = nil },
		`Args.LoadBalancerSubnetIDs: nil: it is required`:                func(a *balancer.Args) { a.LoadBalancerSubnetIDs = nil },
		`Args.PublicSecurityGroupID: nil: it is required`:                func(a *balancer.Args) { a.PublicSecurityGroupID = nil },
		`Args.InternalSecurityGroupID: nil: it is required`:              func(a *balancer.Args) { a.InternalSecurityGroupID = nil },
		`Args.PrivateZoneID: nil: it is required`:                        func(a *balancer.Args) { a.PrivateZoneID = nil },
		`Args.PrivateZoneName: "": it is required`:                       func(a *balancer.Args) { a.PrivateZoneName = "" },
		"has 33 characters, and AWS takes 32":                            func(a *balancer.Args) { a.Environment = "eighteen-character" },
		"Args.TestPort: 0: not a free port":                              func(a *balancer.Args) { a.TestPort = 0 },
		"Args.TestPort: 80: not a free port":                             func(a *balancer.Args) { a.TestPort = 80 },
		"Args.TestPort: 443: not a free port":                            func(a *balancer.Args) { a.TestPort = 443 },
		"Args.TestPort: 65536: not a free port":                          func(a *balancer.Args) { a.TestPort = 65536 },
		"internal.production.example.net is not below":                   func(a *balancer.Args) { a.PrivateZoneName = "production.example.net" },
		`is not below the domain ""`:                                     func(a *balancer.Args) { a.Config.Domain, a.Config.CertificateARN = "", givenARN },
	} {
		t.Run(want, func(t *testing.T) {
			g, _, err := run(with(change), false)
			assert.ErrorContains(t, err, want)
			assert.Empty(t, g.OfType(balancer.TypeToken), "nothing of it is registered")
		})
	}
}
