package observability_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/observability"
)

// pages are the alarms that act in an outage, in which metric alarms go into ALARM at once.
func pages(t *testing.T, g *graph.Graph, outage ...string) (names []string) {
	t.Helper()
	var changes []change
	for _, alarm := range outage {
		changes = append(changes, change{alarm: alarm})
	}
	for _, page := range played(t, g, changes...) {
		_, name, _ := strings.Cut(page, " ")
		names = append(names, name)
	}
	return names
}

func TestOneOutagePagesOnce(t *testing.T) {
	g := deploy(t, whole())
	const (
		balancers = "balancer-public-errors"
		targets   = "balancer-public-target-errors"
		fleet     = "fleet-blue-none-in-service"
	)
	for name, test := range map[string]struct{ outage, pages []string }{
		"the database": {[]string{"postgresql-silent", targets, fleet, balancers}, []string{"postgresql-critical"}},
		"a NAT gateway": {
			[]string{"nat-us-east-1a-port-allocation", "eks-nodes-down", fleet, balancers},
			[]string{"network-critical"},
		},
		"the fleet":          {[]string{fleet, balancers}, []string{"fleet-critical"}},
		"the cluster":        {[]string{"eks-nodes-down", targets}, []string{"cluster-critical"}},
		"all of its nodes":   {[]string{"eks-silent", targets}, []string{"cluster-critical"}},
		"a load balancer":    {[]string{balancers, targets}, []string{"balancer-public-critical"}},
		"nothing above":      {[]string{"certificate-public-expiring-soon"}, []string{"certificate-public-expiring-soon"}},
		"nothing":            {nil, nil},
		"two at once":        {[]string{"postgresql-silent", "nat-us-east-1b-unanswered"}, []string{"postgresql-critical", "network-critical"}},
		"not by what is not": {[]string{"postgresql-free-storage", balancers}, []string{"balancer-public-critical", "postgresql-free-storage"}},
		"nor by a replica":   {[]string{"postgresql-replica-1-silent", targets}, []string{"balancer-public-critical", "postgresql-replica-1-silent"}},
		"nor by the API":     {[]string{"eks-api-errors", targets}, []string{"balancer-public-critical", "eks-api-errors"}},
		"nor by a warning":   {[]string{"fleet-blue-cpu", balancers}, []string{"balancer-public-critical"}},
	} {
		assert.ElementsMatch(t, test.pages, pages(t, g, test.outage...), name)
	}
}

// One thing after the other: who is paged, and in which minute.
func TestASecondOutagePagesToo(t *testing.T) {
	g := deploy(t, whole())
	on := func(minute int, alarm string) change { return change{minute, alarm, false} }
	off := func(minute int, alarm string) change { return change{minute, alarm, true} }
	const (
		database, partitions, fleet = "postgresql-silent", "kafka-offline-partitions", "fleet-blue-none-in-service"
		public, internal            = "balancer-public-errors", "balancer-internal-errors"
	)
	for name, test := range map[string]struct {
		changes []change
		pages   []string
	}{
		"a disk that is full for hours, then the database, and what depends on it": {
			[]change{on(0, "kafka-1-disk"), on(0, "postgresql-free-storage"), on(100, database), on(101, fleet), on(102, public)},
			[]string{"0 kafka-1-disk", "0 postgresql-free-storage", "100 postgresql-critical"},
		},
		"a replica, then its database": {[]change{on(0, "postgresql-replica-1-silent"), on(60, database)}, []string{"0 postgresql-replica-1-silent", "60 postgresql-critical"}},
		"a store, then another":        {[]change{on(0, partitions), on(60, database), on(61, public)}, []string{"0 kafka-critical", "60 postgresql-critical"}},
		"one store in two ways":        {[]change{on(0, "opensearch-red"), on(20, "opensearch-silent")}, []string{"0 opensearch-critical"}},
		"a load balancer, then the other": {
			[]change{on(0, internal), on(60, public)}, []string{"5 balancer-internal-critical", "65 balancer-public-critical"}},
		"the cause a little later":       {[]change{on(0, public), on(4, database)}, []string{"4 postgresql-critical"}},
		"the cause too late":             {[]change{on(0, public), on(30, database)}, []string{"5 balancer-public-critical", "30 postgresql-critical"}},
		"what outlasts its cause":        {[]change{on(0, database), on(2, public), off(60, database)}, []string{"0 postgresql-critical", "70 balancer-public-critical"}},
		"what ends with its cause":       {[]change{on(0, database), on(2, public), off(60, database), off(65, public)}, []string{"0 postgresql-critical"}},
		"what has nothing to do with it": {[]change{on(0, partitions), on(30, fleet), off(120, partitions)}, []string{"0 kafka-critical", "130 fleet-critical"}},
		"the same again":                 {[]change{on(0, database), off(30, database), on(60, database)}, []string{"0 postgresql-critical", "60 postgresql-critical"}},
	} {
		assert.Equal(t, test.pages, played(t, g, test.changes...), name)
	}
}

