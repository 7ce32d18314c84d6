package config

var detectionRules = []accountRule{securityHubControls}

// securityHubControls: what Security Hub checks, it checks by rules of AWS Config (AWS
// Security Hub User Guide, "Enabling and configuring AWS Config"); without a recorder it
// finds nothing, and says nothing of that.
func securityHubControls(account Account, found *Problems) {
	if baseline := account.Baseline; baseline.SecurityHub.Enabled && !baseline.Config.Enabled {
		found.add("baseline.securityHub.enabled", "true", "has controls that are rules of AWS Config, which baseline.config.enabled turns off",
			"set both to true, or both to false where the organization runs both")
	}
}
