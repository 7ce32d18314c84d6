// Package waits shortens the waits of a provider that the emulator does not need. The
// provider takes the timeouts of a resource out of its private state, where the plan put
// them; some of its waits are a part of the timeout, with nothing to be waited for here.
package waits

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// timeoutsKey is where the provider's SDK keeps the timeouts in the private state
// (terraform-plugin-sdk/v2, helper/schema, TimeoutKey).
const timeoutsKey = "e2bfb730-ecaa-11e6-8f88-34363bc7c4c0"

// Wait is a type whose timeouts are shortened.
type Wait struct {
	// Terraform is Terraform's name of the type.
	Terraform string
	// Timeout is that of creation, update and deletion.
	Timeout time.Duration
	// Reason says what the provider waits for.
	Reason string
}

// Table is every type whose timeouts are shortened.
func Table() []Wait {
	return []Wait{{
		"aws_opensearch_domain", 15 * time.Second,
		"the provider waits ten minutes of its hour before it asks for the first time; the emulator's domain is there at once",
	}}
}

// Server is a provider some of whose timeouts are shortened.
type Server struct {
	tfprotov6.ProviderServer

	waits map[string]time.Duration
}

// Wrap puts the table in front of a provider.
func Wrap(inner tfprotov6.ProviderServer, table []Wait) *Server {
	waits := make(map[string]time.Duration, len(table))
	for _, one := range table {
		waits[one.Terraform] = one.Timeout
	}
	return &Server{ProviderServer: inner, waits: waits}
}

// ApplyResourceChange hands the provider short timeouts.
func (s *Server) ApplyResourceChange(
	ctx context.Context, request *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	timeout, listed := s.waits[request.TypeName]
	if !listed {
		return s.ProviderServer.ApplyResourceChange(ctx, request)
	}
	private, err := shortened(request.PlannedPrivate, timeout)
	if err != nil {
		return nil, fmt.Errorf("%s: private state: %w", request.TypeName, err)
	}
	short := *request
	short.PlannedPrivate = private
	return s.ProviderServer.ApplyResourceChange(ctx, &short)
}

// shortened is the private state with other timeouts.
func shortened(private []byte, timeout time.Duration) ([]byte, error) {
	meta := map[string]any{}
	if len(private) > 0 {
		if err := json.Unmarshal(private, &meta); err != nil {
			return nil, err
		}
	}
	meta[timeoutsKey] = map[string]any{"create": timeout, "update": timeout, "delete": timeout}
	return json.Marshal(meta)
}
