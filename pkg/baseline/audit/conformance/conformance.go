// Package conformance has the conformance packs of AWS Config, as templates: PCI DSS for the
// account of production-pci, and what is expected of every account elsewhere. A pack is
// YAML in the form of CloudFormation, with rules that AWS manages and nothing else; who wrote
// it after what stands at its head.
package conformance

import _ "embed"

var (
	//go:embed pci-dss.yaml
	pciDSS string
	//go:embed baseline.yaml
	baseline string
)

// What AWS Config takes (AWS Config API Reference, "PutConformancePack"; AWS Config Developer
// Guide, "Service Limits for AWS Config").
const (
	// LongestTemplate is in bytes; a longer one would have to lie in a bucket.
	LongestTemplate = 51_200
	// MostRules are the rules of one pack.
	MostRules = 130
)

// Pack is a conformance pack.
type Pack struct {
	// Name is the physical name.
	Name string
	// Template is its text.
	Template string
}

// For is the pack of an account: pci tells whether it has card data.
func For(pci bool) Pack {
	if pci {
		return Pack{Name: "platform-pci-dss", Template: pciDSS}
	}
	return Pack{Name: "platform-baseline", Template: baseline}
}
