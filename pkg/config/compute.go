package config

import "net/netip"

// DefaultApplicationPort is where the app tier serves the load balancers (design, section 4).
const DefaultApplicationPort = 8080

// Compute is the configuration of the load balancers and the instance fleet behind them.
type Compute struct {
	// Domain is the public domain; the application is app.<domain>. A certificate is
	// requested for it and validated in its zone. Empty: CertificateARN, or none in dev.
	Domain string `mapstructure:"domain"`
	// PublicZoneID is the hosted zone of Domain where it exists already; empty: the
	// environment makes the zone, and its name servers must be delegated to.
	PublicZoneID string `mapstructure:"publicZoneId"`
	// CertificateARN is an ACM certificate of this account and region for the public
	// load balancer, in place of one requested for Domain. With Domain too, it must
	// cover app.<domain>, which only the callers can tell; the record is made either way.
	CertificateARN string `mapstructure:"certificateArn"`
	// InternalCertificateARN is the same for the internal load balancer, whose name is
	// internal.<environment>.<network.domain>; required where that is not below Domain.
	InternalCertificateARN string `mapstructure:"internalCertificateArn"`
	// ApplicationPort is the TCP port on which the app tier serves the load balancers, 8080 by default.
	ApplicationPort int `mapstructure:"applicationPort"`
	// HealthCheckPath is what the load balancers ask for, /healthz by default.
	HealthCheckPath string `mapstructure:"healthCheckPath"`
	// OutboundHTTP lets the app tier out on port 80 too; false by default.
	OutboundHTTP bool `mapstructure:"outboundHttp"`
	// Internet says who may reach the public load balancer; everybody by default.
	Internet Internet `mapstructure:"internet"`
	// LoadBalancer holds the settings of both load balancers.
	LoadBalancer LoadBalancer `mapstructure:"loadBalancer"`
	// WAF is the web ACL of the public load balancer.
	WAF WAF `mapstructure:"waf"`
	// Fleet is the group of instances.
	Fleet Fleet `mapstructure:"fleet"`
	// Release says how a new version goes live.
	Release Release `mapstructure:"release"`
}

// Internet says who may reach the public load balancer: ranges, or a prefix list, never both.
type Internet struct {
	// CIDRs are the IPv4 ranges that may come in on 443 and 80; 0.0.0.0/0 by default.
	CIDRs []netip.Prefix `mapstructure:"cidrs"`
	// PrefixListID is a prefix list in place of CIDRs, as CloudFront's origin-facing
	// one. It may come in on 443 only: CloudFront's weighs 55 of the 60 rules of a
	// security group (Amazon CloudFront Developer Guide, "Use the CloudFront managed prefix list").
	PrefixListID string `mapstructure:"prefixListId"`
}

// LoadBalancer holds the settings of the load balancers.
type LoadBalancer struct {
	// DeletionProtection refuses the deletion of the load balancers; true by default
	// in production and production-pci, false elsewhere.
	DeletionProtection bool `mapstructure:"deletionProtection"`
	// IdleTimeoutSeconds is how long a connection may be silent, 1 to 4000; 60 by default.
	IdleTimeoutSeconds int `mapstructure:"idleTimeoutSeconds"`
}

// WAF is the web ACL of the public load balancer.
type WAF struct {
	// RateLimit is how many requests one address may send in five minutes before it
	// is blocked, 10 to 2,000,000,000; 2000 by default.
	RateLimit int `mapstructure:"rateLimit"`
}

// Fleet is the group of instances that serves the application.
type Fleet struct {
	// InstanceTypes are what may be launched, the preferred one first; t3.medium and t3a.medium by default.
	InstanceTypes []string `mapstructure:"instanceTypes"`
	// ImageParameter is the Systems Manager parameter that holds the AMI; Amazon
	// Linux 2023 for x86_64 by default.
	ImageParameter string `mapstructure:"imageParameter"`
	// RootVolumeGiB is the size of the encrypted gp3 root volume; 30 by default.
	RootVolumeGiB int `mapstructure:"rootVolumeGib"`
	// Min, Desired and Max are numbers of instances: 3, 3 and 9 by default in
	// production and production-pci, 2, 2 and 4 in staging, 1, 1 and 2 in dev.
	Min     int `mapstructure:"min"`
	Desired int `mapstructure:"desired"`
	Max     int `mapstructure:"max"`
	// SpotPercentage is the share of Spot instances above Min, 0 to 100; 0 by default.
	SpotPercentage int `mapstructure:"spotPercentage"`
	// CPUPercent and RequestsPerTarget are the targets of scaling: average use of
	// the processors, 50 by default, and requests per instance and minute, 1000 by default.
	CPUPercent        int `mapstructure:"cpuPercent"`
	RequestsPerTarget int `mapstructure:"requestsPerTarget"`
}

// Release says how a new version goes live (decision 0008).
type Release struct {
	// ApproverRoleARNs are the IAM roles of this account one of which must approve
	// before traffic moves; none by default, traffic moves without approval, but
	// required in production and production-pci.
	ApproverRoleARNs []string `mapstructure:"approverRoleArns"`
	// ApprovalMinutes is how long a release waits for approval before it is stopped, 1 to 1440; 15 by default.
	ApprovalMinutes int `mapstructure:"approvalMinutes"`
	// KeepMinutes is how long the old fleet is kept, and the alarms are watched,
	// after traffic has moved, 1 to 1440; 30 by default.
	KeepMinutes int `mapstructure:"keepMinutes"`
}

// HTTPS tells whether the environment has a certificate, or the means to get one.
// Without one, which only dev may be, the public load balancer answers HTTP with a
// fixed text and nothing is forwarded.
func (c Compute) HTTPS() bool { return c.Domain != "" || c.CertificateARN != "" }
