package tests

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/offline"
)

// sizes are what an environment pays for, as docs/cost.md words it, read from the recorded stack.
func sizes(t *testing.T, g *graph.Graph) map[string]string {
	t.Helper()
	fleet := resourceOf(t, g, "aws:autoscaling/group:Group", g.Stack+"-blue")
	const policy = "mixedInstancesPolicy."
	scheduled := "no"
	if len(g.OfType("aws:scheduler/schedule:Schedule")) > 0 {
		scheduled = "yes"
	}
	return map[string]string{
		"fleet": fmt.Sprintf("%d × %s", fleet.Int("desiredCapacity"), fleet.String(policy+"launchTemplate.overrides[0].instanceType")),
		"Spot above the fleet's minimum": fmt.Sprintf("%d %%",
			100-fleet.Int(policy+"instancesDistribution.onDemandPercentageAboveBaseCapacity")),
		"NAT gateways":                     count(g, "aws:ec2/natGateway:NatGateway"),
		"load balancers":                   count(g, "aws:lb/loadBalancer:LoadBalancer"),
		"EKS control plane":                count(g, "eks:index:Cluster"),
		"EKS nodes":                        nodes(t, g),
		"PostgreSQL":                       database(t, g),
		"Valkey":                           cache(t, g),
		"Kafka":                            brokers(t, g),
		"OpenSearch":                       search(t, g),
		"interface endpoints and zone":     fmt.Sprint(endpoints(g)),
		"stopped at night and at weekends": scheduled,
	}
}

func count(g *graph.Graph, typ string) string { return fmt.Sprint(len(g.OfType(typ))) }

// only is the one resource of a type.
func only(t *testing.T, g *graph.Graph, typ string) graph.Resource {
	t.Helper()
	all := g.OfType(typ)
	require.Len(t, all, 1, "%s of %s", typ, g.Stack)
	return all[0]
}

func nodes(t *testing.T, g *graph.Graph) string {
	group := only(t, g, groupType)
	return fmt.Sprintf("%d × %s, %s", group.Int("scalingConfig.desiredSize"), group.String("instanceTypes[0]"), group.String("capacityType"))
}

func database(t *testing.T, g *graph.Graph) string {
	instance := only(t, g, "aws:rds/instance:Instance")
	if instance.Bool("multiAz") {
		return instance.String("instanceClass") + ", Multi-AZ"
	}
	return instance.String("instanceClass")
}

func cache(t *testing.T, g *graph.Graph) string {
	group := only(t, g, "aws:elasticache/replicationGroup:ReplicationGroup")
	return fmt.Sprintf("%d × %s", group.Int("numCacheClusters"), group.String("nodeType"))
}

func brokers(t *testing.T, g *graph.Graph) string {
	cluster := only(t, g, "aws:msk/cluster:Cluster")
	return fmt.Sprintf("%d × %s", cluster.Int("numberOfBrokerNodes"), cluster.String("brokerNodeGroupInfo.instanceType"))
}

func search(t *testing.T, g *graph.Graph) string {
	domain := only(t, g, "aws:opensearch/domain:Domain")
	words := fmt.Sprintf("%d × %s", domain.Int("clusterConfig.instanceCount"), domain.String("clusterConfig.instanceType"))
	if domain.Bool("clusterConfig.dedicatedMasterEnabled") {
		words += fmt.Sprintf(", %d masters", domain.Int("clusterConfig.dedicatedMasterCount"))
	}
	return words
}

// endpoints are charged by the zone.
func endpoints(g *graph.Graph) int {
	zones := 0
	for _, endpoint := range g.OfType("aws:ec2/vpcEndpoint:VpcEndpoint") {
		if endpoint.String("vpcEndpointType") == "Interface" {
			zones += len(endpoint.Strings("subnetIds"))
		}
	}
	return zones
}

// estimated are the sizes that the estimate of production was made for.
var estimated = map[string]string{
	"fleet":                          "3 × t3.medium",
	"Spot above the fleet's minimum": "0 %",
	"NAT gateways":                   "3",
	"load balancers":                 "2",
	"EKS control plane":              "1",
	"EKS nodes":                      "3 × t3.medium, ON_DEMAND",
	"PostgreSQL":                     "db.t3.micro, Multi-AZ",
	"Valkey":                         "3 × cache.t3.medium",
	"Kafka":                          "3 × kafka.t3.small",
	"OpenSearch":                     "3 × t3.medium.search, 3 masters",

	"stopped at night and at weekends": "no",
}

func TestProductionKeepsTheSizesOfItsEstimate(t *testing.T) {
	for _, name := range []string{config.Production, config.ProductionPCI} {
		found := sizes(t, graphOf(t, name))
		delete(found, "interface endpoints and zone") // they came after it
		assert.Equal(t, estimated, found, name)
		domain := only(t, graphOf(t, name), "aws:opensearch/domain:Domain")
		assert.Equal(t, "t3.medium.search", domain.String("clusterConfig.dedicatedMasterType"))
	}
}

