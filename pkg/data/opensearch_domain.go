package data

import (
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/opensearch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/policy"
)

// openSearchLogs are what the domain publishes, by the end of the log group's name.
var openSearchLogs = []struct{ suffix, kind string }{
	{"search-slow", "SEARCH_SLOW_LOGS"},
	{"index-slow", "INDEX_SLOW_LOGS"},
	{"application", "ES_APPLICATION_LOGS"},
	{"audit", "AUDIT_LOGS"},
}

// OpenSearchAuditLog says who did what in the domain: its log group's logical name without <name>-.
const OpenSearchAuditLog = config.OpenSearchStore + "-audit"

// logs make the log groups and let the domain write to them (Amazon OpenSearch Service
// Developer Guide, "Monitoring OpenSearch logs with Amazon CloudWatch Logs").
func (b *openSearchBuilder) logs() error {
	prefix := "/aws/opensearch/" + b.identifier() + "/"
	for _, log := range openSearchLogs {
		kept, key := b.args.Logs, config.OpenSearchStore+"-"+log.suffix
		if key == OpenSearchAuditLog {
			kept.RetentionDays = kept.AuditRetentionDays
		}
		group, err := kept.group(b.ctx, b.name+"-"+log.suffix, prefix+log.suffix, b.store)
		if err != nil {
			return err
		}
		b.store.LogGroups[key] = group
		b.logGroups = append(b.logGroups, group)
	}
	writer, err := b.args.writer(b.ctx, b.name, "es.amazonaws.com", prefix, b.domainARN(), b.store)
	b.writer = writer
	return err
}

// master makes the role that administers inside the domain: users, roles, mappings. Who
// may assume it is for the account's IAM policies to say; it can do nothing else.
func (b *openSearchBuilder) master() (err error) {
	name := b.identifier() + "-master"
	b.store.MasterRole, err = iam.NewRole(b.ctx, b.name+"-master", &iam.RoleArgs{
		Name:        pulumi.String(name), // people type it
		Description: pulumi.String("Administers inside the OpenSearch domain of " + b.args.Environment),
		AssumeRolePolicy: pulumi.String(policy.Document(policy.Statement{
			Effect: policy.Allow, Principal: b.account(), Action: []string{"sts:AssumeRole"},
		})),
		Tags: tags(name),
	}, b.parent()...)
	if err != nil {
		return err
	}
	_, err = iam.NewRolePolicy(b.ctx, b.name+"-master", &iam.RolePolicyArgs{
		Role:   b.store.MasterRole.ID(),
		Policy: pulumi.String(b.requests("AdministersTheDomain")),
	}, b.parent()...)
	return err
}

// requests allows HTTP requests to the domain; what they may do inside is for
// fine-grained access control to say.
func (b *openSearchBuilder) requests(sid string) string {
	return policy.Document(policy.Statement{
		Sid: sid, Effect: policy.Allow, Resource: []string{b.domainARN() + "/*"},
		Action: []string{"es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPatch", "es:ESHttpPost", "es:ESHttpPut"},
	})
}

