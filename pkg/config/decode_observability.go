package config

// The defaults of platform:observability that are the same in every environment.
const (
	defaultRunbooks     = "docs/runbooks"
	defaultGlacierDays  = 90
	defaultArchiveDays  = 731
	defaultArchiveYears = 2557 // seven years, as card schemes ask of disputes' evidence
)

// defaultObservability are the defaults of an environment.
func defaultObservability(env Environment) Observability {
	return Observability{
		RunbookURL: defaultRunbooks,
		Logs: Logs{RetentionDays: defaultLogDays(env), Archive: LogArchive{
			Enabled: env.Production(), GlacierAfterDays: defaultGlacierDays,
			ExpireAfterDays: byEnvironment(env, defaultArchiveYears, defaultArchiveDays, defaultArchiveDays, defaultArchiveDays),
		}},
		SLO: SLO{AvailabilityPercent: byEnvironment(env, 99.9, 99.9, 99.0, 99.0)},
	}
}

// observability decodes platform:observability, its maps element by element, and the SIEM
// by itself: in mapstructure one bad field would lose the rest of what a pointer points to.
func (r *reading) observability(env Environment, value any) Observability {
	observability := defaultObservability(env)
	tree, ok := value.(map[string]any)
	if !ok || isSecret(tree) {
		r.section("observability", value, &observability)
		return observability
	}
	subscriptions, hasSubscriptions := take(tree, "subscriptions")
	alarms, hasAlarms := take(tree, "alarms")
	logs, _ := tree["logs"].(map[string]any)
	siem, hasSIEM := take(logs, "siem")
	r.into("observability", tree, &observability)
	if hasSubscriptions {
		observability.Subscriptions = each(r, "observability.subscriptions", subscriptions, zero[Subscriptions])
	}
	if hasAlarms {
		observability.Alarms = each(r, "observability.alarms", alarms, zero[Alarm])
	}
	if hasSIEM {
		observability.Logs.SIEM = r.siem(siem)
	}
	return observability
}

func (r *reading) siem(value any) *SIEM {
	siem := &SIEM{}
	r.into("observability.logs.siem", value, siem)
	if siem.Classes == nil {
		siem.Classes = streamed()
	}
	return siem
}
