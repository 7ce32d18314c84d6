package config

import "strings"

const (
	baseCompute   = `{domain: example.com, internalCertificateArn: "arn:aws:acm:us-east-1:111111111111:certificate/internal", release: {` + baseApprovers + `}}`
	baseApprovers = `approverRoleArns: ["arn:aws:iam::111111111111:role/platform-release-approver"]`
	baseName      = "domain: example.com"
	acmARN        = "arn:aws:acm:us-east-1:111111111111:certificate/"
	baseInternal  = `, internalCertificateArn: "` + acmARN + `internal"`
	isNoPublic    = ": is not a domain name: write it in lower case, without a dot at its end, as in example.com"
	notPublic     = ": is not in the public DNS, so that no certificate could be validated for it: name a registered domain, as in example.com"
	noHTTPS       = "compute: neither domain nor certificateArn: leaves the load balancers without HTTPS, which only dev may be: set compute.domain, for which a certificate is requested, or compute.certificateArn"
	notAHostZone  = ": is not the ID of a hosted zone: write it without /hostedzone/, as in Z0123456789ABCDEFGHIJ"
	anotherOne    = ": set another, as in 8080"
	privileges    = ": is not a port that a process without privileges can have: set 1024 to 65535"
	outgoing      = ": is among 32768 to 60999, which Linux takes for outgoing connections: one of them may hold it when the application starts: set another, as in 8080"
	notAPath      = ": is not a path that a load balancer can ask for: begin it with a slash, as in /healthz, and use at most 1024 characters of a URI"
	importedThere = ": name a certificate of the service acm; one from elsewhere can be imported there"
)

// computeCase adds keys to the base's section.
func computeCase(rule, wrong, right string, lines ...string) ruleCase {
	return ruleCase{rule: rule, old: baseName, wrong: baseName + ", " + wrong, right: baseName + ", " + right, lines: lines}
}

// wholeCase replaces the base's section.
func wholeCase(rule, wrong, right string, lines ...string) ruleCase {
	return ruleCase{rule: rule, old: baseCompute, wrong: approved(wrong), right: approved(right), lines: lines}
}

// approved adds the base's approvers to a section.
func approved(section string) string {
	if section == baseCompute {
		return section
	}
	return strings.Replace(strings.TrimSuffix(section, "}")+", release: {"+baseApprovers+"}}", "{, ", "{", 1)
}

// on puts a case onto a stack, and its right input onto another where one is given.
func (c ruleCase) on(stack string, fixed ...string) ruleCase {
	c.stack = stack
	if len(fixed) > 0 {
		c.fixed = fixed[0]
	}
	return c
}

