package observability_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/config"
	"aws-platform/pkg/observability"
)

// explanation is a tier's, and the names that it resolves to.
func explanation(t *testing.T, args observability.Args, tier alarms.Tier) (names []string, seconds int) {
	t.Helper()
	_, made, err := run(args, false)
	require.NoError(t, err)
	resolved := make(chan []string, 1)
	made.Explanations[tier].Alarms.ToStringArrayOutput().ApplyT(func(names []string) []string {
		resolved <- names
		return names
	})
	return <-resolved, made.Explanations[tier].Seconds
}

func TestATierIsExplainedByItselfAndByWhatIsBelow(t *testing.T) {
	names, seconds := explanation(t, whole(), alarms.Balancers)
	assert.Equal(t, []string{"production-balancer-public-critical", "production-balancer-internal-critical", "production-balancers-explained"}, names)
	assert.Equal(t, 900, seconds, "as the cluster that is silent")
	names, seconds = explanation(t, whole(), alarms.Database)
	assert.Equal(t, []string{"production-postgresql-critical"}, names, "nothing is below")
	assert.Equal(t, 300, seconds)
}

func TestTheSlowestOfThoseThatExplainCounts(t *testing.T) {
	for row, want := range map[string]int{
		"postgresql-silent": 1200, "load-balancer-errors": 1200, // below, and the tier itself
		"postgresql-free-storage": 900, "load-balancer-latency": 900, // no outage, and a warning
	} {
		args := whole()
		args.Config.Alarms = map[string]config.Alarm{row: {PeriodSeconds: 60, Periods: 20, Datapoints: 20}}
		_, seconds := explanation(t, args, alarms.Balancers)
		assert.Equal(t, want, seconds, row)
	}
}

func TestWithoutWhatIsBelowATierExplainsItself(t *testing.T) {
	args := whole()
	args.Targets = []observability.Target{target(alarms.LoadBalancer, "balancer-public")}
	names, seconds := explanation(t, args, alarms.Balancers)
	assert.Equal(t, []string{"production-balancer-public-critical"}, names)
	assert.Equal(t, 120, seconds)
	args.Targets[0] = target(alarms.Backup, "backup")
	_, made, err := run(args, false)
	require.NoError(t, err)
	assert.Equal(t, pulumi.StringArray(nil), made.Explanations[alarms.Balancers].Alarms)
}
