package verify

// serving is an environment's part of section 4 of the design, as plan is of
// section 3.
type serving struct {
	domain      string // of the public zone; "": dev, which has no certificate and forwards nothing
	privateZone string
	instances   int      // of the live fleet, at least
	protected   bool     // load balancers refuse their deletion
	devops      []string // ranges that may try out what is not live yet
}

// The sides of an environment have a load balancer each; these are the ends of
// its name and of its security group's. Each fleet has a color.
const (
	internal = "internal"
	blue     = "blue"
	green    = "green"
)

var (
	sides  = []string{public, internal}
	colors = []string{blue, green}
)

// Ports of listeners.
const (
	httpPort  = 80
	httpsPort = 443
	testPort  = 8443
)

// other is the color that is not the given one.
func other(color string) string {
	if color == blue {
		return green
	}
	return blue
}

// logBucket is where both load balancers of an environment write.
func logBucket(environment string) string {
	return environment + "-load-balancer-logs-" + AccountID(environment)
}

// deploymentBucket holds what may be deployed.
func deploymentBucket(environment string) string {
	return environment + "-deployments-" + AccountID(environment)
}

// Serves tells whether an environment has HTTPS and a fleet behind it.
func Serves(environment string) bool { return plans[environment].domain != "" }

// eachServing applies a check to the networks that serve.
func eachServing(one func(Network) (int, []Finding)) func(Estate) (int, []Finding) {
	return func(estate Estate) (int, []Finding) {
		return eachNetwork(one)(keep(estate, func(n Network) bool { return Serves(n.Environment) }))
	}
}
