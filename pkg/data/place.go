package data

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/required"
)

// Place is where the stores of one environment are; all of it is required.
type Place struct {
	// Environment is the environment's name; it begins the physical names.
	Environment string
	// AccountID, Region and Partition are where the environment is.
	AccountID, Region, Partition string
	// SubnetIDs are the subnets of the data tier, by zone.
	SubnetIDs map[string]pulumi.StringInput
}

// Logs say how the logs of a store are kept.
type Logs struct {
	// KeyARN is the KMS key of the log groups; required.
	KeyARN pulumi.StringInput
	// RetentionDays is how long they are kept, and AuditRetentionDays those that say who did
	// what; required. Rounded up to what CloudWatch Logs offers.
	RetentionDays, AuditRetentionDays int
}

// zones are the zones of the data tier, sorted.
func (p Place) zones() []string { return slices.Sorted(maps.Keys(p.SubnetIDs)) }

// subnets are those of some zones, in their order.
func (p Place) subnets(zones []string) pulumi.StringArray {
	ids := pulumi.StringArray{}
	for _, zone := range zones {
		ids = append(ids, p.SubnetIDs[zone])
	}
	return ids
}

// missing are the errors of what every store needs and was not given.
func missing(args string, place Place, group, key pulumi.StringInput, logs Logs) []error {
	return required.Missing(args, append(
		required.Place(place.Environment, place.AccountID, place.Region, place.Partition),
		required.Field{Name: "SubnetIDs", Value: len(place.SubnetIDs), Remedy: "pass the subnets of the data tier"},
		required.Field{Name: "SecurityGroupID", Value: group, Remedy: "pass the store's security group"},
		required.Field{Name: "KeyARN", Value: key, Remedy: "pass the KMS key of the store's service"},
		required.Field{Name: "Logs.KeyARN", Value: logs.KeyARN, Remedy: "pass the KMS key of log groups"},
		required.Field{Name: "Logs.RetentionDays", Value: logs.RetentionDays, Remedy: "write how many days logs are kept"},
		required.Field{Name: "Logs.AuditRetentionDays", Value: logs.AuditRetentionDays, Remedy: "write how many days audit logs are kept"},
	)...)
}

// tags name a resource; what is common to all comes from the provider.
func tags(name string) pulumi.StringMap { return pulumi.StringMap{"Name": pulumi.String(name)} }
