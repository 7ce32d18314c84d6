package config

// PeeringProjectName is the Pulumi project of the peering stack and the namespace of its keys.
const PeeringProjectName = "platform-peering"

// Peering is the configuration of the peering stack.
type Peering struct {
	// Peers are the environments that can be peered, by name; from platform-peering:peers.
	Peers map[string]PeeringPeer
	// Matrix lists, by the requesting peer, the accepting ones; from platform-peering:matrix.
	Matrix map[string][]string
	// Tags describe the owner and the data; from platform-peering:tags.
	Tags Tags
}

// PeeringPeer is one environment that can be peered.
type PeeringPeer struct {
	// Stack is the environment's stack in the project platform, "production",
	// or fully qualified as <organization>/<project>/<stack>.
	Stack string `mapstructure:"stack"`
	// Region is the environment's region.
	Region string `mapstructure:"region"`
	// RoleARN is the role for that side of the peering; without one the shell's
	// own credentials must do.
	RoleARN string `mapstructure:"roleArn"`
	// DNSResolution resolves the peer's public DNS names to private addresses; true by default.
	DNSResolution bool `mapstructure:"dnsResolution"`
	// AdditionalRoutes adds the routes between app and loadbalancer subnets;
	// true by default. False peers the VPCs and lets nothing through.
	AdditionalRoutes bool `mapstructure:"additionalRoutes"`
}

// ProviderTags are the tags of every resource on one side of a peering.
func (p Peering) ProviderTags(environment string) map[string]string {
	return p.Tags.asMap(environment)
}
