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
	// DNSResolution lets the peer resolve the public DNS names of this
	// environment's instances to private addresses; true by default.
	DNSResolution bool `mapstructure:"dnsResolution"`
	// AdditionalRoutes gives this environment's app tier the routes to the peers'
	// internal load balancers; true by default. False closes that way alone.
	AdditionalRoutes bool `mapstructure:"additionalRoutes"`
}

// ProviderTags are the tags of every resource of the peering stack. They are the
// same on both sides: in one account, both set the tags of one connection.
func (p Peering) ProviderTags(stack string) map[string]string {
	return p.Tags.asMap(stack)
}
