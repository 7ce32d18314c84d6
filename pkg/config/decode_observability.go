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
		Logs: Logs{Archive: LogArchive{
			Enabled: env.Production(), GlacierAfterDays: defaultGlacierDays,
			ExpireAfterDays: byEnvironment(env, defaultArchiveYears, defaultArchiveDays, defaultArchiveDays, defaultArchiveDays),
		}},
		SLO: SLO{AvailabilityPercent: byEnvironment(env, 99.9, 99.9, 99.0, 99.0)},
	}
}

// observability decodes platform:observability, its maps element by element.
func (r *reading) observability(env Environment, value any) Observability {
	observability := defaultObservability(env)
	tree, ok := value.(map[string]any)
	if !ok || isSecret(tree) {
		r.section("observability", value, &observability)
		return observability
	}
	subscriptions, hasSubscriptions := take(tree, "subscriptions")
	alarms, hasAlarms := take(tree, "alarms")
	r.into("observability", tree, &observability)
	if hasSubscriptions {
		observability.Subscriptions = each(r, "observability.subscriptions", subscriptions, zero[Subscriptions])
	}
	if hasAlarms {
		observability.Alarms = each(r, "observability.alarms", alarms, zero[Alarm])
	}
	return observability
}
