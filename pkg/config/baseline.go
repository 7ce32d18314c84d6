package config

// Baseline is the configuration of what secures an account. Each part has a switch, for an
// organization may own it centrally; what then must exist elsewhere is said in a preview.
type Baseline struct {
	// RunbookURL and Subscriptions are as in platform:observability, of the account's topic.
	RunbookURL    string        `mapstructure:"runbookUrl"`
	Subscriptions Subscriptions `mapstructure:"subscriptions"`
	// CloudTrail is the account's trail, with its bucket, log group and alarms.
	CloudTrail CloudTrail `mapstructure:"cloudTrail"`
	// Config is AWS Config with its conformance pack.
	Config AWSConfig `mapstructure:"config"`
	// SessionManager are the preferences of Session Manager.
	SessionManager SessionManager `mapstructure:"sessionManager"`
	// GuardDuty, SecurityHub, Inspector, AccessAnalyzer and Macie are on by default.
	GuardDuty      Switch `mapstructure:"guardDuty"`
	SecurityHub    Switch `mapstructure:"securityHub"`
	Inspector      Switch `mapstructure:"inspector"`
	AccessAnalyzer Switch `mapstructure:"accessAnalyzer"`
	// Macie watches the buckets of card data; on by default in production-pci alone.
	Macie Switch `mapstructure:"macie"`
	// AccountDefaults are EBS encryption by default, IMDSv2, the S3 public access block and
	// the password policy; on by default.
	AccountDefaults Switch `mapstructure:"accountDefaults"`
	// MFA denies everything to people's roles without multi-factor authentication; on by default.
	MFA Switch `mapstructure:"mfa"`
	// CostAllocationTags activates the tags by which costs are told apart, which the payer's
	// account alone may; off by default.
	CostAllocationTags Switch `mapstructure:"costAllocationTags"`
}

// Switch tells whether the account's stack makes a part.
type Switch struct {
	// Enabled makes it.
	Enabled bool `mapstructure:"enabled"`
}

// CloudTrail is the account's trail.
type CloudTrail struct {
	// Enabled makes the trail; true by default.
	Enabled bool `mapstructure:"enabled"`
	// DataEvents records who reads and writes objects and calls functions; true by default.
	DataEvents bool `mapstructure:"dataEvents"`
	// LogRetentionDays is how long CloudWatch Logs keeps the trail: 365 by default.
	LogRetentionDays int `mapstructure:"logRetentionDays"`
	// ObjectLock keeps the files in the bucket.
	ObjectLock ObjectLock `mapstructure:"objectLock"`
}

// ObjectLock is S3 Object Lock of the trail's bucket.
type ObjectLock struct {
	// RetentionDays is how long a file cannot be deleted: 365 by default, and at least.
	RetentionDays int `mapstructure:"retentionDays"`
	// Compliance locks files for everybody, the root user included; false by default, which
	// is governance mode: whoever has s3:BypassGovernanceRetention can lift it.
	Compliance bool `mapstructure:"compliance"`
	// ConfirmRetentionDays must repeat RetentionDays with Compliance, and be absent without.
	ConfirmRetentionDays int `mapstructure:"confirmRetentionDays"`
}

// AWSConfig is AWS Config.
type AWSConfig struct {
	// Enabled records all resources; true by default.
	Enabled bool `mapstructure:"enabled"`
	// ConformancePack deploys the pack of the account: PCI DSS in production-pci's, the
	// baseline elsewhere; true by default.
	ConformancePack bool `mapstructure:"conformancePack"`
	// CreateRole makes AWSServiceRoleForConfig, which exists once an account; true by
	// default. False where the account has it already: IAM makes none twice.
	CreateRole bool `mapstructure:"createRole"`
}

// SessionManager are the preferences of Session Manager.
type SessionManager struct {
	// Enabled sets them; true by default.
	Enabled bool `mapstructure:"enabled"`
	// IdleMinutes ends a session without input: 15 by default and at most (PCI DSS v4.0.1,
	// requirement 8.2.8), 1 at least.
	IdleMinutes int `mapstructure:"idleMinutes"`
	// MaxMinutes ends any session: 60 by default, 1 to 1440.
	MaxMinutes int `mapstructure:"maxMinutes"`
	// LogRetentionDays is how long what was typed is kept: 365 by default.
	LogRetentionDays int `mapstructure:"logRetentionDays"`
}
