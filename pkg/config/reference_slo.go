package config

func sloKeys() []Key {
	return []Key{
		{"platform:observability.slo.availabilityPercent", number, "`99.9` in production and production-pci, `99` elsewhere",
			"The share of requests, in percent and over 30 days, that the load balancers and what is behind them answer with anything but 5xx. What is left to 100 is the error budget, by which alarms page (docs/runbooks/slo.md).",
			"less than 95, where the fastest alarm could never fire; 100 and more"},
	}
}
