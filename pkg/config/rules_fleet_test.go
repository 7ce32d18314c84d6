package config

import (
	"fmt"
	"strings"
)

const (
	noCount    = ": is not a number of instances that the fleet can have: set "
	notAscend  = ": is not in ascending order: set desired to min or more, and max to desired or more"
	tooFew     = ": leaves too few when a zone fails, and "
	inEach     = " must survive that: set 3 or more, one in each of 3 zones"
	takesBack  = ": are instances that AWS may take back within two minutes, and "
	notATarget = ": is not a target to which the fleet can be scaled: set "
	notAType   = ": is not an instance type: write <family>.<size>, as in t3.medium or m7i-flex.large"
	notAnImage = ": is not the name of a Systems Manager parameter: begin it with a slash, and use letters, digits and _ . - in at most 15 levels, as in " + defaultImageParameter
	armImage   = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"
)

// fleetCase adds keys to the fleet.
func fleetCase(rule, wrong, right string, lines ...string) ruleCase {
	return computeCase(rule, "fleet: {"+wrong+"}", "fleet: {"+right+"}", lines...)
}

func sizes(least, desired, most int) string {
	return fmt.Sprintf("min: %d, desired: %d, max: %d", least, desired, most)
}

func orderCase(least, desired, most int) ruleCase {
	return fleetCase("fleetOrder", sizes(least, desired, most), sizes(3, 4, 5), "compute.fleet: "+strings.NewReplacer(":", "").Replace(sizes(least, desired, most))+notAscend)
}

var fleetCases = []ruleCase{
	orderCase(4, 3, 5), orderCase(4, 5, 3), orderCase(5, 3, 4), orderCase(5, 4, 3), orderCase(3, 5, 4),
	fleetCase("fleetOrder", "min: 4", "min: 4, desired: 4", `compute.fleet: min 4, desired 3, max 9`+notAscend),
	fleetCase("fleetSizes", "min: -1", "min: 0", `compute.fleet.min: -1`+noCount+`0 or more`).on(Dev),
	fleetCase("fleetSizes", sizes(0, 0, 0), sizes(0, 0, 1), `compute.fleet.max: 0`+noCount+`1 or more`).on(Dev),
	fleetCase("fleetSizes", sizes(-2, -1, 0), sizes(1, 1, 1), `compute.fleet.desired: -1`+noCount+`0 or more`,
		`compute.fleet.max: 0`+noCount+`1 or more`, `compute.fleet.min: -2`+noCount+`0 or more`).on(Dev),
	fleetCase("fleetProduction", "min: 2", "min: 3", `compute.fleet.min: 2`+tooFew+Production+inEach),
	fleetCase("fleetProduction", "min: 2", "min: 2, desired: 2", `compute.fleet.min: 2`+tooFew+ProductionPCI+inEach).on(ProductionPCI, Dev),
	fleetCase("spotShare", "spotPercentage: 101", "spotPercentage: 100", `compute.fleet.spotPercentage: 101: is not a percentage: set 0 to 100`).on(Dev),
	fleetCase("spotShare", "spotPercentage: -1", "spotPercentage: 0", `compute.fleet.spotPercentage: -1: is not a percentage: set 0 to 100`).on(Dev),
	fleetCase("spotProduction", "spotPercentage: 1", "spotPercentage: 0", `compute.fleet.spotPercentage: 1`+takesBack+`production must not lose them: remove the key`),
	fleetCase("spotProduction", "spotPercentage: 50", "spotPercentage: 50", `compute.fleet.spotPercentage: 50`+takesBack+`production-pci must not lose them: remove the key`).on(ProductionPCI, Dev),
	fleetCase("cpuTarget", "cpuPercent: 9", "cpuPercent: 10", `compute.fleet.cpuPercent: 9`+notATarget+`10 to 90`),
	fleetCase("cpuTarget", "cpuPercent: 91", "cpuPercent: 90", `compute.fleet.cpuPercent: 91`+notATarget+`10 to 90`),
	fleetCase("requestsTarget", "requestsPerTarget: 0", "requestsPerTarget: 1", `compute.fleet.requestsPerTarget: 0`+notATarget+`1 to 2147483647`),
	fleetCase("rootVolume", "rootVolumeGib: 7", "rootVolumeGib: 8", `compute.fleet.rootVolumeGib: 7: is not a size of a root volume in GiB: set 8 to 16384`),
	fleetCase("rootVolume", "rootVolumeGib: 16385", "rootVolumeGib: 16384", `compute.fleet.rootVolumeGib: 16385: is not a size of a root volume in GiB: set 8 to 16384`),
}

