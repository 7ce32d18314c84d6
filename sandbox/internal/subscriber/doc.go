// Package subscriber is who hears of alarms in the local cloud: an HTTPS endpoint that
// takes what Amazon SNS posts, as PagerDuty's does, and writes it to a log.
//
// The URL ends in a random key, as PagerDuty's and Opsgenie's have one: it is a secret.
// Seed puts it into the emulator's Secrets Manager, under the names that the stack files
// give. The certificate is self-signed, made anew with each cloud; the emulator alone
// trusts it.
package subscriber
