package observability_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/observability"
)

// pages are the composite alarms that act in an outage, in which metric alarms are in ALARM.
func pages(t *testing.T, g *graph.Graph, outage ...string) []string {
	t.Helper()
	inAlarm := map[string]bool{}
	for _, name := range outage {
		inAlarm[one(t, g, metricAlarm, name).Name] = true
	}
	composites := g.OfType(compositeAlarm)
	for _, composite := range composites { // their children are metric alarms
		inAlarm[composite.Name] = slices.ContainsFunc(children(composite.String("alarmRule")), func(child string) bool { return inAlarm[child] })
	}
	var acting []string
	for _, composite := range composites {
		silenced := inAlarm[composite.String("actionsSuppressor.alarm")]
		if inAlarm[composite.Name] && len(composite.Strings("alarmActions")) > 0 && !silenced {
			acting = append(acting, composite.Name)
		}
	}
	return acting
}

func TestOneOutagePagesOnce(t *testing.T) {
	g := deploy(t, whole())
	const (
		balancers = "production-balancer-public-errors"
		targets   = "production-balancer-public-target-errors"
		fleet     = "production-fleet-blue-none-in-service"
	)
	for name, test := range map[string]struct{ outage, pages []string }{
		"the database": {[]string{"production-postgresql-silent", targets, fleet, balancers}, []string{"production-data-critical"}},
		"a NAT gateway": {
			[]string{"production-nat-us-east-1a-port-allocation", "production-eks-nodes-down", fleet, balancers},
			[]string{"production-network-critical"},
		},
		"the fleet":          {[]string{fleet, balancers}, []string{"production-fleet-critical"}},
		"the cluster":        {[]string{"production-eks-nodes-down", targets}, []string{"production-cluster-critical"}},
		"a load balancer":    {[]string{balancers}, []string{"production-balancers-critical"}},
		"nothing above":      {[]string{"production-certificate-public-expiring-soon"}, []string{"production-certificates-critical"}},
		"nothing":            {nil, nil},
		"two at once":        {[]string{"production-postgresql-silent", "production-nat-us-east-1b-unanswered"}, []string{"production-data-critical", "production-network-critical"}},
		"not by what is not": {[]string{"production-postgresql-free-storage", balancers}, []string{"production-balancers-critical", "production-data-critical"}},
		"nor by a replica":   {[]string{"production-postgresql-replica-1-silent", targets}, []string{"production-balancers-critical", "production-data-critical"}},
		"nor by the API":     {[]string{"production-eks-api-errors", targets}, []string{"production-balancers-critical", "production-cluster-critical"}},
		"nor by a warning":   {[]string{"production-fleet-blue-cpu", balancers}, []string{"production-balancers-critical"}},
	} {
		assert.ElementsMatch(t, test.pages, pages(t, g, test.outage...), name)
	}
}

func TestWhatDependsOnNothingIsNeverSilenced(t *testing.T) {
	g := deploy(t, whole())
	for name, silenced := range map[string]bool{
		"network": false, "data": false, "certificates": false, "cluster": true, "fleet": true, "balancers": true,
	} {
		composite := one(t, g, compositeAlarm, "production-"+name+"-critical")
		_, has := composite.Lookup("actionsSuppressor")
		assert.Equal(t, silenced, has, name)
		if silenced {
			explained := one(t, g, compositeAlarm, "production-"+name+"-explained")
			assert.Equal(t, explained.Name, composite.String("actionsSuppressor.alarm"))
			assert.Empty(t, explained.Strings("alarmActions"), "it pages nobody by itself")
			assert.Contains(t, explained.String("alarmDescription"), "Runbook: docs/runbooks/")
		}
	}
	assert.Len(t, g.OfType(compositeAlarm), 9)
}

// The wait outlasts the alarm that explains, which sees five minutes of silence, and no
// more than that keeps a page back.
func TestAPageWaitsForWhatExplainsItAndNoLonger(t *testing.T) {
	g := deploy(t, whole())
	balancers := one(t, g, compositeAlarm, "production-balancers-critical")
	assert.Equal(t, 300-2*60+60, balancers.Int("actionsSuppressor.waitPeriod"))
	assert.Equal(t, 600, balancers.Int("actionsSuppressor.extensionPeriod"))
	fleet := one(t, g, compositeAlarm, "production-fleet-critical")
	assert.Equal(t, 60, fleet.Int("actionsSuppressor.waitPeriod"), "it is no faster than what explains it")

	slow := whole()
	slow.Config.Alarms = map[string]config.Alarm{"postgresql-silent": {Periods: 60}}
	assert.Equal(t, 600, one(t, deploy(t, slow), compositeAlarm, "production-balancers-critical").Int("actionsSuppressor.waitPeriod"))
}

func TestNothingExplainsWhereNothingBelowIsWatched(t *testing.T) {
	args := whole()
	args.Targets = []observability.Target{target(alarms.LoadBalancer, "balancer-public")}
	g := deploy(t, args)
	composite := one(t, g, compositeAlarm, "production-balancers-critical")
	assert.NotContains(t, composite.Inputs, "actionsSuppressor")
	assert.Len(t, g.OfType(compositeAlarm), 1)
}