var nameCases = []ruleCase{
	wholeCase("certificateOrDomain", "{}", "{}", noHTTPS).on(Production, Dev),
	wholeCase("certificateOrDomain", "{}", baseCompute, noHTTPS).on(ProductionPCI),
	wholeCase("certificateOrDomain", "{fleet: {min: 3}}", `{certificateArn: "`+acmARN+`public"`+baseInternal+`}`, noHTTPS),
	{rule: "computeDomainFormat", old: baseName, wrong: "domain: Example.com.", right: "domain: a.b-c.example.com", lines: []string{`compute.domain: Example.com.` + isNoPublic}},
	{rule: "computeDomainFormat", old: baseName, wrong: "domain: com", right: baseName, lines: []string{`compute.domain: com` + isNoPublic}},
	{rule: "computeDomainPublic", old: baseName, wrong: "domain: example.local", right: "domain: local.example.org", lines: []string{`compute.domain: example.local` + notPublic}},
	{
		rule: "computeDomainHidden", old: baseName, wrong: "domain: production.example.internal", right: baseName,
		lines: []string{
			`compute.domain: production.example.internal: is hidden inside the VPC by the private zone production.example.internal: ` +
				`name a domain that is not production.example.internal nor below it, or change network.domain`,
			`compute.domain: production.example.internal` + notPublic,
		},
	},
	{
		rule: "computeDomainHidden", old: baseName, wrong: "domain: a.production.example.internal", right: "domain: a.production.example.com",
		lines: []string{
			`compute.domain: a.production.example.internal: is hidden inside the VPC by the private zone production.example.internal: ` +
				`name a domain that is not production.example.internal nor below it, or change network.domain`,
			`compute.domain: a.production.example.internal` + notPublic,
		},
	},
	{
		rule: "certificateNameLength", old: baseName, wrong: "domain: " + strings.Repeat("x", 57) + ".com", right: "domain: " + strings.Repeat("x", 56) + ".com",
		lines: []string{`compute.domain: ` + strings.Repeat("x", 57) + `.com: makes app.` + strings.Repeat("x", 57) + `.com longer than the 64 characters that ACM takes: ` +
			`choose a shorter domain, or give the certificate's ARN`},
	},
	computeCase("publicZoneFormat", "publicZoneId: /hostedzone/Z0123456789", "publicZoneId: Z0123456789", `compute.publicZoneId: /hostedzone/Z0123456789`+notAHostZone),
	computeCase("publicZoneFormat", "publicZoneId: Z"+strings.Repeat("0", 32), "publicZoneId: Z"+strings.Repeat("0", 31), `compute.publicZoneId: Z`+strings.Repeat("0", 32)+notAHostZone),
	{
		rule: "publicZoneUse", old: baseName, wrong: "publicZoneId: Z0123456789, certificateArn: \"" + acmARN + "public\"", right: baseName + ", publicZoneId: Z0123456789",
		lines: []string{`compute.publicZoneId: Z0123456789: means nothing without compute.domain: set compute.domain, whose zone it is, or remove the key`},
	},
}

func arnCase(rule, wrong, line string) ruleCase {
	return computeCase(rule, "certificateArn: "+wrong, "certificateArn: "+acmARN+"12345678-1234-1234-1234-123456789012", `compute.certificateArn: `+wrong+line)
}

var certificateCases = []ruleCase{
	arnCase("certificateFormat", "my-certificate", `: is not an ARN: write it as in `+acmARN+`12345678-1234-1234-1234-123456789012`),
	arnCase("certificateService", "arn:aws:iam::111111111111:server-certificate/a", `: is a server-certificate of the service iam`+importedThere),
	arnCase("certificateService", "arn:aws:acm-pca:us-east-1:111111111111:certificate-authority/a", `: is a certificate-authority of the service acm-pca`+importedThere),
	arnCase("certificatePartition", "arn:aws-us-gov:acm:us-east-1:111111111111:certificate/a", `: is of the partition aws-us-gov, and us-east-1 is in aws: name a certificate of the partition aws`),
	arnCase("certificateRegion", "arn:aws:acm:us-west-2:111111111111:certificate/a",
		`: is of the region us-west-2, and a load balancer takes only certificates of its own, us-east-1: name a certificate of us-east-1`),
	arnCase("certificateAccount", "arn:aws:acm:us-east-1:222222222222:certificate/a",
		`: is of account 222222222222, and aws:allowedAccountIds has 111111111111: name a certificate of the environment's own account`),
	{
		rule: "certificateRegion", old: `"` + acmARN + `internal"`, wrong: "arn:aws:acm:eu-west-1:222222222222:certificate/a", right: acmARN + "a",
		lines: []string{
			`compute.internalCertificateArn: arn:aws:acm:eu-west-1:222222222222:certificate/a: is of account 222222222222, and aws:allowedAccountIds has 111111111111: name a certificate of the environment's own account`,
			`compute.internalCertificateArn: arn:aws:acm:eu-west-1:222222222222:certificate/a: is of the region eu-west-1, and a load balancer takes only certificates of its own, us-east-1: name a certificate of us-east-1`,
		},
	},
	{
		rule: "internalCertificate", old: baseInternal, wrong: "", right: baseInternal,
		lines: []string{`compute.internalCertificateArn: none: is required: set the certificate of internal.production.example.internal, ` +
			`which no public CA could validate in the zone of example.com, or a network.domain below example.com`},
	},
	wholeCase("internalCertificate", `{certificateArn: "`+acmARN+`a"}`, `{certificateArn: "`+acmARN+`a"`+baseInternal+`}`,
		`compute.internalCertificateArn: none: is required: set the certificate of internal.production.example.internal, or compute.domain, in whose zone one can be validated`),
	{
		rule: "internalCertificateUse", stack: Dev, old: baseName + baseInternal + ", ", wrong: baseInternal[2:] + ", ", right: "",
		lines: []string{`compute.internalCertificateArn: ` + acmARN + `internal: means nothing without HTTPS: set compute.domain or compute.certificateArn, or remove the key`},
	},
}

