package compositealarm

// How long an alarm that pages waits for the one that explains it. The first lets alarms
// that see the same outage a minute apart pass each other by, the second is what no page is
// late by more: what explains later than that pages besides.
const (
	leastWaitSeconds = 60
	mostWaitSeconds  = 300
)

// ExtensionSeconds is how long what is above takes to recover after what is below: how long
// an alarm stays silent when what explains it has ended.
const ExtensionSeconds = 600

// WaitSeconds is how much later the slowest alarm that explains goes off than the fastest
// one that it explains, from when what they see begins; a minute to five.
func WaitSeconds(slowest, fastest int) int {
	return min(max(slowest-fastest+leastWaitSeconds, leastWaitSeconds), mostWaitSeconds)
}
