package config

import (
	"math"
	"slices"
	"strings"
)

// The keys of the projects' namespaces; Pulumi.yaml declares each.
var (
	environmentSections = []string{"network", "access", "compute", "data", "cluster", "observability", "backup", "cost", "tags"}
	peeringSections     = []string{"peers", "matrix", "tags"}
)

// Decode reads the configuration of an environment's stack. values is fully
// qualified key to value, objects as JSON text, as the Pulumi engine hands them
// to a program and as [ReadStackFile] returns them. Keys of other namespaces
// than platform and aws are left alone: they are Pulumi's.
//
// The error is of type [Problems] and holds everything that is wrong.
func Decode(stack string, values map[string]string) (*Environment, error) {
	env, r := readEnvironment(stack, values)
	if problems := r.join(env.Validate()); len(problems) > 0 {
		return nil, problems
	}
	return &env, nil
}

// readEnvironment reads what can be read, and does not validate it.
func readEnvironment(stack string, values map[string]string) (Environment, *reading) {
	r := &reading{}
	env := Environment{Name: stack, today: now()}
	env.AWS = r.aws(stack, values)
	sections := r.sections(ProjectName, values, environmentSections)
	env.Network = r.network(sections["network"])
	r.section("access", sections["access"], &env.Access)
	env.Compute = r.compute(env, sections["compute"])
	env.Data = r.data(env, sections["data"])
	env.Cluster = r.cluster(env, sections["cluster"])
	env.Observability = r.observability(env, sections["observability"])
	env.Backup = defaultBackup(env)
	r.section("backup", sections["backup"], &env.Backup)
	env.Cost = r.cost(env, sections["cost"])
	r.section("tags", sections["tags"], &env.Tags)
	return env, r
}

// DecodePeering reads the configuration of the peering stack, in the form that
// [Decode] takes. The error is of type [Problems] and holds everything that is
// wrong, but for what only the stacks' outputs tell: their addresses.
func DecodePeering(values map[string]string) (*Peering, error) {
	peering, r := readPeering(values)
	if problems := r.join(peering.Validate()); len(problems) > 0 {
		return nil, problems
	}
	return &peering, nil
}

// readPeering reads what can be read, and does not validate it.
func readPeering(values map[string]string) (Peering, *reading) {
	r := &reading{}
	var peering Peering
	for key := range namespace("aws", values) {
		r.problems.add("aws:"+key, "unknown key", ignoredAWSKey, "name the region and the role of each peer in peers")
	}
	sections := r.sections(PeeringProjectName, values, peeringSections)
	if peers, present := sections["peers"]; present {
		peering.Peers = each(r, "peers", peers, newPeeringPeer)
	}
	r.section("matrix", sections["matrix"], &peering.Matrix)
	r.section("tags", sections["tags"], &peering.Tags)
	return peering, r
}

func newPeeringPeer() PeeringPeer { return PeeringPeer{DNSResolution: true, AdditionalRoutes: true} }

// namespace are the values of one namespace, by their name in it.
func namespace(name string, values map[string]string) map[string]string {
	named := map[string]string{}
	for key, value := range values {
		if rest, ok := strings.CutPrefix(key, name+":"); ok {
			named[rest] = value
		}
	}
	return named
}

// sections parses the known keys of the project's namespace and refuses the others.
func (r *reading) sections(project string, values map[string]string, known []string) map[string]any {
	found := map[string]any{}
	for key, value := range namespace(project, values) {
		if !slices.Contains(known, key) {
			r.problems.add(key, "unknown key", "the platform does not know it and would ignore it",
				"remove it or correct its spelling: "+project+":"+strings.Join(known, ", "+project+":"))
			continue
		}
		found[key] = parseTree(value)
	}
	for _, key := range known {
		if _, present := found[key]; !present {
			r.refuse(key, none, "is required", "set "+project+":"+key+" in the stack file")
		}
	}
	return found
}

// section decodes a section into target; a missing one has been reported already.
func (r *reading) section(path string, value, target any) {
	if value != nil {
		r.into(path, value, target)
	}
}

// network decodes platform:network, its zones and peers element by element.
func (r *reading) network(value any) Network {
	net := Network{RulesPerNetworkACL: leastACLRules}
	tree, ok := value.(map[string]any)
	if !ok || isSecret(tree) {
		r.section("network", value, &net)
		return net
	}
	zones, hasZones := take(tree, "zones")
	peers, hasPeers := take(tree, "peers")
	r.into("network", tree, &net)
	if hasZones {
		net.Zones = each(r, "network.zones", zones, zero[Zone])
	}
	if hasPeers {
		net.Peers = r.peers(peers)
	}
	return net
}

// unset is a rule index that no stack file gave.
const unset = math.MinInt

func (r *reading) peers(value any) map[string]Peer {
	peers := map[string]Peer{}
	for name, element := range each(r, "network.peers", value, zero[any]) {
		path := "network.peers[" + name + "]"
		peer := Peer{RuleIndex: unset}
		fields, _ := element.(map[string]any)
		zones, hasZones := take(fields, "zones")
		r.section(path, element, &peer)
		if hasZones {
			peer.Zones = each(r, path+".zones", zones, zero[PeerZone])
		}
		peers[name] = peer
	}
	return peers
}

// join adds what validation found to what reading found, sorted. Left out is
// what only follows from a value that could not be read.
func (r *reading) join(found Problems) Problems {
	problems := r.problems
	for _, problem := range found {
		if !slices.ContainsFunc(r.unread, func(path string) bool { return related(path, problem.Path) }) {
			problems = append(problems, problem)
		}
	}
	return problems.sorted()
}

// related tells whether one path is, or lies below, the other.
func related(a, b string) bool { return a == b || below(a, b) || below(b, a) }

func below(path, parent string) bool {
	rest, ok := strings.CutPrefix(path, parent)
	return ok && rest != "" && (rest[0] == '.' || rest[0] == '[')
}
