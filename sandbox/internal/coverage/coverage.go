// Package coverage reads the plugins' tables of what the local cloud cannot do.
package coverage

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
)

// Table is what `pulumi-resource-aws -coverage` prints, and the Kubernetes plugin too.
type Table struct {
	// Simulated types are validated and planned by the real provider, but
	// recorded instead of created: the emulator lacks their API.
	Simulated []struct {
		Type          string `json:"type"`
		TerraformType string `json:"terraformType"`
		Reason        string `json:"reason"`
	} `json:"simulated"`
	// Kept types are real but for their deletion: what was made stays until the
	// emulator is stopped.
	Kept []struct {
		Type   string `json:"type"`
		Reason string `json:"reason"`
	} `json:"kept"`
	// Frozen types are made and deleted; their updates are simulated, and their drift
	// cannot be seen.
	Frozen []struct {
		Type   string `json:"type"`
		Reason string `json:"reason"`
	} `json:"frozen"`
	// Echoes are types that exist in the emulator, whose answers forget some of
	// what was asked; what was planned wins for these properties.
	Echoes []struct {
		Type       string   `json:"type"`
		Properties []string `json:"properties"`
		Reason     string   `json:"reason"`
	} `json:"echoes"`
	// Types lists every resource type the plugin serves.
	Types []json.RawMessage `json:"types"`
}

// Read asks the executables of plugins for their tables, and returns one of them all.
func Read(ctx context.Context, plugins ...string) (Table, error) {
	var all Table
	for _, plugin := range plugins {
		out, err := exec.CommandContext(ctx, plugin, "-coverage").Output()
		if err != nil {
			return Table{}, fmt.Errorf("%s -coverage: %w", plugin, err)
		}
		var table Table
		if err := json.Unmarshal(out, &table); err != nil {
			return Table{}, fmt.Errorf("%s -coverage: %w", plugin, err)
		}
		all.Simulated = append(all.Simulated, table.Simulated...)
		all.Kept = append(all.Kept, table.Kept...)
		all.Frozen = append(all.Frozen, table.Frozen...)
		all.Echoes = append(all.Echoes, table.Echoes...)
		all.Types = append(all.Types, table.Types...)
	}
	return all, nil
}

// Reason returns why resources of a Pulumi type are simulated, "" when they
// are not.
func (t Table) Reason(pulumiType string) string {
	for _, entry := range t.Simulated {
		if entry.Type == pulumiType {
			return entry.Reason
		}
	}
	return ""
}
