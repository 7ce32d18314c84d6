package config

func computeKeys() []Key {
	const arn = "an ARN of another service, region, account or partition"
	return []Key{
		{"platform:compute.domain", "text", "none", "The public domain; the application is `app.<domain>`, and a certificate is requested for it and validated in its zone. Required but in dev, unless certificateArn is given; without both, dev answers HTTP with a fixed text.",
			"what is not a domain name in lower case, of two labels or more; one outside the public DNS; the private zone `<environment>.<network.domain>` or what is below it; one longer than 60 characters unless certificateArn is given"},
		{"platform:compute.publicZoneId", "text", "none: the zone is made", "The hosted zone of domain where it exists already. A zone that is made must be delegated to before its certificate can be validated.",
			"what is not the ID of a hosted zone; any value without domain"},
		{"platform:compute.certificateArn", "text", "none: one is requested for domain", "An ACM certificate for the public load balancer. With domain too, it must cover `app.<domain>`.", arn},
		{"platform:compute.internalCertificateArn", "text", "none: the one requested for domain", "An ACM certificate for the internal load balancer, which must cover `internal.<environment>.<network.domain>`. Required where that is not below domain.",
			arn + "; any value without domain and certificateArn"},
		{"platform:compute.applicationPort", "whole number", "`8080`", "The TCP port on which the app tier serves the load balancers.",
			"22, 80, 443, 3389, 8443 and the data stores' 5432, 6379 and 9098; what is not from 1024 to 65535; 32768 to 60999, which Linux takes for outgoing connections"},
		{"platform:compute.healthCheckPath", "text", "`/healthz`", "What the load balancers ask each instance for.", "what does not begin with a slash, is no URI, or is longer than 1024 characters"},
		{"platform:compute.outboundHttp", "boolean", "`false`", "Whether the app tier may go out on port 80, beside 443.", ""},
		{"platform:compute.internet.cidrs", "list of IPv4 ranges", "`[0.0.0.0/0]`", "Who may reach the public load balancer on 443 and 80.",
			"an empty list; IPv6; host bits; a private or reserved range; ranges that overlap; so many that two rules each, and one for each of access.devopsIpRanges, are more than the 60 of a security group"},
		{"platform:compute.internet.prefixListId", "text", "none", "A prefix list in place of cidrs, as CloudFront's. It may come in on 443 only. Its entries count as rules of the security group: CloudFront's are 55 of 60, which leaves 5 for access.devopsIpRanges.",
			"what is not the ID of a prefix list; any value beside cidrs"},
		{"platform:compute.loadBalancer.deletionProtection", "boolean", "`true` in production and production-pci, `false` elsewhere", "Whether the deletion of the load balancers is refused.", ""},
		{"platform:compute.loadBalancer.idleTimeoutSeconds", "whole number", "`60`", "How long a connection may be silent.", "what is not from 1 to 4000"},
		{"platform:compute.waf.rateLimit", "whole number", "`2000`", "How many requests one address may send in five minutes before it is blocked.", "what is not from 10 to 2,000,000,000"},
	}
}

func fleetKeys() []Key {
	const order = "an order other than min, desired, max"
	return []Key{
		{"platform:compute.fleet.instanceTypes", "list of text", "`[t3.medium, t3a.medium]`", "What may be launched, the preferred one first.",
			"an empty list; what is not `<family>.<size>`; a duplicate; more than 40; types of two architectures"},
		{"platform:compute.fleet.imageParameter", "text", "`" + defaultImageParameter + "`", "The Systems Manager parameter that holds the AMI; read at each deployment.",
			"what is not the name of a parameter that begins with a slash; an image whose name says another architecture than the instance types have"},
		{"platform:compute.fleet.rootVolumeGib", "whole number", "`30`", "The size of the encrypted gp3 root volume, in GiB.", "what is not from 8 to 16384"},
		{"platform:compute.fleet.min", "whole number", "`3` in production and production-pci, `2` in staging, `1` in dev", "The least number of instances.", "less than 0, in production and production-pci less than 3; " + order},
		{"platform:compute.fleet.desired", "whole number", "`3` in production and production-pci, `2` in staging, `1` in dev", "The number of instances at the beginning; scaling changes it.", "less than 0; " + order},
		{"platform:compute.fleet.max", "whole number", "`9` in production and production-pci, `4` in staging, `2` in dev", "The greatest number of instances.", "less than 1; " + order},
		{"platform:compute.fleet.spotPercentage", "whole number", "`0`", "The share of Spot among the instances above min.", "what is not from 0 to 100; more than 0 in production and production-pci"},
		{"platform:compute.fleet.cpuPercent", "whole number", "`50`", "The average use of the processors to which the fleet is scaled.", "what is not from 10 to 90"},
		{"platform:compute.fleet.requestsPerTarget", "whole number", "`1000`", "The requests per instance and minute to which the fleet is scaled.", "less than 1"},
	}
}

func releaseKeys() []Key {
	return []Key{
		{"platform:compute.release.approverRoleArns", "list of text", "none: traffic moves without approval; required in production and production-pci", "The IAM roles one of which must approve before traffic moves.",
			"none in production and production-pci; what is not the ARN of an IAM role of this account and partition; the role that deploys; a duplicate; more than 10"},
		{"platform:compute.release.approvalMinutes", "whole number", "`15`", "How long a release waits for approval before it is stopped.", "what is not from 1 to 1440"},
		{"platform:compute.release.keepMinutes", "whole number", "`30`", "How long the old fleet is kept, and the alarms are watched, after traffic has moved.", "what is not from 1 to 1440"},
	}
}
