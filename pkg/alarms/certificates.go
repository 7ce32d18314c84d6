package alarms

const certificateNamespace = "AWS/CertificateManager"

// certificateRows are of each certificate (AWS Certificate Manager User Guide, "Supported
// CloudWatch metrics"). ACM renews its own 60 days before they expire, and those that are
// imported never; it reports twice a day, and not of one that has expired.
func certificateRows() []Row {
	return []Row{
		expiry("expiring", "The certificate expires in less than 30 days, and has not been renewed.", 30, Warning),
		expiry("expiring-soon", "The certificate expires in less than 7 days, and has not been renewed.", 7, Critical),
	}
}

func expiry(name, says string, days float64, severity Severity) Row {
	return Row{Kind: Certificate, Alarm: Alarm{
		Name: name, Says: says,
		Metrics:    one(certificateNamespace, "DaysToExpiry", Minimum),
		Comparison: Below, Threshold: days, Unit: Days,
		PeriodSeconds: daySeconds, Periods: 1, Datapoints: 1, Missing: Ignore, Severity: severity, Runbook: "certificates.md",
	}}
}
