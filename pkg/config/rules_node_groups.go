package config

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var nodeGroupRules = []rule{
	nodeGroupRequired, nodeGroupName, nodeGroupTypes, nodeGroupArchitecture, nodeGroupImage, nodeGroupCapacity,
	nodeGroupSizes, nodeGroupProduction, nodeGroupVolume, nodeGroupUnavailable, nodeGroupLabels, nodeGroupTaints,
}

const nodeGroupsPath = clusterPath + "nodeGroups"

// eachGroup calls a rule for every node group, by name.
func eachGroup(env Environment, do func(path string, group NodeGroup)) {
	for _, name := range slices.Sorted(maps.Keys(env.Cluster.NodeGroups)) {
		do(nodeGroupsPath+"["+name+"].", env.Cluster.NodeGroups[name])
	}
}

func nodeGroupRequired(env Environment, found *Problems) {
	if len(env.Cluster.NodeGroups) == 0 {
		found.missing(nodeGroupsPath, "name a node group, or remove the key for the default one")
	}
}

// groupName leaves room for the environment and EKS's suffix in the 63 characters of a
// node group's name.
var groupName = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

const longestGroupName = 20

func nodeGroupName(env Environment, found *Problems) {
	for _, name := range slices.Sorted(maps.Keys(env.Cluster.NodeGroups)) {
		if !groupName.MatchString(name) || len(name) > longestGroupName {
			found.add(nodeGroupsPath+"["+name+"]", quoted(name), "is not the name of a node group", fmt.Sprintf("use lower-case letters, digits and hyphens, at most %d", longestGroupName))
		}
	}
}

func nodeGroupTypes(env Environment, found *Problems) {
	eachGroup(env, func(path string, group NodeGroup) {
		if len(group.InstanceTypes) == 0 {
			found.missing(path+"instanceTypes", "name an instance type, as t3.medium")
		}
		at := func(i int) string { return path + "instanceTypes[" + strconv.Itoa(i) + "]" }
		for i, instanceType := range group.InstanceTypes {
			if !instanceTypePattern.MatchString(instanceType) {
				found.add(at(i), quoted(instanceType), "is not an instance type", "write it as in t3.medium")
			}
		}
		noneTwice(group.InstanceTypes, at, found)
	})
}

// nodeGroupArchitecture: a group has one image.
func nodeGroupArchitecture(env Environment, found *Problems) {
	eachGroup(env, func(path string, group NodeGroup) {
		for i, instanceType := range group.InstanceTypes {
			first := group.InstanceTypes[0]
			if instanceTypePattern.MatchString(first) && instanceTypePattern.MatchString(instanceType) && architectureOf(instanceType) != architectureOf(first) {
				found.add(path+"instanceTypes["+strconv.Itoa(i)+"]", quoted(instanceType), "is "+architectureOf(instanceType)+", and "+first+" is "+architectureOf(first),
					"make a node group for each architecture")
			}
		}
	})
}

func nodeGroupImage(env Environment, found *Problems) {
	eachGroup(env, func(path string, group NodeGroup) {
		if group.Image != AmazonLinux2023 && group.Image != Bottlerocket {
			found.add(path+"image", quoted(group.Image), "is not an operating system of nodes", "set "+AmazonLinux2023+" or "+Bottlerocket)
		}
	})
}

func nodeGroupCapacity(env Environment, found *Problems) {
	eachGroup(env, func(path string, group NodeGroup) {
		switch {
		case group.Capacity != OnDemand && group.Capacity != Spot:
			found.add(path+"capacity", quoted(group.Capacity), "is not a capacity type", "set "+OnDemand+" or "+Spot)
		case group.Capacity == Spot && env.Production():
			found.add(path+"capacity", Spot, "can be taken away at two minutes' notice, which "+env.Name+" does not bear", "remove the key")
		}
	})
}

// mostNodes is the quota "Nodes per managed node group" (Amazon EKS User Guide, "View
// and manage Amazon EKS service quotas").
const mostNodes = 450

