package config

// The defaults of platform:compute that are the same in every environment.
const (
	defaultHealthCheckPath = "/healthz"
	defaultIdleTimeout     = 60
	defaultRateLimit       = 2000
	defaultImageParameter  = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
	defaultRootVolumeGiB   = 30
	defaultCPUPercent      = 50
	defaultRequests        = 1000
	defaultApprovalMinutes = 15
	defaultKeepMinutes     = 30
)

// compute decodes platform:compute.
func (r *reading) compute(env Environment, value any) Compute {
	compute := defaultCompute(env)
	r.section("compute", value, &compute)
	compute.defaultLists()
	return compute
}

// defaultCompute are the defaults of an environment, but for lists.
func defaultCompute(env Environment) Compute {
	return Compute{
		ApplicationPort: DefaultApplicationPort,
		HealthCheckPath: defaultHealthCheckPath,
		LoadBalancer: LoadBalancer{
			DeletionProtection: env.Production(),
			IdleTimeoutSeconds: defaultIdleTimeout,
		},
		WAF:     WAF{RateLimit: defaultRateLimit},
		Fleet:   defaultFleet(env),
		Release: Release{ApprovalMinutes: defaultApprovalMinutes, KeepMinutes: defaultKeepMinutes},
	}
}

func defaultFleet(env Environment) Fleet {
	fleet := Fleet{
		ImageParameter: defaultImageParameter, RootVolumeGiB: defaultRootVolumeGiB,
		CPUPercent: defaultCPUPercent, RequestsPerTarget: defaultRequests,
	}
	switch {
	case env.Production():
		fleet.Min, fleet.Desired, fleet.Max = 3, 3, 9
	case env.Name == Staging:
		fleet.Min, fleet.Desired, fleet.Max = 2, 2, 4
	default:
		fleet.Min, fleet.Desired, fleet.Max = 1, 1, 2
	}
	return fleet
}

// defaultLists fills the lists that were not given. Before decoding they would be
// merged with those that are, element by element.
func (c *Compute) defaultLists() {
	if c.Internet.CIDRs == nil && c.Internet.PrefixListID == "" {
		c.Internet.CIDRs = prefixes("0.0.0.0/0")
	}
	if c.Fleet.InstanceTypes == nil {
		c.Fleet.InstanceTypes = []string{"t3.medium", "t3a.medium"}
	}
}
