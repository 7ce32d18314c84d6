package verify

import (
	"fmt"
	"strings"
)

// stores are the data stores with the port that each listens on: said here a second
// time, for the matrix of docs/network.md is written by the program.
var stores = []struct {
	name string
	port int
}{
	{"postgresql", 5432}, {"valkey", 6379}, {"kafka", 9098}, {"opensearch", 443},
}

// storeDoors: a store's group admits the app tier on the store's port and nothing else,
// and lets nothing out.
func storeDoors(n Network) (int, []Finding) {
	var findings []Finding
	for _, store := range stores {
		name := n.Environment + "-data-" + store.name
		groups := n.named(name)
		if len(groups) != 1 {
			findings = append(findings, Finding{"security group " + name, fmt.Sprintf("%d of the name", len(groups)), "one"})
			continue
		}
		var found []string
		for _, rule := range n.rules(groups[0]) {
			found = append(found, strings.Join([]string{rule.Direction, rule.Protocol, rule.Port, rule.Peer}, " "))
		}
		wanted := fmt.Sprintf("ingress tcp %d %s-%s", store.port, n.Environment, app)
		for _, extra := range without(found, []string{wanted}) {
			findings = append(findings, Finding{label(groups[0].GroupId, groups[0].Tags), extra, "nothing but " + wanted})
		}
		if absent := without([]string{wanted}, found); len(absent) > 0 {
			findings = append(findings, Finding{label(groups[0].GroupId, groups[0].Tags), "no such rule", wanted})
		}
	}
	return len(stores), findings
}
