package config

// The defaults of platform:cost that are the same in every environment.
const (
	defaultActualPercent   = 80
	defaultForecastPercent = 100
)

// cost decodes platform:cost. The schedule is decoded by itself: in mapstructure one bad
// field would lose the rest of what a pointer points to.
func (r *reading) cost(env Environment, value any) Cost {
	cost := defaultCost(env)
	tree, _ := value.(map[string]any)
	schedule, hasSchedule := take(tree, "schedule")
	r.section("cost", value, &cost)
	if hasSchedule {
		cost.Schedule = &Schedule{}
		r.into(schedulePath, schedule, cost.Schedule)
	}
	return cost
}

// defaultCost are the defaults of an environment.
func defaultCost(env Environment) Cost {
	return Cost{
		Budget: Budget{
			MonthlyUSD:    byEnvironment(env, 1300.0, 1300.0, 700.0, 400.0),
			ActualPercent: defaultActualPercent, ForecastPercent: defaultForecastPercent,
		},
		Anomaly: Anomaly{Enabled: true, ThresholdUSD: byEnvironment(env, 50.0, 50.0, 20.0, 20.0)},
	}
}
