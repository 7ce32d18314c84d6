package verify

import "slices"

// askBucket asks for the four sides of a bucket that are judged.
func (s *survey) askBucket(name string) {
	change := func(with func(*Bucket)) {
		bucket := s.compute.Buckets[name]
		with(&bucket)
		s.compute.Buckets[name] = bucket
	}
	ask(s, func(out struct{ Status string }) {
		change(func(b *Bucket) { b.Versioning = out.Status })
	}, "s3api", "get-bucket-versioning", "--bucket", name)
	ask(s, func(out struct {
		ServerSideEncryptionConfiguration struct{ Rules []Encryption }
	}) {
		change(func(b *Bucket) { b.Encryption = out.ServerSideEncryptionConfiguration.Rules })
	}, "s3api", "get-bucket-encryption", "--bucket", name)
	ask(s, func(out struct{ PublicAccessBlockConfiguration PublicAccess }) {
		change(func(b *Bucket) { b.PublicAccess = out.PublicAccessBlockConfiguration })
	}, "s3api", "get-public-access-block", "--bucket", name)
	ask(s, func(out struct{ Policy string }) {
		change(func(b *Bucket) { b.Policy = out.Policy })
	}, "s3api", "get-bucket-policy", "--bucket", name)
}

// askZones asks for the records of the environment's two zones.
func (s *survey) askZones() {
	want := plans[s.environment]
	names := []string{want.domain + ".", want.privateZone + "."}
	ask(s, func(out struct{ HostedZones []Zone }) {
		s.compute.Zones = keep(out.HostedZones, func(z Zone) bool { return slices.Contains(names, z.Name) })
		for i := range s.compute.Zones {
			zone := &s.compute.Zones[i]
			ask(s, func(out struct{ ResourceRecordSets []Record }) { zone.Records = out.ResourceRecordSets },
				"route53", "list-resource-record-sets", "--hosted-zone-id", zone.Id)
		}
	}, "route53", "list-hosted-zones")
}
