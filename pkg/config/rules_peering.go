package config

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// mostPeerings is how many peerings one VPC can have (Amazon VPC User Guide,
// "Amazon VPC quotas": 50 active ones by default, 125 at most).
const mostPeerings = 125

// A peeringRule looks at one thing that can be wrong with the peering stack.
type peeringRule func(peering Peering, found *Problems)

var peeringRules = []peeringRule{
	peeringPeerName, peeringStack, peeringStackOnce, peeringRegion, peeringRole,
	matrixKnown, matrixSelf, matrixPairOnce, matrixQuota,
	func(peering Peering, found *Problems) { tagTexts(peering.Tags, found) },
}

// Validate returns everything that is wrong with the configuration, sorted.
func (p Peering) Validate() Problems {
	var found Problems
	for _, rule := range peeringRules {
		rule(p, &found)
	}
	return found.sorted()
}

func (p Peering) peerNames() []string { return slices.Sorted(maps.Keys(p.Peers)) }

func (p Peering) path(name, key string) string { return "peers[" + name + "]" + key }

// namePattern is a name that can stand in a resource's name; stackPattern is a
// stack's name, bare or as <organization>/<project>/<stack>.
var (
	namePattern  = regexp.MustCompile(`^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)
	stackPattern = regexp.MustCompile(`^([A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+/)?[A-Za-z0-9_.-]+$`)
)

func peeringPeerName(peering Peering, found *Problems) {
	for _, name := range peering.peerNames() {
		if !namePattern.MatchString(name) {
			found.add(peering.path(name, ""), quoted(name), "is not the name of an environment", "use lower-case letters, digits and dashes")
		}
	}
}

func peeringStack(peering Peering, found *Problems) {
	for _, name := range peering.peerNames() {
		path, stack := peering.path(name, ".stack"), peering.Peers[name].Stack
		if stack == "" {
			found.missing(path, "name the environment's stack, as in production")
		} else if !stackPattern.MatchString(stack) {
			found.add(path, quoted(stack), "is not the name of a stack", "write <stack> or <organization>/<project>/<stack>")
		}
	}
}

// peeringStackOnce refuses one stack under two names: the pair of the two would
// be a VPC peered with itself.
func peeringStackOnce(peering Peering, found *Problems) {
	owner := map[string]string{}
	for _, name := range peering.peerNames() {
		stack := peering.Peers[name].Stack
		if first, taken := owner[stack]; taken && stack != "" {
			found.add(peering.path(name, ".stack"), quoted(stack), "is the stack of "+peering.path(first, "")+" already", "remove one of the two")
			continue
		}
		owner[stack] = name
	}
}

func peeringRegion(peering Peering, found *Problems) {
	for _, name := range peering.peerNames() {
		checkRegion(peering.path(name, ".region"), peering.Peers[name].Region, found)
	}
}

func peeringRole(peering Peering, found *Problems) {
	for _, name := range peering.peerNames() {
		path, peer := peering.path(name, ".roleArn"), peering.Peers[name]
		if peer.RoleARN != "" {
			checkRole(path, peer.RoleARN, found)
			checkRolePartition(path, peer.RoleARN, peer.Region, found)
		}
	}
}

// entry is one entry of the matrix and the key that holds it.
type entry struct{ path, requester, accepter string }

// entries lists the matrix in a fixed order.
func (p Peering) entries() []entry {
	var all []entry
	for _, requester := range slices.Sorted(maps.Keys(p.Matrix)) {
		for i, accepter := range p.Matrix[requester] {
			all = append(all, entry{matrixPath(requester) + "[" + strconv.Itoa(i) + "]", requester, accepter})
		}
	}
	return all
}

func matrixPath(requester string) string { return "matrix[" + requester + "]" }

// pair is the entry regardless of its direction.
func (e entry) pair() string {
	names := []string{e.requester, e.accepter}
	slices.Sort(names)
	return strings.Join(names, " ")
}

func matrixKnown(peering Peering, found *Problems) {
	if peering.Peers == nil {
		return
	}
	remedy := "add it to peers or remove it; peers has " + strings.Join(peering.peerNames(), ", ")
	for requester := range peering.Matrix {
		if _, known := peering.Peers[requester]; !known {
			found.add(matrixPath(requester), quoted(requester), "is not one of peers", remedy)
		}
	}
	for _, e := range peering.entries() {
		if _, known := peering.Peers[e.accepter]; !known {
			found.add(e.path, quoted(e.accepter), "is not one of peers", remedy)
		}
	}
}

func matrixSelf(peering Peering, found *Problems) {
	for _, e := range peering.entries() {
		if e.requester == e.accepter {
			found.add(e.path, quoted(e.accepter), "would be peered with itself", "remove it")
		}
	}
}

// matrixPairOnce: two VPCs have one peering, whoever requests it.
func matrixPairOnce(peering Peering, found *Problems) {
	first := map[string]entry{}
	for _, e := range peering.entries() {
		earlier, seen := first[e.pair()]
		switch {
		case e.requester == e.accepter:
		case !seen:
			first[e.pair()] = e
		case earlier.requester == e.requester:
			found.add(e.path, quoted(e.accepter), "is listed already, at "+earlier.path, "remove one")
		default:
			found.add(e.path, quoted(e.accepter), "is the other direction of "+earlier.path+", and a peering works both ways", "remove one")
		}
	}
}

func matrixQuota(peering Peering, found *Problems) {
	partners := map[string]map[string]bool{}
	for _, e := range peering.entries() {
		if e.requester == e.accepter {
			continue
		}
		for _, side := range [][2]string{{e.requester, e.accepter}, {e.accepter, e.requester}} {
			if partners[side[0]] == nil {
				partners[side[0]] = map[string]bool{}
			}
			partners[side[0]][side[1]] = true
		}
	}
	for name, others := range partners {
		if len(others) > mostPeerings {
			found.add(peering.path(name, ""), fmt.Sprintf("%d peerings", len(others)),
				`is more than one VPC can have (AWS quota "Active VPC peering connections per VPC": 50 by default, 125 at most)`,
				"connect the environments by a Transit Gateway")
		}
	}
}
