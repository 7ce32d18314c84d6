// Package coverage says where the sandbox is not AWS: which types are simulated and
// which properties are kept because the emulator does not give them back.
package coverage

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/proto"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"

	"aws-platform/sandbox/aws/internal/echo"
	"aws-platform/sandbox/aws/internal/simulated"
	"aws-platform/sandbox/aws/internal/tokens"
)

// Report is what `pulumi-resource-aws -coverage` prints as JSON. Types and properties
// have Pulumi's names, except where a field says Terraform's.
type Report struct {
	Simulated []Simulated `json:"simulated"`
	// Kept is every type that is real but for its deletion, which the state alone sees.
	Kept []Simulated `json:"kept"`
	// Frozen is every type that is real but for its updates, which the state alone sees.
	Frozen []Simulated `json:"frozen"`
	Echoes []Echo      `json:"echoes"`
	// Types is every resource type that the plugin serves, Functions every function; sorted.
	Types     []string `json:"types"`
	Functions []string `json:"functions"`
}

// Simulated is a type that the emulator lacks.
type Simulated struct {
	Type          string `json:"type"`
	TerraformType string `json:"terraformType"`
	Reason        string `json:"reason"`
}

// Echo is properties of a type that a refresh takes from the state, or that the emulator never sees.
type Echo struct {
	Type       string   `json:"type"`
	Properties []string `json:"properties"`
	// Loss is how it is lost, see package echo: forgotten, shared, added or dropped.
	Loss   string `json:"loss"`
	Reason string `json:"reason"`
}

// Of makes the report. A table that names a type or an attribute that the plugin does
// not serve is an error: it would announce what is not so.
func Of(ctx context.Context) (*Report, error) {
	resources := tokens.Resources()
	report := &Report{Echoes: []Echo{}}
	for _, one := range resources {
		report.Types = append(report.Types, string(one.Tok))
	}
	slices.Sort(report.Types)
	for _, one := range tokens.Functions() {
		report.Functions = append(report.Functions, string(one.Tok))
	}
	slices.Sort(report.Functions)
	var err error
	if report.Simulated, err = listed(simulated.Table()); err != nil {
		return nil, err
	}
	if report.Kept, err = listed(simulated.Kept()); err != nil {
		return nil, err
	}
	if report.Frozen, err = listed(simulated.Frozen()); err != nil {
		return nil, err
	}
	for _, one := range echo.Table() {
		names, err := properties(ctx, one)
		if err != nil {
			return nil, err
		}
		report.Echoes = append(report.Echoes,
			Echo{string(resources[one.Terraform].Tok), names, string(one.Loss), one.Reason})
	}
	return report, nil
}

// listed are the entries of a table of types.
func listed(table []simulated.Type) ([]Simulated, error) {
	resources, list := tokens.Resources(), []Simulated{}
	for _, one := range table {
		served, ok := resources[one.Terraform]
		if !ok {
			return nil, fmt.Errorf("simulated types: %s is not among the %d types served", one.Terraform, len(resources))
		}
		list = append(list, Simulated{string(served.Tok), one.Terraform, one.Reason})
	}
	return list, nil
}

// properties are Pulumi's names of an entry's attributes.
func properties(ctx context.Context, one echo.Property) ([]string, error) {
	schema, err := tokens.Schema()
	if err != nil {
		return nil, err
	}
	resource, served := proto.New(ctx, schema.Server()).ResourcesMap().GetOk(one.Terraform)
	if !served {
		return nil, fmt.Errorf("echoes: %s is not among the types served", one.Terraform)
	}
	names := map[string]bool{}
	for _, attribute := range one.Attributes {
		if _, ok := resource.Schema().GetOk(attribute); !ok {
			return nil, fmt.Errorf("echoes: %s has no attribute %q", one.Terraform, attribute)
		}
		fields := tokens.Resources()[one.Terraform].Fields
		names[tfbridge.TerraformToPulumiNameV2(attribute, resource.Schema(), fields)] = true
	}
	return slices.Sorted(maps.Keys(names)), nil
}
