package balancer_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/compute/balancer"
	"aws-platform/pkg/graph"
)

const validationType = "aws:acm/certificateValidation:CertificateValidation"

func TestOneCertificateForBothNamesProvedInTheZoneMadeHere(t *testing.T) {
	g := plan(t, whole())
	zone := one(t, g, "aws:route53/zone:Zone", "production-public")
	assert.True(t, zone.Protect, "others delegate to its name servers")
	certificate := one(t, g, certificateType, "production")
	assert.Equal(t, "app.example.com", certificate.String("domainName"))
	assert.Equal(t, []string{"internal.production.example.com"}, certificate.Strings("subjectAlternativeNames"))
	assert.Equal(t, "DNS", certificate.String("validationMethod"))

	validation := one(t, g, validationType, "production")
	assert.Equal(t, certificate.ID, validation.String("certificateArn"))
	assert.Len(t, validation.Strings("validationRecordFqdns"), 2)
	for _, name := range []string{"app.example.com", "internal.production.example.com"} {
		proof := one(t, g, recordType, "production-validation-"+name)
		assert.Equal(t, zone.ID, proof.String("zoneId"))
		assert.Equal(t, "CNAME", proof.String("type"))
		assert.Regexp(t, `^_[0-9a-f]{32}\.`+name+`\.$`, proof.String("name"), "each name has its own record")
		assert.Regexp(t, `\.acm-validations\.aws\.$`, proof.String("records[0]"))
		assert.Contains(t, validation.Strings("validationRecordFqdns"), proof.String("name"))
	}
	for _, listener := range []string{"production-public-https", "production-internal-https", "production-test"} {
		assert.Equal(t, certificate.ID, certificateOf(t, g, listener))
		assert.Contains(t, one(t, g, listenerType, listener).Dependencies, validation.URN, "a listener takes only a certificate that is issued")
	}
}

func TestTheProofsAreInThePreview(t *testing.T) {
	g, _, err := run(whole(), true)
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{
		"production-app", "production-caa", "production-internal",
		"production-validation-app.example.com", "production-validation-internal.production.example.com",
	}, names(g.OfType(recordType)))
}

func TestWhichCertificateWhere(t *testing.T) {
	for name, test := range map[string]struct {
		args      balancer.Args
		requested []string // names; none: no certificate is requested
		public    string   // ARN; empty: the requested one
		internal  string
	}{
		"both given": {with(func(a *balancer.Args) {
			a.Config.Domain, a.Config.CertificateARN, a.Config.InternalCertificateARN = "", givenARN, internalARN
		}), nil, givenARN, internalARN},
		"both given, and a domain": {with(func(a *balancer.Args) {
			a.Config.CertificateARN, a.Config.InternalCertificateARN = givenARN, internalARN
		}), nil, givenARN, internalARN},
		"the internal one given": {with(func(a *balancer.Args) { a.Config.InternalCertificateARN = internalARN }),
			[]string{"app.example.com"}, "", internalARN},
		"the public one given": {with(func(a *balancer.Args) { a.Config.CertificateARN = givenARN }),
			[]string{"internal.production.example.com"}, givenARN, ""},
	} {
		t.Run(name, func(t *testing.T) {
			g := plan(t, test.args)
			var requested []string
			arn := ""
			for _, certificate := range g.OfType(certificateType) {
				requested = append([]string{certificate.String("domainName")}, certificate.Strings("subjectAlternativeNames")...)
				arn = certificate.ID
			}
			assert.Equal(t, test.requested, requested)
			assert.Len(t, g.Select(func(r graph.Resource) bool { return r.Type == recordType && r.String("type") == "CNAME" }), len(requested))
			assert.Equal(t, orElse(test.public, arn), certificateOf(t, g, "production-public-https"))
			assert.Equal(t, orElse(test.public, arn), certificateOf(t, g, "production-test"))
			assert.Equal(t, orElse(test.internal, arn), certificateOf(t, g, "production-internal-https"))
		})
	}
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func TestTheNamesOfTheLoadBalancers(t *testing.T) {
	g := plan(t, whole())
	for _, test := range []struct{ record, zone, name, loadBalancer string }{
		{"production-app", one(t, g, "aws:route53/zone:Zone", "production-public").ID, "app.example.com", "production-public"},
		{"production-internal", "ZPRIVATE", "internal.production.example.com", "production-internal"},
	} {
		made, target := one(t, g, recordType, test.record), one(t, g, loadBalancerType, test.loadBalancer)
		assert.Equal(t, test.zone, made.String("zoneId"))
		assert.Equal(t, test.name, made.String("name"))
		assert.Equal(t, "A", made.String("type"))
		assert.Equal(t, target.Outputs["dnsName"], made.String("aliases[0].name"))
		assert.Equal(t, target.Outputs["zoneId"], made.String("aliases[0].zoneId"))
		assert.False(t, made.Bool("aliases[0].evaluateTargetHealth"), "the idle color has no targets, which counts as ill")
	}
}

func TestOnlyAmazonIssuesCertificatesInAZoneMadeHere(t *testing.T) {
	caa := one(t, plan(t, whole()), recordType, "production-caa")
	assert.Equal(t, "example.com", caa.String("name"))
	assert.Equal(t, []string{`0 issue "amazon.com"`}, caa.Strings("records"))
}

func TestAZoneThatIsGivenIsUsedAndLeftAlone(t *testing.T) {
	g := plan(t, with(func(a *balancer.Args) { a.Config.PublicZoneID = "ZGIVEN" }))
	assert.Empty(t, g.OfType("aws:route53/zone:Zone"))
	assert.ElementsMatch(t, []string{
		"production-app", "production-internal", "production-validation-app.example.com", "production-validation-internal.production.example.com",
	}, names(g.OfType(recordType)))
	assert.Equal(t, "ZGIVEN", one(t, g, recordType, "production-app").String("zoneId"))
	assert.Equal(t, "ZGIVEN", one(t, g, recordType, "production-validation-app.example.com").String("zoneId"))
}

func TestWithoutADomainThereIsTheInternalNameAlone(t *testing.T) {
	g := plan(t, plain())
	assert.Equal(t, []string{"production-internal"}, names(g.OfType(recordType)))
	assert.Empty(t, g.OfType("aws:route53/zone:Zone"))
}
