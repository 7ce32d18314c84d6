package config

import "strings"

// AWS says in which account and region an environment is, and as whom it is
// deployed. It is read from the keys of the Pulumi AWS provider that the program
// passes on to its explicit provider; every other aws: key is refused, because
// only a default provider would read it and there is none.
type AWS struct {
	// Region is the region's code, "us-east-1".
	Region string
	// AllowedAccountIDs is the one account that the provider may touch.
	AllowedAccountIDs []string
	// AssumeRole is the role to deploy as; nil deploys with the shell's own credentials.
	AssumeRole *AssumeRole
	// DefaultTags are further tags of every resource, beside the platform's own.
	DefaultTags map[string]string
}

// AssumeRole is the IAM role that the provider assumes.
type AssumeRole struct {
	// RoleARN is the role, in the allowed account.
	RoleARN string `mapstructure:"roleArn"`
	// ExternalID is what the role's trust policy asks for; none by default.
	ExternalID string `mapstructure:"externalId"`
	// SessionName is what CloudTrail shows; "pulumi-<environment>" by default.
	SessionName string `mapstructure:"sessionName"`
}

// AccountID is the environment's account.
func (a AWS) AccountID() string {
	if len(a.AllowedAccountIDs) == 0 {
		return ""
	}
	return a.AllowedAccountIDs[0]
}

// Partition is the partition of the region, as ARNs name it: aws or aws-us-gov.
func (a AWS) Partition() string { return partition(a.Region) }

func partition(region string) string {
	if strings.HasPrefix(region, "us-gov-") {
		return "aws-us-gov"
	}
	return "aws"
}