func nodeGroupSizes(env Environment, found *Problems) {
	eachGroup(env, func(path string, group NodeGroup) {
		ordered := 0 <= group.Min && group.Min <= group.Desired && group.Desired <= group.Max
		if !ordered || group.Max < 1 || group.Max > mostNodes {
			found.add(strings.TrimSuffix(path, "."), fmt.Sprintf("min %d, desired %d, max %d", group.Min, group.Desired, group.Max),
				"are not sizes in order", fmt.Sprintf("set 0 <= min <= desired <= max, and max from 1 to %d", mostNodes))
		}
	})
}

// nodeGroupProduction wants a node in each zone, of all groups together.
func nodeGroupProduction(env Environment, found *Problems) {
	least, nodes := len(env.Network.Zones), 0
	for _, group := range env.Cluster.NodeGroups {
		nodes += group.Min
	}
	if env.Production() && len(env.Cluster.NodeGroups) > 0 && nodes < least {
		found.add(nodeGroupsPath, fmt.Sprintf("min %d in all", nodes), fmt.Sprintf("leave a zone of the %d without a node", least), fmt.Sprintf("set min so that it is %d or more in all", least))
	}
}

// The smallest volume holds the images of the add-ons; the largest is EBS's for gp3.
const (
	leastNodeVolume = 20
	mostNodeVolume  = 16384
)

func nodeGroupVolume(env Environment, found *Problems) {
	eachGroup(env, func(path string, group NodeGroup) {
		between(path+"volumeGib", group.VolumeGiB, leastNodeVolume, mostNodeVolume, "is not the size of a node's volume", found)
	})
}

// mostUnavailable is EKS's own bound (Amazon EKS API Reference, NodegroupUpdateConfig).
const mostUnavailable = 100

func nodeGroupUnavailable(env Environment, found *Problems) {
	eachGroup(env, func(path string, group NodeGroup) {
		between(path+"maxUnavailable", group.MaxUnavailable, 1, mostUnavailable, "is not a number of nodes that an update replaces at once", found)
	})
}

// Names and values of labels (kubernetes.io, "Labels and Selectors").
var (
	labelName   = regexp.MustCompile(`^([a-z0-9]([a-z0-9.-]*[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$`)
	labelValue  = regexp.MustCompile(`^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$`)
	labelDomain = regexp.MustCompile(`(^|\.)(kubernetes\.io|k8s\.io|amazonaws\.com)/`)
)

// badLabel says what is wrong with a label or a taint; empty when nothing is.
func badLabel(key, value string) string {
	switch {
	case !labelName.MatchString(key):
		return "is not the name of a label"
	case labelDomain.MatchString(key):
		return "is a name that Kubernetes and EKS keep for themselves"
	case !labelValue.MatchString(value):
		return "is not the value of a label"
	}
	return ""
}

func nodeGroupLabels(env Environment, found *Problems) {
	eachGroup(env, func(path string, group NodeGroup) {
		for _, key := range slices.Sorted(maps.Keys(group.Labels)) {
			if fact := badLabel(key, group.Labels[key]); fact != "" {
				found.add(path+"labels["+key+"]", quoted(group.Labels[key]), fact, "use letters, digits, hyphens, underscores and dots, at most 63")
			}
		}
	})
}

func nodeGroupTaints(env Environment, found *Problems) {
	eachGroup(env, func(path string, group NodeGroup) {
		var keys []string
		at := func(i int) string { return path + "taints[" + strconv.Itoa(i) + "]" }
		for i, taint := range group.Taints {
			if fact := badLabel(taint.Key, taint.Value); fact != "" {
				found.add(at(i), quoted(taint.Key), fact, "use letters, digits, hyphens, underscores and dots, at most 63")
			}
			if effects := []string{"NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"}; !slices.Contains(effects, taint.Effect) {
				found.add(at(i)+".effect", quoted(taint.Effect), "is not the effect of a taint", "set "+oneOf(effects))
			}
			keys = append(keys, taint.Key+":"+taint.Effect)
		}
		noneTwice(keys, at, found)
	})
}
