package verify

// Compute is what serves an environment, and what it leans on.
type Compute struct {
	LoadBalancers []LoadBalancer
	Certificates  map[string]Certificate // by ARN; those that listeners use
	WebACL        WebACL                 // of the public load balancer; no name: none
	WebACLLogs    []WebACLLog
	Groups        []ScalingGroup
	Health        map[string][]Target // by ARN of the target group; those of groups with instances
	Instances     []Instance
	Templates     []TemplateVersion
	Buckets       map[string]Bucket // by name; no entry: no such bucket
	Zones         []Zone
	Runbooks      map[string]string // content by name of the Systems Manager document
}

// The types below hold the parts of the AWS CLI's JSON output that are judged.
type (
	// LoadBalancer is an entry of elbv2 describe-load-balancers, with the answers
	// of describe-load-balancer-attributes and describe-listeners.
	LoadBalancer struct {
		LoadBalancerArn, LoadBalancerName, DNSName, CanonicalHostedZoneId string

		Scheme, Type, VpcId string
		State               struct{ Code string }
		AvailabilityZones   []struct{ ZoneName, SubnetId string }
		SecurityGroups      []string

		Attributes map[string]string `json:"-"`
		Listeners  []Listener        `json:"-"`
	}

	// Listener is an entry of elbv2 describe-listeners.
	Listener struct {
		ListenerArn, Protocol, SslPolicy string
		Port                             int
		Certificates                     []struct{ CertificateArn string }
		DefaultActions                   []Action
	}

	// Action is what a listener does with a request.
	Action struct {
		Type, TargetGroupArn string
		ForwardConfig        struct{ TargetGroups []Weight }
		RedirectConfig       struct{ Protocol, Port, StatusCode string }
	}

	// Weight is the share of a target group in a forward.
	Weight struct {
		TargetGroupArn string
		Weight         int
	}

	// Certificate is the answer of acm describe-certificate.
	Certificate struct {
		Status                  string
		SubjectAlternativeNames []string
	}

	// Target is an entry of elbv2 describe-target-health.
	Target struct {
		Target       struct{ Id string }
		TargetHealth struct{ State string }
	}

	// ScalingGroup is an entry of autoscaling describe-auto-scaling-groups.
	ScalingGroup struct {
		AutoScalingGroupName, VPCZoneIdentifier string
		DesiredCapacity                         int
		TargetGroupARNs                         []string
		Instances                               []struct{ InstanceId, LifecycleState, HealthStatus string }
		LaunchTemplate                          TemplateReference
		MixedInstancesPolicy                    struct {
			LaunchTemplate struct{ LaunchTemplateSpecification TemplateReference }
		}
	}

	// TemplateReference says which launch template a group launches from.
	TemplateReference struct{ LaunchTemplateId, Version string }

	// Instance is an entry of ec2 describe-instances.
	Instance struct{ InstanceId, SubnetId, PublicIpAddress string }
)