func TestWhatDependsOnNothingIsNeverSilenced(t *testing.T) {
	g := deploy(t, whole())
	for name, silenced := range map[string]bool{
		"network": false, "postgresql": false, "kafka": false, "opensearch": false, "cluster": true, "fleet": true, "balancer-public": true, "balancer-internal": true,
	} {
		composite := one(t, g, compositeAlarm, "production-"+name+"-critical")
		_, has := composite.Lookup("actionsSuppressor")
		assert.Equal(t, silenced, has, name)
		if silenced {
			explained := one(t, g, compositeAlarm, composite.String("actionsSuppressor.alarm"))
			assert.True(t, strings.HasSuffix(explained.Name, "-explained"))
			assert.Empty(t, explained.Strings("alarmActions"), "it pages nobody by itself")
			assert.Contains(t, explained.String("alarmDescription"), "Runbook: docs/runbooks/")
		}
	}
	assert.Len(t, g.OfType(compositeAlarm), 8+3)
}

// The wait outlasts the alarm that explains, which sees five minutes of silence, but no page
// is later than five minutes.
func TestAPageWaitsForWhatExplainsItAndNoLonger(t *testing.T) {
	g := deploy(t, whole())
	balancers := one(t, g, compositeAlarm, "production-balancer-public-critical")
	assert.Equal(t, 300, balancers.Int("actionsSuppressor.waitPeriod"), "a cluster that is silent takes longer: nobody waits so long")
	assert.Equal(t, 600, balancers.Int("actionsSuppressor.extensionPeriod"))
	fleet := one(t, g, compositeAlarm, "production-fleet-critical")
	assert.Equal(t, 60, fleet.Int("actionsSuppressor.waitPeriod"), "it is no faster than what explains it")

	slow := whole()
	slow.Config.Alarms = map[string]config.Alarm{"postgresql-silent": {Periods: 60}}
	assert.Equal(t, 300, one(t, deploy(t, slow), compositeAlarm, "production-fleet-critical").Int("actionsSuppressor.waitPeriod"))
	without := whole()
	off := false
	without.Config.Alarms = map[string]config.Alarm{"eks-silent": {Enabled: &off}}
	assert.Equal(t, 300-2*60+60, one(t, deploy(t, without), compositeAlarm, "production-balancer-public-critical").Int("actionsSuppressor.waitPeriod"))
}

func TestNothingExplainsWhereNothingBelowIsWatched(t *testing.T) {
	args := whole()
	args.Targets = []observability.Target{target(alarms.LoadBalancer, "balancer-public")}
	g := deploy(t, args)
	composite := one(t, g, compositeAlarm, "production-balancer-public-critical")
	assert.NotContains(t, composite.Inputs, "actionsSuppressor")
	assert.Len(t, g.OfType(compositeAlarm), 1)
}
