// Package balancer is the two application load balancers of an environment: the
// public one before the internet, and the internal one for the app tier and the
// peers. Each has two target groups, blue and green, to which its HTTPS listener
// forwards by weight; a test listener on the public one forwards to the idle color.
//
// Which color is live is data, not code (decision 0008): the actions of the
// listeners are set once, blue live, and ignored from then on. The program knows
// every listener and target group, and a release changes nothing that it compares.
//
// Without a certificate, which only dev may be, the public load balancer answers
// HTTP with a fixed text, the internal one has no listener, and nothing is forwarded.
//
// Where a domain is given, the certificate is requested and proved in its public
// zone. A zone that is made here proves nothing until the domain's registrar, or the
// zone above, delegates to its name servers: the first deployment waits for that
// for 75 minutes at most, and goes on where it stopped when it is run again.
//
// Refused before anything is registered: missing fields, names over 32 characters,
// a test port that is taken, no certificate for a listener that needs one.
// Protected: the log bucket; the public zone, whose name servers others delegate
// to; the target groups, since listeners hold them by actions that are ignored: a
// new application port, or VPC, would leave the listeners with the old ones.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-logs                     bucket.Bucket
//	<name>-<side>                   LoadBalancer
//	<name>-<side>-<color>           TargetGroup
//	<name>-<side>-https             Listener, 443
//	<name>-public-http              Listener, 80: redirects, or the fixed text
//	<name>-test                     Listener, the test port
//	<name>-public                   Zone
//	<name>-caa                      Record, which lets Amazon alone issue certificates
//	<name>-app, <name>-internal     Record, the names of the load balancers
//	<name>                          Certificate, CertificateValidation
//	<name>-validation-<domain>      Record
package balancer
