package config

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func logsOf(t *testing.T, stack, keys string) Logs {
	t.Helper()
	text := strings.Replace(base, "platform:observability: {}", "platform:observability: {logs: {"+keys+"}}", 1)
	env, err := Decode(stack, parse(t, stack, text))
	require.NoError(t, err)
	return env.Observability.Logs
}

func TestEveryClassHasDays(t *testing.T) {
	for stack, want := range map[string]map[string]int{
		ProductionPCI: {AuditLogs: 365, NetworkLogs: 365, LoadBalancerLogs: 365, DataLogs: 365, ApplicationLogs: 365},
		Production:    {AuditLogs: 365, NetworkLogs: 90, LoadBalancerLogs: 90, DataLogs: 90, ApplicationLogs: 90},
		Dev:           {AuditLogs: 90, NetworkLogs: 90, LoadBalancerLogs: 90, DataLogs: 90, ApplicationLogs: 90},
	} {
		logs := logsOf(t, stack, "")
		assert.Equal(t, want, logs.RetentionDays, stack)
		for class, days := range want {
			assert.Equal(t, days, logs.Days(class), "%s: %s", stack, class)
		}
	}
}

func TestGivenDaysLeaveTheOtherClassesAlone(t *testing.T) {
	logs := logsOf(t, Production, "retentionDays: {audit: 731, loadBalancer: 366}")
	assert.Equal(t, map[string]int{AuditLogs: 731, NetworkLogs: 90, LoadBalancerLogs: 366, DataLogs: 90, ApplicationLogs: 90}, logs.RetentionDays)
	assert.Equal(t, 90, logsOf(t, Production, "").Days(DataLogs))
}

// What is kept by default is never less than what is asked for, and CloudWatch Logs takes it.
func TestTheTableOfRetentionsIsSound(t *testing.T) {
	assert.Equal(t, LogClasses(), slices.Sorted(maps.Keys(logRetentions)))
	for _, name := range EnvironmentNames() {
		env := Environment{Name: name}
		for _, class := range LogClasses() {
			byDefault, least := defaultLogDays(env)[class], LeastLogDays(env, class)
			assert.GreaterOrEqual(t, byDefault, least, "%s: %s", name, class)
			assert.Contains(t, retentions, byDefault, "%s: %s", name, class)
			assert.Contains(t, retentions, least, "%s: %s", name, class)
			if env.PCI() || env.Production() && class == AuditLogs {
				assert.GreaterOrEqual(t, least, 365, "%s: %s", name, class)
			}
		}
	}
	assert.Zero(t, LeastLogDays(Environment{Name: Production}, "trace"))
}

func TestTheArchiveIsProductions(t *testing.T) {
	for stack, want := range map[string]LogArchive{
		ProductionPCI: {Enabled: true, GlacierAfterDays: 90, ExpireAfterDays: 2557},
		Production:    {Enabled: true, GlacierAfterDays: 90, ExpireAfterDays: 731},
		Dev:           {Enabled: false, GlacierAfterDays: 90, ExpireAfterDays: 731},
	} {
		assert.Equal(t, want, logsOf(t, stack, "").Archive, stack)
	}
	assert.Nil(t, logsOf(t, Production, "").SIEM)
}

func TestTheSIEMGetsWhatIsInCloudWatchLogs(t *testing.T) {
	const siem = "siem: {url: https://siem.example.com/v1, secretName: production/siem"
	assert.Equal(t, []string{ApplicationLogs, AuditLogs, DataLogs, NetworkLogs}, logsOf(t, Production, siem+"}").SIEM.Classes)
	assert.Equal(t, []string{AuditLogs}, logsOf(t, Production, siem+", classes: [audit]}").SIEM.Classes)
}

func TestLogRetentionRoundsUp(t *testing.T) {
	for days, want := range map[int]int{1: 1, 2: 3, 91: 120, 365: 365, 366: 400, 3653: 3653, 4000: 3653} {
		assert.Equal(t, want, LogRetention(days))
	}
}
