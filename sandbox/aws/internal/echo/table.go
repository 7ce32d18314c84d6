package echo

// Loss is how the emulator fails to give a property back.
type Loss string

const (
	// Forgotten properties come back empty; anything else that comes back is believed.
	Forgotten Loss = "forgotten"
	// Shared properties come back as another resource set them; what comes back is never believed.
	Shared Loss = "shared"
	// Added properties are lists that come back with elements that nobody set; while all that
	// was set is among them, they are taken to be as they were.
	Added Loss = "added"
	// Dropped properties are lost by every update that leaves them alone, so that each sends
	// them again; where somebody else lost them, they come back empty as forgotten ones do.
	Dropped Loss = "dropped"
)

// Property is an attribute of a type that the emulator does not give back as it was set.
type Property struct {
	// Terraform is Terraform's name of the type.
	Terraform string
	// Attributes are the attributes, by Terraform's names, at the top of the resource.
	Attributes []string
	// Loss says how they come back.
	Loss Loss
	// Reason says what the emulator does.
	Reason string
}

// Table is every property that a refresh keeps as the state has it. Drift of these
// properties cannot be seen, or only partly.
func Table() []Property {
	const tags = "moto 5.2.1: a peering has one set of tags for both accounts"
	const described = "moto 5.2.1: loses the description of a rule that refers to a group or a prefix list"
	const policy = "moto 5.2.1: gives every scaling policy back as disabled, with an empty predictive part"
	return []Property{
		{
			"aws_autoscaling_group",
			[]string{"default_instance_warmup", "max_instance_lifetime"},
			Forgotten, "moto 5.2.1: keeps neither",
		},
		{
			"aws_autoscaling_group",
			[]string{"mixed_instances_policy"},
			Dropped, "moto 5.2.1: UpdateAutoScalingGroup without the policy removes it",
		},
		{"aws_autoscaling_policy", []string{"enabled"}, Forgotten, policy},
		{"aws_autoscaling_policy", []string{"predictive_scaling_configuration"}, Added, policy},
		{"aws_backup_plan", []string{"tags", "tags_all"}, Forgotten, "moto 5.2.1: gives no tags of plans back"},
		{"aws_backup_vault", []string{"tags", "tags_all"}, Forgotten, "moto 5.2.1: gives no tags of vaults back"},
		{
			"aws_db_instance",
			[]string{
				"monitoring_interval", "monitoring_role_arn", "performance_insights_enabled",
				"performance_insights_kms_key_id", "performance_insights_retention_period",
			},
			Forgotten, "moto 5.2.1: keeps neither Enhanced Monitoring nor Performance Insights",
		},
		{"aws_db_parameter_group", []string{"parameter"}, Forgotten, "moto 5.2.1: gives no parameters of a group back"},
		{"aws_kms_key", []string{"rotation_period_in_days"}, Forgotten, "moto 5.2.1: keeps no rotation period"},
		{
			"aws_launch_template",
			[]string{"tag_specifications"},
			Added, "moto 5.2.1: gives a template's own tags back as the tags of what it launches, too",
		},
		{"aws_route53_zone", []string{"vpc"}, Forgotten, "moto 5.2.1: records a private zone as a public one, without its VPCs"},
		{"aws_vpc_dhcp_options", []string{"tags", "tags_all"}, Forgotten, "moto 5.2.1: ignores tags given on creation"},
		{"aws_vpc_peering_connection", []string{"tags", "tags_all"}, Shared, tags},
		{"aws_vpc_peering_connection_accepter", []string{"tags", "tags_all"}, Shared, tags},
		{"aws_vpc_security_group_egress_rule", []string{"description"}, Forgotten, described},
		{"aws_vpc_security_group_ingress_rule", []string{"description"}, Forgotten, described},
	}
}
