// Package archive streams CloudWatch's log groups by Amazon Data Firehose into an encrypted
// bucket, where they are kept longer and are harder to lose than in a log group, and, where
// it is asked for, to the HTTPS endpoint of a SIEM besides. CloudWatch Logs takes two
// subscription filters a log group: these are both.
//
// An object of the archive is gzipped text, a record a line: what CloudWatch Logs sends,
// with the log group, the log stream and their events. The endpoint is sent the same as
// CloudWatch Logs compresses it, which is what vendors of SIEMs expect.
//
// Objects are below logs/<year>/<month>/<day>/<hour>/ in UTC; what could not be processed
// is below errors/, what the endpoint did not take below siem/.
//
// Refused before anything is registered: a missing field, a log group of no class, no log
// group at all; in a deployment, the archive's own log group, which would feed itself.
// Protected: the bucket and the log group.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-log-archive            Bucket (component), LogGroup
//	<name>-log-archive-<stream>   LogStream; archive, and with a SIEM siem and siem-backup
//	<name>-logs                   FirehoseDeliveryStream
//	<name>-logs-firehose          Role, RolePolicy: what the stream does
//	<name>-logs-cloudwatch        Role, RolePolicy: what CloudWatch Logs does
//	<name>-logs-<log group>       LogSubscriptionFilter, one a log group
//	<name>-siem, <name>-siem-…    the same for the SIEM, with filters for its classes alone
package archive
