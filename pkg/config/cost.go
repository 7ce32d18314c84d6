package config

// Cost is the configuration of what an environment may cost.
type Cost struct {
	// Budget is the AWS budget of a month.
	Budget Budget `mapstructure:"budget"`
	// Anomaly is AWS Cost Anomaly Detection.
	Anomaly Anomaly `mapstructure:"anomaly"`
	// Schedule stops the database, the fleet and the nodes at night and at weekends; none by
	// default. Refused in production and production-pci.
	Schedule *Schedule `mapstructure:"schedule"`
}

// Budget is the AWS budget of a month.
type Budget struct {
	// MonthlyUSD is in US dollars, more than zero: 1300 by default in production and
	// production-pci, 700 in staging, 400 in dev.
	MonthlyUSD float64 `mapstructure:"monthlyUsd"`
	// ActualPercent is the share of it at whose spending the cost topic hears; 80 by default.
	ActualPercent float64 `mapstructure:"actualPercent"`
	// ForecastPercent is the share of it at whose forecast the cost topic hears; 100 by default.
	ForecastPercent float64 `mapstructure:"forecastPercent"`
}

// Anomaly is AWS Cost Anomaly Detection.
type Anomaly struct {
	// Enabled watches what the environment costs; true by default.
	Enabled bool `mapstructure:"enabled"`
	// ThresholdUSD is the impact in US dollars from which the cost topic hears of one: 50 by
	// default in production and production-pci, 20 elsewhere.
	ThresholdUSD float64 `mapstructure:"thresholdUsd"`
}
