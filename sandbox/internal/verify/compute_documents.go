package verify

// More parts of the AWS CLI's JSON output: those that hold documents and rules.
type (
	// TemplateVersion is an entry of ec2 describe-launch-template-versions.
	TemplateVersion struct {
		LaunchTemplateId   string
		VersionNumber      int
		LaunchTemplateData struct {
			KeyName          string
			SecurityGroupIds []string
			MetadataOptions  struct {
				HttpTokens              string
				HttpPutResponseHopLimit int
			}
			BlockDeviceMappings []struct{ Ebs Volume }
			NetworkInterfaces   []struct {
				AssociatePublicIpAddress bool
				Groups                   []string
			}
		}
	}

	// Volume is the disk of a block device mapping.
	Volume struct {
		Encrypted            bool
		KmsKeyId, VolumeType string
	}

	// WebACL is the answer of wafv2 get-web-acl-for-resource.
	WebACL struct {
		Name, ARN string
		Rules     []WebACLRule
	}

	// WebACLRule is a rule of a web ACL: a managed group or a limit of the rate.
	WebACLRule struct {
		Name           string
		Action         map[string]any // Block
		OverrideAction map[string]any // None: the managed group's own actions hold
		Statement      struct {
			ManagedRuleGroupStatement struct{ VendorName, Name string }
			RateBasedStatement        struct {
				Limit            int
				AggregateKeyType string
			}
		}
	}

	// WebACLLog is an entry of wafv2 list-logging-configurations.
	WebACLLog struct {
		ResourceArn           string
		LogDestinationConfigs []string
		RedactedFields        []struct{ SingleHeader struct{ Name string } }
	}

	// Bucket is what s3api says of a bucket. A part that is not configured is empty.
	Bucket struct {
		Versioning, Policy string
		Encryption         []Encryption
		PublicAccess       PublicAccess
	}

	// Encryption is what new objects of a bucket are encrypted with.
	Encryption struct {
		ApplyServerSideEncryptionByDefault struct{ SSEAlgorithm, KMSMasterKeyID string }
	}

	// PublicAccess is the answer of s3api get-public-access-block.
	PublicAccess struct {
		BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets bool
	}

	// Zone is an entry of route53 list-hosted-zones, with its records.
	Zone struct {
		Id, Name string
		Records  []Record `json:"-"`
	}

	// Record is an entry of route53 list-resource-record-sets.
	Record struct {
		Name, Type  string
		AliasTarget struct{ HostedZoneId, DNSName string }
	}
)
