package docs

import (
	"fmt"
	"slices"
	"strings"

	"aws-platform/pkg/dataflow"
)

// DataFlow returns docs/data-flow.md: for each diagram two flowcharts, of connections and of
// what AWS services carry by themselves, with a table under each, and where data are kept.
func DataFlow(diagrams ...*dataflow.Diagram) string {
	var page strings.Builder
	page.WriteString(`# Data flows

<!-- Written by ` + "`platform docs`" + ` from the resource graph; do not edit. -->

Who sends what to whom, by which port, and how it is encrypted: what PCI DSS v4.0.1 asks for in
requirement 1.2.4. Connections are what the security groups of both ends let through, so that
what is not drawn is not let through; pods of the cluster are members of the app group, and its
network policies let through less. Copies are what AWS services carry by themselves. Whatever an
environment keeps has the environment's classification, for nothing tells data in it apart:
all of production-pci counts as cardholder data, in red.
`)
	for _, d := range diagrams {
		fmt.Fprintf(&page, "\n## %s\n", d.Stack)
		writeFlows(&page, d, "connections", false)
		writeFlows(&page, d, "logs, backups, records and findings", true)
		writeKept(&page, d)
	}
	return page.String()
}

func writeFlows(page *strings.Builder, d *dataflow.Diagram, title string, copies bool) {
	flows := slices.DeleteFunc(slices.Clone(d.Flows), func(f dataflow.Flow) bool { return f.Copy != copies })
	fmt.Fprintf(page, "\n### %s: %s\n\n%s\n", d.Stack, title, flowchart(d, flows))
	page.WriteString("| from | to | what | protocol | encryption |\n|---|---|---|---|---|\n")
	for _, f := range flows {
		fmt.Fprintf(page, "| %s | %s | %s | %s | %s |\n", f.From, f.To, f.What, f.Protocol, f.Encryption)
	}
}

// shapes are how Mermaid draws the kinds of places.
var shapes = map[dataflow.Kind][2]string{
	dataflow.Outside: {"((", "))"}, dataflow.Balancer: {"{{", "}}"}, dataflow.Compute: {"[", "]"},
	dataflow.Store: {"[(", ")]"}, dataflow.Service: {"([", "])"},
}

func flowchart(d *dataflow.Diagram, flows []dataflow.Flow) string {
	var text strings.Builder
	text.WriteString("```mermaid\nflowchart LR\n")
	boxes := map[string][]dataflow.Place{}
	for _, place := range d.Places {
		if slices.ContainsFunc(flows, func(f dataflow.Flow) bool { return f.From == place.Name || f.To == place.Name }) {
			boxes[place.In] = append(boxes[place.In], place)
		}
	}
	for _, box := range []string{dataflow.InWorld, dataflow.InPeer, d.Stack, dataflow.InAccount, dataflow.InCopy} {
		if len(boxes[box]) == 0 {
			continue
		}
		fmt.Fprintf(&text, "  subgraph %s[\"%s\"]\n", identifier("in", box), box)
		for _, place := range boxes[box] {
			fmt.Fprintf(&text, "    %s%s\"%s\"%s\n", identifier("", place.Name), shapes[place.Kind][0], place.Name, shapes[place.Kind][1])
		}
		text.WriteString("  end\n")
	}
	for _, a := range labelled(flows) {
		fmt.Fprintf(&text, "  %s -->|\"%s\"| %s\n", a.from, a.label, a.to)
	}
	text.WriteString(cardholder(boxes))
	text.WriteString("```\n")
	return text.String()
}

// labelled are the arrows, one a pair of places, with what goes each way.
func labelled(flows []dataflow.Flow) []arrow {
	var arrows []arrow
	for _, f := range flows {
		label := f.Protocol
		if f.Copy {
			label = f.What
		}
		if strings.HasPrefix(f.Encryption, "none") {
			label += " without TLS"
		}
		a := arrow{identifier("", f.From), identifier("", f.To), label}
		at := slices.IndexFunc(arrows, func(b arrow) bool { return a.from == b.from && a.to == b.to })
		switch {
		case at < 0:
			arrows = append(arrows, a)
		case !slices.Contains(strings.Split(arrows[at].label, ", "), label):
			arrows[at].label += ", " + label
		}
	}
	return arrows
}

// cardholder paints the places that keep cardholder data.
func cardholder(boxes map[string][]dataflow.Place) string {
	var names []string
	for _, places := range boxes {
		for _, place := range places {
			if place.Classification == dataflow.CardholderData {
				names = append(names, identifier("", place.Name))
			}
		}
	}
	if len(names) == 0 {
		return ""
	}
	slices.Sort(names)
	return "  classDef cardholder fill:#fdd,stroke:#c00,color:#000\n  class " + strings.Join(names, ",") + " cardholder\n"
}

func writeKept(page *strings.Builder, d *dataflow.Diagram) {
	fmt.Fprintf(page, "\n### %s: where data are kept\n\n| place | where | classification | key |\n|---|---|---|---|\n", d.Stack)
	for _, place := range d.Places {
		if place.Classification != "" {
			fmt.Fprintf(page, "| %s | %s | %s | %s |\n", place.Name, place.In, place.Classification, place.Key)
		}
	}
}

// identifier is a name that Mermaid takes: letters, digits and underscores. A digit does not
// begin it, nor does a word of Mermaid's own, such as "end", make it up.
func identifier(prefix, name string) string {
	clean := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, name)
	if prefix == "" {
		prefix = "p"
	}
	return prefix + "_" + clean
}
