package data

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/opensearch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/bucket"
	"aws-platform/pkg/config"
	"aws-platform/pkg/required"
)

// OpenSearchType is the type of the component.
const OpenSearchType = "platform:data:OpenSearch"

// OpenSearchArgs describe the search engine of one environment; every field is required.
type OpenSearchArgs struct {
	Place
	// Config is the validated configuration.
	Config config.OpenSearch
	// SecurityGroupID is the domain's group.
	SecurityGroupID pulumi.StringInput
	// KeyARN is the KMS key of the domain, S3KeyARN that of the snapshot bucket.
	KeyARN, S3KeyARN pulumi.StringInput
	// Logs say how the domain's logs are kept.
	Logs Logs
}

// OpenSearch is an OpenSearch Service domain in the VPC, with fine-grained access
// control by IAM.
//
// The account must have the service-linked role of OpenSearch Service, once for all
// domains (README, "To AWS"): the API makes none.
//
// Refused before anything is registered: a missing field, more zones than subnets.
// Protected: the domain, the log groups and the snapshot bucket.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-opensearch             Domain, LogResourcePolicy
//	<name>-opensearch-<log>       LogGroup; search-slow, index-slow, application, audit
//	<name>-opensearch-master      Role
//	<name>-opensearch-snapshots   Role, RolePolicy, Bucket (component)
type OpenSearch struct {
	pulumi.ResourceState

	Domain *opensearch.Domain
	// MasterRole administers inside the domain.
	MasterRole *iam.Role
	// LogGroups are by logical name without <name>-; the audit log's is OpenSearchAuditLog.
	LogGroups map[string]*cloudwatch.LogGroup
	// Parameters are what applications must know.
	Parameters []Parameter
	// Access is the policy document of what an application may do.
	Access pulumi.StringOutput
}

// NewOpenSearch validates args, registers nothing on an error, and otherwise the domain.
func NewOpenSearch(ctx *pulumi.Context, name string, args OpenSearchArgs, opts ...pulumi.ResourceOption) (*OpenSearch, error) {
	if err := validateOpenSearch(args); err != nil {
		return nil, err
	}
	store := &OpenSearch{LogGroups: map[string]*cloudwatch.LogGroup{}}
	b := &openSearchBuilder{ctx: ctx, name: name + "-" + config.OpenSearchStore, args: args, store: store}
	if err := ctx.RegisterComponentResource(OpenSearchType, b.name, store, opts...); err != nil {
		return nil, err
	}
	for _, step := range []func() error{b.logs, b.master, b.domain, b.snapshots} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	b.publish()
	return store, ctx.RegisterResourceOutputs(store, pulumi.Map{"endpoint": store.Domain.Endpoint})
}

// validateOpenSearch returns every reason why the domain cannot be made of args.
func validateOpenSearch(args OpenSearchArgs) error {
	problems := missing("data.OpenSearchArgs", args.Place, args.SecurityGroupID, args.KeyARN, args.Logs)
	problems = append(problems, required.Missing("data.OpenSearchArgs",
		required.Field{Name: "S3KeyARN", Value: args.S3KeyARN, Remedy: "pass the KMS key of buckets"},
	)...)
	if zones := args.Config.Zones; zones < 1 || zones > len(args.SubnetIDs) {
		problems = append(problems, fmt.Errorf("data.OpenSearchArgs.Config.Zones: %d: there are %d subnets: set 1 to that", zones, len(args.SubnetIDs)))
	}
	return errors.Join(problems...)
}

// openSearchBuilder carries what the steps share.
type openSearchBuilder struct {
	ctx   *pulumi.Context
	name  string
	args  OpenSearchArgs
	store *OpenSearch

	logGroups    []*cloudwatch.LogGroup // in the order of openSearchLogs
	writer       pulumi.Resource
	bucket       *bucket.Bucket
	snapshotRole *iam.Role
}

// parent is the options of every child; a fresh slice each time, never shared.
func (b *openSearchBuilder) parent(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.store)}, more...)
}

// identifier is the physical name; OpenSearch Service takes 28 characters.
func (b *openSearchBuilder) identifier() string {
	return b.args.Environment + "-" + config.OpenSearchStore
}

// domainARN is the domain's, made from its name: its own policy must name it.
func (b *openSearchBuilder) domainARN() string {
	return b.args.arn("es", "domain/"+b.identifier())
}

// account are all principals of this account: whom IAM lets.
func (b *openSearchBuilder) account() map[string]any {
	return map[string]any{"AWS": fmt.Sprintf("arn:%s:iam::%s:root", b.args.Partition, b.args.AccountID)}
}
