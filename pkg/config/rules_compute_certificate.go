package config

import (
	"regexp"
	"strings"
)

const internalCertificatePath = "compute.internalCertificateArn"

// arnPattern is an ARN, in groups of partition, service, region, account and
// resource (AWS General Reference, "Amazon Resource Names").
var arnPattern = regexp.MustCompile(`^arn:([a-z-]+):([a-z0-9-]+):([a-z0-9-]*):([0-9]*):(\S+)$`)

// certificatePattern is the resource in the ARN of a certificate of ACM.
var certificatePattern = regexp.MustCompile(`^certificate/[0-9a-zA-Z-]+$`)

// certificate is an ARN that was given, in its parts; nil if it is no ARN.
type certificate struct {
	path, arn string
	parts     []string
}

func (c certificate) acm() bool {
	return c.parts != nil && c.parts[2] == "acm" && certificatePattern.MatchString(c.parts[5])
}

func (c Compute) certificates() []certificate {
	var given []certificate
	for _, one := range []certificate{{path: "compute.certificateArn", arn: c.CertificateARN}, {path: internalCertificatePath, arn: c.InternalCertificateARN}} {
		if one.arn != "" {
			one.parts = arnPattern.FindStringSubmatch(one.arn)
			given = append(given, one)
		}
	}
	return given
}

func certificateFormat(env Environment, found *Problems) {
	for _, c := range env.Compute.certificates() {
		if c.parts == nil {
			found.add(c.path, quoted(c.arn), "is not an ARN", "write it as in arn:aws:acm:us-east-1:111111111111:certificate/12345678-1234-1234-1234-123456789012")
		}
	}
}

func certificateService(env Environment, found *Problems) {
	for _, c := range env.Compute.certificates() {
		if c.parts == nil || c.acm() {
			continue
		}
		kind, _, _ := strings.Cut(c.parts[5], "/")
		found.add(c.path, quoted(c.arn), "is a "+kind+" of the service "+c.parts[2], "name a certificate of the service acm; one from elsewhere can be imported there")
	}
}

func certificatePartition(env Environment, found *Problems) {
	for _, c := range env.Compute.certificates() {
		if wanted := env.AWS.Partition(); c.acm() && knownRegion(env.AWS.Region) && c.parts[1] != wanted {
			found.add(c.path, quoted(c.arn), "is of the partition "+c.parts[1]+", and "+env.AWS.Region+" is in "+wanted, "name a certificate of the partition "+wanted)
		}
	}
}

func certificateRegion(env Environment, found *Problems) {
	for _, c := range env.Compute.certificates() {
		if wanted := env.AWS.Region; c.acm() && knownRegion(wanted) && c.parts[3] != wanted {
			found.add(c.path, quoted(c.arn), "is of the region "+quoted(c.parts[3])+", and a load balancer takes only certificates of its own, "+wanted, "name a certificate of "+wanted)
		}
	}
}

func certificateAccount(env Environment, found *Problems) {
	for _, c := range env.Compute.certificates() {
		if wanted := env.AWS.AccountID(); c.acm() && accountPattern.MatchString(wanted) && c.parts[4] != wanted {
			found.add(c.path, quoted(c.arn), "is of account "+quoted(c.parts[4])+", and "+accountsPath+" has "+wanted, "name a certificate of the environment's own account")
		}
	}
}

// internalCertificate requires a certificate for a name that cannot be validated in
// the zone of compute.domain.
func internalCertificate(env Environment, found *Problems) {
	zone := env.PrivateZoneName()
	name := InternalName(zone)
	if zone == "" || !env.Compute.HTTPS() || env.Compute.InternalCertificateARN != "" {
		return
	}
	switch domain := env.Compute.Domain; {
	case domain == "":
		found.missing(internalCertificatePath, "set the certificate of "+name+", or compute.domain, in whose zone one can be validated")
	case !under(name, domain):
		found.missing(internalCertificatePath, "set the certificate of "+name+", which no public CA could validate in the zone of "+domain+", or a network.domain below "+domain)
	}
}

func internalCertificateUse(env Environment, found *Problems) {
	if arn := env.Compute.InternalCertificateARN; arn != "" && !env.Compute.HTTPS() {
		found.add(internalCertificatePath, quoted(arn), "means nothing without HTTPS", "set compute.domain or compute.certificateArn, or remove the key")
	}
}