// documentedSizes reads the first table of docs/cost.md, by environment.
func documentedSizes(t *testing.T) map[string]map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs", "cost.md"))
	require.NoError(t, err)
	_, after, found := strings.Cut(string(text), "\n## What each environment has\n")
	require.True(t, found)
	section, _, _ := strings.Cut(after, "\n## ")
	all := map[string]map[string]string{}
	for _, name := range config.EnvironmentNames() {
		all[name] = map[string]string{}
	}
	for _, line := range strings.Split(section, "\n") {
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if len(cells) != 4 || strings.Contains(cells[1], "---") {
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if cells[0] == "" {
			require.Equal(t, []string{"", "production, production-pci", "staging", "dev"}, cells)
			continue
		}
		for name, column := range map[string]int{config.Production: 1, config.ProductionPCI: 1, config.Staging: 2, config.Dev: 3} {
			all[name][cells[0]] = cells[column]
		}
	}
	return all
}

// What is smaller, and where, is written down in one table: the stacks are held to it.
func TestThePageOfCostsSaysWhatThereIs(t *testing.T) {
	for name, documented := range documentedSizes(t) {
		require.Greater(t, len(documented), 10, name)
		assert.Equal(t, sizes(t, graphOf(t, name)), documented, name)
	}
}

// costTags are the tags by which costs are told apart.
var costTags = []string{"Environment", "Project", "CostCenter", "DataClassification", "Owner", "ManagedBy"}

// tagged says what of a stack's AWS resources is without the tags of its provider, or has
// others in their place.
func tagged(g *graph.Graph) (seen int, problems []string) {
	for _, r := range g.Resources {
		if !r.Custom || !strings.HasPrefix(r.Type, "aws:") {
			continue
		}
		seen++
		provider, known := g.ByURN(r.Provider)
		if !known || provider.Type != "pulumi:providers:aws" {
			problems = append(problems, r.URN+": no provider of the stack")
			continue
		}
		for _, tag := range costTags {
			given := provider.String("defaultTags.tags." + tag)
			if given == "" {
				problems = append(problems, r.URN+": its provider gives it no tag "+tag)
			}
			if own := r.String("tags." + tag); own != "" && own != given {
				problems = append(problems, r.URN+": the tag "+tag+" is "+own+", and not "+given)
			}
		}
	}
	return seen, problems
}

func TestEveryStackTagsWhatCosts(t *testing.T) {
	for _, stack := range stacks {
		g, err := offline.Graph(root, stack)
		require.NoError(t, err)
		seen, problems := tagged(g)
		assert.Empty(t, problems, stack)
		if stack != offline.GitHubStack {
			assert.Greater(t, seen, 5, stack)
		}
	}
}

// Default tags do not reach what a launch template makes.
func TestInstancesAndVolumesAreTaggedToo(t *testing.T) {
	seen := 0
	for name, env := range environments(t) {
		for _, template := range graphOf(t, name).OfType("aws:ec2/launchTemplate:LaunchTemplate") {
			kinds := map[string]bool{}
			specifications, _ := template.Inputs["tagSpecifications"].([]any)
			for i := range specifications {
				at := fmt.Sprintf("tagSpecifications[%d].", i)
				kinds[template.String(at+"resourceType")] = true
				for _, tag := range costTags {
					seen++
					assert.Equal(t, env.ProviderTags()[tag], template.String(at+"tags."+tag), "%s: %s", template.URN, tag)
				}
			}
			assert.True(t, kinds["instance"] && kinds["volume"], template.URN)
		}
	}
	assert.Greater(t, seen, 50)
}

func TestAResourceWithoutTheTagsIsNoticed(t *testing.T) {
	g := graphOf(t, config.Dev)
	for _, r := range g.Resources {
		switch r.Type {
		case "pulumi:providers:aws":
			delete(r.Inputs["defaultTags"].(map[string]any)["tags"].(map[string]any), "CostCenter")
		case "aws:rds/instance:Instance":
			r.Inputs["tags"].(map[string]any)["Environment"] = "another"
		}
	}
	seen, problems := tagged(g)
	assert.Len(t, problems, seen+1)
}

// Whoever names a budget's tag names what the resources have.
func TestBudgetsWatchTheTagThatResourcesHave(t *testing.T) {
	for name, env := range environments(t) {
		g := graphOf(t, name)
		budget := resourceOf(t, g, "aws:budgets/budget:Budget", name+"-monthly")
		assert.Equal(t, "user:Environment$"+env.ProviderTags()["Environment"], budget.String("costFilters[0].values[0]"))
		assert.Equal(t, fmt.Sprint(env.Cost.Budget.MonthlyUSD), budget.String("limitAmount"))
		topic := resourceOf(t, g, "aws:sns/topic:Topic", name+"-cost")
		assert.Equal(t, []string{topic.Outputs["arn"].(string)}, budget.Strings("notifications[0].subscriberSnsTopicArns"))
	}
}

// An environment with a schedule leaves its sizes to it; the others do not.
func TestTheScheduleOwnsTheMinimumOfItsNodes(t *testing.T) {
	for name, env := range environments(t) {
		want := []string{"scalingConfig.desiredSize"}
		if env.Cost.Schedule != nil {
			want = append(want, "scalingConfig.minSize")
		}
		assert.Equal(t, want, only(t, graphOf(t, name), groupType).IgnoreChanges, "%s: pass Scheduled in pkg/environment/cluster.go", name)
	}
}
