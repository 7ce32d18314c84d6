package dashboards

import "aws-platform/pkg/alarms"

// The namespaces of what stands between the environment and the internet.
const (
	gatewayMetrics     = "AWS/NATGateway"         // Amazon VPC User Guide, "Monitor NAT gateways with Amazon CloudWatch"
	certificateMetrics = "AWS/CertificateManager" // AWS Certificate Manager User Guide, "Supported CloudWatch metrics"
)

// ways show the NAT gateways, by zone.
func (f facts) ways() []tile {
	if len(f.gateways) == 0 {
		return nil
	}
	of := func(names ...string) []series {
		return each(f.gateways, func(zone, id string) (lines []series) {
			for _, name := range names {
				lines = append(lines, metric(gatewayMetrics, name, dimension{"NatGatewayId", id}).labeled(zone+" "+name))
			}
			return lines
		})
	}
	return []tile{
		f.graph("Connections attempted and established", alarms.Sum, of("ConnectionAttemptCount", "ConnectionEstablishedCount")...),
		f.graph("Connections without a port, packets dropped", alarms.Sum, of("ErrorPortAllocation", "PacketsDropCount")...),
		f.graph("Packets from inside and from outside", alarms.Sum, of("PacketsInFromSource", "PacketsInFromDestination")...),
	}
}

// certificateTiles show how long certificates are valid, which is reported twice a day.
func (f facts) certificateTiles() []tile {
	if len(f.certificates) == 0 {
		return nil
	}
	const day = 24 * 3600
	lines := each(f.certificates, func(name, arn string) []series {
		return []series{metric(certificateMetrics, "DaysToExpiry", dimension{"CertificateArn", arn}).labeled(name)}
	})
	return []tile{f.draw(chart{Title: "Days until certificates expire", Stat: alarms.Minimum, Period: day, Start: "-P30D", Metrics: lines})}
}
