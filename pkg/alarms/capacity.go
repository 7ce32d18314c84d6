package alarms

import (
	"fmt"
	"math"
)

// Measure is something of a target that a threshold is a share of.
type Measure string

// The measures.
const (
	// Memory is of the instance, in bytes.
	Memory Measure = "memory"
	// Storage is what was configured, in the unit of the row.
	Storage Measure = "storage"
	// Connections are how many there can be at once.
	Connections Measure = "connections"
)

// Capacity is how much of each a target has.
type Capacity map[Measure]float64

// For is the alarm of a target of the capacity. It is an error if the threshold is a share
// of what the target does not say.
func (r Row) For(capacity Capacity) (Alarm, error) {
	alarm := r.Alarm
	if r.Share == 0 {
		return alarm, nil
	}
	whole := capacity[r.Of]
	if whole <= 0 {
		return Alarm{}, fmt.Errorf("alarms.Row[%s]: %v: the threshold is a share of the target's %s: say how much it has", r.Key(), whole, r.Of)
	}
	alarm.Threshold = math.Round(r.Share * whole / 100) // whole bytes and connections
	return alarm, nil
}

// bytesAConnection is what RDS for PostgreSQL divides the memory of an instance by for
// max_connections, of which there are 5,000 at most: LEAST({DBInstanceClassMemory/9531392}, 5000)
// (Amazon RDS User Guide, "Quotas and constraints for Amazon RDS", "Maximum number of
// database connections").
const (
	bytesAConnection = 9531392
	mostConnections  = 5000
)

// PostgreSQLConnections are how many a database of so much memory takes, at most: the
// memory of RDS' own processes is taken off first, about a quarter of the smallest classes.
func PostgreSQLConnections(memoryBytes float64) float64 {
	return min(memoryBytes/bytesAConnection, mostConnections)
}

// ValkeyConnections are how many a node of ElastiCache takes, of whatever type: maxclients
// is 65,000 and cannot be changed (Amazon ElastiCache User Guide, "Valkey and Redis OSS parameters").
const ValkeyConnections = 65000

// What a gibibyte is in bytes, and in what CloudWatch calls megabytes.
const (
	Gibibyte          = 1 << 30
	GibibyteMegabytes = 1 << 10
)
