package tests

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/offline"
)

const (
	logGroupType = "aws:cloudwatch/logGroup:LogGroup"
	filterType   = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter"
	streamType   = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
)

// logClasses say by its name what a log group is kept for; the first that matches, ENV
// being the environment. A log group that comes new gets its class in pkg/environment/logs.go
// and its line here.
var logClasses = []struct{ name, class string }{
	{`^/aws/eks/ENV-eks/cluster$`, config.AuditLogs},
	{`^/aws/opensearch/ENV-opensearch/audit$`, config.AuditLogs},
	{`^/ENV/vpc/flow-logs$`, config.NetworkLogs},
	{`^aws-waf-logs-ENV$`, config.NetworkLogs},
	{`^/aws/(rds/instance|elasticache|msk|opensearch)/ENV-`, config.DataLogs},
	{`^/aws/containerinsights/ENV-eks/`, config.ApplicationLogs},
	{`^/ENV/fleet$`, config.ApplicationLogs},
	{`^/ENV/log-archive$`, config.ApplicationLogs},
}

// notArchived are log groups that go to no archive, each with its reason.
var notArchived = map[string]string{
	"/ENV/log-archive": "the archive's own errors: each would be archived, fail and be an error again",
}

func classOf(environment, group string) string {
	for _, c := range logClasses {
		if regexp.MustCompile(strings.ReplaceAll(c.name, "ENV", regexp.QuoteMeta(environment))).MatchString(group) {
			return c.class
		}
	}
	return ""
}

// stackConfig is what a stack file of the repository says.
func stackConfig(t *testing.T, name string) *config.Environment {
	t.Helper()
	stack, values, err := config.ReadStackFile(filepath.Join(root, "Pulumi."+name+".yaml"))
	require.NoError(t, err)
	env, err := config.Decode(stack, values)
	require.NoError(t, err)
	return env
}

// destinations are the names of the streams that each log group is sent to.
func destinations(g *graph.Graph) map[string][]string {
	found := map[string][]string{}
	for _, filter := range g.OfType(filterType) {
		_, stream, _ := strings.Cut(filter.String("destinationArn"), ":deliverystream/")
		found[filter.String("logGroup")] = append(found[filter.String("logGroup")], stream)
	}
	return found
}

// logFaults says where logs are kept worse than they must be.
func logFaults(env *config.Environment, g *graph.Graph) []string {
	var found []string
	key, _ := g.One("aws:kms/key:Key", env.Name+"-logs")
	sent := destinations(g)
	for _, group := range g.OfType(logGroupType) {
		name := group.String("name")
		fault := func(format string, args ...any) { found = append(found, name+": "+fmt.Sprintf(format, args...)) }
		class := classOf(env.Name, name)
		if class == "" {
			fault("has no class")
			continue
		}
		if group.String("kmsKeyId") == "" || group.String("kmsKeyId") != key.Outputs["arn"] {
			fault("is not encrypted with the key of logs")
		}
		if days := group.Int("retentionInDays"); days < config.LeastLogDays(*env, class) || days < env.Observability.Logs.Days(class) {
			fault("keeps %s logs for %d days", class, days)
		}
		if !group.Protect {
			fault("is not protected")
		}
		_, excepted := notArchived[strings.ReplaceAll(name, env.Name, "ENV")]
		switch archived := slices.Contains(sent[name], env.Name+"-logs"); {
		case excepted && len(sent[name]) > 0:
			fault("is sent to %v", sent[name])
		case !excepted && archived != env.Observability.Logs.Archive.Enabled:
			fault("archived: %t", archived)
		}
		if len(sent[name]) > 2 {
			fault("has %d subscription filters, and CloudWatch Logs takes two", len(sent[name]))
		}
	}
	return found
}

func TestEveryLogGroupIsEncryptedKeptAndArchived(t *testing.T) {
	for _, name := range config.EnvironmentNames() {
		env := stackConfig(t, name)
		g, err := offline.Environment(root, name)
		require.NoError(t, err)
		groups := g.OfType(logGroupType)
		// Flow logs, web ACL, fleet, control plane, four of Container Insights, nine of the stores.
		assert.GreaterOrEqual(t, len(groups), 1+1+1+1+4+9, name)
		assert.Empty(t, logFaults(env, g), name)
		classes := map[string]bool{}
		for _, group := range groups {
			classes[classOf(name, group.String("name"))] = true
		}
		assert.Equal(t, []string{config.ApplicationLogs, config.AuditLogs, config.DataLogs, config.NetworkLogs}, slices.Sorted(maps.Keys(classes)), name)
		if env.Observability.Logs.Archive.Enabled {
			assert.NotEmpty(t, g.OfType(streamType), name)
		}
	}
}

// The load balancers' logs are in S3.
func TestTheLoadBalancersLogsAreKept(t *testing.T) {
	for _, name := range config.EnvironmentNames() {
		env := stackConfig(t, name)
		g, err := offline.Environment(root, name)
		require.NoError(t, err)
		buckets := g.Select(func(r graph.Resource) bool {
			return r.Type == "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2" && strings.HasPrefix(r.String("bucket"), name+"-load-balancer-logs-")
		})
		require.Len(t, buckets, 1, name)
		days := buckets[0].Int("rules[0].expiration.days")
		assert.GreaterOrEqual(t, days, config.LeastLogDays(*env, config.LoadBalancerLogs), name)
		assert.Equal(t, env.Observability.Logs.Days(config.LoadBalancerLogs), days, name)
	}
}

// What the property above would say of a graph with one thing changed.
func TestALogThatIsKeptWorseIsFound(t *testing.T) {
	env := stackConfig(t, config.ProductionPCI)
	whole, err := offline.Environment(root, config.ProductionPCI)
	require.NoError(t, err)
	for want, change := range map[string]func(*graph.Resource){
		"has no class":                           func(r *graph.Resource) { set(r, "name", "/another/group") },
		"is not encrypted with the key of logs":  func(r *graph.Resource) { set(r, "kmsKeyId", "arn:aws:kms:us-east-1:222222222222:key/another") },
		"logs for 180 days":                      func(r *graph.Resource) { set(r, "retentionInDays", 180.0) },
		"is not protected":                       func(r *graph.Resource) { r.Protect = false },
		"/production-pci/fleet: archived: false": func(r *graph.Resource) {},
	} {
		g := changed(whole, logGroupType, change)
		if strings.HasSuffix(want, "archived: false") {
			g = changed(g, filterType, func(r *graph.Resource) { set(r, "logGroup", "/another/group") })
		}
		assert.Contains(t, strings.Join(logFaults(env, g), "\n"), want)
	}
	own := changed(whole, filterType, func(r *graph.Resource) { set(r, "logGroup", "/production-pci/log-archive") })
	assert.Contains(t, strings.Join(logFaults(env, own), "\n"), "/production-pci/log-archive: is sent to")
}
