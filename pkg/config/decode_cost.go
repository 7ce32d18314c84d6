package config

// The defaults of platform:cost that are the same in every environment.
const (
	defaultActualPercent   = 80
	defaultForecastPercent = 100
)

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