func typesCase(rule, wrong, right string, lines ...string) ruleCase {
	return fleetCase(rule, "instanceTypes: ["+wrong+"]", "instanceTypes: ["+right+"]", lines...)
}

// someTypes are as many instance types, all x86_64.
func someTypes(count int) string {
	all := make([]string, count)
	for i := range all {
		all[i] = fmt.Sprintf("m%di.large", i+1)
	}
	return strings.Join(all, ", ")
}

const firstType = "compute.fleet.instanceTypes[0]: "

var typeCases = []ruleCase{
	typesCase("instanceTypeRequired", "", "t3.medium", `compute.fleet.instanceTypes: none: leaves nothing to launch: name a type, as in t3.medium, or remove the key`),
	typesCase("instanceTypeFormat", "t3", "t3.nano", firstType+`t3`+notAType),
	typesCase("instanceTypeFormat", "t3.medum", "m7i-flex.large", firstType+`t3.medum`+notAType),
	typesCase("instanceTypeFormat", "T3.medium", "u-6tb1.metal", firstType+`T3.medium`+notAType),
	typesCase("instanceTypeFormat", "m5.0xlarge", "m5.24xlarge", firstType+`m5.0xlarge`+notAType),
	typesCase("instanceTypeFormat", "medium.t3", "u7i-12tb.224xlarge", firstType+`medium.t3`+notAType),
	typesCase("instanceTypeFormat", `""`, "c7i.metal-48xl", firstType+`""`+notAType),
	typesCase("instanceTypeDuplicate", "t3.medium, t3a.medium, t3.medium", "t3.medium, t3a.medium, t3.large",
		`compute.fleet.instanceTypes[2]: t3.medium: is listed already, at compute.fleet.instanceTypes[0]: remove one`),
	typesCase("instanceTypeCount", someTypes(41), someTypes(40), `compute.fleet.instanceTypes: 41 types: is more than the 40 that an auto scaling group takes: name fewer`),
	typesCase("instanceTypeArchitecture", "t3.medium, t4g.medium", "t3.medium, t3a.medium",
		`compute.fleet.instanceTypes[1]: t4g.medium: has processors of arm64, and t3.medium has x86_64: one image cannot serve both: name types of one architecture`),
	fleetCase("instanceTypeArchitecture", "imageParameter: "+armImage+", instanceTypes: [a1.medium, g4dn.xlarge]", "imageParameter: "+armImage+", instanceTypes: [a1.medium, c7gn.large, is4gen.large, x2gd.large]",
		`compute.fleet.instanceTypes[1]: g4dn.xlarge: has processors of x86_64, and a1.medium has arm64: one image cannot serve both: name types of one architecture`),
	fleetCase("imageParameterFormat", "imageParameter: golden-image", "imageParameter: /golden/image", `compute.fleet.imageParameter: golden-image`+notAnImage),
	fleetCase("imageParameterFormat", "imageParameter: /a//b", "imageParameter: /a/b", `compute.fleet.imageParameter: /a//b`+notAnImage),
	fleetCase("imageParameterFormat", "imageParameter: "+strings.Repeat("/a", 16), "imageParameter: "+strings.Repeat("/a", 15), `compute.fleet.imageParameter: `+strings.Repeat("/a", 16)+notAnImage),
	fleetCase("imageArchitecture", "imageParameter: "+armImage, "imageParameter: "+armImage+", instanceTypes: [t4g.medium]",
		`compute.fleet.imageParameter: `+armImage+`: is an image for arm64, and t3.medium has processors of x86_64: name the image for x86_64, or other instance types`),
	fleetCase("imageArchitecture", "instanceTypes: [t4g.medium]", "instanceTypes: [t4g.medium], imageParameter: /golden/image",
		`compute.fleet.imageParameter: `+defaultImageParameter+`: is an image for x86_64, and t4g.medium has processors of arm64: name the image for arm64, or other instance types`),
}
