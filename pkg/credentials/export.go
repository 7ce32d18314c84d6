package credentials

import (
	"encoding/json"
	"errors"
	"fmt"
)

// ScanExport scans what `pulumi stack export` prints: inputs and outputs of every
// resource, by URN. What is encrypted stays so: an export with --show-secrets has
// findings. The error is of a text that is no export.
func ScanExport(text []byte) ([]Finding, error) {
	var export struct {
		Deployment struct {
			Resources []struct {
				URN     string         `json:"urn"`
				Inputs  map[string]any `json:"inputs"`
				Outputs map[string]any `json:"outputs"`
			} `json:"resources"`
		} `json:"deployment"`
	}
	if err := json.Unmarshal(text, &export); err != nil {
		return nil, fmt.Errorf("not what `pulumi stack export` prints: %w", err)
	}
	if len(export.Deployment.Resources) == 0 {
		return nil, errors.New("not what `pulumi stack export` prints: no resources: export a stack that is deployed")
	}
	var found []Finding
	for _, r := range export.Deployment.Resources {
		found = append(found, Scan(r.URN+" inputs", r.Inputs)...)
		found = append(found, Scan(r.URN+" outputs", r.Outputs)...)
	}
	return found, nil
}
