package settings

import (
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"aws-platform/sandbox/aws/internal/invent"
)

// placeOf reads where a provider will work: its region, or the environment's; the
// account of the role that it assumes, or the one account that it allows.
func placeOf(settings map[string]tftypes.Value) invent.Place {
	place := invent.Place{Region: text(settings["region"]), Account: assumed(settings["assume_role"])}
	if place.Region == "" {
		place.Region = os.Getenv("AWS_REGION")
	}
	if place.Account == "" {
		if allowed := elements(settings["allowed_account_ids"]); len(allowed) == 1 {
			place.Account = text(allowed[0])
		}
	}
	return place
}

// assumed is the account in the ARN of the last role that the provider assumes: each
// role is assumed from the one before.
func assumed(roles tftypes.Value) string {
	all := elements(roles)
	if len(all) == 0 {
		return ""
	}
	role := map[string]tftypes.Value{}
	if err := all[len(all)-1].As(&role); err != nil {
		return ""
	}
	parts := strings.Split(text(role["role_arn"]), ":")
	const account = 4 // arn:aws:iam::111111111111:role/name
	if len(parts) <= account {
		return ""
	}
	return parts[account]
}

func elements(value tftypes.Value) []tftypes.Value {
	var all []tftypes.Value
	if value.Type() == nil || value.IsNull() || !value.IsKnown() || value.As(&all) != nil {
		return nil
	}
	return all
}

func text(value tftypes.Value) string {
	var read string
	if value.Type() == nil || value.IsNull() || !value.IsKnown() || value.As(&read) != nil {
		return ""
	}
	return read
}
