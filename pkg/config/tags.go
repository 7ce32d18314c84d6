package config

// Tags are what every resource is tagged with. All are required: cost reports
// and the scoping of an audit read them.
type Tags struct {
	// Project is the tag Project.
	Project string `mapstructure:"project"`
	// CostCenter is the tag CostCenter.
	CostCenter string `mapstructure:"costCenter"`
	// DataClassification is the tag DataClassification, the most sensitive data of the environment.
	DataClassification string `mapstructure:"dataClassification"`
	// Owner is the tag Owner, the team to call.
	Owner string `mapstructure:"owner"`
}

// asMap returns the tags of a resource of an environment, by the key that AWS shows.
func (t Tags) asMap(environment string) map[string]string {
	return map[string]string{
		"Environment":        environment,
		"ManagedBy":          "pulumi",
		"Project":            t.Project,
		"CostCenter":         t.CostCenter,
		"DataClassification": t.DataClassification,
		"Owner":              t.Owner,
	}
}