// domain makes the domain.
func (b *openSearchBuilder) domain() (err error) {
	c := b.args.Config
	logs := opensearch.DomainLogPublishingOptionArray{}
	for i, log := range openSearchLogs {
		logs = append(logs, opensearch.DomainLogPublishingOptionArgs{
			CloudwatchLogGroupArn: b.logGroups[i].Arn, LogType: pulumi.String(log.kind), Enabled: pulumi.Bool(true),
		})
	}
	b.store.Domain, err = opensearch.NewDomain(b.ctx, b.name, &opensearch.DomainArgs{
		DomainName:    pulumi.String(b.identifier()),
		EngineVersion: pulumi.String("OpenSearch_" + c.EngineVersion),
		ClusterConfig: b.nodes(),
		EbsOptions: opensearch.DomainEbsOptionsArgs{
			EbsEnabled: pulumi.Bool(true), VolumeType: pulumi.String("gp3"), VolumeSize: pulumi.Int(c.VolumeGiB),
		},
		VpcOptions: opensearch.DomainVpcOptionsArgs{
			SubnetIds:        b.args.subnets(b.args.zones()[:c.Zones]),
			SecurityGroupIds: pulumi.StringArray{b.args.SecurityGroupID},
		},
		EncryptAtRest:        opensearch.DomainEncryptAtRestArgs{Enabled: pulumi.Bool(true), KmsKeyId: b.args.KeyARN.ToStringOutput().ToStringPtrOutput()},
		NodeToNodeEncryption: opensearch.DomainNodeToNodeEncryptionArgs{Enabled: pulumi.Bool(true)},
		DomainEndpointOptions: opensearch.DomainDomainEndpointOptionsArgs{
			EnforceHttps: pulumi.Bool(true), TlsSecurityPolicy: pulumi.String("Policy-Min-TLS-1-2-PFS-2023-10"),
		},
		AdvancedSecurityOptions: opensearch.DomainAdvancedSecurityOptionsArgs{
			Enabled:                     pulumi.Bool(true),
			AnonymousAuthEnabled:        pulumi.Bool(false),
			InternalUserDatabaseEnabled: pulumi.Bool(false), // no passwords
			MasterUserOptions:           opensearch.DomainAdvancedSecurityOptionsMasterUserOptionsArgs{MasterUserArn: b.store.MasterRole.Arn},
		},
		AccessPolicies:        pulumi.String(b.accessPolicy()),
		LogPublishingOptions:  logs,
		OffPeakWindowOptions:  b.offPeak(),
		SoftwareUpdateOptions: opensearch.DomainSoftwareUpdateOptionsArgs{AutoSoftwareUpdateEnabled: pulumi.Bool(true)},
		AutoTuneOptions:       opensearch.DomainAutoTuneOptionsArgs{DesiredState: pulumi.String(b.autoTune())},
		Tags:                  tags(b.identifier()),
	}, b.parent(pulumi.Protect(true), pulumi.DependsOn([]pulumi.Resource{b.writer}))...)
	return err
}

// nodes are the data nodes and the dedicated masters.
func (b *openSearchBuilder) nodes() opensearch.DomainClusterConfigArgs {
	c := b.args.Config
	nodes := opensearch.DomainClusterConfigArgs{
		InstanceType: pulumi.String(c.InstanceType), InstanceCount: pulumi.Int(c.DataNodes),
		DedicatedMasterEnabled: pulumi.Bool(c.MasterNodes > 0),
		ZoneAwarenessEnabled:   pulumi.Bool(c.Zones > 1),
	}
	if c.MasterNodes > 0 {
		nodes.DedicatedMasterType, nodes.DedicatedMasterCount = pulumi.String(c.MasterInstanceType), pulumi.Int(c.MasterNodes)
	}
	if c.Zones > 1 {
		nodes.ZoneAwarenessConfig = opensearch.DomainClusterConfigZoneAwarenessConfigArgs{AvailabilityZoneCount: pulumi.Int(c.Zones)}
	}
	return nodes
}

// accessPolicy lets the account's principals send requests where IAM lets them too.
func (b *openSearchBuilder) accessPolicy() string {
	return policy.Document(policy.Statement{
		Sid: "AccountSendsRequests", Effect: policy.Allow, Principal: b.account(),
		Action: []string{"es:ESHttp*"}, Resource: []string{b.domainARN() + "/*"},
	})
}

// offPeak is when AWS updates the domain, for ten hours.
func (b *openSearchBuilder) offPeak() opensearch.DomainOffPeakWindowOptionsArgs {
	hours, minutes := clock(b.args.Config.OffPeakWindowStart)
	return opensearch.DomainOffPeakWindowOptionsArgs{
		Enabled: pulumi.Bool(true),
		OffPeakWindow: opensearch.DomainOffPeakWindowOptionsOffPeakWindowArgs{
			WindowStartTime: opensearch.DomainOffPeakWindowOptionsOffPeakWindowWindowStartTimeArgs{
				Hours: pulumi.Int(hours), Minutes: pulumi.Int(minutes),
			},
		},
	}
}

// autoTune is off where the instance type has none (Amazon OpenSearch Service Developer
// Guide, "Auto-Tune").
func (b *openSearchBuilder) autoTune() string {
	if strings.HasPrefix(b.args.Config.InstanceType, "t3.") {
		return "DISABLED"
	}
	return "ENABLED"
}
