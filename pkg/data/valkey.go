package data

import (
	"errors"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/elasticache"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/engines"
)

// ValkeyType is the type of the component.
const ValkeyType = "platform:data:Valkey"

// ValkeyArgs describe the cache of one environment; every field is required.
type ValkeyArgs struct {
	Place
	// Config is the validated configuration.
	Config config.Valkey
	// SecurityGroupID is the cache's group.
	SecurityGroupID pulumi.StringInput
	// KeyARN is the KMS key of the nodes' storage and snapshots.
	KeyARN pulumi.StringInput
	// Logs say how the cache's logs are kept.
	Logs Logs
}

// Valkey is an ElastiCache replication group whose users log in by IAM authentication.
//
// Refused before anything is registered: a missing field, an unknown engine version.
// Protected: the replication group and the log groups.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-valkey           SubnetGroup, ParameterGroup, UserGroup, ReplicationGroup, LogResourcePolicy
//	<name>-valkey-app       User
//	<name>-valkey-default   User, with the engine redis
//	<name>-valkey-<log>     LogGroup; slow-log, engine-log
type Valkey struct {
	pulumi.ResourceState

	Group *elasticache.ReplicationGroup
	// LogGroups are by logical name without <name>-.
	LogGroups map[string]*cloudwatch.LogGroup
	// Parameters are what applications must know.
	Parameters []Parameter
	// Access is the policy document of what an application may do.
	Access pulumi.StringOutput
}

// NewValkey validates args, registers nothing on an error, and otherwise the cache.
func NewValkey(ctx *pulumi.Context, name string, args ValkeyArgs, opts ...pulumi.ResourceOption) (*Valkey, error) {
	if err := validateValkey(args); err != nil {
		return nil, err
	}
	store := &Valkey{LogGroups: map[string]*cloudwatch.LogGroup{}}
	b := &valkeyBuilder{ctx: ctx, name: name + "-" + config.ValkeyStore, args: args, store: store}
	if err := ctx.RegisterComponentResource(ValkeyType, b.name, store, opts...); err != nil {
		return nil, err
	}
	for _, step := range []func() error{b.logs, b.groups, b.users, b.replicationGroup} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	b.publish()
	return store, ctx.RegisterResourceOutputs(store, pulumi.Map{"primaryEndpoint": store.Group.PrimaryEndpointAddress})
}

// validateValkey returns every reason why the cache cannot be made of args.
func validateValkey(args ValkeyArgs) error {
	problems := missing("data.ValkeyArgs", args.Place, args.SecurityGroupID, args.KeyARN, args.Logs)
	if _, known := engines.Find(engines.Engine(args.Config.Engine), args.Config.EngineVersion); !known {
		problems = append(problems, fmt.Errorf("data.ValkeyArgs.Config.EngineVersion: %q of %q: is not in the engines table: pass the validated configuration",
			args.Config.EngineVersion, args.Config.Engine))
	}
	return errors.Join(problems...)
}

// valkeyBuilder carries what the steps share.
type valkeyBuilder struct {
	ctx   *pulumi.Context
	name  string
	args  ValkeyArgs
	store *Valkey

	logGroups      []*cloudwatch.LogGroup // in the order of valkeyLogs
	writer         pulumi.Resource
	subnetGroup    *elasticache.SubnetGroup
	parameterGroup *elasticache.ParameterGroup
	app            *elasticache.User
	userGroup      *elasticache.UserGroup
}

// parent is the options of every child; a fresh slice each time, never shared.
func (b *valkeyBuilder) parent(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.store)}, more...)
}

// identifier is the physical name.
func (b *valkeyBuilder) identifier() string { return b.args.Environment + "-" + config.ValkeyStore }

// redis tells whether the engine is Redis OSS.
func (b *valkeyBuilder) redis() bool { return b.args.Config.Engine == string(engines.Redis) }

// valkeyLogs are what ElastiCache delivers.
var valkeyLogs = []string{"slow-log", "engine-log"}

func (b *valkeyBuilder) logs() error {
	prefix := "/aws/elasticache/" + b.identifier() + "/"
	for _, log := range valkeyLogs {
		group, err := b.args.Logs.group(b.ctx, b.name+"-"+log, prefix+log, b.store)
		if err != nil {
			return err
		}
		b.store.LogGroups[config.ValkeyStore+"-"+log] = group
		b.logGroups = append(b.logGroups, group)
	}
	writer, err := b.args.writer(b.ctx, b.name, delivery, prefix, b.args.deliveries(), b.store)
	b.writer = writer
	return err
}

// groups make the subnet group and the parameter group, whose name has the family in it:
// a new engine version gets one of its own while the old one is still in use.
func (b *valkeyBuilder) groups() (err error) {
	b.subnetGroup, err = elasticache.NewSubnetGroup(b.ctx, b.name, &elasticache.SubnetGroupArgs{
		Name:        pulumi.String(b.identifier()),
		Description: pulumi.String("Data subnets of " + b.args.Environment),
		SubnetIds:   b.args.subnets(b.args.zones()),
		Tags:        tags(b.identifier()),
	}, b.parent()...)
	if err != nil {
		return err
	}
	version, _ := engines.Find(engines.Engine(b.args.Config.Engine), b.args.Config.EngineVersion) // validated
	b.parameterGroup, err = elasticache.NewParameterGroup(b.ctx, b.name, &elasticache.ParameterGroupArgs{
		Name:        pulumi.String(b.identifier() + "-" + strings.ReplaceAll(version.Family, ".", "-")),
		Description: pulumi.String("Cache of " + b.args.Environment),
		Family:      pulumi.String(version.Family),
		Parameters: elasticache.ParameterGroupParameterArray{elasticache.ParameterGroupParameterArgs{
			// A cache that is full lets go of what nobody asks for, instead of refusing writes.
			Name: pulumi.String("maxmemory-policy"), Value: pulumi.String("allkeys-lru"),
		}},
		Tags: tags(b.identifier()),
	}, b.parent()...)
	return err
}
