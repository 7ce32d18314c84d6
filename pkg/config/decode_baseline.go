package config

// The defaults of platform-account:baseline that are the same in every account.
const (
	defaultIdleMinutes = 15
	defaultMaxMinutes  = 60
)

// defaultBaseline are the defaults of an account.
func defaultBaseline(environment string) Baseline {
	on := Switch{Enabled: true}
	return Baseline{
		RunbookURL: defaultRunbooks,
		CloudTrail: CloudTrail{
			Enabled: true, DataEvents: true, LogRetentionDays: leastRetentionPCI,
			ObjectLock: ObjectLock{RetentionDays: leastRetentionPCI},
		},
		Config:         AWSConfig{Enabled: true, ConformancePack: true, CreateRole: true},
		SessionManager: SessionManager{Enabled: true, IdleMinutes: defaultIdleMinutes, MaxMinutes: defaultMaxMinutes, LogRetentionDays: leastRetentionPCI},
		GuardDuty:      on, SecurityHub: on, Inspector: on, AccessAnalyzer: on, AccountDefaults: on, MFA: on,
		Macie: Switch{Enabled: environment == ProductionPCI},
	}
}
