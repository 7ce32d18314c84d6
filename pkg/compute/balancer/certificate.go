package balancer

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/acm"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// validationTTLSeconds is short, for a record that is asked for once a year.
const validationTTLSeconds = 60

// certificate finds each listener its certificate: the one given, or one that is
// requested for all names that have none given.
func (b *builder) certificate() error {
	b.certificates = map[Side]pulumi.StringInput{}
	public, internal := b.args.Config.CertificateARN, b.args.Config.InternalCertificateARN
	if public != "" {
		b.certificates[Public] = pulumi.String(public)
		b.balancer.Certificates[string(Public)] = pulumi.String(public)
	}
	if internal != "" {
		b.certificates[Internal] = pulumi.String(internal)
		if internal != public { // one certificate expires once
			b.balancer.Certificates[string(Internal)] = pulumi.String(internal)
		}
	}
	names := b.args.Config.RequestedNames(b.args.PrivateZoneName)
	if len(names) == 0 {
		return nil
	}
	requested, err := b.request(names)
	if err != nil {
		return err
	}
	b.balancer.Certificates["requested"] = requested
	for _, side := range Sides() {
		if b.certificates[side] == nil {
			b.certificates[side] = requested
		}
	}
	return nil
}

// request requests a certificate and returns its ARN once it is issued.
func (b *builder) request(names []string) (pulumi.StringInput, error) {
	certificate, err := acm.NewCertificate(b.ctx, b.name, &acm.CertificateArgs{
		DomainName:              pulumi.String(names[0]),
		SubjectAlternativeNames: pulumi.ToStringArray(names[1:]),
		ValidationMethod:        pulumi.String("DNS"),      // renews by itself while the records stand
		KeyAlgorithm:            pulumi.String("RSA_2048"), // what every client of TLS 1.2 knows
		Tags:                    b.tags("app"),
	}, b.parent()...)
	if err != nil {
		return nil, err
	}
	var proofs pulumi.StringArray
	for _, name := range names {
		proof, err := b.prove(certificate, name)
		if err != nil {
			return nil, err
		}
		proofs = append(proofs, proof.Fqdn)
	}
	issued, err := acm.NewCertificateValidation(b.ctx, b.name, &acm.CertificateValidationArgs{
		CertificateArn:        certificate.Arn,
		ValidationRecordFqdns: proofs,
	}, b.parent()...)
	if err != nil {
		return nil, err
	}
	return issued.CertificateArn, nil
}

// prove makes the record by which ACM knows that a name is ours. The names are
// known to the program, so the record is too; what stands in it comes later.
func (b *builder) prove(certificate *acm.Certificate, name string) (*route53.Record, error) {
	wanted := certificate.DomainValidationOptions.ApplyT(
		func(options []acm.CertificateDomainValidationOption) (acm.CertificateDomainValidationOption, error) {
			return optionOf(options, name)
		}).(acm.CertificateDomainValidationOptionOutput)
	return route53.NewRecord(b.ctx, b.child("validation-"+name), &route53.RecordArgs{
		ZoneId:  b.publicZoneID,
		Name:    wanted.ResourceRecordName().Elem(),
		Type:    wanted.ResourceRecordType().Elem(),
		Records: pulumi.StringArray{wanted.ResourceRecordValue().Elem()},
		Ttl:     pulumi.Int(validationTTLSeconds),
		// ACM wants one and the same record for every certificate that an account
		// requests for a name, so a zone that stood before may have it.
		AllowOverwrite: pulumi.Bool(true),
	}, b.parent()...)
}

// optionOf finds the option of a name; ACM returns them in any order.
func optionOf(options []acm.CertificateDomainValidationOption, name string) (acm.CertificateDomainValidationOption, error) {
	for _, option := range options {
		if option.DomainName != nil && *option.DomainName == name {
			return option, nil
		}
	}
	return acm.CertificateDomainValidationOption{}, fmt.Errorf("certificate: %s: ACM says no record to prove it by, but %d others: request it anew", name, len(options))
}
