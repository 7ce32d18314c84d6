package stacks

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// Inventory counts a deployed stack's resources by Pulumi type token.
type Inventory map[string]int

// Total counts all resources, components and providers included.
func (i Inventory) Total() int {
	total := 0
	for _, n := range i {
		total += n
	}
	return total
}

// Inventory reads a stack's resources with `pulumi stack export`.
func (p Pulumi) Inventory(ctx context.Context, stack Stack) (Inventory, error) {
	out, err := p.Command(ctx, stack, "stack", "export").Output()
	if err != nil {
		return nil, fmt.Errorf("pulumi stack export -s %s: %w%s", stack.Name, err, stderr(err))
	}
	return parseExport(out)
}

// parseExport counts the resources of an exported stack.
func parseExport(raw []byte) (Inventory, error) {
	var export struct {
		Deployment struct {
			Resources []struct {
				Type string `json:"type"`
			} `json:"resources"`
		} `json:"deployment"`
	}
	if err := json.Unmarshal(raw, &export); err != nil {
		return nil, fmt.Errorf("exported stack: %w", err)
	}
	inventory := Inventory{}
	for _, resource := range export.Deployment.Resources {
		inventory[resource.Type]++
	}
	return inventory, nil
}

// stderr returns what a failed command wrote to its standard error.
func stderr(err error) string {
	var exit *exec.ExitError
	if !errors.As(err, &exit) || len(exit.Stderr) == 0 {
		return ""
	}
	return "\n" + strings.TrimSpace(string(exit.Stderr))
}
