package config

// Cost is the configuration of what an environment may cost.
type Cost struct {
	// Budget is the AWS budget of a month.
	Budget Budget `mapstructure:"budget"`
	// Anomaly is AWS Cost Anomaly Detection.
	Anomaly Anomaly `mapstructure:"anomaly"`
	// Schedule stops the database, the fleet and the nodes at night and at weekends; nil:
	// they always run, the default. Refused in production and production-pci.
	Schedule *Schedule `mapstructure:"schedule"`
}

// Schedule stops things and starts them again.
type Schedule struct {
	// TimeZone is an IANA time zone, "Europe/Berlin".
	TimeZone string `mapstructure:"timeZone"`
	// Stop and Start are cron expressions of five fields, of which one of the two days may
	// be named. Nights and weekends: stop "0 20 * * MON-FRI", start "0 7 * * MON-FRI".
	Stop  string `mapstructure:"stop"`
	Start string `mapstructure:"start"`
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
	// MonitorARN is a monitor that is there, in place of one of ours by the tag Environment,
	// which AWS makes in the account that pays alone; none by default.
	MonitorARN string `mapstructure:"monitorArn"`
}
