package config

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const (
	computeDomainPath = "compute.domain"
	publicZonePath    = "compute.publicZoneId"
)

// certificateOrDomain requires the means to serve HTTPS. In dev the public load
// balancer may answer HTTP, with a fixed text.
func certificateOrDomain(env Environment, found *Problems) {
	if !env.Compute.HTTPS() && env.Name != Dev {
		found.add("compute", "neither domain nor certificateArn", "leaves the load balancers without HTTPS, which only dev may be",
			"set compute.domain, for which a certificate is requested, or compute.certificateArn")
	}
}

func computeDomainFormat(env Environment, found *Problems) {
	if domain := env.Compute.Domain; domain != "" && !domainPattern.MatchString(domain) {
		found.add(computeDomainPath, quoted(domain), "is not a domain name", "write it in lower case, without a dot at its end, as in example.com")
	}
}

// unregistrable are top-level domains below which nobody can own a name in the
// public DNS (RFC 6761, RFC 6762, RFC 9476, and ICANN's reservation of internal).
var unregistrable = []string{"alt", "example", "internal", "invalid", "local", "localhost", "onion", "test"}

func computeDomainPublic(env Environment, found *Problems) {
	domain := env.Compute.Domain
	if top := domain[strings.LastIndex(domain, ".")+1:]; slices.Contains(unregistrable, top) {
		found.add(computeDomainPath, quoted(domain), "is not in the public DNS, so that no certificate could be validated for it", "name a registered domain, as in example.com")
	}
}

// computeDomainHidden keeps the private zone off the public names: inside the VPC
// it answers for all that is below it. app.<domain> is below it only if the
// domain is, for no environment is named app.
func computeDomainHidden(env Environment, found *Problems) {
	domain, zone := env.Compute.Domain, env.PrivateZoneName()
	if domain != "" && zone != "" && under(domain, zone) {
		found.add(computeDomainPath, quoted(domain), "is hidden inside the VPC by the private zone "+zone, "name a domain that is not "+zone+" nor below it, or change network.domain")
	}
}

// longestCertificateName is that of a certificate's first name (AWS Certificate
// Manager User Guide, "Public certificate characteristics and limitations").
const longestCertificateName = 64

func certificateNameLength(env Environment, found *Problems) {
	names := env.Compute.RequestedNames(env.PrivateZoneName())
	if len(names) > 0 && len(names[0]) > longestCertificateName {
		found.add(computeDomainPath, quoted(env.Compute.Domain), "makes "+names[0]+" longer than the "+strconv.Itoa(longestCertificateName)+" characters that ACM takes",
			"choose a shorter domain, or give the certificate's ARN")
	}
}

// publicZonePattern is the ID of a hosted zone (Amazon Route 53 API reference, ResourceId).
var publicZonePattern = regexp.MustCompile(`^Z[A-Z0-9]{1,31}$`)

func publicZoneFormat(env Environment, found *Problems) {
	if id := env.Compute.PublicZoneID; id != "" && !publicZonePattern.MatchString(id) {
		found.add(publicZonePath, quoted(id), "is not the ID of a hosted zone", "write it without /hostedzone/, as in Z0123456789ABCDEFGHIJ")
	}
}

func publicZoneUse(env Environment, found *Problems) {
	if id := env.Compute.PublicZoneID; id != "" && env.Compute.Domain == "" {
		found.add(publicZonePath, quoted(id), "means nothing without compute.domain", "set compute.domain, whose zone it is, or remove the key")
	}
}
