package config

import (
	"regexp"
	"strconv"
)

const applicationPortPath = "compute.applicationPort"

// The ports of administration by RDP, and of the public load balancer's test listener.
const (
	rdpPort          = 3389
	testListenerPort = 8443
)

// reservedPorts are what the application must not listen on: each of them means
// something else to a security group or a network ACL.
var reservedPorts = map[int]string{
	22:               "is SSH's, which is closed unless access.adminPorts opens it",
	rdpPort:          "is RDP's, which is closed unless access.adminPorts opens it",
	80:               "is the load balancers' own",
	443:              "is the load balancers' own",
	testListenerPort: "is the test listener's",
	5432:             "is PostgreSQL's, which only the data tier serves",
	6379:             "is Valkey's, which only the data tier serves",
	9098:             "is Kafka's, which only the data tier serves",
}

// The ports that the application may have: without privileges, and apart from
// those that Linux takes for outgoing connections (net.ipv4.ip_local_port_range).
const (
	leastPort      = 1024
	mostPort       = 65535
	firstEphemeral = 32768
	lastEphemeral  = 60999
	anotherPort    = "set another, as in 8080"
)

func applicationPortReserved(env Environment, found *Problems) {
	port := env.Compute.ApplicationPort
	if fact, reserved := reservedPorts[port]; reserved {
		found.add(applicationPortPath, strconv.Itoa(port), fact, anotherPort)
	}
}

func applicationPortRange(env Environment, found *Problems) {
	port := env.Compute.ApplicationPort
	if _, reserved := reservedPorts[port]; !reserved {
		between(applicationPortPath, port, leastPort, mostPort, "is not a port that a process without privileges can have", found)
	}
}

func applicationPortEphemeral(env Environment, found *Problems) {
	if port := env.Compute.ApplicationPort; port >= firstEphemeral && port <= lastEphemeral {
		found.add(applicationPortPath, strconv.Itoa(port), "is among 32768 to 60999, which Linux takes for outgoing connections: one of them may hold it when the application starts", anotherPort)
	}
}

// healthPattern is a path, with or without a query, as a URI has it (RFC 3986).
var healthPattern = regexp.MustCompile(`^/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*$`)

// longestPath is that of HealthCheckPath (CreateTargetGroup in the Elastic Load Balancing API reference).
const longestPath = 1024

func healthCheckPath(env Environment, found *Problems) {
	if path := env.Compute.HealthCheckPath; !healthPattern.MatchString(path) || len(path) > longestPath {
		found.add("compute.healthCheckPath", quoted(path), "is not a path that a load balancer can ask for",
			"begin it with a slash, as in /healthz, and use at most 1024 characters of a URI")
	}
}

// idleTimeout holds the limits of idle_timeout.timeout_seconds (Elastic Load
// Balancing API reference, LoadBalancerAttribute).
func idleTimeout(env Environment, found *Problems) {
	between("compute.loadBalancer.idleTimeoutSeconds", env.Compute.LoadBalancer.IdleTimeoutSeconds, 1, 4000,
		"is not an idle timeout that a load balancer takes", found)
}

// rateLimit holds the limits of a rate-based rule (AWS WAF API reference, RateBasedStatement).
func rateLimit(env Environment, found *Problems) {
	between("compute.waf.rateLimit", env.Compute.WAF.RateLimit, 10, 2_000_000_000, "is not a limit that AWS WAF takes", found)
}
