package dataflow

import (
	"cmp"
	"slices"
	"strings"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/routing"
	"aws-platform/pkg/securitygroups"
)

// Kind is what a place is.
type Kind int

// The kinds of places.
const (
	Outside Kind = iota
	Balancer
	Compute
	Store
	Service
)

// Where a place is, but for the VPC of the environment, which has the environment's name.
const (
	InWorld   = "outside"
	InAccount = "AWS services of the account"
	InCopy    = "another region"
	InPeer    = "peered environments"
)

// CardholderData is the value of the tag DataClassification of what may hold card data.
const CardholderData = "cardholder-data"

// Place is one end of flows.
type Place struct {
	// Name is unique in a diagram: "production-pci-postgresql", "internet".
	Name string
	Kind Kind
	// In is the box around the place.
	In string
	// Classification is the tag DataClassification of what keeps data; empty where nothing is kept.
	Classification string
	// Key says by what the data are encrypted where they are kept.
	Key string
}

// Flow is what one place sends to another.
type Flow struct {
	From, To string
	// What is carried, in words.
	What string
	// Protocol is "tcp 443"; for a copy the service's own way, "AWS API".
	Protocol string
	// Encryption says how it is encrypted on the way; "none" begins what is not.
	Encryption string
	// Copy tells what an AWS service carries by itself from what a connection does.
	Copy bool
}

// Diagram is the flows of one environment with its account.
type Diagram struct {
	Stack  string
	Places []Place
	Flows  []Flow

	environment, account *graph.Graph
	graphs               map[string]*graph.Graph
	tables               []routing.Table
}

// Of returns the flows of an environment. The graphs are those of all stacks by name; that of
// its account may be missing. Errors are those of securitygroups.Read and routing.Tables.
func Of(graphs map[string]*graph.Graph, stack string) (*Diagram, error) {
	var network []*graph.Graph
	for name, g := range graphs {
		if !strings.HasPrefix(name, config.AccountStackPrefix) {
			network = append(network, g)
		}
	}
	groups, err := securitygroups.Read(network...)
	if err != nil {
		return nil, err
	}
	tables, err := routing.Tables(network...)
	if err != nil {
		return nil, err
	}
	d := &Diagram{Stack: stack, graphs: graphs, tables: tables, environment: graphs[stack], account: graphs[config.AccountStackPrefix+stack]}
	d.connections(groups)
	d.logs()
	d.backups()
	d.alarms(d.environment)
	if d.account != nil {
		d.records()
		d.alarms(d.account)
	}
	d.sort()
	return d, nil
}

func (d *Diagram) sort() {
	slices.SortFunc(d.Places, func(a, b Place) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(d.Flows, func(a, b Flow) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Protocol, b.Protocol), cmp.Compare(a.What, b.What))
	})
	d.Flows = slices.Compact(d.Flows)
}

// place adds a place unless it is there, and returns its name.
func (d *Diagram) place(p Place) string {
	if !slices.ContainsFunc(d.Places, func(known Place) bool { return known.Name == p.Name }) {
		d.Places = append(d.Places, p)
	}
	return p.Name
}

func (d *Diagram) copy(from, to, what, protocol, encryption string) {
	d.Flows = append(d.Flows, Flow{From: from, To: to, What: what, Protocol: protocol, Encryption: encryption, Copy: true})
}

// Missing are the stores, buckets, vaults and load balancers that are in no flow.
func (d *Diagram) Missing() []string {
	var missing []string
	for _, g := range []*graph.Graph{d.environment, d.account} {
		if g == nil {
			continue
		}
		for _, r := range g.Resources {
			if name, drawn := nameIn(r); drawn && !d.touches(name) {
				missing = append(missing, name)
			}
		}
	}
	slices.Sort(missing)
	return missing
}

func (d *Diagram) touches(place string) bool {
	return slices.ContainsFunc(d.Flows, func(f Flow) bool { return f.From == place || f.To == place })
}

// nameIn is what a resource is called as a place, and whether it has to be one.
func nameIn(r graph.Resource) (name string, drawn bool) {
	switch r.Type {
	case bucketType:
		return r.String("bucket"), true
	case databaseType, cacheType, kafkaType, searchType, vaultType, balancerType:
		return r.Name, true
	default:
		return "", false
	}
}

// tagOf is the tag DataClassification that a resource has: its own, or that of its provider.
func tagOf(g *graph.Graph, r graph.Resource) string {
	const tag = "tags.DataClassification"
	provider, _ := g.ByURN(r.Provider)
	return cmp.Or(r.String(tag), provider.String("defaultTags."+tag))
}
