package docs_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/dataflow"
	"aws-platform/pkg/docs"
)

func TestDataFlowDrawsConnectionsAndCopies(t *testing.T) {
	page := docs.DataFlow(&dataflow.Diagram{
		Stack: "production-pci",
		Places: []dataflow.Place{
			{Name: "internet", Kind: dataflow.Outside, In: dataflow.InWorld},
			{Name: "production-pci-postgresql", Kind: dataflow.Store, In: "production-pci", Classification: dataflow.CardholderData, Key: "KMS alias/production-pci/rds"},
			{Name: "production-pci-app", Kind: dataflow.Compute, In: "production-pci"},
			{Name: "unused", Kind: dataflow.Compute, In: "production-pci"},
		},
		Flows: []dataflow.Flow{
			{From: "production-pci-app", To: "internet", What: "HTTPS", Protocol: "tcp 443", Encryption: "TLS"},
			{From: "production-pci-app", To: "production-pci-postgresql", What: "Connections", Protocol: "tcp 5432", Encryption: "none"},
			{From: "production-pci-app", To: "production-pci-postgresql", What: "Connections", Protocol: "tcp 5433", Encryption: "TLS"},
			{From: "production-pci-postgresql", To: "internet", What: "backups", Protocol: "AWS API", Encryption: "TLS", Copy: true},
		},
	})
	for _, want := range []string{
		"  subgraph in_production_pci[\"production-pci\"]\n    p_production_pci_postgresql[(\"production-pci-postgresql\")]\n    p_production_pci_app[\"production-pci-app\"]\n  end\n",
		"  p_production_pci_app -->|\"tcp 5432 without TLS, tcp 5433\"| p_production_pci_postgresql\n",
		"  p_production_pci_postgresql -->|\"backups\"| p_internet\n",
		"  class p_production_pci_postgresql cardholder\n",
		"| production-pci-app | production-pci-postgresql | Connections | tcp 5432 | none |\n",
		"| production-pci-postgresql | production-pci | cardholder-data | KMS alias/production-pci/rds |\n",
	} {
		assert.Contains(t, page, want)
	}
	assert.NotContains(t, page, "p_unused")
}