func portCase(rule, wrong, right, fact string) ruleCase {
	return computeCase(rule, "applicationPort: "+wrong, "applicationPort: "+right, "compute.applicationPort: "+wrong+fact)
}

var portCases = []ruleCase{
	portCase("applicationPortReserved", "22", "2222", ": is SSH's, which is closed unless access.adminPorts opens it"+anotherOne),
	portCase("applicationPortReserved", "80", "8081", ": is the load balancers' own"+anotherOne),
	portCase("applicationPortReserved", "443", "4430", ": is the load balancers' own"+anotherOne),
	portCase("applicationPortReserved", "3389", "3390", ": is RDP's, which is closed unless access.adminPorts opens it"+anotherOne),
	portCase("applicationPortReserved", "8443", "8444", ": is the test listener's"+anotherOne),
	portCase("applicationPortReserved", "5432", "5433", ": is PostgreSQL's, which only the data tier serves"+anotherOne),
	portCase("applicationPortReserved", "6379", "6380", ": is Valkey's, which only the data tier serves"+anotherOne),
	portCase("applicationPortReserved", "9098", "9097", ": is Kafka's, which only the data tier serves"+anotherOne),
	portCase("applicationPortRange", "1023", "1024", privileges),
	portCase("applicationPortRange", "0", "8080", privileges),
	portCase("applicationPortRange", "-8080", "8080", privileges),
	portCase("applicationPortRange", "65536", "65535", privileges),
	portCase("applicationPortEphemeral", "32768", "32767", outgoing),
	portCase("applicationPortEphemeral", "60999", "61000", outgoing),
	computeCase("healthCheckPath", "healthCheckPath: healthz", "healthCheckPath: /", `compute.healthCheckPath: healthz`+notAPath),
	computeCase("healthCheckPath", `healthCheckPath: "/a b"`, `healthCheckPath: "/a%20b?c=d"`, `compute.healthCheckPath: "/a b"`+notAPath),
	computeCase("healthCheckPath", "healthCheckPath: /"+strings.Repeat("x", 1024), "healthCheckPath: /"+strings.Repeat("x", 1023),
		`compute.healthCheckPath: /`+strings.Repeat("x", 1024)+notAPath),
}

var balancerCases = []ruleCase{
	computeCase("idleTimeout", "loadBalancer: {idleTimeoutSeconds: 0}", "loadBalancer: {idleTimeoutSeconds: 1}",
		`compute.loadBalancer.idleTimeoutSeconds: 0: is not an idle timeout that a load balancer takes: set 1 to 4000`),
	computeCase("idleTimeout", "loadBalancer: {idleTimeoutSeconds: 4001}", "loadBalancer: {idleTimeoutSeconds: 4000}",
		`compute.loadBalancer.idleTimeoutSeconds: 4001: is not an idle timeout that a load balancer takes: set 1 to 4000`),
	computeCase("rateLimit", "waf: {rateLimit: 9}", "waf: {rateLimit: 10}", `compute.waf.rateLimit: 9: is not a limit that AWS WAF takes: set 10 to 2000000000`),
	computeCase("rateLimit", "waf: {rateLimit: 2000000001}", "waf: {rateLimit: 2000000000}", `compute.waf.rateLimit: 2000000001: is not a limit that AWS WAF takes: set 10 to 2000000000`),
}
