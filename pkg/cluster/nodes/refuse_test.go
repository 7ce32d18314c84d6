package nodes_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/cluster/nodes"
	"aws-platform/pkg/config"
)

func refused(t *testing.T, want string, spoil func(*nodes.Args)) {
	t.Helper()
	args := staging()
	spoil(&args)
	g, err := run(args, false)
	require.ErrorContains(t, err, "nodes.Args."+want)
	assert.Len(t, g.Resources, 2, "nothing is registered but the stack and the provider")
}

func TestWrongArgsAreRefusedBeforeAnythingIsRegistered(t *testing.T) {
	for want, spoil := range map[string]func(*nodes.Args){
		`Environment: ""`:                            func(a *nodes.Args) { a.Environment = "" },
		`AccountID: ""`:                              func(a *nodes.Args) { a.AccountID = "" },
		`Region: ""`:                                 func(a *nodes.Args) { a.Region = "" },
		`Partition: ""`:                              func(a *nodes.Args) { a.Partition = "" },
		"Config: none":                               func(a *nodes.Args) { a.Config = nil },
		`Version: ""`:                                func(a *nodes.Args) { a.Version = "" },
		`Version: "1.36.1"`:                          func(a *nodes.Args) { a.Version = "1.36.1" },
		"ClusterName: nil":                           func(a *nodes.Args) { a.ClusterName = nil },
		"SubnetIDs: nil":                             func(a *nodes.Args) { a.SubnetIDs = nil },
		"SecurityGroupIDs: nil":                      func(a *nodes.Args) { a.SecurityGroupIDs = nil },
		"EBSKeyARN: nil":                             func(a *nodes.Args) { a.EBSKeyARN = nil },
		`Config[Big]: "Big": not a name`:             func(a *nodes.Args) { a.Config["Big"] = a.Config["default"] },
		`Config[x-]: "x-": not a name`:               func(a *nodes.Args) { a.Config["x-"] = a.Config["default"] },
		`Config[` + long + `]: "staging-` + long[:5]: func(a *nodes.Args) { a.Config[long] = a.Config["default"] },
	} {
		t.Run(want, func(t *testing.T) { refused(t, want, spoil) })
	}
}

var long = strings.Repeat("a", 29) // with "staging-" and "-" one too many

func TestANameMayBeAsLongAsTheProviderLeaves(t *testing.T) {
	args := staging()
	args.Config[long[1:]] = args.Config["default"]
	_, err := run(args, false)
	assert.NoError(t, err)
}

func TestAWrongGroupIsRefused(t *testing.T) {
	for want, spoil := range map[string]func(*config.NodeGroup){
		".InstanceTypes: none":                            func(g *config.NodeGroup) { g.InstanceTypes = nil },
		`.InstanceTypes: "t3": not an instance type`:      func(g *config.NodeGroup) { g.InstanceTypes = []string{"t3"} },
		".InstanceTypes: t3.medium, t4g.medium: two":      func(g *config.NodeGroup) { g.InstanceTypes = []string{"t3.medium", "t4g.medium"} },
		".InstanceTypes: g6.xlarge: the images have no":   func(g *config.NodeGroup) { g.InstanceTypes = []string{"g6.xlarge"} },
		".InstanceTypes: inf2.xlarge: the images have no": func(g *config.NodeGroup) { g.InstanceTypes = []string{"inf2.xlarge"} },
		`.Image: "AL2"`:              func(g *config.NodeGroup) { g.Image = "AL2" },
		`.Image: ""`:                 func(g *config.NodeGroup) { g.Image = "" },
		`.Capacity: "spot"`:          func(g *config.NodeGroup) { g.Capacity = "spot" },
		": min -1, desired 3, max 6": func(g *config.NodeGroup) { g.Min = -1 },
		": min 4, desired 3, max 6":  func(g *config.NodeGroup) { g.Min = 4 },
		": min 2, desired 7, max 6":  func(g *config.NodeGroup) { g.Desired = 7 },
		": min 0, desired 0, max 0":  func(g *config.NodeGroup) { g.Min, g.Desired, g.Max = 0, 0, 0 },
		".VolumeGiB: 19":             func(g *config.NodeGroup) { g.VolumeGiB = 19 },
		".MaxUnavailable: 0":         func(g *config.NodeGroup) { g.MaxUnavailable = 0 },
		".MaxUnavailable: 101":       func(g *config.NodeGroup) { g.MaxUnavailable = 101 },
		".Taints: 51":                func(g *config.NodeGroup) { g.Taints = make([]config.Taint, 51) },
		`.Taints[0].Key: ""`:         func(g *config.NodeGroup) { g.Taints = []config.Taint{{Effect: "NO_EXECUTE"}} },
		`.Taints[0].Effect: "NoSchedule": no effect: write NO_`: func(g *config.NodeGroup) { g.Taints = []config.Taint{{Key: "a", Effect: "NoSchedule"}} },
	} {
		t.Run(want, func(t *testing.T) {
			refused(t, "Config[default]"+want, func(a *nodes.Args) {
				group := a.Config["default"]
				spoil(&group)
				a.Config["default"] = group
			})
		})
	}
}
