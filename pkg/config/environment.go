package config

import (
	"maps"
	"slices"
	"time"
)

// ProjectName is the Pulumi project of the environments and the namespace of their keys.
const ProjectName = "platform"

// The environments, each a stack of the project.
const (
	Dev           = "dev"
	Staging       = "staging"
	Production    = "production"
	ProductionPCI = "production-pci"
)

// EnvironmentNames are the environments that exist, sorted.
func EnvironmentNames() []string { return []string{Dev, Production, ProductionPCI, Staging} }

// SharingEnvironments are those that may share an account. The production ones live alone:
// who administers an account administers all that is in it, and PCI DSS counts it all in.
func SharingEnvironments() []string { return []string{Dev, Staging} }

// Environment is the configuration of one environment.
type Environment struct {
	// Name is the name of the stack: dev, staging, production or production-pci.
	Name string
	// AWS says where the environment is; from the keys aws:*.
	AWS AWS
	// Network is the VPC; from platform:network.
	Network Network
	// Access says who may administer; from platform:access.
	Access Access
	// Compute is the load balancers and the fleet; from platform:compute.
	Compute Compute
	// Data is the data stores; from platform:data.
	Data Data
	// Cluster is platform:cluster.
	Cluster Cluster
	// Observability is alarms, logs, dashboards and objectives; from platform:observability.
	Observability Observability
	// Backup is AWS Backup; from platform:backup.
	Backup Backup
	// Cost is what the environment may cost; from platform:cost.
	Cost Cost
	// Tags describe the owner and the data; from platform:tags.
	Tags Tags

	// today is the day on which an engine version must be in support.
	today time.Time
}

// Production tells whether this is production or production-pci: what must
// survive the loss of a zone.
func (e Environment) Production() bool { return e.Name == Production || e.Name == ProductionPCI }

// PCI tells whether card data is processed here (PCI DSS is in scope).
func (e Environment) PCI() bool { return e.Name == ProductionPCI }

// guardDutyEndpoint is where GuardDuty's agent reports (Amazon GuardDuty User Guide, "How
// Runtime Monitoring works with Amazon EKS clusters").
const guardDutyEndpoint = "guardduty-data"

// Endpoints are the services that are reached by interface endpoints: those of
// Network.InterfaceEndpoints, and what the cluster needs besides. Sorted, each once.
func (e Environment) Endpoints() []string {
	services := slices.Clone(e.Network.InterfaceEndpoints)
	if e.Cluster.GuardDuty {
		services = append(services, guardDutyEndpoint)
	}
	slices.Sort(services)
	return slices.Compact(services)
}

// ProviderTags are the tags of every resource of the environment, the default
// tags of its AWS provider: the aws:defaultTags of the stack and those of the platform.
func (e Environment) ProviderTags() map[string]string {
	tags := maps.Clone(e.AWS.DefaultTags)
	if tags == nil {
		tags = map[string]string{}
	}
	maps.Copy(tags, e.Tags.asMap(e.Name))
	return tags
}
