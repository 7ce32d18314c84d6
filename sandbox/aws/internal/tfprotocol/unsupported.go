package tfprotocol

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// unsupported answers the calls that the bridge's copy of protocol 5 does not have.
// The bridge makes none of them for resources.
type unsupported struct{}

func refuse(method string) error {
	return fmt.Errorf("tfprotocol: %s is not part of the plugin protocol 5 that this client speaks", method)
}

// GetResourceIdentitySchemas answers that no type has an identity of its own.
func (unsupported) GetResourceIdentitySchemas(
	context.Context, *tfprotov6.GetResourceIdentitySchemasRequest,
) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{
		IdentitySchemas: map[string]*tfprotov6.ResourceIdentitySchema{},
	}, nil
}

// UpgradeResourceIdentity is refused.
func (unsupported) UpgradeResourceIdentity(
	context.Context, *tfprotov6.UpgradeResourceIdentityRequest,
) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return nil, refuse("UpgradeResourceIdentity")
}

// ValidateEphemeralResourceConfig is refused.
func (unsupported) ValidateEphemeralResourceConfig(
	context.Context, *tfprotov6.ValidateEphemeralResourceConfigRequest,
) (*tfprotov6.ValidateEphemeralResourceConfigResponse, error) {
	return nil, refuse("ValidateEphemeralResourceConfig")
}

// OpenEphemeralResource is refused.
func (unsupported) OpenEphemeralResource(
	context.Context, *tfprotov6.OpenEphemeralResourceRequest,
) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	return nil, refuse("OpenEphemeralResource")
}

// RenewEphemeralResource is refused.
func (unsupported) RenewEphemeralResource(
	context.Context, *tfprotov6.RenewEphemeralResourceRequest,
) (*tfprotov6.RenewEphemeralResourceResponse, error) {
	return nil, refuse("RenewEphemeralResource")
}

// CloseEphemeralResource is refused.
func (unsupported) CloseEphemeralResource(
	context.Context, *tfprotov6.CloseEphemeralResourceRequest,
) (*tfprotov6.CloseEphemeralResourceResponse, error) {
	return nil, refuse("CloseEphemeralResource")
}
