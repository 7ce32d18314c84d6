package config

import (
	"fmt"
	"math"
	"strconv"
)

const (
	fleetPath = "compute.fleet"
	spotPath  = "compute.fleet.spotPercentage"
)

// rootVolume holds what Amazon Linux 2023 needs at least, and a gp3 volume can have.
func rootVolume(env Environment, found *Problems) {
	between("compute.fleet.rootVolumeGib", env.Compute.Fleet.RootVolumeGiB, 8, 16384, "is not a size of a root volume in GiB", found)
}

// fleetSizes looks at what each number must be by itself.
func fleetSizes(env Environment, found *Problems) {
	fleet := env.Compute.Fleet
	for _, size := range []struct {
		key          string
		value, least int
	}{{"min", fleet.Min, 0}, {"desired", fleet.Desired, 0}, {"max", fleet.Max, 1}} {
		if size.value < size.least {
			found.add(fleetPath+"."+size.key, strconv.Itoa(size.value), "is not a number of instances that the fleet can have", fmt.Sprintf("set %d or more", size.least))
		}
	}
}

// fleetOrder speaks of the fleet, and not of one number: any of the three may be
// the wrong one, or a default.
func fleetOrder(env Environment, found *Problems) {
	fleet := env.Compute.Fleet
	if fleet.Min > fleet.Desired || fleet.Desired > fleet.Max {
		found.add(fleetPath, fmt.Sprintf("min %d, desired %d, max %d", fleet.Min, fleet.Desired, fleet.Max), "is not in ascending order",
			"set desired to min or more, and max to desired or more")
	}
}

// fleetProduction: one instance a zone, in as many zones as production needs at
// least. More zones need no more instances to survive the loss of one.
func fleetProduction(env Environment, found *Problems) {
	if least := env.Compute.Fleet.Min; env.Production() && least < leastZonesProduction {
		found.add(fleetPath+".min", strconv.Itoa(least), "leaves too few when a zone fails, and "+env.Name+" must survive that",
			fmt.Sprintf("set %d or more, one in each of %d zones", leastZonesProduction, leastZonesProduction))
	}
}

func spotShare(env Environment, found *Problems) {
	between(spotPath, env.Compute.Fleet.SpotPercentage, 0, 100, "is not a percentage", found)
}

func spotProduction(env Environment, found *Problems) {
	if share := env.Compute.Fleet.SpotPercentage; env.Production() && share != 0 {
		found.add(spotPath, strconv.Itoa(share), "are instances that AWS may take back within two minutes, and "+env.Name+" must not lose them", "remove the key")
	}
}

// cpuTarget leaves room: below 10 percent the fleet never shrinks, above 90 it grows too late.
func cpuTarget(env Environment, found *Problems) {
	between("compute.fleet.cpuPercent", env.Compute.Fleet.CPUPercent, 10, 90, "is not a target to which the fleet can be scaled", found)
}

func requestsTarget(env Environment, found *Problems) {
	between("compute.fleet.requestsPerTarget", env.Compute.Fleet.RequestsPerTarget, 1, math.MaxInt32, "is not a target to which the fleet can be scaled", found)
}
