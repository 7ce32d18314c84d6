package alarms_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/alarms"
)

const gib = 1 << 30

// Amazon RDS User Guide, "Hardware specifications for DB instance classes".
func TestMemoryOfAClass(t *testing.T) {
	for class, want := range map[string]float64{
		"db.t3.micro": 1, "db.t3.small": 2, "db.t4g.medium": 4, "db.t3.2xlarge": 32,
		"db.m5.large": 8, "db.m6idn.4xlarge": 64, "db.m7i.48xlarge": 768, "db.m8gd.12xlarge": 192,
		"db.r5b.large": 16, "db.r6gd.16xlarge": 512, "db.r8g.24xlarge": 768,
		"db.x2g.large": 32, "db.x2iedn.xlarge": 128, "db.x2iedn.32xlarge": 4096,
	} {
		bytes, known := alarms.MemoryBytes(class)
		assert.True(t, known, class)
		assert.Equal(t, want*gib, bytes, class)
	}
	for _, class := range []string{"", "t3.micro", "cache.t3.micro", "db.q1.large", "db.m5", "db.m5.huge", "db.m5.axlarge"} {
		_, known := alarms.MemoryBytes(class)
		assert.False(t, known, class)
	}
}

func TestAThresholdIsAShareOfWhatTheTargetHas(t *testing.T) {
	capacity := alarms.Capacity{
		alarms.Memory: gib, alarms.Storage: 20 * gib, alarms.Connections: alarms.PostgreSQLConnections(gib),
	}
	for key, want := range map[string]float64{
		"postgresql-memory": 53687091, "postgresql-free-storage": 2 * gib, "postgresql-connections": 68, "postgresql-cpu": 90,
	} {
		row, _, known := alarms.Find(key)
		require.True(t, known)
		alarm, err := row.For(capacity)
		require.NoError(t, err)
		assert.InDelta(t, want, alarm.Threshold, 0, key)
	}
	row, _, _ := alarms.Find("postgresql-memory")
	_, err := row.For(alarms.Capacity{alarms.Storage: gib})
	assert.EqualError(t, err, "alarms.Row[postgresql-memory]: 0: the threshold is a share of the target's memory: say how much it has")
}

// A large class takes no more than PostgreSQL's parameter group allows.
func TestConnectionsOfADatabase(t *testing.T) {
	assert.InDelta(t, 112.65, alarms.PostgreSQLConnections(gib), 0.01)
	assert.InDelta(t, 5000, alarms.PostgreSQLConnections(768*gib), 0)
}
